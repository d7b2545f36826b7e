/* SPDX-License-Identifier: MIT
 * The critical path: small traces with known answers, and sums over random ones. */
#include "config.h"

#include "analysis/critical.h"

#include "util/buf.h"
#include "tests/make.h"
#include "tests/tap.h"

/* A span: its letter is its name and id. */
struct given {
	char           name, parent;
	int64_t        start, end;
	enum span_kind kind;
};

static const struct {
	const char  *what;
	struct given spans[8];
	const char  *want;    /* each span's own time on the path, then the pieces from the end */
} cases[] = {
	{ "a span alone", { { 'a', 0, 0, 10, 0 } }, "a10 | a0-10" },
	{ "one child", { { 'a', 0, 0, 10, 0 }, { 'b', 'a', 2, 6, 0 } }, "a6 b4 | a6-10 b2-6 a0-2" },
	{ "touching siblings are both awaited", { { 'a', 0, 0, 10, 0 }, { 'b', 'a', 0, 5, 0 }, { 'c', 'a', 5, 10, 0 } }, "b5 c5 | c5-10 b0-5" },
	{ "of two that run at once the later end counts", { { 'a', 0, 0, 10, 0 }, { 'b', 'a', 0, 9, 0 }, { 'c', 'a', 1, 8, 0 } }, "a1 b9 | a9-10 b0-9" },
	{ "equal ends: the longer", { { 'a', 0, 0, 10, 0 }, { 'b', 'a', 5, 10, 0 }, { 'c', 'a', 2, 10, 0 } }, "a2 c8 | c2-10 a0-2" },
	{ "equal intervals: the first", { { 'a', 0, 0, 10, 0 }, { 'b', 'a', 2, 10, 0 }, { 'c', 'a', 2, 10, 0 } }, "a2 b8 | b2-10 a0-2" },
	{ "a child that outlives its parent is clipped", { { 'a', 0, 0, 10, 0 }, { 'b', 'a', 4, 15, 0 } }, "a4 b6 | b4-10 a0-4" },
	{ "one that starts before it too", { { 'a', 0, 5, 10, 0 }, { 'b', 'a', 0, 7, 0 } }, "a3 b2 | a7-10 b5-7" },
	{ "one outside is not awaited", { { 'a', 0, 0, 10, 0 }, { 'b', 'a', 10, 20, 0 } }, "a10 | a0-10" },
	{ "a consumer is not awaited by its producer", { { 'a', 0, 0, 10, SPAN_PRODUCER }, { 'b', 'a', 2, 8, SPAN_CONSUMER } }, "a10 | a0-10" },
	{ "grandchildren are clipped to the clipped child", { { 'a', 0, 0, 10, 0 }, { 'b', 'a', 4, 15, 0 }, { 'c', 'b', 5, 14, 0 } },
	  "a4 b1 c5 | c5-10 b4-5 a0-4" },
	{ "two roots", { { 'a', 0, 0, 4, 0 }, { 'b', 0, 6, 10, 0 } }, "a4 b4 | b6-10 a0-4" },
	{ "an instant", { { 'a', 0, 0, 10, 0 }, { 'b', 'a', 5, 5, 0 } }, "a10 | a5-10 a0-5" },
};

static struct critical *
build(struct dataset *ds)
{
	dataset_seal(ds);
	struct forest *forest = forest_new(ds);
	struct critical *critical = critical_build(forest, ds);

	forest_free(forest);
	return critical;
}

static void
known(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct dataset *ds = make_dataset();
		struct buf got = { 0 };
		for (const struct given *given = cases[i].spans; given->name; given++) {
			span_id span = make_span(ds, "s", (char[]){ given->name, '\0' }, (uint64_t)given->name, (uint64_t)given->parent, given->start, given->end);
			ds->spans.kind[span] = (uint8_t)given->kind;
		}
		struct critical *critical = build(ds);
		for (span_id span = 0; span < ds->spans.count; span++)
			if (critical->own_ns[span])
				buf_addf(&got, "%s%s%lld", got.len ? " " : "", frame_name(ds, ds->spans.frame[span]).at, (long long)critical->own_ns[span]);
		buf_add(&got, STR(" |"));
		for (uint32_t k = 0; k < critical->piece_count; k++)
			buf_addf(&got, " %s%lld-%lld", frame_name(ds, ds->spans.frame[critical->pieces[k].span]).at,
			         (long long)critical->pieces[k].start_ns, (long long)critical->pieces[k].end_ns);
		is_text(got.at, cases[i].want, cases[i].what);
		buf_fini(&got);
		critical_free(critical);
		dataset_free(ds);
	}
}

/* Under one root the pieces tile its whole interval, backwards, without gap or overlap. */
static void
tiled(void)
{
	uint64_t seed = 11;
	int good = 0;

	for (int round = 0; round < 300; round++) {
		struct dataset *ds = make_dataset();
		make_span(ds, "s", "root", 1, 0, 0, 1000);
		for (uint64_t id = 2; id < 60; id++) {
			int64_t start = random_below(&seed, 1100);
			make_span(ds, "s", "x", id, 1 + random_below(&seed, (uint32_t)id - 1), start, start + random_below(&seed, 300));
		}
		struct critical *critical = build(ds);
		int64_t at = 1000, sum = 0;
		bool tiles = true;
		for (uint32_t i = 0; i < critical->piece_count; i++) {
			/* What reaches behind the root's end hangs under the virtual root no more than the root does. */
			tiles &= critical->pieces[i].end_ns == at && critical->pieces[i].start_ns < at;
			at = critical->pieces[i].start_ns;
		}
		for (span_id span = 0; span < ds->spans.count; span++)
			sum += critical->own_ns[span];
		for (int64_t moment = 0; moment <= 1000; moment += 7) {
			int64_t until = 0;
			for (span_id span = 0; span < ds->spans.count; span++)
				until += critical_until(critical, span, moment);
			tiles &= until == moment;
		}
		good += tiles && at == 0 && sum == 1000;
		critical_free(critical);
		dataset_free(ds);
	}
	is_int(good, 300, "the pieces tile the root, up to every moment");
}

static void
large(void)
{
	struct dataset *ds = make_dataset();
	enum { COUNT = 100000 };

	make_span(ds, "s", "root", 1, 0, 0, COUNT);
	for (int i = 0; i < COUNT; i++)
		make_span(ds, "s", "step", (uint64_t)i + 2, 1, i, i + 1);
	struct critical *critical = build(ds);
	is_int(critical->piece_count, COUNT, "100,000 sequential children are all awaited");
	is_int(critical->own_ns[0], 0, "and leave nothing to the root");
	critical_free(critical);
	dataset_free(ds);

	ds = make_dataset();
	for (int i = 0; i < COUNT; i++)
		make_span(ds, "s", "deep", (uint64_t)i + 1, (uint64_t)i, 0, COUNT);
	critical = build(ds);
	ok(critical->piece_count == 1 && critical->pieces[0].span == COUNT - 1, "the innermost of 100,000 levels has all the time");
	critical_free(critical);
	dataset_free(ds);
}

int
main(void)
{
	known();
	tiled();
	large();
	return done();
}
