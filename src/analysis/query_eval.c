/* SPDX-License-Identifier: MIT
 * A query over all spans: its conditions one after the other, put together as they come. */
#include "config.h"

#include <stdlib.h>

#include "analysis/query_core.h"
#include "util/bits.h"

struct bit_stack { VEC(uint64_t *); };

/* The operator's result takes the place of its operands. */
static void
apply(struct bit_stack *stack, enum query_node_kind kind, uint32_t count)
{
	size_t words = bits_words(count);

	if (kind == NODE_NOT) {
		uint64_t *bits = vec_last(stack);
		for (size_t i = 0; i < words; i++)
			bits[i] = ~bits[i];
		bits[count / 64] &= (UINT64_C(1) << (count % 64)) - 1;
		return;
	}
	uint64_t *right = vec_pop(stack), *left = vec_last(stack);
	for (size_t i = 0; i < words; i++)
		left[i] = kind == NODE_AND ? left[i] & right[i] : left[i] | right[i];
	free(right);
}

uint64_t *
query_eval(const struct query *query, struct build_cache *cache, const uint64_t *tracks, struct job *job)
{
	struct query_run run = { cache, build_cache_dataset(cache), tracks, job };
	struct bit_stack stack = { 0 };
	bool stopped = false;

	for (size_t i = 0; i < query->nodes.len && !stopped; i++) {
		const struct query_node *node = &query->nodes.at[i];
		if (node->kind != NODE_TEST) {
			apply(&stack, node->kind, run.ds->spans.count);
			continue;
		}
		uint64_t *bits = job_stopped(job) ? NULL : query_test_eval(&run, &node->test);
		stopped = !bits;
		if (bits)
			vec_push(&stack, bits);
	}
	uint64_t *result = stopped ? NULL : vec_pop(&stack);
	while (stack.len)
		free(vec_pop(&stack));
	vec_fini(&stack);
	return result;
}

struct str
query_unread(const struct query *query, struct build_cache *cache)
{
	for (size_t i = 0; i < query->nodes.len; i++) {
		const struct query_test *test = &query->nodes.at[i].test;
		bool reads = query->nodes.at[i].kind == NODE_TEST && test->field == FIELD_ATTRIBUTE;

		if (reads && !attrs_peek(build_cache_attrs(cache), test->key))
			return test->key;
	}
	return (struct str){ 0 };
}
