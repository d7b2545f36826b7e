/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "load/mapping.h"

#include "util/alloc.h"

#define CHECK_STEP  (UINT64_C(16) << 20)    /* bytes written between looks at the free room */
#define LEAVE_FREE  (UINT64_C(64) << 20)    /* bytes of the file system left to others */

static const char no_file[] = "no temporary file could be made ($TMPDIR): details of this input cannot be shown";
static const char no_room[] = "there is no room left for a temporary file ($TMPDIR): details of this input cannot be shown";
static const char over_limit[] = "the input is larger than the spool limit: its details cannot be shown";

void
spool_init(struct spool *spool, uint64_t limit, const char *tmpdir)
{
	*spool = (struct spool){ .fd = -1, .limit = limit, .tmpdir = tmpdir };
}

void
spool_fini(struct spool *spool)
{
	if (spool->fd >= 0)
		close(spool->fd);
	spool->fd = -1;
}

static bool
give_up(struct spool *spool, const char *why)
{
	spool->given_up = why;
	return false;
}

static int
open_nameless(const char *folder)
{
	int fd = -1;

	if (!folder)
		folder = getenv("TMPDIR");
	if (!folder || !*folder)
		folder = "/tmp";
#ifdef O_TMPFILE
	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
#endif
	if (fd < 0) {
		char *path = xasprintf("%s/spanfire-XXXXXX", folder);
		fd = mkostemp(path, O_CLOEXEC);
		if (fd >= 0)
			unlink(path);
		free(path);
	}
	return fd;
}

static bool
has_room(const struct spool *spool)
{
	struct statvfs room;

	return fstatvfs(spool->fd, &room) || (uint64_t)room.f_bavail * room.f_frsize >= LEAVE_FREE + CHECK_STEP;
}

static bool
write_all(int fd, struct str bytes)
{
	while (bytes.len) {
		ssize_t done = write(fd, bytes.at, bytes.len);
		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			bytes.at += done;
			bytes.len -= (size_t)done;
		}
	}
	return true;
}

bool
spool_write(struct spool *spool, struct str bytes)
{
	if (spool->given_up)
		return false;
	if (bytes.len == 0)
		return true;
	if (bytes.len > spool->limit - spool->size)
		return give_up(spool, over_limit);
	if (spool->fd < 0)
		spool->fd = open_nameless(spool->tmpdir);
	if (spool->fd < 0)
		return give_up(spool, no_file);
	if (spool->size + bytes.len >= spool->checked) {
		spool->checked = spool->size + bytes.len + CHECK_STEP;
		if (!has_room(spool))
			return give_up(spool, no_room);
	}
	if (!write_all(spool->fd, bytes))
		return give_up(spool, no_room);
	spool->size += bytes.len;
	return true;
}

bool
spool_read(const struct spool *spool, char *into)
{
	for (uint64_t at = 0; at < spool->size;) {
		ssize_t got = pread(spool->fd, into + at, (size_t)(spool->size - at), (off_t)at);
		if (got == 0 || (got < 0 && errno != EINTR))
			return false;
		at += got > 0 ? (uint64_t)got : 0;
	}
	return true;
}

const char *
spool_map(struct spool *spool)
{
	const char *at = NULL;

	if (spool->given_up || spool->size == 0)
		return NULL;
	if (spool->size <= SIZE_MAX)
		at = mapping_open(spool->fd, (size_t)spool->size);
	if (!at)
		spool->given_up = no_file;
	return at;
}
