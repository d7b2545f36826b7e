# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/ui/actions.c src/ui/actions.h \
	src/ui/app.c src/ui/app.h \
	src/ui/bindings.c src/ui/bindings.h \
	src/ui/builder.c src/ui/builder.h \
	src/ui/calltree.h \
	src/ui/capture.c src/ui/capture.h \
	src/ui/chain.c src/ui/chain.h \
	src/ui/change.c src/ui/change.h \
	src/ui/clipboard.c src/ui/clipboard.h \
	src/ui/clocks.c src/ui/clocks.h \
	src/ui/columns.c src/ui/columns.h \
	src/ui/commands.c \
	src/ui/depth.c src/ui/depth.h \
	src/ui/editor.c src/ui/editor.h \
	src/ui/event.h \
	src/ui/filters.c src/ui/filters.h \
	src/ui/flame.c src/ui/flame.h \
	src/ui/flame_draw.c \
	src/ui/flame_mouse.c \
	src/ui/flame_move.c src/ui/flame_move.h \
	src/ui/flame_settle.c \
	src/ui/folding.c src/ui/folding.h \
	src/ui/footer.c \
	src/ui/glyph.c \
	src/ui/grid.c src/ui/grid.h \
	src/ui/header.c \
	src/ui/headless.c \
	src/ui/help.c \
	src/ui/hue.c src/ui/hue.h \
	src/ui/input.c src/ui/input.h \
	src/ui/inputs.c src/ui/inputs.h \
	src/ui/key.c \
	src/ui/line.c src/ui/line.h \
	src/ui/line_edit.c src/ui/line_edit.h \
	src/ui/link.c src/ui/link.h src/ui/link_fields.c \
	src/ui/link_folds.c src/ui/link_folds.h \
	src/ui/link_table.c src/ui/link_table.h \
	src/ui/link_tree.c src/ui/link_tree.h \
	src/ui/list.c src/ui/list.h \
	src/ui/loader.c src/ui/loader.h \
	src/ui/loading.c \
	src/ui/minimap.c \
	src/ui/names.c src/ui/names.h \
	src/ui/notes.c \
	src/ui/open.c \
	src/ui/paint.h \
	src/ui/pair.c src/ui/pair.h \
	src/ui/palette.c src/ui/palette.h \
	src/ui/pattern.c \
	src/ui/pickers.c src/ui/pickers.h \
	src/ui/pills.c src/ui/pills.h \
	src/ui/popup.c src/ui/popup.h \
	src/ui/popup_draw.c \
	src/ui/prompt.c \
	src/ui/run.c src/ui/run.h \
	src/ui/run_apply.c \
	src/ui/run_core.h \
	src/ui/sandwich.c src/ui/sandwich.h \
	src/ui/scene.c src/ui/scene.h \
	src/ui/screen.c src/ui/screen.h \
	src/ui/script.c src/ui/script.h \
	src/ui/search.c \
	src/ui/session.c src/ui/session.h \
	src/ui/settings.c src/ui/settings.h \
	src/ui/setup.c src/ui/setup.h \
	src/ui/sgr.c src/ui/sgr.h src/ui/sgr_apply.c \
	src/ui/signals.c src/ui/signals.h \
	src/ui/state.c src/ui/state.h \
	src/ui/status.c \
	src/ui/svg.c src/ui/svg.h \
	src/ui/table.h \
	src/ui/table_draw.c \
	src/ui/tabs.c \
	src/ui/term.h \
	src/ui/term_caps.c src/ui/term_caps.h \
	src/ui/theme.c \
	src/ui/theme_file.c src/ui/theme_file.h \
	src/ui/tooltip.c \
	src/ui/tree_draw.c \
	src/ui/tty.c src/ui/tty.h \
	src/ui/view_flame.c \
	src/ui/view_table.c \
	src/ui/view_tree.c \
	src/ui/viewer.h \
	src/ui/work.c src/ui/work.h \
	src/ui/write.c src/ui/write.h
