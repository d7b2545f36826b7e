# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/export/export.c src/export/export.h \
	src/export/folded.c \
	src/export/formats.h \
	src/export/nested_set.c \
	src/export/speedscope.c
