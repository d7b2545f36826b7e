/* SPDX-License-Identifier: MIT
 * Input that passes only once, kept in a file without a name so that details can be read again.
 * When there is no room the spool gives up and says why; what it has until then can be read back, or let go with spool_fini(). */
#ifndef LOAD_SPOOL_H
#define LOAD_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "util/str.h"

struct spool {
	int         fd;          /* -1: not begun, or let go */
	uint64_t    size;        /* bytes written */
	uint64_t    limit;       /* bytes it may take */
	uint64_t    checked;     /* size at which the free room is looked at next */
	const char *tmpdir;      /* borrowed; NULL: $TMPDIR, else /tmp */
	const char *given_up;    /* why: a constant sentence; NULL: it has everything */
};

void        spool_init(struct spool *spool, uint64_t limit, const char *tmpdir);
void        spool_fini(struct spool *spool);
bool        spool_write(struct spool *spool, struct str bytes);    /* false: it gave up, now or before; none of these bytes are in it */

/* All that was written, mapped through load/mapping.h; NULL when the spool gave up or is empty. */
const char *spool_map(struct spool *spool);

/* Reads back all that was written, size bytes.  False when the file cannot be read. */
bool        spool_read(const struct spool *spool, char *into);

#endif
