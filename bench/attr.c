/* SPDX-License-Identifier: MIT
 * How fast attributes of all spans are read again, beside loading the same file: MB of the file a second, by wall time.
 *	attr FILE KEY... */
#include "config.h"

#include <stdio.h>
#include <time.h>

#include "load/attr.h"
#include "load/load.h"
#include "load/share.h"

enum { RUNS = 3 };

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct dataset *
load(const char *path, unsigned threads, double *seconds_out)
{
	double begin = now();
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ .threads = threads }, NULL);

	*seconds_out = now() - begin;
	return ds;
}

/* The best of several runs; *found_out: how many spans have a value. */
static double
read_column(const struct dataset *ds, const char *key, unsigned threads, uint32_t *found_out)
{
	double best = 0;

	for (int run = 0; run < RUNS; run++) {
		double begin = now();
		struct column *column = attr_column_on(ds, str_of(key), threads, NULL);
		double seconds = now() - begin;

		best = run == 0 || seconds < best ? seconds : best;
		*found_out = 0;
		for (span_id span = 0; span < column->count; span++)
			*found_out += column_has(column, span);
		column_free(column);
	}
	return best;
}

int
main(int argc, char **argv)
{
	double one, all;
	uint32_t found = 0;

	if (argc < 3) {
		fprintf(stderr, "attr: a file and keys are wanted\n");
		return 1;
	}
	dataset_free(load(argv[1], 1, &one));
	struct dataset *ds = load(argv[1], 0, &all);
	if (!ds) {
		fprintf(stderr, "attr: %s cannot be read\n", argv[1]);
		return 1;
	}
	double mb = (double)ds->sources[0].size / 1e6;
	printf("  %-36s %14s %14s %12s\n", "", "MB/s, one core", "all cores", "spans");
	printf("  %-36s %14.0f %14.0f %12u\n", "loading", mb / one, mb / all, ds->spans.count);
	for (int i = 2; i < argc; i++) {
		one = read_column(ds, argv[i], 1, &found);
		all = read_column(ds, argv[i], share_cores(), &found);
		printf("  %-36s %14.0f %14.0f %12u\n", argv[i], mb / one, mb / all, found);
	}
	dataset_free(ds);
	return 0;
}
