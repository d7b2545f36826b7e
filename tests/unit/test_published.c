/* SPDX-License-Identifier: MIT
 * Totals, bottom-up, sandwich, filters and recursion on call trees that other programs published: what speedscope made of a file, as the
 * weight of every path, and what flamelens counted per function.  The paths are worked on one by one, the slow way. */
#include "config.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/invert.h"
#include "analysis/recipe.h"
#include "analysis/top.h"
#include "load/load.h"
#include "load/sink.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "util/exact.h"

enum { DEPTH_MOST = 512, TRIED = 6 };

struct path {
	const char *names[DEPTH_MOST];    /* outermost first; of the file's text */
	size_t      len;
	double      weight;
};

struct paths { VEC(struct path); };

/* ---- reading */

/* Lines of the first profile; the text is cut at its separators. */
static void
read_paths(char *text, struct paths *out)
{
	int profiles = 0;

	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		struct path path = { 0 };
		char *space = strrchr(line, ' ');
		if (line[0] == '#') {
			profiles += strncmp(line, "# profile", 9) == 0;
			continue;
		}
		if (profiles > 1 || !space)
			continue;
		*space = '\0';
		path.weight = strtod(space + 1, NULL);
		for (char *at = line; at && path.len < DEPTH_MOST;) {
			char *end = strchr(at, ';');
			path.names[path.len++] = at;
			if (end)
				*end++ = '\0';
			at = end;
		}
		vec_push(out, path);
	}
}

static struct dataset *
dataset_of(const struct paths *paths)
{
	struct sink *sink = sink_new(STR("published"));

	sink_sample_type(sink, STR("weight"), STR(""));
	for (size_t i = 0; i < paths->len; i++) {
		stack_id stack = ID_NONE;
		for (size_t f = 0; f < paths->at[i].len; f++)
			stack = sink_stack(sink, stack, sink_frame(sink, &(struct frame_in){ .name = str_of(paths->at[i].names[f]) }));
		sink_sample(sink, stack, sink_track(sink, TRACK_PROFILE, STR("p")), &paths->at[i].weight);
	}
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

/* ---- weights by path, sorted, to be compared */

struct row { char *path; double weight; };
struct rows { VEC(struct row); };

static int
compare_rows(const void *a, const void *b)
{
	return strcmp(((const struct row *)a)->path, ((const struct row *)b)->path);
}

static void
rows_add(struct rows *rows, const char *const *names, size_t len, double weight)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < len; i++)
		buf_addf(&text, "%s%s", i ? ";" : "", names[i]);
	vec_push(rows, (struct row){ xstrndup(buf_str(&text).at, text.len), weight });
	buf_fini(&text);
}

static void
rows_finish(struct rows *rows)
{
	size_t kept = 0;

	if (rows->len > 1)
		qsort(rows->at, rows->len, sizeof *rows->at, compare_rows);
	for (size_t i = 0; i < rows->len; i++) {
		if (kept > 0 && strcmp(rows->at[kept - 1].path, rows->at[i].path) == 0) {
			rows->at[kept - 1].weight += rows->at[i].weight;
			free(rows->at[i].path);
		} else {
			rows->at[kept++] = rows->at[i];
		}
	}
	rows->len = kept;
	/* What weighs nothing is no path. */
	kept = 0;
	for (size_t i = 0; i < rows->len; i++) {
		if (rows->at[i].weight != 0)
			rows->at[kept++] = rows->at[i];
		else
			free(rows->at[i].path);
	}
	rows->len = kept;
}

static void
rows_fini(struct rows *rows)
{
	for (size_t i = 0; i < rows->len; i++)
		free(rows->at[i].path);
	vec_fini(rows);
}

