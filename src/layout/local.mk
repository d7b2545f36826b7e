# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/layout/pack.c src/layout/pack.h \
	src/layout/plane.c src/layout/plane.h \
	src/layout/runs.c src/layout/runs.h
