/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "export/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/formats.h"
#include "export/outlet.h"
#include "util/alloc.h"
#include "util/unit.h"

enum { LOOK_AT = 1 << 12 };    /* steps between two looks at a job; a power of two */

const struct export_format *const export_formats[] = {
	&export_folded,
	&export_speedscope,
	&export_nested_set,
	NULL,
};

const struct export_format *
export_format_find(struct str name)
{
	for (size_t i = 0; export_formats[i]; i++)
		if (str_equal(str_of(export_formats[i]->name), name))
			return export_formats[i];
	return NULL;
}

bool
export_is_nested(const struct tree *tree, node_id within)
{
	if (!tree->timed)
		return false;
	for (node_id parent = within; parent < tree->end[within]; parent++) {
		double free = parent == NODE_ALL ? 0 : tree->x0[parent], end = parent == NODE_ALL ? tree->width : free + tree->total[parent];
		for (node_id node = tree_first_child(tree, parent); node != NODE_NONE; node = tree_next_sibling(tree, node)) {
			if (tree->x0[node] < free || tree->x0[node] + tree->total[node] > end)
				return false;
			free = tree->x0[node] + tree->total[node];
		}
	}
	return true;
}

bool
export_goes_on(const struct export_subject *subject, FILE *out, uint64_t done, uint64_t all)
{
	struct job *job = subject->job;

	if (ferror(out))
		return false;
	if (job && (done & (LOOK_AT - 1)) == 0) {
		atomic_store_explicit(&job->total, all, memory_order_relaxed);
		atomic_store_explicit(&job->done, done, memory_order_relaxed);
		return !job_stopped(job);
	}
	return true;
}

const char *
export_unit(const struct export_units *words, struct str unit)
{
	double ns;

	if (unit_is_bytes(unit))
		return words->bytes;
	if (!unit_is_time(unit, &ns))
		return words->other;
	return ns == 1 ? words->ns : ns == 1e3 ? words->us : ns == 1e6 ? words->ms : ns == 1e9 ? words->s : words->other;
}

bool
export_finish(FILE *out, struct error *err)
{
	if (fflush(out) != 0 || ferror(out))
		return error_set(err, ERROR_SYSTEM, "cannot write: %s", strerror(errno ? errno : EIO));
	return true;
}

/* What is written, and how it takes its place in the end. */
struct target {
	char *path;         /* of the file that is meant, symbolic links resolved */
	char *temporary;    /* beside it; NULL: written directly, since it is a device or a pipe */
	FILE *file;
	bool  force;
	struct job *job;    /* NULL: it cannot be stopped */
};

static bool
system_error(struct error *err, const char *path, const char *doing)
{
	error_set(err, ERROR_SYSTEM, "%s: %s", doing, strerror(errno));
	return error_at_line(err, path, 0);
}

/* replaced: the file whose place it will take, whose permissions it has; NULL: a new one. */
static bool
open_temporary(struct target *target, const struct stat *replaced, struct error *err)
{
	target->temporary = xasprintf("%s.XXXXXX", target->path);
	int fd = mkstemp(target->temporary);
	if (fd < 0) {
		system_error(err, target->path, errno == ENOENT ? "no folder to write it in" : "cannot write beside it");
		free(target->temporary);
		target->temporary = NULL;
		return false;
	}
	mode_t mask = umask(0);
	umask(mask);
	(void)fchmod(fd, replaced ? replaced->st_mode & 0777 : 0666 & ~mask);
	target->file = target->job ? outlet_of(fd, target->job) : fdopen(fd, "wb");
	CHECK(target->file);
	return true;
}

static bool
refuse(struct error *err, const char *path)
{
	error_set(err, ERROR_USAGE, "the file is there already; --force replaces it");
	return error_at_line(err, path, 0);
}

bool
export_allowed(const char *path, bool force, struct error *err)
{
	struct stat there;

	if (force || lstat(path, &there) != 0 || (stat(path, &there) == 0 && !S_ISREG(there.st_mode)))
		return true;
	return refuse(err, path);
}

static bool
target_open(struct target *target, const char *path, bool force, struct job *job, struct error *err)
{
	struct stat there;
	bool exists = stat(path, &there) == 0;

	*target = (struct target){ .force = force, .job = job };
	if (!export_allowed(path, force, err))
		return false;
	target->path = exists ? realpath(path, NULL) : NULL;
	if (!target->path)
		target->path = xstrdup(path);
	if (exists && !S_ISREG(there.st_mode)) {
		target->file = job ? outlet_open(path, job) : fopen(path, "wb");
		return target->file || system_error(err, path, "cannot write");
	}
	return open_temporary(target, exists ? &there : NULL, err);
}

/* A link refuses to replace a file that has appeared meanwhile; file systems without links fall back to renaming. */
static bool
take_place(const struct target *target)
{
	if (!target->force) {
		if (link(target->temporary, target->path) == 0)
			return unlink(target->temporary) == 0;
		if (errno == EEXIST)
			return false;
	}
	return rename(target->temporary, target->path) == 0;
}

static bool
target_finish(struct target *target, bool written, const char *path, struct error *err)
{
	if (target->file && fclose(target->file) != 0 && written)
		written = system_error(err, path, "cannot write");
	if (job_stopped(target->job))
		written = error_set(err, ERROR_CANCELLED, "stopped");
	if (target->temporary) {
		if (written && !take_place(target))
			written = !target->force && errno == EEXIST ? refuse(err, path) : system_error(err, path, "cannot write");
		if (!written)
			unlink(target->temporary);
	}
	free(target->temporary);
	free(target->path);
	return written;
}

static bool
replace(const char *path, bool force, struct job *job, bool (*write)(void *context, FILE *out, struct error *err), void *context,
        struct error *err)
{
	struct target target;
	bool written = false;

	if (target_open(&target, path, force, job, err)) {
		written = write(context, target.file, err);
		if (!written)
			error_at_line(err, path, 0);
	}
	return target_finish(&target, written, path, err);
}

bool
export_replace(const char *path, bool force, bool (*write)(void *context, FILE *out, struct error *err), void *context, struct error *err)
{
	return replace(path, force, NULL, write, context, err);
}

/* What export_to_file() was asked for. */
struct task {
	const struct export_format  *format;
	const struct export_subject *subject;
	struct export_report        *report;
};

static bool
write_task(void *context, FILE *out, struct error *err)
{
	const struct task *task = context;

	return task->format->write(task->subject, out, task->report, err);
}

bool
export_to_file(const struct export_format *format, const struct export_subject *subject, const char *path, bool force,
               struct export_report *report, struct error *err)
{
	struct task task = { format, subject, report };

	return replace(path, force, subject->job, write_task, &task, err);
}