/* The self weights of a tree. */
static void
rows_of_tree(const struct tree *tree, const struct dataset *ds, struct rows *rows)
{
	for (node_id node = 1; node < tree->count; node++) {
		const char *names[DEPTH_MOST];
		size_t len = tree->level[node];
		if (tree->self[node] == 0 || len > DEPTH_MOST)
			continue;
		for (node_id at = node; at != NODE_ALL; at = tree->parent[at])
			names[--len] = frame_name(ds, tree->frame[at]).at;
		rows_add(rows, names, tree->level[node], tree->self[node]);
	}
}

static bool
same_weight(double a, double b)
{
	return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b)) + 1e-12;
}

/* Frees both. */
static bool
same_rows(struct rows *got, struct rows *want)
{
	rows_finish(got);
	rows_finish(want);
	bool same = got->len == want->len;
	for (size_t i = 0; same && i < got->len; i++)
		same = strcmp(got->at[i].path, want->at[i].path) == 0 && same_weight(got->at[i].weight, want->at[i].weight);
	if (!same)
		diag("%zu paths, wanted %zu", got->len, want->len);
	rows_fini(got);
	rows_fini(want);
	return same;
}

/* ---- the slow way */

static long
outermost(const struct path *path, const char *name)
{
	for (size_t i = 0; i < path->len; i++)
		if (strcmp(path->names[i], name) == 0)
			return (long)i;
	return -1;
}

static void
slow_filter(const struct paths *paths, enum filter_kind kind, const char *name, struct rows *out)
{
	for (size_t i = 0; i < paths->len; i++) {
		const struct path *path = &paths->at[i];
		const char *left[DEPTH_MOST];
		long at = outermost(path, name);
		size_t len = 0;
		if ((kind == FILTER_IGNORE && at >= 0) || ((kind == FILTER_ONLY || kind == FILTER_SHOW_FROM) && at < 0))
			continue;
		for (size_t f = kind == FILTER_SHOW_FROM ? (size_t)at : 0; f < path->len; f++)
			if (kind != FILTER_HIDE || strcmp(path->names[f], name) != 0)
				left[len++] = path->names[f];
		if (len)
			rows_add(out, left, len, path->weight);
	}
}

static void
slow_recursion(const struct paths *paths, enum recursion recursion, struct rows *out)
{
	for (size_t i = 0; i < paths->len; i++) {
		const char *left[DEPTH_MOST];
		size_t len = 0;
		for (size_t f = 0; f < paths->at[i].len; f++) {
			const char *name = paths->at[i].names[f];
			for (size_t before = 0; recursion == RECURSION_ALL && before < len; before++)
				if (strcmp(left[before], name) == 0)
					len = before;
			if (recursion == RECURSION_DIRECT && len && strcmp(left[len - 1], name) == 0)
				len--;
			left[len++] = name;
		}
		rows_add(out, left, len, paths->at[i].weight);
	}
}

static void
slow_reversed(const struct path *path, size_t len, double weight, struct rows *out)
{
	const char *names[DEPTH_MOST];

	for (size_t f = 0; f < len; f++)
		names[f] = path->names[len - 1 - f];
	rows_add(out, names, len, weight);
}

static void
slow_function(const struct paths *paths, const char *name, double *self_out, double *total_out)
{
	*self_out = *total_out = 0;
	for (size_t i = 0; i < paths->len; i++) {
		const struct path *path = &paths->at[i];
		if (path->len && strcmp(path->names[path->len - 1], name) == 0)
			*self_out += path->weight;
		if (outermost(path, name) >= 0)
			*total_out += path->weight;
	}
}

/* ---- ours against it */

struct subject {
	const struct paths  *paths;
	struct dataset      *ds;
	struct build_cache  *cache;
	struct strtab       *patterns;
	struct tree         *tree;
	struct top          *top;    /* by total */
};

static struct tree *
build(const struct subject *subject, const struct recipe *recipe)
{
	return recipe_build(subject->cache, recipe, subject->patterns, NULL, NULL);
}

static struct recipe
plain(const struct subject *subject)
{
	return (struct recipe){ .spec = tree_spec_default(subject->ds) };
}

