/* SPDX-License-Identifier: MIT
 * Input that passes only once, kept in a file without a name so that details can be read again.
 * When there is no room the spool gives up, says why, and loading goes on without it. */
#ifndef LOAD_SPOOL_H
#define LOAD_SPOOL_H

#include <stdint.h>

#include "util/str.h"

struct spool {
	int         fd;          /* -1: not begun, or given up */
	uint64_t    size;        /* bytes written */
	uint64_t    limit;       /* bytes it may take */
	uint64_t    checked;     /* size at which the free room is looked at next */
	const char *tmpdir;      /* borrowed; NULL: $TMPDIR, else /tmp */
	const char *given_up;    /* why: a constant sentence; NULL: it has everything */
};

void        spool_init(struct spool *spool, uint64_t limit, const char *tmpdir);
void        spool_fini(struct spool *spool);
void        spool_write(struct spool *spool, struct str bytes);

/* All that was written, mapped through load/mapping.h; NULL when the spool gave up or is empty. */
const char *spool_map(struct spool *spool);

#endif
