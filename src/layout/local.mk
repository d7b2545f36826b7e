# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += src/layout/chains.c src/layout/chains.h
libspanfire_a_SOURCES += src/layout/chart.c src/layout/chart.h
libspanfire_a_SOURCES += src/layout/fit.c src/layout/fit.h
libspanfire_a_SOURCES += src/layout/minimap.c src/layout/minimap.h
libspanfire_a_SOURCES += src/layout/pack.c src/layout/pack.h
libspanfire_a_SOURCES += src/layout/plane.c src/layout/plane.h
libspanfire_a_SOURCES += src/layout/plane_build.c
libspanfire_a_SOURCES += src/layout/runs.c src/layout/runs.h
libspanfire_a_SOURCES += src/layout/strip.c src/layout/strip.h
libspanfire_a_SOURCES += src/layout/ticks.c src/layout/ticks.h