static bool
same_totals(const struct subject *subject)
{
	bool same = true;

	for (uint32_t i = 0; i < subject->top->count; i++) {
		const struct top_row *row = &subject->top->rows[i];
		double self, total;
		slow_function(subject->paths, frame_name(subject->ds, row->frame).at, &self, &total);
		same &= same_weight(row->self, self) && same_weight(row->total, total);
	}
	return same;
}

static bool
same_filters(const struct subject *subject, const char *name)
{
	static const enum filter_kind kinds[] = { FILTER_IGNORE, FILTER_ONLY, FILTER_SHOW_FROM, FILTER_HIDE };
	bool same = true;

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		struct recipe recipe = plain(subject);
		struct rows got = { 0 }, want = { 0 };
		struct buf pattern = { 0 };
		exact_quote(str_of(name), &pattern);
		same &= recipe_add(&recipe, subject->patterns, kinds[k], buf_str(&pattern), NULL);
		struct tree *tree = build(subject, &recipe);
		rows_of_tree(tree, subject->ds, &got);
		slow_filter(subject->paths, kinds[k], name, &want);
		if (!same_rows(&got, &want)) {
			diag("%s %s", filter_kind_name(kinds[k]), name);
			same = false;
		}
		tree_free(tree);
		buf_fini(&pattern);
	}
	return same;
}

static bool
same_recursion(const struct subject *subject)
{
	bool same = true;

	for (int how = RECURSION_KEEP; how <= RECURSION_ALL; how++) {
		struct recipe recipe = plain(subject);
		struct rows got = { 0 }, want = { 0 };
		recipe.recursion = (enum recursion)how;
		struct tree *tree = build(subject, &recipe);
		rows_of_tree(tree, subject->ds, &got);
		slow_recursion(subject->paths, recipe.recursion, &want);
		same &= same_rows(&got, &want);
		tree_free(tree);
	}
	return same;
}

static bool
same_bottom_up(const struct subject *subject)
{
	struct recipe recipe = plain(subject);
	struct rows got = { 0 }, want = { 0 };

	recipe.inverted = true;
	struct tree *tree = build(subject, &recipe);
	rows_of_tree(tree, subject->ds, &got);
	for (size_t i = 0; i < subject->paths->len; i++)
		slow_reversed(&subject->paths->at[i], subject->paths->at[i].len, subject->paths->at[i].weight, &want);
	tree_free(tree);
	return same_rows(&got, &want);
}

static bool
same_sandwich(const struct subject *subject, const char *name)
{
	struct buf pattern = { 0 };
	struct rows below = { 0 }, above = { 0 }, want_below = { 0 }, want_above = { 0 };

	exact_quote(str_of(name), &pattern);
	frame_word *set = recipe_frames(NULL, subject->ds, buf_str(&pattern));
	struct sandwich sandwich = sandwich_build(subject->tree, subject->ds, set, ORDER_HEAVIEST, NULL, NULL);
	rows_of_tree(sandwich.callees, subject->ds, &below);
	rows_of_tree(sandwich.callers, subject->ds, &above);
	for (size_t i = 0; i < subject->paths->len; i++) {
		const struct path *path = &subject->paths->at[i];
		long at = outermost(path, name);
		if (at < 0)
			continue;
		rows_add(&want_below, path->names + at, path->len - (size_t)at, path->weight);
		slow_reversed(path, (size_t)at + 1, path->weight, &want_above);
	}
	bool same = same_rows(&below, &want_below);
	same &= same_rows(&above, &want_above);
	sandwich_fini(&sandwich);
	free(set);
	buf_fini(&pattern);
	return same;
}

