/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/format.h"

#include "load/chrome.h"
#include "load/cleopatra.h"
#include "load/flamebearer.h"
#include "load/folded_diff.h"
#include "load/nested_set.h"
#include "load/otlp_proto.h"
#include "load/perf_data.h"
#include "load/perf_script.h"
#include "load/pprof.h"
#include "load/speedscope.h"

const struct load_format *const load_formats[] = {
	&load_otlp_json,
	&load_chrome,
	&load_cleopatra,
	&load_cpuprofile,
	&load_flamebearer,
	&load_folded,
	&load_folded_diff,
	&load_gecko,
	&load_heapprofile,
	&load_jaeger,
	&load_nested_set,
	&load_otlp_proto,
	&load_perf_script,
	&load_perf_data,
	&load_pprof,
	&load_speedscope,
	&load_zipkin,
	NULL,
};

const struct load_format *
load_format_find(struct str name)
{
	for (const struct load_format *const *at = load_formats; *at; at++)
		if (str_equal(str_of((*at)->name), name))
			return *at;
	return NULL;
}
