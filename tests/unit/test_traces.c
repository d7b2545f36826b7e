/* SPDX-License-Identifier: MIT
 * Lists of traces: their rows, their orders, and what is counted over them, against a slow reference. */
#include "config.h"

#include "analysis/search.h"
#include "analysis/trace_stats.h"
#include "tests/make.h"
#include "tests/tap.h"
#include "tests/unit/random_tree.h"

enum { ROUNDS = 60, TRACES_MOST = 60, SPANS_MOST = 12 };

/* Traces of a few spans, in clusters, with equal starts and durations among them. */
static struct dataset *
random_traces(struct rng *rng)
{
	static const char *const services[] = { "web", "cart", "db", "mail" };
	struct dataset *ds = make_dataset();
	uint32_t traces = rng_below(rng, TRACES_MOST);
	int64_t scale = (int64_t)1 << rng_below(rng, 40);

	for (uint32_t t = 0; t < traces; t++) {
		track_id track = make_track(ds, TRACK_TRACE, (uint8_t)t);
		uint32_t spans = 1 + rng_below(rng, SPANS_MOST);
		int64_t start = scale * rng_below(rng, 20);
		for (uint32_t s = 0; s < spans; s++) {
			int64_t begin = start + (s ? rng_below(rng, 50) : 0), end = begin + scale * rng_below(rng, 9);
			char name[16];
			snprintf(name, sizeof name, "op %u", (unsigned)rng_below(rng, 5));
			span_id span = make_span(ds, services[rng_below(rng, 4)], name, t * 100 + s + 1, s ? t * 100 + 1 + rng_below(rng, s) : 0, begin, end);
			ds->spans.track[span] = track;
			ds->spans.status[span] = rng_below(rng, 9) == 0 ? STATUS_ERROR : STATUS_UNSET;
		}
	}
	dataset_seal(ds);
	return ds;
}

struct made {
	struct dataset    *ds;
	struct forest     *forest;
	struct trace_list *list;
};

static struct made
make_list(struct dataset *ds)
{
	struct made made = { ds, forest_new(ds), NULL };

	made.list = trace_list_build_all(ds, made.forest);
	return made;
}

static void
free_list(struct made *made)
{
	trace_list_free(made->list);
	forest_free(made->forest);
	dataset_free(made->ds);
}

/* ---- orders */

static int
compare_rows(const struct made *made, uint32_t a, uint32_t b, enum trace_sort by)
{
	const struct trace_row *x = &made->list->rows[a], *y = &made->list->rows[b];
	int64_t left = 0, right = 0;

	switch (by) {
	case TRACES_BY_START:    left = x->start_ns; right = y->start_ns; break;
	case TRACES_BY_DURATION: left = x->duration_ns; right = y->duration_ns; break;
	case TRACES_BY_SPANS:    left = x->spans; right = y->spans; break;
	case TRACES_BY_SERVICES: left = x->services; right = y->services; break;
	case TRACES_BY_DEPTH:    left = x->depth; right = y->depth; break;
	case TRACES_BY_ERRORS:   left = x->errors; right = y->errors; break;
	case TRACES_BY_TOKENS:   return (made->list->tokens[a] > made->list->tokens[b]) - (made->list->tokens[a] < made->list->tokens[b]);
	case TRACES_BY_ID:       return memcmp(made->ds->tracks[x->track].trace_id, made->ds->tracks[y->track].trace_id, 16);
	case TRACES_BY_NAME: {
		const struct frame *f = &made->ds->frames[made->ds->spans.frame[x->root]], *g = &made->ds->frames[made->ds->spans.frame[y->root]];
		int order = str_compare(dataset_str(made->ds, f->module), dataset_str(made->ds, g->module));
		return order ? order : str_compare(dataset_str(made->ds, f->name), dataset_str(made->ds, g->name));
	}
	default: break;
	}
	return (left > right) - (left < right);
}

static bool
is_in_order(const struct made *made, const uint32_t *order, enum trace_sort by, bool descending)
{
	uint64_t *seen = xcalloc(made->list->count / 64 + 1, sizeof *seen);
	bool good = true;

	for (uint32_t i = 0; i < made->list->count; i++) {
		good &= order[i] < made->list->count && !(seen[order[i] / 64] >> (order[i] % 64) & 1);
		seen[order[i] / 64] |= UINT64_C(1) << (order[i] % 64);
		if (i == 0)
			continue;
		int compared = compare_rows(made, order[i - 1], order[i], by);
		good &= descending ? compared >= 0 : compared <= 0;
		good &= compared != 0 || order[i - 1] < order[i];
	}
	free(seen);
	return good;
}

