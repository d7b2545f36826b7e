/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/usage.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/forest.h"
#include "util/alloc.h"
#include "util/unit.h"

enum { NAMES_MAX = 8 };

#define REPEATED 0.005    /* how far a parent's value may be from the sum of its descendants */

/* A thing is told as a whole or in two parts, under several names each. */
struct names { const char *whole[NAMES_MAX], *input[NAMES_MAX], *output[NAMES_MAX]; };

static const struct names tokens = {
	.whole = { "gen_ai.usage.total_tokens", "llm.token_count.total", "llm.usage.total_tokens", "ai.usage.totalTokens",
	           "ai.total_tokens.used" },
	.input = { "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt", "llm.usage.prompt_tokens",
	           "ai.usage.promptTokens", "ai.usage.inputTokens" },
	.output = { "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion",
	            "llm.usage.completion_tokens", "ai.usage.completionTokens", "ai.usage.outputTokens" },
};

static const struct names cost = {
	.whole = { "gen_ai.usage.cost", "gen_ai.usage.total_cost", "gen_ai.cost.total_tokens", "llm.cost.total", "llm.cost.total_usd",
	           "operation.cost", "ai.total_cost" },
	.input = { "gen_ai.usage.input_cost", "gen_ai.cost.input_tokens", "llm.cost.prompt", "llm.cost.prompt_usd" },
	.output = { "gen_ai.usage.output_cost", "gen_ai.cost.output_tokens", "llm.cost.completion", "llm.cost.completion_usd" },
};

/* The lists of names that a metric looks at: the first for the whole, or else the sum of the others. */
static void
names_of(enum metric_kind kind, const char *const *out[3])
{
	const struct names *names = kind == METRIC_COST ? &cost : &tokens;

	out[0] = kind == METRIC_TOKENS || kind == METRIC_COST ? names->whole : NULL;
	out[1] = kind != METRIC_TOKENS_OUTPUT ? names->input : NULL;
	out[2] = kind != METRIC_TOKENS_INPUT ? names->output : NULL;
}

static bool
is_number_key(const struct attr_keys *keys, const char *name)
{
	uint32_t begin, end;

	return attr_keys_find(keys, str_of(name), &begin, &end) && keys->keys[begin].place == ATTR_SPAN && keys->keys[begin].numbers > 0;
}

uint32_t
usage_keys(const struct attr_keys *keys, enum metric_kind kind, struct str *out, uint32_t cap)
{
	const char *const *lists[3];
	uint32_t count = 0;

	names_of(kind, lists);
	for (int list = 0; list < 3; list++)
		for (int i = 0; lists[list] && i < NAMES_MAX && lists[list][i]; i++) {
			if (!is_number_key(keys, lists[list][i]))
				continue;
			if (count < cap)
				out[count] = str_of(lists[list][i]);
			count++;
		}
	return count;
}

bool
usage_is_there(const struct attr_keys *keys, enum metric_kind kind)
{
	return usage_keys(keys, kind, NULL, 0) > 0;
}

/* The number of each distinct text; NaN for what is none. */
static double *
numbers_of(const struct column *texts)
{
	uint32_t count = strtab_count(texts->strings);
	double *numbers = xcalloc(count, sizeof *numbers);

	for (str_id id = 0; id < count; id++)
		if (!number_parse(strtab_get(texts->strings, id), &numbers[id]) || !isfinite(numbers[id]) || numbers[id] < 0)
			numbers[id] = NAN;
	return numbers;
}

/* The first number that each span has becomes its value where it has none yet.  False when the job was stopped. */
static bool
take_numbers(struct column *out, struct attrs *attrs, struct str name, struct job *job)
{
	const struct column *texts = attrs_get(attrs, name, job);

	if (!texts)
		return false;
	double *numbers = numbers_of(texts);
	for (span_id span = 0, more = 0; span < texts->count; span++) {
		double number = column_has(texts, span) ? numbers[texts->string[span]] : NAN;

		for (; more < texts->more_count && texts->more[more].index == span; more++)
			number = isnan(number) ? numbers[texts->more[more].string] : number;
		if (!isnan(number) && !column_has(out, span))
			column_set_number(out, span, number);
	}
	free(numbers);
	return true;
}

static bool
take_list(struct column *out, struct attrs *attrs, const char *const *list, struct job *job)
{
	const struct attr_keys *keys = attrs_keys(attrs, job);

	for (int i = 0; keys && list && i < NAMES_MAX && list[i]; i++)
		if (is_number_key(keys, list[i]) && !take_numbers(out, attrs, str_of(list[i]), job))
			return false;
	return keys != NULL;
}

/* Parents after their children: what the descendants come to is known when a span is looked at. */
static void
leave_out_repeated(struct column *values, const struct dataset *ds, const struct forest *forest)
{
	double *below = xcalloc(ds->spans.count ? ds->spans.count : 1, sizeof *below);

	for (uint32_t i = forest->count; i-- > 0;) {
		span_id span = forest->order[i], parent = ds->spans.parent[span];
		double *value = &values->number[span];

		if (below[span] > 0 && fabs(*value - below[span]) <= REPEATED * below[span])
			*value = 0;
		if (parent != ID_NONE)
			below[parent] += *value + below[span];
	}
	free(below);
}

static bool
take_usage(struct column *out, struct attrs *attrs, enum metric_kind kind, struct job *job)
{
	const char *const *lists[3];
	struct column *part = NULL;
	bool fine;

	names_of(kind, lists);
	fine = take_list(out, attrs, lists[0], job);
	struct column *sum = column_new(COLUMN_NUMBER, out->count);
	for (int list = 1; list < 3 && fine; list++) {
		part = column_new(COLUMN_NUMBER, out->count);
		fine = take_list(part, attrs, lists[list], job);
		for (span_id span = 0; span < out->count; span++)
			if (column_has(part, span))
				column_set_number(sum, span, sum->number[span] + part->number[span]);
		column_free(part);
	}
	for (span_id span = 0; span < out->count; span++)
		if (column_has(sum, span) && !column_has(out, span))
			column_set_number(out, span, sum->number[span]);
	column_free(sum);
	return fine;
}

struct column *
usage_weights(const struct dataset *ds, const struct forest *forest, struct attrs *attrs, struct metric metric, struct job *job)
{
	struct column *weights = column_new(COLUMN_NUMBER, ds->spans.count);

	if (metric.kind == METRIC_ATTRIBUTE ? !take_numbers(weights, attrs, str_of(metric.key), job)
	                                    : !take_usage(weights, attrs, metric.kind, job)) {
		column_free(weights);
		return NULL;
	}
	if (metric.kind != METRIC_ATTRIBUTE)
		leave_out_repeated(weights, ds, forest);
	return weights;
}
