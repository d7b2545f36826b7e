# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/load/format.h \
	src/load/ids.c src/load/ids.h \
	src/load/input.h \
	src/load/json.c src/load/json.h \
	src/load/json_core.h \
	src/load/json_number.c \
	src/load/json_recover.c \
	src/load/json_scan.c src/load/json_scan.h \
	src/load/json_skip.c \
	src/load/json_string.c \
	src/load/load.h \
	src/load/proto.c src/load/proto.h \
	src/load/sink.c src/load/sink.h
