/* SPDX-License-Identifier: MIT
 * Every sample of tests/data is won by its own format, by content alone, and by no other. */
#include "config.h"

#include "load/probe.h"
#include "tests/tap.h"
#include "tests/unit/files.h"

/* Files and folders; a file's own row goes before its folder's.  No format: nothing is known. */
static const struct { const char *path, *format; } rows[] = {
	{ "cli/binary", NULL },
	{ "cli/comment.folded", NULL },
	{ "cli/empty", NULL },
	{ "cli/names.folded", "folded" },
	{ "cli/numbers.json", NULL },
	{ "cli/work.folded", "folded" },
	{ "cli/nothing.json", "otlp-json" },
	{ "cli/second.json", "otlp-json" },
	{ "cli/shop.json", "otlp-json" },
	{ "cleopatra", "cleopatra" },
	{ "flamebearer", "flamebearer" },
	{ "folded-diff/not_all.folded", "folded" },
	{ "folded-diff/odd.folded", "folded-diff" },
	{ "folded-diff/plain.folded", "folded-diff" },
	{ "jaeger", "jaeger" },
	{ "nested-set", "nested-set" },
	{ "otlp", "otlp-json" },
	{ "perf-script", "perf-script" },
	{ "same/framed.pb", "otlp-proto" },
	{ "same/jaeger.json", "jaeger" },
	{ "same/logs.json", "otlp-json" },
	{ "same/logs.pb", "otlp-proto" },
	{ "same/otlp.json", "otlp-json" },
	{ "same/otlp.pb", "otlp-proto" },
	{ "speedscope", "speedscope" },
	{ "zipkin/empty.json", NULL },
	{ "zipkin", "zipkin" },
};

static bool
is_checked_alone(const char *path)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (str_ends(str_of(path), str_of(rows[i].path)))
			return true;
	return false;
}

static void
check_file(const char *path, const char *format)
{
	struct buf text = { 0 };
	struct prober prober = { 0 };
	const struct load_format *best, *rival = NULL;
	const char *name = strstr(path, "tests/data/");

	CHECK(file_read(path, &text));
	prober_look(&prober, buf_str(&text), true);
	best = probe_best(&prober.seen, &rival);
	if (!ok((best ? format && strcmp(best->name, format) == 0 : !format) && !rival, "%s: %s", name ? name : path,
	        format ? format : "nothing"))
		diag("%s, tied with %s", best ? best->name : "nothing", rival ? rival->name : "none");
	prober_fini(&prober);
	buf_fini(&text);
}

int
main(void)
{
	const char *top = getenv("top_srcdir");

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *path = xasprintf("%s/tests/data/%s", top ? top : ".", rows[i].path);
		struct names names = { 0 };

		folder_list(path, "", &names);
		for (size_t k = 0; k < names.len; k++)
			if (!str_ends(str_of(names.at[k]), STR(".expect")) && !is_checked_alone(names.at[k]))
				check_file(names.at[k], rows[i].format);
		if (names.len == 0)
			check_file(path, rows[i].format);
		names_free(&names);
		free(path);
	}
	return done();
}