static void
test_orders(void)
{
	int bad = 0;

	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct rng rng = { seed };
		struct made made = make_list(random_traces(&rng));
		struct column *column = column_new(COLUMN_NUMBER, made.ds->spans.count);
		for (span_id span = 0; span < made.ds->spans.count; span++)
			if (span % 3)
				column_set_number(column, span, (double)rng_below(&rng, 5) - 2);
		made.list->tokens = trace_list_sums(made.list, made.ds, column);
		for (int by = 0; by < TRACE_SORTS; by++)
			for (int descending = 0; descending < 2; descending++) {
				uint32_t *order = trace_list_order(made.list, made.ds, (enum trace_sort)by, descending, NULL);
				bad += !is_in_order(&made, order, (enum trace_sort)by, descending);
				free(order);
			}
		column_free(column);
		free_list(&made);
	}
	is_int(bad, 0, "every order is one, and equals keep that of their starts");
}

/* ---- buckets */

static int
by_value(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* The slow way: the value below which that share lies. */
static int64_t
naive_percentile(const int64_t *values, uint32_t count, unsigned percent)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t below = 0;
		for (uint32_t j = 0; j < count; j++)
			below += values[j] <= values[i];
		if ((uint64_t)below * 100 >= (uint64_t)percent * count)
			return values[i];
	}
	return -1;
}

/* What lies in [from, to), from all rows each time. */
static struct trace_bucket
naive_bucket(const struct made *made, const uint32_t *rows, uint32_t count, bool length, int64_t from, int64_t to, bool last)
{
	struct trace_bucket bucket = { 0 };
	int64_t values[TRACES_MOST];

	for (uint32_t i = 0; i < count; i++) {
		const struct trace_row *row = &made->list->rows[rows[i]];
		int64_t at = length ? row->duration_ns : row->start_ns;
		bool inside = at >= from && at < to;
		if (inside) {
			values[bucket.traces++] = row->duration_ns;
			bucket.failed += row->errors > 0;
		}
		for (span_id span = 0; span < made->ds->spans.count; span++) {
			int64_t start = made->ds->spans.start_ns[span];
			if (made->ds->spans.track[span] != row->track || !(length ? inside : start >= from && (last || start < to)))
				continue;
			bucket.spans++;
			bucket.span_errors += made->ds->spans.status[span] == STATUS_ERROR;
		}
	}
	qsort(values, bucket.traces, sizeof *values, by_value);
	bucket.percentile_ns[PERCENTILE_50] = naive_percentile(values, bucket.traces, 50);
	bucket.percentile_ns[PERCENTILE_90] = naive_percentile(values, bucket.traces, 90);
	bucket.percentile_ns[PERCENTILE_99] = naive_percentile(values, bucket.traces, 99);
	return bucket;
}

static bool
same_bucket(const struct trace_bucket *a, const struct trace_bucket *b)
{
	return a->traces == b->traces && a->failed == b->failed && a->spans == b->spans && a->span_errors == b->span_errors &&
	       memcmp(a->percentile_ns, b->percentile_ns, sizeof a->percentile_ns) == 0;
}

static bool
same_as_naive(const struct made *made, const uint32_t *rows, uint32_t count, const struct trace_buckets *buckets, bool length)
{
	uint64_t traces = 0;
	bool good = buckets->count > 0;

	for (uint32_t i = 0; i < buckets->count; i++) {
		struct trace_bucket want = naive_bucket(made, rows, count, length, buckets->edge[i], buckets->edge[i + 1], i == buckets->count - 1);
		good &= same_bucket(&want, &buckets->bucket[i]) && buckets->edge[i] < buckets->edge[i + 1];
		good &= want.traces <= buckets->most.traces && want.percentile_ns[PERCENTILE_99] <= buckets->most.percentile_ns[PERCENTILE_99];
		traces += buckets->bucket[i].traces;
	}
	return good && traces == count;
}

static void
test_buckets(void)
{
	int bad = 0;

	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct rng rng = { seed };
		struct made made = make_list(random_traces(&rng));
		uint32_t rows[TRACES_MOST], count = 0;
		for (uint32_t i = 0; i < made.list->count; i++)
			if (rng_below(&rng, 3))
				rows[count++] = i;
		struct trace_stats *stats = trace_stats_build(made.list, made.ds, rows, count, 1 + rng_below(&rng, 90), 1 + rng_below(&rng, 90));
		struct trace_bucket all = naive_bucket(&made, rows, count, true, 0, INT64_MAX, true);
		if (!same_as_naive(&made, rows, count, &stats->time, false) || !same_as_naive(&made, rows, count, &stats->length, true) ||
		    !same_bucket(&all, &stats->all))
			bad++;
		trace_stats_free(stats);
		free_list(&made);
	}
	is_int(bad, 0, "buckets hold what the reference finds in their ranges, and every trace is in one");
}

