/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "export/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#include "util/alloc.h"

enum { PATIENCE_MS = 20 };    /* between two looks at the wish */

struct outlet { int fd; struct job *job; };

/* All of it or an error: the C library takes less for one anyway. */
static ssize_t
outlet_write(void *self, const char *bytes, size_t size)
{
	const struct outlet *outlet = self;
	size_t done = 0;

	while (done < size && !job_stopped(outlet->job)) {
		ssize_t count = write(outlet->fd, bytes + done, size - done);
		if (count >= 0)
			done += (size_t)count;
		else if (errno == EAGAIN)
			(void)poll(&(struct pollfd){ .fd = outlet->fd, .events = POLLOUT }, 1, PATIENCE_MS);
		else if (errno != EINTR)
			return 0;
	}
	if (done < size)
		errno = ECANCELED;
	return done < size ? 0 : (ssize_t)size;
}

static int
outlet_close(void *self)
{
	struct outlet *outlet = self;
	int result = close(outlet->fd);

	free(outlet);
	return result;
}

FILE *
outlet_of(int fd, struct job *job)
{
	struct outlet *outlet = xcalloc(1, sizeof *outlet);

	*outlet = (struct outlet){ fd, job };
	FILE *file = fopencookie(outlet, "w", (cookie_io_functions_t){ .write = outlet_write, .close = outlet_close });
	CHECK(file);
	return file;
}

FILE *
outlet_open(const char *path, struct job *job)
{
	int fd;

	/* ENXIO: nobody has the other end of the pipe. */
	while ((fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) < 0 && errno == ENXIO && !job_stopped(job))
		(void)poll(NULL, 0, PATIENCE_MS);
	if (fd < 0 && job_stopped(job))
		errno = ECANCELED;
	return fd < 0 ? NULL : outlet_of(fd, job);
}
