# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/ui/event.h \
	src/ui/glyph.c \
	src/ui/grid.c src/ui/grid.h \
	src/ui/input.c src/ui/input.h \
	src/ui/key.c \
	src/ui/paint.h \
	src/ui/palette.c src/ui/palette.h \
	src/ui/run.h \
	src/ui/term.h \
	src/ui/theme.c
