# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/export/export.c src/export/export.h \
	src/export/folded.c \
	src/export/formats.h
