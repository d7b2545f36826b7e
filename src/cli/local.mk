# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += src/cli/commands.c src/cli/commands.h
libspanfire_a_SOURCES += src/cli/demo.c src/cli/demo.h
libspanfire_a_SOURCES += src/cli/export.c
libspanfire_a_SOURCES += src/cli/formats.c
libspanfire_a_SOURCES += src/cli/help.c src/cli/help.h
libspanfire_a_SOURCES += src/cli/info.c
libspanfire_a_SOURCES += src/cli/message.c src/cli/message.h
libspanfire_a_SOURCES += src/cli/open.c src/cli/open.h
libspanfire_a_SOURCES += src/cli/options.c src/cli/options.h
libspanfire_a_SOURCES += src/cli/output.c src/cli/output.h
libspanfire_a_SOURCES += src/cli/parse.c
libspanfire_a_SOURCES += src/cli/print.c
libspanfire_a_SOURCES += src/cli/request.h
libspanfire_a_SOURCES += src/cli/select.c src/cli/select.h
libspanfire_a_SOURCES += src/cli/table.c src/cli/table.h
libspanfire_a_SOURCES += src/cli/top.c
libspanfire_a_SOURCES += src/cli/traces.c