static bool
check_paths(const struct paths *paths)
{
	struct subject subject = { .paths = paths, .ds = dataset_of(paths) };

	subject.cache = build_cache_new(subject.ds, NULL);
	subject.patterns = strtab_new();
	struct recipe recipe = plain(&subject);
	subject.tree = build(&subject, &recipe);
	subject.top = top_build(subject.tree, subject.ds, NODE_ALL);
	top_sort(subject.top, subject.ds, TOP_TOTAL, false);
	bool same = same_totals(&subject);
	same &= same_recursion(&subject);
	same &= same_bottom_up(&subject);
	uint32_t step = subject.top->count > TRIED ? subject.top->count / TRIED : 1;
	for (uint32_t i = 0; i < subject.top->count; i += step) {
		const char *name = frame_name(subject.ds, subject.top->rows[i].frame).at;
		same &= same_filters(&subject, name);
		same &= same_sandwich(&subject, name);
	}
	top_free(subject.top);
	tree_free(subject.tree);
	strtab_free(subject.patterns);
	build_cache_free(subject.cache);
	dataset_free(subject.ds);
	return same;
}

static void
check_folder(const char *corpus, const char *format)
{
	char *folder = xasprintf("%s/%s/expected", corpus, format);
	struct names files = { 0 };
	int bad = 0, checked = 0;

	folder_list(folder, ".speedscope.folded", &files);
	for (size_t i = 0; i < files.len; i++) {
		struct paths paths = { 0 };
		struct buf text = { 0 };
		if (file_read(files.at[i], &text)) {
			buf_addc(&text, '\0');
			read_paths(text.at, &paths);
			if (paths.len && !check_paths(&paths)) {
				diag("%s", files.at[i]);
				bad++;
			}
			checked += paths.len > 0;
		}
		vec_fini(&paths);
		buf_fini(&text);
	}
	ok(checked > 0 && bad == 0, "%s: totals, recursion, bottom-up, filters and sandwich of %d published trees", format, checked);
	names_free(&files);
	free(folder);
}

/* What flamelens says of every function of a file: the total counts recursion once there too. */
static void
check_counts(const char *corpus, const char *name)
{
	char *path = xasprintf("%s/folded/%s.txt", corpus, name);
	char *published = xasprintf("%s/folded/expected/%s-expected_ordered_counts.json", corpus, name);
	struct error err = { 0 };
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, &err);
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = tree_spec_default(ds);
	struct tree *tree = tree_build(cache, &spec, NULL);
	struct top *top = top_build(tree, ds, NODE_ALL);
	struct buf text = { 0 };
	uint32_t found = 0;

	bool read = file_read(published, &text);
	buf_addc(&text, '\0');
	cJSON *json = read ? cJSON_Parse(text.at) : NULL;
	const cJSON *entry;
	cJSON_ArrayForEach(entry, cJSON_GetObjectItemCaseSensitive(json, "entries")) {
		const cJSON *count = cJSON_GetObjectItemCaseSensitive(entry, "count");
		const char *function = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entry, "name"));
		double self = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(count, "own"));
		double total = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(count, "total"));
		for (uint32_t i = 0; i < top->count; i++)
			found += str_equal(frame_name(ds, top->rows[i].frame), str_of(function)) && top->rows[i].self == self && top->rows[i].total == total;
	}
	ok(found > 0 && found == top->count, "%s: self and total of %u functions are as flamelens has them", name, found);
	cJSON_Delete(json);
	buf_fini(&text);
	top_free(top);
	tree_free(tree);
	build_cache_free(cache);
	dataset_free(ds);
	free(published);
	free(path);
}

int
main(void)
{
	static const char *const formats[] = { "pprof", "speedscope", "callgrind", "chrome-trace", "cpuprofile", "gecko", "heapprofile", "stackprof" };
	const char *corpus = getenv("SPANFIRE_CORPUS");

	if (!corpus) {
		skip(sizeof formats / sizeof *formats, "there is no corpus");
		return done();
	}
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		check_folder(corpus, formats[i]);
	check_counts(corpus, "flamelens-recursive");
	check_counts(corpus, "flamelens-py-spy-simple");
	check_counts(corpus, "flamelens-ignore-metadata-lines");
	return done();
}
