/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/input.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "load/mapping.h"
#include "load/program.h"
#include "load/spool.h"
#include "load/stream.h"
#include "load/unwrap.h"

#include "util/alloc.h"

#ifndef INPUT_WINDOW_FIRST
#define INPUT_WINDOW_FIRST ((size_t)512 << 10)    /* bytes of a moving window to begin with */
#endif
#ifndef INPUT_WINDOW_MAX
#define INPUT_WINDOW_MAX   ((size_t)512 << 20)    /* the largest record that a moving window can hold */
#endif
#define MEMORY_SPOOL_MAX   ((uint64_t)2 << 20)    /* an input that fits is kept in memory rather than in a file */

/* What input_open() gives, and what readers do not see. */
struct whole_input {
	struct input        base;
	const char         *path;             /* borrowed */
	const char         *compression;
	struct stream_state state;
	struct stream      *stream;           /* NULL when mapped */
	const char         *mapping;          /* NULL when the bytes are the caller's */
	size_t              mark;             /* bytes of a byte order mark in front of the mapped window */
	char               *window;           /* of a stream: base.begin lies in it */
	size_t              window_cap;
	struct spool        spool;            /* has every byte before base.begin_at, unless it gave up */
	uint64_t            size;             /* bytes of the input seen so far */
	uint64_t            reported;         /* of a mapped input: bytes added to job->done */
	const char         *no_details;
	bool                taken;            /* the bytes belong to a source now */
};

static struct whole_input *
whole(struct input *in)
{
	return (struct whole_input *)in;
}

static struct whole_input *
new_input(const char *path, const struct input_options *options)
{
	struct whole_input *in = xcalloc(1, sizeof *in);

	in->path = path;
	in->compression = "none";
	in->base.job = in->state.job = options->job;
	spool_init(&in->spool, options->spool_limit, options->tmpdir);
	return in;
}

static void
set_window(struct whole_input *in, struct str bytes)
{
	in->base.begin = bytes.len ? bytes.at : "";
	in->base.end = in->base.begin + bytes.len;
	in->base.last = in->base.mapped = true;
	in->size = bytes.len;
}

static bool
open_stream(struct whole_input *in, struct stream *stream, struct error *err)
{
	in->stream = unwrap(stream, &in->compression, err);
	if (!in->stream)
		return false;
	in->window_cap = INPUT_WINDOW_FIRST;
	in->window = xmalloc(in->window_cap);
	in->base.begin = in->base.end = in->window;
	return true;
}

/* Errors of the file itself are bad input; those of the machine are not. */
static enum error_code
code_of_errno(void)
{
	switch (errno) {
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case EIO:
		return ERROR_SYSTEM;
	default:
		return ERROR_INPUT;
	}
}

/* A descriptor for reading; err says what cannot be read about it. */
static int
open_path(const char *path, struct stat *facts, struct error *err)
{
	/* Not to hang on a FIFO that nobody writes to; reading waits for it in small steps. */
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	const char *fault = NULL;

	if (fd < 0 || fstat(fd, facts)) {
		error_set(err, code_of_errno(), "cannot be opened: %s", strerror(errno));
		goto fail;
	}
	if (S_ISDIR(facts->st_mode))
		fault = "is a directory";
	else if (isatty(fd))
		fault = "is a terminal: name a file, or pipe something in";
	else if (S_ISBLK(facts->st_mode) || (S_ISCHR(facts->st_mode) && facts->st_rdev != makedev(1, 3)))
		fault = "is a device, not a file";
	if (!fault)
		return fd;
	error_set(err, ERROR_INPUT, "%s", fault);
fail:
	if (fd > STDIN_FILENO)
		close(fd);
	return -1;
}

/* Maps a regular file whose bytes need no unwrapping.  False: it is to be read as a stream. */
static bool
map_plain(struct whole_input *in, int fd, const struct stat *facts)
{
	char bytes[STREAM_PEEK_MAX];
	off_t here = lseek(fd, 0, SEEK_CUR);

	if (!S_ISREG(facts->st_mode) || facts->st_size <= 0 || here != 0 || (uintmax_t)facts->st_size > SIZE_MAX / 2)
		return false;
	ssize_t got = pread(fd, bytes, sizeof bytes, 0);
	if (got <= 0 || !unwrap_is_plain((struct str){ bytes, (size_t)got }, &in->mark))
		return false;
	in->mapping = mapping_open(fd, (size_t)facts->st_size);
	if (in->mapping)
		set_window(in, (struct str){ in->mapping + in->mark, (size_t)facts->st_size - in->mark });
	return in->mapping != NULL;
}

