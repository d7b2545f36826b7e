/* SPDX-License-Identifier: MIT
 * Links between spans seen from where they lead to.  A record says whom its span links to; who links to a span is found by reading the
 * records of all spans with links again. */
#ifndef LOAD_LINKS_H
#define LOAD_LINKS_H

#include "load/detail.h"
#include "util/job.h"

struct link { span_id to, from; };

/* Every pair once, by to, then from. */
struct links { VEC(struct link); };

/* Links whose both ends are here.  NULL only when the job was stopped; job may be NULL, it is told of spans done. */
struct links *links_read(const struct dataset *ds, struct job *job);
/* The same on so many threads. */
struct links *links_read_on(const struct dataset *ds, unsigned threads, struct job *job);
void          links_free(struct links *links);    /* NULL is allowed */

/* How many spans link to this one, and the first of them. */
uint32_t      links_to(const struct links *links, span_id to, const struct link **first_out);

/* How many spans there are whose records have to be read: those of formats that name links at both ends are not among them. */
uint32_t      links_to_read(const struct dataset *ds);

/* The ids that the link with its first row there names: of the span's own trace when it names none.  False: it names no span. */
bool          link_ids(const struct dataset *ds, span_id span, const struct details *details, size_t first, uint8_t trace_id_out[16],
                       uint64_t *id_out);

#endif
