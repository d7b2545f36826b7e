/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/boxes.h"

#include <math.h>

#include "util/alloc.h"

#define ROUNDING 1e-9    /* of a value: less is no difference */

static const char note_widened[] = "a box is narrower than what is in it: widened";
static const char note_differing[] = "a box's self value is not what its total leaves: the total counts, the file's values are the metric self";
static const char note_differing_sides[] = "a box's self value is not what its total leaves: the total counts";

/* Places of the sample types in a sample's weights. */
struct places { uint32_t width, before, after, self, time; };

uint32_t
boxes_add(struct boxes *boxes, uint32_t parent, uint32_t name, const double *total, const double *own)
{
	vec_push(&boxes->parent, parent);
	vec_push(&boxes->name, name);
	for (unsigned side = 0; side < boxes->sides; side++) {
		vec_push(&boxes->total, total[side]);
		vec_push(&boxes->own, own[side]);
	}
	return (uint32_t)boxes->parent.len - 1;
}

static bool
differ(double a, double b)
{
	return fabs(a - b) > ROUNDING * fmax(fabs(a), fabs(b));
}

/* One side of a box whose children are worth inside: fills its total and gives what is its own. */
static double
settle_value(double *total, double told, double inside, bool *widened, bool *differs)
{
	double own;

	if (isnan(*total)) {
		own = isnan(told) ? 0 : told;
		*total = own + inside;
		return own;
	}
	own = *total - inside;
	if (own < 0 || !differ(*total, inside)) {
		*widened |= differ(*total, inside);
		*total = inside;
		own = 0;
	}
	if (isnan(told))
		return own;
	if (fabs(own - told) > ROUNDING * fmax(*total, told)) {
		*differs = true;
		return own;
	}
	return told;
}

/* Children come behind their parents, so that going backwards their totals are known.  Returns each box's own values. */
static double *
settle(struct boxes *boxes)
{
	size_t count = boxes->parent.len;
	unsigned sides = boxes->sides;
	double *own = xcalloc(count * sides, sizeof *own);    /* at first: what the children are worth */

	for (size_t i = count; i-- > 0;) {
		uint32_t parent = boxes->parent.at[i];
		bool widened = false, differs = false;
		for (size_t k = i * sides; k < (i + 1) * sides; k++) {
			own[k] = settle_value(&boxes->total.at[k], boxes->own.at[k], own[k], &widened, &differs);
			if (parent != ID_NONE)
				own[parent * sides + (k - i * sides)] += boxes->total.at[k];
		}
		boxes->widened += widened;
		boxes->differing += differs;
	}
	return own;
}

static bool
declare(const struct boxes *boxes, const struct boxes_target *target, struct places *out)
{
	struct profiles *profiles = target->profiles;
	bool good = profiles_type(profiles, target->type, target->unit, &out->width);

	if (boxes->sides == 2)
		good = good && profiles_type(profiles, PROFILES_BEFORE, target->unit, &out->before) &&
		       profiles_type(profiles, PROFILES_AFTER, target->unit, &out->after);
	else if (boxes->differing)
		good = good && profiles_type(profiles, STR("self"), target->unit, &out->self);
	if (good && target->ns_per_unit > 0 && boxes->sides == 1)
		good = profiles_type(profiles, STR("time"), STR("nanoseconds"), &out->time);
	return good;
}

/* Sets the weights of box i; false: they are nothing. */
static bool
set_weights(const struct boxes *boxes, const struct boxes_target *target, const struct places *places, const double *own, size_t i)
{
	double *weights = target->profiles->weights;

	if (boxes->sides == 2) {
		weights[places->before] = own[i * 2];
		weights[places->after] = own[i * 2 + 1];
		weights[places->width] = own[i * 2] + own[i * 2 + 1];
		return own[i * 2] != 0 || own[i * 2 + 1] != 0;
	}
	weights[places->width] = own[i];
	if (boxes->differing)
		weights[places->self] = isnan(boxes->own.at[i]) ? 0 : boxes->own.at[i];
	if (target->ns_per_unit > 0)
		weights[places->time] = own[i] * target->ns_per_unit;
	return own[i] != 0 || (boxes->differing && weights[places->self] != 0);
}

static bool
is_nothing(const struct boxes *boxes, size_t i)
{
	for (size_t k = i * boxes->sides; k < (i + 1) * boxes->sides; k++)
		if (boxes->total.at[k] != 0)
			return false;
	return true;
}

/* Boxes without any width get a sample too: they are names that the file has. */
static void
push(const struct boxes *boxes, const struct boxes_target *target, const struct places *places, const double *own)
{
	struct profiles *profiles = target->profiles;
	track_id track = profiles_track(profiles, target->track);
	stack_id *stacks = xreallocarray(NULL, boxes->parent.len, sizeof *stacks);

	for (size_t i = 0; i < boxes->parent.len; i++) {
		uint32_t parent = boxes->parent.at[i];
		bool is_head = i == 0 && boxes->headed;

		stacks[i] = is_head ? ID_NONE : sink_stack(profiles->sink, parent == ID_NONE ? ID_NONE : stacks[parent],
		                                           target->frames[boxes->name.at[i]]);
		if (set_weights(boxes, target, places, own, i) || (!is_head && is_nothing(boxes, i)))
			sink_sample(profiles->sink, stacks[i], track, profiles->weights);
	}
	memset(profiles->weights, 0, sizeof profiles->weights);
	free(stacks);
}

void
boxes_push(struct boxes *boxes, const struct boxes_target *target)
{
	struct places places = { 0 };

	if (boxes->parent.len == 0)
		return;
	double *own = settle(boxes);
	if (declare(boxes, target, &places))
		push(boxes, target, &places, own);
	free(own);
	profiles_note(target->profiles, NOTE_WARNING, note_widened, boxes->widened, target->at);
	profiles_note(target->profiles, NOTE_WARNING, boxes->sides == 2 ? note_differing_sides : note_differing, boxes->differing, target->at);
}

void
boxes_fini(struct boxes *boxes)
{
	vec_fini(&boxes->parent);
	vec_fini(&boxes->name);
	vec_fini(&boxes->total);
	vec_fini(&boxes->own);
}
