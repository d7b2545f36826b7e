/* SPDX-License-Identifier: MIT
 * spanfire export --to folded against what other programs make of the same files: every profile of a speedscope file, and both sides of
 * differential stacks. */
#include "config.h"

#include "tests/cli/run.h"
#include "tests/tap.h"
#include "tests/unit/files.h"

#define ROUNDING 1e-6    /* the expected weights are written with six digits behind the point */

struct stack { struct str path; double weight; };
struct stacks { VEC(struct stack); };

static int
by_path(const void *a, const void *b)
{
	return str_compare(((const struct stack *)a)->path, ((const struct stack *)b)->path);
}

/* "a;b 12" by lines, sorted; equal paths, of frames that differ in their files, are one. */
static void
read_stacks(struct str text, struct stacks *out)
{
	size_t kept = 0;

	out->len = 0;
	while (text.len) {
		const char *newline = memchr(text.at, '\n', text.len), *space = newline ? newline : text.at + text.len;
		size_t len = (size_t)(space - text.at);
		while (space > text.at && *--space != ' ')
			;
		/* Time without a stack has an empty path. */
		if (len && text.at[0] != '#' && space > text.at)
			vec_push(out, (struct stack){ { text.at, (size_t)(space - text.at) }, strtod(space, NULL) });
		len += newline != NULL;
		text = (struct str){ text.at + len, text.len - len };
	}
	if (out->len)
		qsort(out->at, out->len, sizeof *out->at, by_path);
	for (size_t i = 0; i < out->len; i++) {
		if (kept && str_equal(out->at[kept - 1].path, out->at[i].path))
			out->at[kept - 1].weight += out->at[i].weight;
		else
			out->at[kept++] = out->at[i];
	}
	out->len = kept;
}

static bool
same_stacks(struct str got_text, struct str want_text)
{
	struct stacks got = { 0 }, want = { 0 };

	read_stacks(got_text, &got);
	read_stacks(want_text, &want);
	bool same = got.len == want.len && want.len > 0;
	for (size_t i = 0; same && i < want.len; i++)
		same = str_equal(got.at[i].path, want.at[i].path) && fabs(got.at[i].weight - want.at[i].weight) <= ROUNDING;
	if (!same)
		diag("%zu stacks, want %zu", got.len, want.len);
	vec_fini(&got);
	vec_fini(&want);
	return same;
}

/* The expected file has a part for each profile, which begins with "# profile". */
static void
check_scope(const char *corpus, const char *name)
{
	char *input = xasprintf("%s/speedscope/%s", corpus, name);
	char *expected = xasprintf("%s/speedscope/expected/%s.speedscope.folded", corpus, name);
	struct buf want = { 0 }, got = { 0 };

	ok(file_read(expected, &want), "%s: trees to compare with", name);
	buf_add(&want, STR(""));
	const char *part = strstr(want.at, "# profile");
	for (int track = 1; part; track++) {
		const char *next = strstr(part + 1, "\n# profile");
		char number[16];
		snprintf(number, sizeof number, "%d", track);
		run_spanfire((const char *const[]){ "export", "--to", "folded", "--track", number, input, NULL }, &got);
		ok(same_stacks(buf_str(&got), (struct str){ part, next ? (size_t)(next + 1 - part) : strlen(part) }), "%s, profile %d", name, track);
		part = next ? next + 1 : NULL;
	}
	buf_fini(&want);
	buf_fini(&got);
	free(input);
	free(expected);
}

/* A side of a file with two counts is the file that it was made from. */
static void
check_side(const char *corpus, const char *both, const char *metric, const char *one)
{
	char *both_path = xasprintf("%s/folded-diff/%s", corpus, both), *one_path = xasprintf("%s/folded-diff/%s", corpus, one);
	struct buf got = { 0 }, want = { 0 };

	run_spanfire((const char *const[]){ "export", "--to", "folded", "--metric", metric, both_path, NULL }, &got);
	run_spanfire((const char *const[]){ "export", "--to", "folded", one_path, NULL }, &want);
	ok(same_stacks(buf_str(&got), buf_str(&want)), "%s: %s is %s", both, metric, one);
	buf_fini(&got);
	buf_fini(&want);
	free(both_path);
	free(one_path);
}

int
main(void)
{
	static const char *const scopes[] = {
		"pyroscope-duplicates.speedscope.json", "pyroscope-two-sampled-bytes.speedscope.json",
		"speedscope-0.0.1-simple.speedscope.json", "speedscope-0.1.2-simple-sampled.speedscope.json",
		"speedscope-0.6.0-two-sampled.speedscope.json", "speedscope-export-forks.speedscope.json",
	};
	const char *corpus = corpus_path();

	if (!corpus) {
		skip(1, "no corpus");
		return done();
	}
	for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
		check_scope(corpus, scopes[i]);
	check_side(corpus, "inferno-result-default.txt", "samples", "inferno-after.txt");
	check_side(corpus, "inferno-result-default.txt", "before", "inferno-before.txt");
	check_side(corpus, "expected/difffolded-inferno-before-after.txt", "samples", "inferno-after.txt");
	check_side(corpus, "expected/difffolded-inferno-before-after.txt", "before", "inferno-before.txt");
	return done();
}
