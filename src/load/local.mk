# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/load/format.h \
	src/load/ids.h \
	src/load/input.h \
	src/load/json.h \
	src/load/load.h \
	src/load/proto.c src/load/proto.h \
	src/load/sink.c src/load/sink.h
