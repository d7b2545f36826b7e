/* SPDX-License-Identifier: MIT
 * The words that options, settings of the configuration and links choose among, each list once.
 * A list ends with NULL; a word's index is the value of the enumeration, or of the flag, that it stands for. */
#ifndef UTIL_CHOICES_H
#define UTIL_CHOICES_H

#include "util/str.h"

/* How the tree is built. */
extern const char *const choices_merge[];         /* enum merge_mode (analysis/build.h) */
extern const char *const choices_order[];         /* enum tree_order (analysis/build.h) */
extern const char *const choices_grain[];         /* enum grain (analysis/lens.h) */
extern const char *const choices_recursion[];     /* enum recursion (analysis/filter.h) */

/* How it is shown. */
extern const char *const choices_view[];          /* enum view_id (ui/state.h) */
extern const char *const choices_color_by[];      /* enum color_mode up to COLOR_MODES (ui/state.h) */
extern const char *const choices_names[];         /* whether they are short */
extern const char *const choices_mark[];          /* whether the critical path is marked */
extern const char *const choices_times[];         /* whether they are by the clock */
extern const char *const choices_align[];         /* enum fit_align (layout/fit.h) */
extern const char *const choices_roots[];         /* whether they stand at the bottom */
extern const char *const choices_chains[];        /* whether they are folded */
extern const char *const choices_sort[];          /* enum top_sort (analysis/top.h) */
extern const char *const choices_sort_order[];    /* whether the smallest comes first */
extern const char *const choices_table_by[];      /* enum top_by (analysis/top.h) */
extern const char *const choices_table_rows[];    /* whether only matches are listed */
extern const char *const choices_list_sort[];     /* enum trace_sort (analysis/trace_list.h) */
extern const char *const choices_list_order[];    /* whether the greatest comes first */
extern const char *const choices_chart[];         /* enum trace_chart (ui/state.h) */
extern const char *const choices_colors[];        /* how many: enum request_color (cli/request.h) */

/* -1: there is no such word. */
int choice_index(const char *const *words, struct str word);

#endif
