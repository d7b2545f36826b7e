# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/ui/clipboard.c src/ui/clipboard.h \
	src/ui/depth.c src/ui/depth.h \
	src/ui/event.h \
	src/ui/glyph.c \
	src/ui/grid.c src/ui/grid.h \
	src/ui/headless.c \
	src/ui/input.c src/ui/input.h \
	src/ui/key.c \
	src/ui/loader.c src/ui/loader.h \
	src/ui/paint.h \
	src/ui/pair.c src/ui/pair.h \
	src/ui/palette.c src/ui/palette.h \
	src/ui/run.c src/ui/run.h \
	src/ui/script.c src/ui/script.h \
	src/ui/signals.c src/ui/signals.h \
	src/ui/svg.c src/ui/svg.h \
	src/ui/term.h \
	src/ui/term_caps.c src/ui/term_caps.h \
	src/ui/theme.c \
	src/ui/tty.c src/ui/tty.h
