/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/build.h"
#include "export/export.h"
#include "tests/make.h"
#include "tests/tap.h"

static struct tree *
build(struct dataset *ds)
{
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = tree_spec_default(ds);

	spec.merge = MERGE_MERGED;
	struct tree *tree = tree_build(cache, &spec, NULL);
	build_cache_free(cache);
	return tree;
}

/* What is written, to be released with free(). */
static char *
folded(const struct tree *tree, const struct dataset *ds, node_id within, struct export_report *report)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct error err = { 0 };

	if (!export_format_find(STR("folded"))->write(&(struct export_subject){ tree, ds, within, STR("samples"), STR("samples"), NULL }, out, report, &err))
		diag("%s", err.text);
	fclose(out);
	return text;
}

static void
is_folded(struct dataset *ds, const char *want, uint64_t renamed, const char *what)
{
	struct export_report report = { 99 };
	dataset_seal(ds);
	struct tree *tree = build(ds);
	char *text = folded(tree, ds, NODE_ALL, &report);

	is_text(text, want, what);
	is_int((long long)report.renamed, (long long)renamed, "names that could not be written as they are");
	free(text);
	tree_free(tree);
	dataset_free(ds);
}

/* A sample whose frames are given one by one, so that they may hold anything. */
static void
add(struct dataset *ds, const char *const *names, double weight)
{
	stack_id stack = ID_NONE;

	for (; *names; names++) {
		frame_id frame = make_frame(ds, "", *names);
		stack_id known = 0;
		while (known < ds->stacks.count && (ds->stacks.parent[known] != stack || ds->stacks.frame[known] != frame))
			known++;
		stack = known < ds->stacks.count ? known : dataset_add_stack(ds, stack, frame);
	}
	make_sample_on(ds, stack, weight, 0);
}

static void
test_order(void)
{
	struct dataset *ds = make_dataset();

	make_sample(ds, "a;z", 1);
	make_sample(ds, "a b", 2);
	make_sample(ds, "a", 3);
	make_sample(ds, "a b;c", 4);
	make_sample(ds, "a=", 5);
	make_sample(ds, "a;z;q", 6);
	make_sample(ds, "", 7);
	make_sample(ds, "a;z", 1);
	is_folded(ds, " 7\na 3\na b 2\na b;c 4\na;z 2\na;z;q 6\na= 5\n", 0, "stacks are sorted by their bytes, weight of the root first");
}

static void
test_names(void)
{
	struct dataset *ds = make_dataset();

	add(ds, (const char *const[]){ "x;y", "line\nbreak", NULL }, 1.5);
	add(ds, (const char *const[]){ "x,y", "poll_[k]", NULL }, 2);
	add(ds, (const char *const[]){ "x;y", "poll_[k]", NULL }, 0.25);
	add(ds, (const char *const[]){ "x,y", "", "in", NULL }, 4);
	add(ds, (const char *const[]){ "x,y", "zero", NULL }, 0);
	is_folded(ds, "x,y;;in 4\nx,y;line break 1.5\nx,y;poll_[k] 2.25\n", 2, "what folded cannot say, suffixes, empty names, no weight");
	is_folded(make_dataset(), "", 0, "nothing gives nothing");
}

/* Names that readers would take for something else. */
static void
test_ends(void)
{
	struct dataset *ds = make_dataset();

	add(ds, (const char *const[]){ " a ", "get ", NULL }, 1);
	add(ds, (const char *const[]){ " a ", "\t", NULL }, 2);
	add(ds, (const char *const[]){ "#private", "#other", NULL }, 3);
	is_folded(ds, "_#private;#other 3\na; 2\na;get 1\n", 4, "no blanks at the ends, no comment where a line begins");
	ds = make_dataset();
	add(ds, (const char *const[]){ "pool 1", "worker 1", NULL }, 1);
	add(ds, (const char *const[]){ "pool 1", "worker 2.5", NULL }, 2);
	is_folded(ds, "pool_1;worker_1 1\npool_1;worker_2.5 2\n", 3, "not two numbers in every line, as a comparison has them");
	ds = make_dataset();
	add(ds, (const char *const[]){ "worker 1", NULL }, 1);
	add(ds, (const char *const[]){ "worker", NULL }, 2);
	is_folded(ds, "worker 2\nworker 1 1\n", 0, "where one line has one they stay");
}

static void
test_spans(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "shop", "GET /", 1, 0, 0, 100);
	make_span(ds, "db", "query", 2, 1, 10, 40);
	make_span(ds, "db", "query", 3, 1, 50, 60);
	is_folded(ds, "shop: GET / 60\nshop: GET /;db: query 40\n", 0, "spans are named after service and operation");
}