struct input *
input_open(const char *path, const struct input_options *options, struct error *err)
{
	struct stat facts;
	int fd = open_path(path, &facts, err);

	if (fd < 0) {
		error_at_line(err, path, 0);
		return NULL;
	}
	struct whole_input *in = new_input(path, options);
	if (map_plain(in, fd, &facts)) {
		if (fd != STDIN_FILENO)
			close(fd);
	} else if (!open_stream(in, stream_descriptor(fd, &in->state), err)) {
		error_at_line(err, path, 0);
		input_close(&in->base);
		return NULL;
	}
	return &in->base;
}

struct input *
input_open_memory(const char *name, struct str bytes, const struct input_options *options, struct error *err)
{
	struct whole_input *in = new_input(name, options);

	if (bytes.len == 0 || unwrap_is_plain(bytes, &in->mark)) {
		set_window(in, (struct str){ bytes.len ? bytes.at + in->mark : "", bytes.len - in->mark });
	} else if (!open_stream(in, stream_memory(bytes, &in->state), err)) {
		error_at_line(err, name, 0);
		input_close(&in->base);
		return NULL;
	}
	return &in->base;
}

struct input *
input_open_program(const char *name, const struct program *program, const struct input_options *options, struct error *err)
{
	struct whole_input *in = new_input(name, options);
	struct stream *stream = stream_program(program, &in->state, err);

	/* What fails has mostly failed before the first byte. */
	if (stream && stream_peek(stream).len == 0 && in->state.problem.code != ERROR_NONE) {
		error_set(err, in->state.problem.code, "%s", in->state.problem.text);
		stream_close(stream);
		stream = NULL;
	}
	if (!stream || !open_stream(in, stream, err)) {
		input_close(&in->base);
		return NULL;
	}
	return &in->base;
}

/* Makes room behind end: by dropping what lies before keep_at, and by growing.  False when a record is too long. */
static bool
make_room(struct whole_input *in, uint64_t keep_at)
{
	struct input *base = &in->base;
	size_t kept = (size_t)(base->end - base->begin);
	size_t drop = keep_at > base->begin_at ? (size_t)(keep_at - base->begin_at) : 0;

	if (in->window_cap - kept >= in->window_cap / 4)
		return true;
	drop = drop < kept ? drop : kept;
	kept -= drop;
	if (!spool_write(&in->spool, (struct str){ base->begin, drop }))
		spool_fini(&in->spool);    /* its room is better used by others */
	memmove(in->window, base->begin + drop, kept);
	if (kept > in->window_cap / 2) {
		if (in->window_cap >= INPUT_WINDOW_MAX)
			return false;
		in->window_cap *= 2;
		in->window = xreallocarray(in->window, in->window_cap, 1);
	}
	base->begin = in->window;
	base->end = in->window + kept;
	base->begin_at += drop;
	return true;
}

bool
input_more(struct input *base, uint64_t keep_at)
{
	struct whole_input *in = whole(base);

	if (base->mapped || base->last || in->state.stopped)
		return false;
	if (!make_room(in, keep_at)) {
		if (in->state.problem.code == ERROR_NONE)
			error_set(&in->state.problem, ERROR_INPUT, "a record is longer than %zu MiB: given up", INPUT_WINDOW_MAX >> 20);
		return false;
	}
	size_t room = in->window_cap - (size_t)(base->end - in->window);
	size_t got = stream_read(in->stream, in->window + (in->window_cap - room), room);
	base->end += got;
	in->size += got;
	base->last = got == 0 && !in->state.stopped;
	return got > 0;
}

/* Everything there is goes to the spool.  False: it gave up, and what is not in it is still in the window. */
static bool
spool_all(struct whole_input *in)
{
	struct input *base = &in->base;
	bool going = true;

	while (going) {
		if (!spool_write(&in->spool, (struct str){ base->begin, (size_t)(base->end - base->begin) }))
			return false;
		base->begin_at += (uint64_t)(base->end - base->begin);
		base->begin = base->end = in->window;
		going = input_more(base, base->begin_at);
	}
	return true;
}

/* The spool as the window. */
static bool
show_spool(struct whole_input *in)
{
	const char *bytes = spool_map(&in->spool);

	if (!bytes)
		return false;
	/* The window is kept although nothing needs it: once a block of its size is freed, malloc() takes those of readers, which are
	 * growing, from where they leave holes. */
	in->mapping = bytes;
	in->reported = UINT64_MAX;    /* progress was counted as it was read */
	in->base.begin_at = 0;
	set_window(in, (struct str){ bytes, (size_t)in->spool.size });
	return true;
}

