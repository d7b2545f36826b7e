# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/load/format.h \
	src/load/ids.c src/load/ids.h \
	src/load/inflate.c \
	src/load/input.c src/load/input.h \
	src/load/json.c src/load/json.h \
	src/load/json_core.h \
	src/load/json_number.c \
	src/load/json_recover.c \
	src/load/json_scan.c src/load/json_scan.h \
	src/load/json_skip.c \
	src/load/json_string.c \
	src/load/load.h \
	src/load/mapping.c src/load/mapping.h \
	src/load/proto.c src/load/proto.h \
	src/load/sink.c src/load/sink.h \
	src/load/spool.c src/load/spool.h \
	src/load/stream.c src/load/stream.h \
	src/load/unwrap.c src/load/unwrap.h \
	src/load/unzstd.c \
	src/load/utf16.c
