# SPDX-License-Identifier: MIT
libspanfire_a_SOURCES += \
	src/analysis/at_work.c src/analysis/at_work.h \
	src/analysis/attrs.c src/analysis/attrs.h \
	src/analysis/build.c src/analysis/build.h \
	src/analysis/critical.c src/analysis/critical.h \
	src/analysis/filter.c src/analysis/filter.h \
	src/analysis/forest.c src/analysis/forest.h \
	src/analysis/grow.c src/analysis/grow.h \
	src/analysis/halves.c src/analysis/halves.h \
	src/analysis/invert.c src/analysis/invert.h \
	src/analysis/label.c src/analysis/label.h \
	src/analysis/match.c src/analysis/match.h \
	src/analysis/merge.c src/analysis/merge.h \
	src/analysis/metric.c src/analysis/metric.h \
	src/analysis/package.c \
	src/analysis/path.c src/analysis/path.h \
	src/analysis/recipe.c src/analysis/recipe.h \
	src/analysis/sampled.c src/analysis/sampled.h \
	src/analysis/search.c src/analysis/search.h \
	src/analysis/short_name.c src/analysis/short_name.h \
	src/analysis/skew.c src/analysis/skew.h \
	src/analysis/top.c src/analysis/top.h \
	src/analysis/trace_list.c src/analysis/trace_list.h \
	src/analysis/trace_order.c \
	src/analysis/trace_stats.c src/analysis/trace_stats.h \
	src/analysis/wall.c src/analysis/wall.h
