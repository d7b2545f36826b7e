# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/layout/chains.c src/layout/chains.h \
	src/layout/chart.c src/layout/chart.h \
	src/layout/fit.c src/layout/fit.h \
	src/layout/minimap.c src/layout/minimap.h \
	src/layout/pack.c src/layout/pack.h \
	src/layout/plane.c src/layout/plane.h \
	src/layout/runs.c src/layout/runs.h \
	src/layout/strip.c src/layout/strip.h
