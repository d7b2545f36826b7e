/* SPDX-License-Identifier: MIT
 * spanfire export --to folded against trees that another program built from the same files: every node's self and total. */
#include "config.h"

#include <cjson/cJSON.h>

#include "tests/cli/run.h"
#include "tests/tap.h"

struct stack {
	struct str path;
	double     self;
};

struct stacks { VEC(struct stack); };

static void
read_stacks(const struct buf *text, struct stacks *out)
{
	for (const char *at = text->at; at && *at;) {
		const char *end = strchr(at, '\n'), *space = end;
		while (space > at && *--space != ' ')
			;
		vec_push(out, (struct stack){ { at, (size_t)(space - at) }, strtod(space, NULL) });
		at = end + 1;
	}
}

/* Of a path: the weight that ends there, and all that goes through. */
static void
weigh(const struct stacks *stacks, struct str path, double *self_out, double *total_out)
{
	*self_out = *total_out = 0;
	for (size_t i = 0; i < stacks->len; i++) {
		struct str stack = stacks->at[i].path;
		bool same = str_equal(stack, path);
		if (same)
			*self_out += stacks->at[i].self;
		if (same || path.len == 0 || (str_starts(stack, path) && stack.at[path.len] == ';'))
			*total_out += stacks->at[i].self;
	}
}

static int
count_wrong(const cJSON *nodes, const struct stacks *stacks)
{
	const cJSON *node;
	int wrong = 0;

	cJSON_ArrayForEach(node, nodes) {
		const cJSON *name = cJSON_GetObjectItemCaseSensitive(node, "full_name");
		bool root = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(node, "level")) == 0;
		double self, total;

		weigh(stacks, root ? STR("") : str_of(cJSON_GetStringValue(name)), &self, &total);
		wrong += self != cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(node, "self_count")) ||
		         total != cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(node, "total_count"));
	}
	return wrong;
}

static cJSON *
read_json(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf text = { 0 };
	char bytes[4096];
	size_t got;

	while (file && (got = fread(bytes, 1, sizeof bytes, file)) > 0)
		buf_add(&text, (struct str){ bytes, got });
	if (file)
		fclose(file);
	cJSON *json = cJSON_Parse(buf_str(&text).at);
	buf_fini(&text);
	return json;
}

static void
check_file(const char *corpus, const char *name)
{
	char *input = xasprintf("%s/%s.txt", corpus, name);
	const char *base = strrchr(name, '/') + 1;
	char *expected = xasprintf("%s/%.*sexpected/%s-expected_stacks.json", corpus, (int)(base - name), name, base);
	struct buf out = { 0 };
	struct stacks stacks = { 0 };
	int status = run_spanfire((const char *const[]){ "export", "--to", "folded", input, NULL }, &out);
	cJSON *nodes = read_json(expected);

	read_stacks(&out, &stacks);
	if (ok(status == 0 && cJSON_GetArraySize(nodes) > 1, "%s: exported, and a tree to compare with", name))
		is_int(count_wrong(nodes, &stacks), 0, "nodes with another self or total");
	cJSON_Delete(nodes);
	vec_fini(&stacks);
	buf_fini(&out);
	free(expected);
	free(input);
}

/* What is exported is exported alike when read again. */
static void
check_again(const char *corpus, const char *name)
{
	char *input = xasprintf("%s/folded/%s", corpus, name);
	char copy[] = "/tmp/spanfire-test.XXXXXX";
	int fd = mkstemp(copy);
	struct buf first = { 0 }, second = { 0 };

	run_spanfire((const char *const[]){ "export", "--to", "folded", input, NULL }, &first);
	ok(fd >= 0 && first.len > 0 && write(fd, first.at, first.len) == (ssize_t)first.len, "%s: exported", name);
	run_spanfire((const char *const[]){ "export", "--to", "folded", "--threads", "3", copy, NULL }, &second);
	ok(str_equal(buf_str(&first), buf_str(&second)), "%s: the same to the byte when read again", name);
	close(fd);
	unlink(copy);
	buf_fini(&first);
	buf_fini(&second);
	free(input);
}

int
main(void)
{
	static const char *const again[] = {
		"firefox-flamegraph.txt", "flameshow-flameshow-pyspy-dump.txt", "inferno-fractional.txt", "inferno-with-space.txt",
		"inferno-example-perf-stacks-collapsed.txt", "speedscope-simple-utf16-le.txt", "speedscope-recursion.txt",
	};
	const char *corpus = corpus_path();

	if (!corpus) {
		skip(1, "no corpus");
		return done();
	}
	check_file(corpus, "folded/flamelens-recursive");
	check_file(corpus, "folded/flamelens-py-spy-simple");
	check_file(corpus, "folded/flamelens-ignore-metadata-lines");
	for (size_t i = 0; i < sizeof again / sizeof *again; i++)
		check_again(corpus, again[i]);
	return done();
}
