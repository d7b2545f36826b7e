/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/boxes.h"

#include <math.h>

#include "util/alloc.h"

#define ROUNDING   1e-9                   /* of a value: less is no difference */
#define SPENT_STEP ((size_t)1 << 16)      /* boxes whose memory goes back at a time, as samples take more and more */

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
		numbers_push(&boxes->total, total[side]);
		numbers_push(&boxes->own, own[side]);
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

/* Children come behind their parents, so that going backwards their totals are known.  Gives each box's own values. */
static struct numbers
settle(struct boxes *boxes)
{
	size_t count = boxes->parent.len;
	unsigned sides = boxes->sides;
	struct numbers own = { 0 };    /* at first: what the children are worth */

	for (size_t i = 0; i < count * sides; i++)
		numbers_push(&own, 0);
	for (size_t i = count; i-- > 0;) {
		uint32_t parent = boxes->parent.at[i];
		bool widened = false, differs = false;
		for (size_t k = i * sides; k < (i + 1) * sides; k++) {
			size_t above = parent * sides + (k - i * sides);
			double total = numbers_at(&boxes->total, k);
			double value = settle_value(&total, numbers_at(&boxes->own, k), numbers_at(&own, k), &widened, &differs);
			numbers_set(&boxes->total, k, total);
			numbers_set(&own, k, value);
			if (parent != ID_NONE)
				numbers_set(&own, above, numbers_at(&own, above) + total);
		}
		boxes->widened += widened;
		boxes->differing += differs && !boxes->cut;
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
set_weights(const struct boxes *boxes, const struct boxes_target *target, const struct places *places, const struct numbers *own, size_t i)
{
	double *weights = target->profiles->weights;

	if (boxes->sides == 2) {
		double before = numbers_at(own, i * 2), after = numbers_at(own, i * 2 + 1);
		weights[places->before] = before;
		weights[places->after] = after;
		weights[places->width] = before + after;
		return before != 0 || after != 0;
	}
	weights[places->width] = numbers_at(own, i);
	if (boxes->differing)
		weights[places->self] = isnan(numbers_at(&boxes->own, i)) ? 0 : numbers_at(&boxes->own, i);
	if (target->ns_per_unit > 0)
		weights[places->time] = weights[places->width] * target->ns_per_unit;
	return weights[places->width] != 0 || (boxes->differing && weights[places->self] != 0);
}

/* Which boxes are worth nothing on any side.  From here on the totals are not needed. */
static uint8_t *
find_nothing(struct boxes *boxes)
{
	size_t count = boxes->parent.len;
	uint8_t *nothing = xcalloc(count, sizeof *nothing);

	for (size_t i = 0; i < count; i++) {
		nothing[i] = 1;
		for (size_t k = i * boxes->sides; k < (i + 1) * boxes->sides; k++)
			if (numbers_at(&boxes->total, k) != 0)
				nothing[i] = 0;
	}
	numbers_fini(&boxes->total);
	if (!boxes->differing)
		numbers_fini(&boxes->own);
	return nothing;
}

/* Of boxes that have been pushed only the stacks are needed. */
static void
spend(struct boxes *boxes, struct numbers *own, uint8_t *nothing, size_t begin, size_t end)
{
	give_back(boxes->name.at + begin, (end - begin) * sizeof *boxes->name.at);
	give_back(nothing + begin, end - begin);
	numbers_spent(own, begin * boxes->sides, end * boxes->sides);
	if (boxes->differing)
		numbers_spent(&boxes->own, begin * boxes->sides, end * boxes->sides);
}

/* Boxes without any width get a sample too: they are names that the file has.
 * Parents come before their children, so that a box's stack takes the place of its parent. */
static void
push(struct boxes *boxes, const struct boxes_target *target, const struct places *places, struct numbers *own, uint8_t *nothing)
{
	struct profiles *profiles = target->profiles;
	track_id track = profiles_track(profiles, target->track);
	stack_id *stacks = boxes->parent.at;

	for (size_t i = 0; i < boxes->parent.len; i++) {
		uint32_t parent = boxes->parent.at[i];
		bool is_head = i == 0 && boxes->headed;

		stacks[i] = is_head ? ID_NONE : sink_stack(profiles->sink, parent == ID_NONE ? ID_NONE : stacks[parent],
		                                           target->frames[boxes->name.at[i]]);
		if (set_weights(boxes, target, places, own, i) || (!is_head && nothing[i]))
			sink_sample(profiles->sink, stacks[i], track, profiles->weights);
		if (i % SPENT_STEP == SPENT_STEP - 1)
			spend(boxes, own, nothing, i + 1 - SPENT_STEP, i + 1);
	}
	memset(profiles->weights, 0, sizeof profiles->weights);
}

void
boxes_push(struct boxes *boxes, const struct boxes_target *target)
{
	struct places places = { 0 };

	if (boxes->parent.len == 0)
		return;
	struct numbers own = settle(boxes);
	uint8_t *nothing = find_nothing(boxes);
	if (declare(boxes, target, &places))
		push(boxes, target, &places, &own, nothing);
	numbers_fini(&own);
	free(nothing);
	profiles_note(target->profiles, NOTE_WARNING, note_widened, boxes->widened, target->at);
	profiles_note(target->profiles, NOTE_WARNING, boxes->sides == 2 ? note_differing_sides : note_differing, boxes->differing, target->at);
}

void
boxes_fini(struct boxes *boxes)
{
	vec_fini(&boxes->parent);
	vec_fini(&boxes->name);
	numbers_fini(&boxes->total);
	numbers_fini(&boxes->own);
}
