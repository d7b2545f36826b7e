# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/load/detail.c src/load/detail.h \
	src/load/folded.c \
	src/load/foreign.c \
	src/load/format.c src/load/format.h \
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
	src/load/load.c src/load/load.h \
	src/load/mapping.c src/load/mapping.h \
	src/load/otlp_detail.c \
	src/load/otlp_group.c \
	src/load/otlp_json.c src/load/otlp_json.h \
	src/load/otlp_span.c \
	src/load/otlp_value.c \
	src/load/outline.c src/load/outline.h \
	src/load/parallel.c src/load/parallel.h \
	src/load/probe.c src/load/probe.h \
	src/load/otlp_proto.c src/load/otlp_proto.h \
	src/load/otlp_proto_detail.c src/load/otlp_proto_detail.h \
	src/load/otlp_proto_fields.h \
	src/load/otlp_proto_sniff.c \
	src/load/otlp_proto_value.c \
	src/load/pprof.c src/load/pprof.h \
	src/load/pprof_frames.c src/load/pprof_frames.h \
	src/load/pprof_tables.c src/load/pprof_tables.h \
	src/load/proto.c src/load/proto.h \
	src/load/sink.c src/load/sink.h \
	src/load/spool.c src/load/spool.h \
	src/load/stream.c src/load/stream.h \
	src/load/unwrap.c src/load/unwrap.h \
	src/load/unzstd.c \
	src/load/utf16.c
