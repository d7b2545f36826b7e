# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += src/model/attr_keys.c src/model/attr_keys.h
libspanfire_a_SOURCES += src/model/column.c src/model/column.h
libspanfire_a_SOURCES += src/model/dataset.c src/model/dataset.h
libspanfire_a_SOURCES += src/model/packed.c src/model/packed.h
libspanfire_a_SOURCES += src/model/samples.c
libspanfire_a_SOURCES += src/model/facts.c
libspanfire_a_SOURCES += src/model/moved.c src/model/moved.h
libspanfire_a_SOURCES += src/model/parts.c src/model/parts.h
libspanfire_a_SOURCES += src/model/refs.c src/model/refs.h
libspanfire_a_SOURCES += src/model/renamed.c src/model/renamed.h
libspanfire_a_SOURCES += src/model/repair.c src/model/repair.h
libspanfire_a_SOURCES += src/model/seal.c
libspanfire_a_SOURCES += src/model/tree.c src/model/tree.h
libspanfire_a_SOURCES += src/model/twins.c src/model/twins.h
