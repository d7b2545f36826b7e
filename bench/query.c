/* SPDX-License-Identifier: MIT
 * What queries cost over a file of traces: ms of CPU, and of wall time where all cores take part.
 *	query FILE */
#include "config.h"

#include <stdio.h>
#include <time.h>

#include "analysis/query.h"
#include "load/attr.h"
#include "load/load.h"

enum { RUNS = 3 };

static const char *const queries[] = {
	"duration > 2ms",
	"status = error AND NOT kind = client",
	"name ~ \"^GET .*[0-5]$\" OR service = cart",
	"trace.errors > 0 AND depth > 2",
	"duration > p99",
	"span ~ ^0",
	"start > 1s AND start < 2s",
	"http.status_code >= 500",
	"http.status_code >= 500",
	"http.method = POST AND http.status_code != 200",
	"events > 0",
	"missing exists",
};

static double
now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* The best of several runs; of what is kept for the next time, the first. */
static void
measure(struct build_cache *cache, const char *text)
{
	struct query *query = query_parse(str_of(text), NULL);
	const struct spans *spans = &build_cache_dataset(cache)->spans;
	double cpu = 0, wall = 0;
	uint64_t found = 0;

	for (int run = 0; run < (query_reads_input(query) ? 1 : RUNS); run++) {
		double cpu_before = now(CLOCK_PROCESS_CPUTIME_ID), wall_before = now(CLOCK_MONOTONIC);
		uint64_t *bits = query_eval(query, cache, NULL, NULL);
		double cpu_ms = now(CLOCK_PROCESS_CPUTIME_ID) - cpu_before, wall_ms = now(CLOCK_MONOTONIC) - wall_before;
		cpu = run == 0 || cpu_ms < cpu ? cpu_ms : cpu;
		wall = run == 0 || wall_ms < wall ? wall_ms : wall;
		found = 0;
		for (size_t i = 0; i < (size_t)spans->count / 64 + 1; i++)
			found += (uint64_t)__builtin_popcountll(bits[i]);
		free(bits);
	}
	printf("  %-50s %9.1f %9.1f %9lu\n", text, cpu, wall, (unsigned long)found);
	query_free(query);
}

int
main(int argc, char **argv)
{
	struct error err = { 0 };
	struct dataset *ds = argc == 2 ? load_files((const char *const[]){ argv[1] }, 1, &(struct load_options){ 0 }, &err) : NULL;

	if (!ds) {
		fprintf(stderr, "query: %s\n", argc == 2 ? err.text : "a file is wanted");
		return 1;
	}
	struct build_cache *cache = build_cache_new(ds, &attr_reader);
	build_cache_traces(cache);
	printf("  %-50s %9s %9s %9s\n", "", "ms CPU", "ms", "spans");
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		measure(cache, queries[i]);
	build_cache_free(cache);
	dataset_free(ds);
	return 0;
}
