# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/cli/commands.c src/cli/commands.h \
	src/cli/demo.c src/cli/demo.h \
	src/cli/export.c \
	src/cli/formats.c \
	src/cli/help.c src/cli/help.h \
	src/cli/info.c \
	src/cli/message.c src/cli/message.h \
	src/cli/open.c src/cli/open.h \
	src/cli/options.c src/cli/options.h \
	src/cli/output.c src/cli/output.h \
	src/cli/print.c \
	src/cli/request.h \
	src/cli/select.c src/cli/select.h \
	src/cli/table.c src/cli/table.h \
	src/cli/top.c \
	src/cli/traces.c
