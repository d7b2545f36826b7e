# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/model/column.c src/model/column.h \
	src/model/dataset.c src/model/dataset.h \
	src/model/facts.c \
	src/model/moved.c src/model/moved.h \
	src/model/parts.c src/model/parts.h \
	src/model/refs.c src/model/refs.h \
	src/model/repair.c src/model/repair.h \
	src/model/seal.c \
	src/model/tree.c src/model/tree.h \
	src/model/twins.c src/model/twins.h
