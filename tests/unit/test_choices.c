/* SPDX-License-Identifier: MIT
 * Every list of words is as long as what it stands for, and in its order. */
#include "config.h"

#include "util/choices.h"

#include "cli/request.h"
#include "tests/tap.h"
#include "ui/state.h"

static void
is_list(const char *const *words, int count, int value, const char *word)
{
	int len = 0;

	while (words[len])
		len++;
	is_int(len, count, word);
	is_int(choice_index(words, str_of(word)), value, word);
}

int
main(void)
{
	is_list(choices_merge, 2, MERGE_TIME, "time");
	is_list(choices_order, ORDER_FIRST + 1, ORDER_ALPHABETICAL, "alphabetical");
	is_list(choices_grain, GRAIN_ADDRESS + 1, GRAIN_PACKAGE, "package");
	is_list(choices_recursion, RECURSION_ALL + 1, RECURSION_DIRECT, "direct");
	is_list(choices_view, VIEW_COUNT, VIEW_TIMELINE, "timeline");
	is_list(choices_view, VIEW_COUNT, VIEW_SANDWICH, "sandwich");
	is_list(choices_color_by, COLOR_MODES, COLOR_STATUS, "status");
	is_list(choices_color_by, COLOR_MODES, COLOR_VALUE, "value");
	is_list(choices_align, 2, FIT_RIGHT, "right");
	is_list(choices_sort, 4, TOP_COUNT, "count");
	is_list(choices_sort, 4, TOP_NAME, "name");
	is_list(choices_table_by, TOP_LABELS + 1, TOP_FILES, "file");
	is_list(choices_list_sort, TRACE_SORTS, TRACES_BY_SERVICES, "services");
	is_list(choices_list_sort, TRACE_SORTS, TRACES_BY_DURATION, "duration");
	is_list(choices_chart, TRACE_CHARTS, CHART_LENGTHS, "durations");
	is_list(choices_colors, COLORS_MONO + 1, COLORS_16, "16");
	is_list(choices_names, 2, true, "short");
	is_list(choices_mark, 2, true, "critical");
	is_list(choices_times, 2, true, "absolute");
	is_list(choices_roots, 2, true, "bottom");
	is_list(choices_chains, 2, true, "folded");
	is_list(choices_sort_order, 2, true, "up");
	is_list(choices_table_rows, 2, true, "matches");
	is_list(choices_list_order, 2, true, "down");
	is_int(choice_index(choices_order, STR("heavy")), -1, "a word that there is not");
	is_int(choice_index(choices_order, STR("")), -1, "nor the empty one");
	return done();
}