/* Random trees: the lines are sorted and different, and their weights are those of the dataset. */
static void
test_random(void)
{
	static const char *const names[] = { "a", "b", "a b", "a;b", "a,b", "", "z", "a\n", "\xff", "~" };
	uint64_t state = 11;
	bool sorted = true, sums = true;

	for (int round = 0; round < 60; round++) {
		struct dataset *ds = make_dataset();
		struct export_report report;
		double total = 0, sum = 0;
		for (uint32_t i = random_below(&state, 60); i > 0; i--) {
			const char *path[9] = { NULL };
			uint32_t depth = random_below(&state, 8);
			for (uint32_t at = 0; at < depth; at++)
				path[at] = names[random_below(&state, sizeof names / sizeof *names)];
			double weight = random_below(&state, 5);
			add(ds, path, weight);
			total += weight;
		}
		dataset_seal(ds);
		struct tree *tree = build(ds);
		char *text = folded(tree, ds, NODE_ALL, &report);
		struct str before = { NULL, 0 };
		for (char *line = text; line && *line; line = strchr(line, '\n') + 1) {
			char *space = line + strcspn(line, "\n");
			while (*--space != ' ')
				;
			struct str stack = { line, (size_t)(space - line) };
			sorted &= !before.at || str_compare(before, stack) < 0;
			before = stack;
			sum += strtod(space, NULL);
		}
		sums &= sum == total;
		free(text);
		tree_free(tree);
		dataset_free(ds);
	}
	ok(sorted, "random stacks are sorted, each stands once");
	ok(sums, "and nothing is lost");
}

static void
test_deep(void)
{
	enum { DEPTH = 200000 };
	struct dataset *ds = make_dataset();
	struct export_report report;
	stack_id stack = ID_NONE;

	for (int i = 0; i < DEPTH; i++)
		stack = dataset_add_stack(ds, stack, make_frame(ds, "", "f"));
	make_sample_on(ds, stack, 1, 0);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	char *text = folded(tree, ds, NODE_ALL, &report);
	is_int((long long)strlen(text), DEPTH * 2 - 1 + 3, "two hundred thousand levels are one line");
	free(text);
	tree_free(tree);
	dataset_free(ds);
}

static bool
holds(const char *path, const char *want)
{
	char text[256] = "";
	FILE *file = fopen(path, "r");

	if (file) {
		text[fread(text, 1, sizeof text - 1, file)] = '\0';
		fclose(file);
	}
	return strcmp(text, want) == 0;
}

static void
test_files(void)
{
	char folder[] = "/tmp/spanfire-test.XXXXXX";
	struct dataset *ds = make_dataset();
	const struct export_format *format = export_format_find(STR("folded"));
	struct export_report report;
	struct error err = { 0 };

	make_sample(ds, "a;b", 2);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	struct export_subject subject = { .tree = tree, .ds = ds };
	ok(mkdtemp(folder) && chdir(folder) == 0, "a folder for the test");
	ok(export_to_file(format, &subject, "out", false, &report, &err) && holds("out", "a;b 2\n"), "a new file");
	struct stat made;
	mode_t mask = umask(0);
	umask(mask);
	ok(stat("out", &made) == 0 && (made.st_mode & 0777) == (0666 & ~mask), "with the usual rights");
	ok(truncate("out", 0) == 0 && !export_to_file(format, &subject, "out", false, &report, &err), "an existing file is refused");
	is_int(err.code, ERROR_USAGE, "which is a matter of usage");
	ok(holds("out", ""), "and left alone");
	ok(export_to_file(format, &subject, "out", true, &report, &err) && holds("out", "a;b 2\n"), "unless it is to be replaced");
	ok(chmod("out", 0600) == 0 && export_to_file(format, &subject, "out", true, &report, &err) && stat("out", &made) == 0 &&
	   (made.st_mode & 0777) == 0600, "who may read it stays as it was");
	ok(symlink("out", "link") == 0 && export_to_file(format, &subject, "link", true, &report, &err) &&
	   lstat("link", &made) == 0 && S_ISLNK(made.st_mode), "a link stays one");
	ok(export_to_file(format, &subject, "/dev/null", false, &report, &err) && stat("/dev/null", &made) == 0 &&
	   S_ISCHR(made.st_mode), "a device is written to, not replaced");
	err = (struct error){ 0 };
	ok(!export_to_file(format, &subject, "no/such/folder", false, &report, &err), "a folder that is not there");
	is_int(err.code, ERROR_SYSTEM, "is an error of the system");
	if (access("/dev/full", W_OK) == 0)
		ok(!export_to_file(format, &subject, "/dev/full", true, &report, &err), "a full device is an error");
	else
		skip(1, "no /dev/full");
	ok(unlink("out") == 0 && unlink("link") == 0 && chdir("/") == 0 && rmdir(folder) == 0, "nothing else is left behind");
	ok(export_format_find(STR("nothing")) == NULL, "an unknown format");
	tree_free(tree);
	dataset_free(ds);
}

int
main(void)
{
	test_order();
	test_names();
	test_ends();
	test_spans();
	test_random();
	test_deep();
	test_files();
	return done();
}
