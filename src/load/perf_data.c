/* SPDX-License-Identifier: MIT
 * Binary perf data, read by the program perf where it is installed: what `perf script` prints is read in its place. */
#include "config.h"

#include "load/perf_data.h"

#include <stdio.h>

#include "load/perf_script.h"
#include "load/program.h"
#include "load/spool.h"
#include "util/alloc.h"

static const char no_perf[] =
	"binary perf data is read with the program perf, which is not installed: "
	"install it (linux-perf, linux-tools), or run 'perf script' where it is and open what that prints";

static int
perf_data_score(const struct probe *probe, const char **why_out)
{
	*why_out = "begins like a file of perf record";
	return str_starts(probe->head, STR("PERFILE2")) || str_starts(probe->head, STR("2ELIFREP")) ? 100 : 0;
}

/* Everything from the input's beginning into a file without a name. */
static bool
copy_input(struct input *in, struct spool *spool, struct error *err)
{
	uint64_t at = in->begin_at;

	do {
		uint64_t end = in->begin_at + (uint64_t)(in->end - in->begin);
		spool_write(spool, (struct str){ in->begin + (at - in->begin_at), (size_t)(end - at) });
		at = end;
	} while (!spool->given_up && input_more(in, at));
	if (job_stopped(in->job))
		return error_set(err, ERROR_CANCELLED, "stopped");
	if (spool->given_up || spool->fd < 0)
		return error_set(err, ERROR_SYSTEM, "perf reads files only, and there is no room for a temporary one ($TMPDIR)");
	return true;
}

/* A plain file is given to perf by its name, everything else as a copy. */
static struct input *
perf_data_convert(struct input *in, const char *path, const struct input_options *options, struct error *err)
{
	bool plain = in->mapped && strcmp(path, "-") != 0 && strcmp(input_compression(in), "none") == 0;
	struct spool spool;
	struct input *text = NULL;

	spool_init(&spool, options->spool_limit, options->tmpdir);
	if (plain || copy_input(in, &spool, err)) {
		char *file = plain ? xasprintf("%s%s", path[0] == '-' ? "./" : "", path) : xasprintf("/dev/fd/%d", spool.fd);
		const char *const argv[] = { "perf", "script", "--force", "--fields", "+pid", "--input", file, NULL };
		text = input_open_program(path, &(struct program){ argv, spool.fd, no_perf }, options, err);
		free(file);
	}
	spool_fini(&spool);
	return text;
}

const struct load_format load_perf_data = {
	.name = "perf-data",
	.summary = "what perf record writes, read through the program perf",
	.score = perf_data_score,
	.convert = perf_data_convert,
	.becomes = &load_perf_script,
};