static void
test_extremes(void)
{
	struct dataset *ds = make_dataset();
	const int64_t starts[] = { INT64_MIN / 2, -5, 0, INT64_MAX / 2 };
	uint32_t rows[] = { 0, 1, 2, 3 };

	for (int i = 0; i < 4; i++) {
		track_id track = make_track(ds, TRACK_TRACE, (uint8_t)i);
		span_id span = make_span(ds, "a", "b", (uint64_t)i + 1, 0, starts[i], starts[i] + (i == 2 ? INT64_MAX / 2 : i));
		ds->spans.track[span] = track;
	}
	dataset_seal(ds);
	struct made made = make_list(ds);
	struct trace_stats *stats = trace_stats_build(made.list, ds, rows, 4, 100, 100);
	uint32_t traces = 0;
	for (uint32_t i = 0; i < stats->time.count; i++)
		traces += stats->time.bucket[i].traces;
	ok(traces == 4 && stats->time.bucket[0].traces == 1 && stats->time.bucket[stats->time.count - 1].traces == 1, "the ends of time have their buckets");
	is_int(stats->length.bucket[0].traces, 3, "durations that no clock tells apart are one bucket");
	is_int(stats->length.bucket[stats->length.count - 1].traces, 1, "and the longest is in the last");
	trace_stats_free(stats);
	stats = trace_stats_build(made.list, ds, rows, 0, 10, 10);
	ok(stats->time.count == 1 && stats->time.bucket[0].traces == 0 && stats->all.percentile_ns[PERCENTILE_50] == -1, "nothing has its bucket too");
	trace_stats_free(stats);
	free_list(&made);
}

static void
test_samples(void)
{
	struct dataset *ds = make_dataset();
	frame_id frame = make_frame(ds, "", "main");
	track_id tracks[] = { make_track(ds, TRACK_THREAD, 0), make_track(ds, TRACK_THREAD, 0), make_track(ds, TRACK_THREAD, 0) };

	stack_id stack = dataset_add_stack(ds, ID_NONE, frame), deep = dataset_add_stack(ds, stack, frame);
	for (int i = 0; i < 5; i++) {
		sample_id sample = dataset_add_sample(ds, i == 4 ? deep : i == 3 ? ID_NONE : stack, tracks[i == 4], NULL);
		dataset_set_sample_time(ds, sample, 100 * (5 - i));
	}
	dataset_seal(ds);
	struct made made = make_list(ds);
	is_int(made.list->count, 2, "threads of samples are listed, empty ones are not");
	is_int(made.list->rows[0].samples, 1, "in the order of their first samples");
	is_int(made.list->rows[0].depth, 2, "with the depth of their stacks");
	is_int(made.list->rows[1].duration_ns, 300, "and their extent");
	ok(made.list->rows[1].root == ID_NONE && made.list->rows[1].spans == 0, "they have no spans");
	struct trace_list *spans = trace_list_build(ds, made.forest);
	is_int(spans->count, 0, "and are no traces");
	trace_list_free(spans);
	free_list(&made);
}

/* ---- services, and what is found */

static struct made
shop(void)
{
	struct dataset *ds = make_dataset();
	track_id other;

	make_span(ds, "web", "GET /cart", 1, 0, 0, 100);
	make_span(ds, "cart", "load", 2, 1, 10, 40);
	make_span(ds, "db", "select", 3, 2, 10, 30);
	make_span(ds, "db", "select", 4, 1, 30, 90);
	ds->tracks[0].trace_id[0] = 0xca;
	ds->tracks[0].trace_id[1] = 0xfe;
	other = make_track(ds, TRACK_TRACE, 7);
	span_id span = make_span(ds, "mail", "send café", 5, 0, 50, 60);
	ds->spans.track[span] = other;
	ds->spans.status[1] = STATUS_ERROR;
	dataset_seal(ds);
	return make_list(ds);
}

static void
test_parts(void)
{
	struct made made = shop();
	struct trace_parts parts = trace_parts_of(made.ds, made.forest, 0);

	is_int(parts.count, 3, "a trace has its services");
	is_int(parts.self_ns, 20 + 10 + 20 + 60, "whose self times add up");
	ok(str_equal(dataset_str(made.ds, parts.at[0].service), STR("db")) && parts.at[0].self_ns == 80 && parts.at[0].spans == 2, "the heaviest first");
	ok(str_equal(dataset_str(made.ds, parts.at[1].service), STR("web")) && str_equal(dataset_str(made.ds, parts.at[2].service), STR("cart")) &&
	   parts.at[2].errors == 1, "each with its errors");
	free(parts.at);
	free_list(&made);
}

static int
found(const struct made *made, const char *text)
{
	struct search *search = search_parse(str_of(text));
	uint64_t *bits = trace_list_search(made->list, made->ds, made->forest, search);
	int word = (int)bits[0];

	free(bits);
	search_free(search);
	return word;
}

static void
test_found(void)
{
	struct made made = shop();

	is_int(found(&made, "/cart"), 1, "a trace is found by the name of its root");
	is_int(found(&made, "cafe"), 1, "by digits of its id");
	is_int(found(&made, "caf"), 3, "which may be letters of a name too");
	is_int(found(&made, "service:db"), 1, "by a service");
	is_int(found(&made, "DB"), 0, "where upper case counts");
	is_int(found(&made, "-db"), 2, "or by what it has not");
	is_int(found(&made, "web db"), 1, "by several terms in several places");
	is_int(found(&made, "select"), 0, "not by spans inside");
	is_int(found(&made, ""), 0, "nothing finds nothing");
	free_list(&made);
}

int
main(void)
{
	test_parts();
	test_found();
	test_orders();
	test_buckets();
	test_extremes();
	test_samples();
	return done();
}
