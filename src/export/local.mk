# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += src/export/export.c src/export/export.h
libspanfire_a_SOURCES += src/export/folded.c
libspanfire_a_SOURCES += src/export/formats.h
libspanfire_a_SOURCES += src/export/nested_set.c
libspanfire_a_SOURCES += src/export/outlet.c src/export/outlet.h
libspanfire_a_SOURCES += src/export/speedscope.c
