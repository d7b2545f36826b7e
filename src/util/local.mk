# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/util/alloc.c src/util/alloc.h \
	src/util/arena.c src/util/arena.h \
	src/util/buf.c src/util/buf.h \
	src/util/clock.c src/util/clock.h \
	src/util/datadir.c src/util/datadir.h \
	src/util/emit.c src/util/emit.h \
	src/util/error.c src/util/error.h \
	src/util/hash.c src/util/hash.h \
	src/util/job.h \
	src/util/jsonc.c src/util/jsonc.h \
	src/util/regex.c src/util/regex.h \
	src/util/setting.h \
	src/util/str.h \
	src/util/strtab.c src/util/strtab.h \
	src/util/text.c src/util/text.h \
	src/util/unit.c src/util/unit.h \
	src/util/vec.c src/util/vec.h \
	src/util/width.c src/util/width.h
