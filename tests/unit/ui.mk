# SPDX-License-Identifier: MIT
check_PROGRAMS += tests/unit/test_clipboard
tests_unit_test_clipboard_SOURCES = tests/unit/test_clipboard.c tests/tap.h
tests_unit_test_clipboard_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_depth
tests_unit_test_depth_SOURCES = tests/unit/test_depth.c tests/tap.h
tests_unit_test_depth_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_grid
tests_unit_test_grid_SOURCES = tests/unit/test_grid.c tests/tap.h
tests_unit_test_grid_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_input
tests_unit_test_input_SOURCES = tests/unit/test_input.c tests/tap.h
tests_unit_test_input_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_key
tests_unit_test_key_SOURCES = tests/unit/test_key.c tests/tap.h
tests_unit_test_key_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_pair
tests_unit_test_pair_SOURCES = tests/unit/test_pair.c tests/tap.h
tests_unit_test_pair_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_run
tests_unit_test_run_SOURCES = tests/unit/test_run.c tests/tap.h
tests_unit_test_run_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_script
tests_unit_test_script_SOURCES = tests/unit/test_script.c tests/tap.h
tests_unit_test_script_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_svg
tests_unit_test_svg_SOURCES = tests/unit/test_svg.c tests/tap.h
tests_unit_test_svg_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_theme
tests_unit_test_theme_SOURCES = tests/unit/test_theme.c tests/tap.h
tests_unit_test_theme_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_actions
tests_unit_test_actions_SOURCES = tests/unit/test_actions.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_actions_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_line_edit
tests_unit_test_line_edit_SOURCES = tests/unit/test_line_edit.c tests/tap.h
tests_unit_test_line_edit_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_viewer
tests_unit_test_viewer_SOURCES = tests/unit/test_viewer.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_viewer_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_extras
tests_unit_test_extras_SOURCES = tests/unit/test_extras.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_extras_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_viewer_life
tests_unit_test_viewer_life_SOURCES = tests/unit/test_viewer_life.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_viewer_life_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_walk
tests_unit_test_walk_SOURCES = tests/unit/test_walk.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_walk_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_sgr
tests_unit_test_sgr_SOURCES = tests/unit/test_sgr.c tests/tap.h
tests_unit_test_sgr_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_link
tests_unit_test_link_SOURCES = tests/unit/test_link.c tests/unit/viewer_test.h tests/unit/random_tree.h tests/tap.h
tests_unit_test_link_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_query_shown
tests_unit_test_query_shown_SOURCES = tests/unit/test_query_shown.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_query_shown_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_filters_shown
tests_unit_test_filters_shown_SOURCES = tests/unit/test_filters_shown.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_filters_shown_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_config
tests_unit_test_config_SOURCES = tests/unit/test_config.c tests/unit/viewer_test.h tests/unit/random_tree.h tests/tap.h
tests_unit_test_config_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_sandwich
tests_unit_test_sandwich_SOURCES = tests/unit/test_sandwich.c tests/unit/viewer_test.h tests/unit/random_tree.h tests/tap.h
tests_unit_test_sandwich_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_editor
tests_unit_test_editor_SOURCES = tests/unit/test_editor.c tests/tap.h
tests_unit_test_editor_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_hue
tests_unit_test_hue_SOURCES = tests/unit/test_hue.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_hue_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_choices
tests_unit_test_choices_SOURCES = tests/unit/test_choices.c tests/tap.h
tests_unit_test_choices_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_calltree
tests_unit_test_calltree_SOURCES = tests/unit/test_calltree.c tests/unit/viewer_test.h tests/unit/random_tree.h tests/tap.h
tests_unit_test_calltree_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_chain
tests_unit_test_chain_SOURCES = tests/unit/test_chain.c tests/unit/viewer_test.h tests/unit/random_tree.h tests/tap.h
tests_unit_test_chain_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_table_shown
tests_unit_test_table_shown_SOURCES = tests/unit/test_table_shown.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_table_shown_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_time_shown
tests_unit_test_time_shown_SOURCES = tests/unit/test_time_shown.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_time_shown_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_write
tests_unit_test_write_SOURCES = tests/unit/test_write.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_write_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_clocks
tests_unit_test_clocks_SOURCES = tests/unit/test_clocks.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_clocks_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_critical_shown
tests_unit_test_critical_shown_SOURCES = tests/unit/test_critical_shown.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_critical_shown_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_pickers
tests_unit_test_pickers_SOURCES = tests/unit/test_pickers.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_pickers_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_span_links
tests_unit_test_span_links_SOURCES = tests/unit/test_span_links.c tests/unit/document.h tests/unit/viewer_test.h tests/tap.h
tests_unit_test_span_links_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_details
tests_unit_test_details_SOURCES = tests/unit/test_details.c tests/unit/document.h tests/unit/viewer_test.h tests/tap.h
tests_unit_test_details_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_span_rows
tests_unit_test_span_rows_SOURCES = tests/unit/test_span_rows.c tests/unit/random_tree.h tests/tap.h
tests_unit_test_span_rows_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_timeline
tests_unit_test_timeline_SOURCES = tests/unit/test_timeline.c tests/unit/viewer_test.h tests/unit/random_tree.h tests/tap.h
tests_unit_test_timeline_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_timeline_marks
tests_unit_test_timeline_marks_SOURCES = tests/unit/test_timeline_marks.c tests/unit/document.h tests/unit/viewer_test.h tests/tap.h
tests_unit_test_timeline_marks_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_small
tests_unit_test_small_SOURCES = tests/unit/test_small.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_small_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_jumps
tests_unit_test_jumps_SOURCES = tests/unit/test_jumps.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_jumps_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_grouping
tests_unit_test_grouping_SOURCES = tests/unit/test_grouping.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_grouping_LDADD = $(LIBS_ALL)
check_PROGRAMS += tests/unit/test_traces_shown
tests_unit_test_traces_shown_SOURCES = tests/unit/test_traces_shown.c tests/unit/viewer_test.h tests/tap.h
tests_unit_test_traces_shown_LDADD = $(LIBS_ALL)

check_PROGRAMS += tests/unit/test_seen
tests_unit_test_seen_SOURCES = tests/unit/test_seen.c tests/tap.h
tests_unit_test_seen_LDADD = $(LIBS_ALL)
