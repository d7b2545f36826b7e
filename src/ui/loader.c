/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/loader.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "ui/background.h"
#include "util/alloc.h"

enum { STOP_WAIT_MS = 300 };

struct loader {
	const char *const *paths;
	size_t             count;
	struct load_options options;
	struct job         job;
	pthread_t          thread;
	int                fds[2];    /* a byte when it is done */
	bool               joined;
	struct dataset    *dataset;
	struct error       err;
};

static void *
load(void *self)
{
	struct loader *loader = self;

	loader->dataset = load_files(loader->paths, loader->count, &loader->options, &loader->err);
	if (write(loader->fds[1], "d", 1) != 1)
		panic("the loader cannot tell that it is done");
	return NULL;
}

struct loader *
loader_start(const char *const *paths, size_t count, const struct load_options *options)
{
	struct loader *loader = xcalloc(1, sizeof *loader);

	loader->paths = paths;
	loader->count = count;
	loader->options = *options;
	loader->options.job = &loader->job;
	if (pipe2(loader->fds, O_CLOEXEC) != 0)
		panic("cannot make a pipe");
	loader->thread = background_start(load, loader);
	return loader;
}

struct job *
loader_job(struct loader *loader)
{
	return &loader->job;
}

int
loader_fd(const struct loader *loader)
{
	return loader->fds[0];
}

struct dataset *
loader_take(struct loader *loader, struct error *err)
{
	pthread_join(loader->thread, NULL);
	loader->joined = true;
	struct dataset *dataset = loader->dataset;
	loader->dataset = NULL;
	*err = loader->err;
	return dataset;
}

void
loader_free(struct loader *loader)
{
	if (!loader)
		return;
	if (!loader->joined) {
		struct pollfd done = { .fd = loader->fds[0], .events = POLLIN };
		struct error err;
		atomic_store(&loader->job.wish, JOB_DROP);
		if (poll(&done, 1, STOP_WAIT_MS) <= 0) {
			pthread_detach(loader->thread);
			return;
		}
		dataset_free(loader_take(loader, &err));
	}
	close(loader->fds[0]);
	close(loader->fds[1]);
	free(loader);
}
