/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/choices.h"

const char *const choices_merge[] = { "merged", "time", NULL };
const char *const choices_order[] = { "heaviest", "alphabetical", "first", NULL };
const char *const choices_grain[] = { "function", "file", "package", "line", "address", NULL };
const char *const choices_recursion[] = { "keep", "direct", "all", NULL };
const char *const choices_view[] = { "flame", "table", "both", "sandwich", "tree", "timeline", "traces", NULL };
const char *const choices_color_by[] = { "package", "name", "value", "self", "service", "kind", "status", "plain", NULL };
const char *const choices_names[] = { "full", "short", NULL };
const char *const choices_mark[] = { "nothing", "critical", NULL };
const char *const choices_times[] = { "relative", "absolute", NULL };
const char *const choices_align[] = { "left", "right", NULL };
const char *const choices_roots[] = { "top", "bottom", NULL };
const char *const choices_chains[] = { "open", "folded", NULL };
const char *const choices_sort[] = { "self", "total", "count", "name", NULL };
const char *const choices_sort_order[] = { "down", "up", NULL };
const char *const choices_table_by[] = { "function", "package", "file", "label", NULL };
const char *const choices_table_rows[] = { "all", "matches", NULL };
const char *const choices_list_sort[] = { "start", "name", "duration", "spans", "services", "depth", "errors", "tokens", "cost", "trace", NULL };
const char *const choices_list_order[] = { "up", "down", NULL };
const char *const choices_chart[] = { "traces", "spans", "latency", "durations", "none", NULL };
const char *const choices_colors[] = { "auto", "24bit", "256", "16", "mono", NULL };

int
choice_index(const char *const *words, struct str word)
{
	for (int i = 0; words[i]; i++)
		if (str_equal(str_of(words[i]), word))
			return i;
	return -1;
}