/* What the spool got back into memory, in front of what the window holds. */
static bool
unspool(struct whole_input *in)
{
	struct input *base = &in->base;
	size_t spooled = (size_t)in->spool.size, held = (size_t)(base->end - base->begin);

	if (spooled > INPUT_WINDOW_MAX)
		return false;
	in->window_cap = spooled + (held > INPUT_WINDOW_FIRST ? held : INPUT_WINDOW_FIRST);
	char *window = xmalloc(in->window_cap);
	bool read = spool_read(&in->spool, window);
	if (held)
		memcpy(window + spooled, base->begin, held);
	free(in->window);
	in->window = window;
	base->begin = window;
	base->end = window + spooled + held;
	base->begin_at = 0;
	spool_fini(&in->spool);
	return read;
}

bool
input_whole(struct input *base)
{
	struct whole_input *in = whole(base);

	if (base->mapped)
		return true;
	CHECK(base->begin_at == 0);
	while (in->size <= MEMORY_SPOOL_MAX && input_more(base, 0))
		;
	if (in->size > MEMORY_SPOOL_MAX && !(spool_all(in) && show_spool(in)) && !unspool(in)) {
		if (in->state.problem.code == ERROR_NONE)
			error_set(&in->state.problem, ERROR_SYSTEM, "the temporary file ($TMPDIR) is too small, and the input is too large for memory");
		base->begin = base->end = in->window;
		return false;
	}
	while (input_more(base, 0))
		;
	return base->last && in->state.problem.code == ERROR_NONE && !in->state.stopped;
}

bool
input_progress(struct input *base, uint64_t at)
{
	struct whole_input *in = whole(base);

	if (base->mapped && base->job && at > in->reported) {
		uint64_t unwrapped = at == in->size ? at + in->mark : at;
		atomic_fetch_add_explicit(&base->job->done, unwrapped - in->reported, memory_order_relaxed);
		in->reported = unwrapped;
	}
	return !job_stopped(base->job);
}

const struct error *
input_problem(const struct input *base)
{
	struct whole_input *in = (struct whole_input *)(uintptr_t)base;
	size_t from;

	if (in->mapping && in->state.problem.code == ERROR_NONE && mapping_was_cut(in->mapping, &from))
		error_set(&in->state.problem, ERROR_INPUT, "the file became shorter while it was read: "
		          "what stood behind its byte %zu is missing", from);
	return &in->state.problem;
}

const char *
input_no_details(const struct input *base)
{
	const struct whole_input *in = (const struct whole_input *)base;

	return in->no_details ? in->no_details : in->spool.given_up;
}

const char *
input_compression(const struct input *base)
{
	return ((const struct whole_input *)base)->compression;
}

static void
release_mapping(struct source *source)
{
	uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE);

	mapping_close((const char *)((uintptr_t)source->bytes & ~(page_size - 1)));
	source->bytes = NULL;
}

static void
release_memory(struct source *source)
{
	free((void *)(uintptr_t)source->bytes);
	source->bytes = NULL;
}

static void
hand_over(struct whole_input *in, struct source *source)
{
	struct input *base = &in->base;

	if (base->mapped) {
		source->bytes = base->begin;
		source->release = in->mapping ? release_mapping : NULL;
	} else if (base->begin_at == 0 && in->size <= MEMORY_SPOOL_MAX) {
		source->bytes = xreallocarray(in->window, in->size ? (size_t)in->size : 1, 1);
		source->release = release_memory;
		in->window = NULL;
	} else {
		spool_write(&in->spool, (struct str){ base->begin, (size_t)(base->end - base->begin) });
		source->bytes = spool_map(&in->spool);
		source->release = source->bytes ? release_mapping : NULL;
	}
}

void
input_source(struct input *base, struct strtab *strings, struct source *source_out)
{
	struct whole_input *in = whole(base);

	CHECK(!in->taken);
	*source_out = (struct source){
		.path = strtab_intern(strings, str_of(in->path)),
		.format = STR_EMPTY,
		.compression = strtab_intern(strings, str_of(in->compression)),
		.size = in->size,
	};
	input_problem(base);
	hand_over(in, source_out);
	in->taken = true;
	base->begin = base->end = "";
}

void
input_close(struct input *base)
{
	struct whole_input *in = whole(base);

	if (!base)
		return;
	stream_close(in->stream);
	spool_fini(&in->spool);
	free(in->window);
	if (in->mapping && !in->taken)
		mapping_close(in->mapping);
	free(in);
}
