/* SPDX-License-Identifier: MIT
 * spanfire print: the flame graph once, as text. */
#include "config.h"

#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

#include "analysis/match.h"
#include "cli/message.h"
#include "cli/open.h"
#include "cli/output.h"
#include "cli/select.h"
#include "layout/chart.h"
#include "layout/plane.h"
#include "util/text.h"
#include "util/unit.h"

enum { COLS_WITHOUT_TERMINAL = 80, COLS_MIN = 10 };

/* Block characters are drawn unless the locale is set to something that has none: servers often leave it unset. */
static bool
locale_is_ascii(void)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *name = getenv(variables[i]);
		if (!name || !*name)
			continue;
		const char *charset = strchr(name, '.');
		return !charset || (strncasecmp(charset, ".utf-8", 6) != 0 && strncasecmp(charset, ".utf8", 5) != 0);
	}
	return false;
}

/* The last part of a path. */
static struct str
file_name(struct str path)
{
	for (size_t i = path.len; i-- > 0;)
		if (path.at[i] == '/' && i + 1 < path.len)
			return (struct str){ path.at + i + 1, path.len - i - 1 };
	return path;
}

/* "checkout.json · wall 1.24 s · 812 spans" */
static void
print_heading(const struct dataset *ds, const struct selection *selection, const char *dot, bool ascii, struct buf *out)
{
	const struct tree *tree = selection->tree;
	struct buf track = { 0 };

	text_sanitise(ds->source_count ? file_name(dataset_str(ds, ds->sources[0].path)) : STR(""), out);
	if (ds->source_count > 1)
		buf_addf(out, " and %" PRIu32 " more", ds->source_count - 1);
	if (selection->recipe.spec.track != TRACK_ALL) {
		track_describe(ds, selection->recipe.spec.track, &track);
		const char *kind = strchr(track.at, ' ');
		buf_add(out, str_of(dot));
		text_sanitise(str_of(kind + 1), out);
	}
	buf_add(out, str_of(dot));
	if (tree->timed) {
		unit_format(tree->width, STR("ns"), ascii, out);
	} else {
		select_value(&selection->metric, tree->total[NODE_ALL], ascii, out);
	}
	if (metric_is_of_spans(selection->metric.metric) && !tree->halves) {
		uint64_t spans = 0;
		for (node_id node = 0; node < tree->count; node++)
			spans += tree->items[node];
		buf_add(out, str_of(dot));
		unit_format((double)spans, STR("spans"), ascii, out);
	}
	buf_fini(&track);
}

static void
print_matches(const struct dataset *ds, const struct selection *selection, const struct plane *plane, const struct search *search,
              const char *text, const char *dot, struct buf *out)
{
	struct match *match = match_build(selection->tree, ds, search);
	struct reach reach = plane_reach(plane, selection->within);

	buf_addf(out, "%s/", dot);
	text_sanitise(str_of(text), out);
	buf_add(out, STR("/ "));
	unit_count(match->node_count, out);
	/* The halves of a sandwich are not to be added up. */
	if (selection->tree->halves) {
		match_free(match);
		return;
	}
	buf_add(out, str_of(dot));
	if (tree_is_packed(selection->tree))
		unit_percent(match_cover(match, selection->tree, selection->within, reach.from, reach.to), reach.to - reach.from, out);
	else
		unit_percent(match_weight(match, selection->tree, selection->within), selection->tree->total[selection->within], out);
	match_free(match);
}

/* Of a sandwich both halves, callers above; `all` stands nowhere there. */
static struct plane *
plane_of(struct selection *selection)
{
	uint32_t *rows = selection->rows;

	if (!rows)
		return plane_new(selection->tree);
	rows[NODE_ALL] = PLANE_NO_ROW;
	selection->rows = NULL;
	return plane_new_rows(selection->tree, rows);
}

static int
print_graph(const struct dataset *ds, const struct request *request, struct selection *selection, const struct search *search)
{
	struct output out;
	bool ascii = request->ascii || locale_is_ascii();
	const char *dot = ascii ? " - " : " \xC2\xB7 ";
	struct plane *plane = plane_of(selection);
	struct buf heading = { 0 };

	output_begin(&out, OUTPUT_TEXT);
	int cols = request->width != CHOICE_UNSET ? (int)request->width : out.cols ? out.cols : COLS_WITHOUT_TERMINAL;
	struct chart_options options = {
		.cols = cols < COLS_MIN ? COLS_MIN : cols,
		.ascii = ascii,
		.unit = selection->tree->timed ? STR("ns") : selection->metric.unit,
		.focus = selection->within,
	};
	print_heading(ds, selection, dot, ascii, &heading);
	if (request->sandwich) {
		buf_addf(&heading, "%ssandwich /", dot);
		text_sanitise(str_of(request->sandwich), &heading);
		buf_addc(&heading, '/');
	}
	if (search)
		print_matches(ds, selection, plane, search, request->search, dot, &heading);
	text_fit(buf_str(&heading), options.cols, false, ascii, &out.text);
	buf_addc(&out.text, '\n');
	chart_print(plane, ds, &options, &out.text);
	buf_fini(&heading);
	plane_free(plane);
	return output_end(&out);
}

static int
run_print(const struct request *request)
{
	struct error err = { 0 };
	struct selection selection;
	struct search *search = select_search(request);
	int status;

	struct dataset *ds = open_dataset(request, true, &status);
	if (ds && !select_open(&selection, ds, request, true, SANDWICH_WHOLE, &err)) {
		status = message_error(&err);
	} else if (ds) {
		status = print_graph(selection.ds, request, &selection, search);
		select_close(&selection);
	}
	search_free(search);
	return close_dataset(ds, status);
}

const struct command command_print = {
	.id = COMMAND_PRINT,
	.name = "print",
	.arguments = "print [--width N] FILE...",
	.summary = "draw the flame graph once on standard output",
	.description =
		"Draws what the viewer would show at first: a single trace in time order, all else merged.\n"
		"With --sandwich the functions stand between their callers and what they call.\n",
	.takes_files = true,
	.run = run_print,
};
