/* SPDX-License-Identifier: MIT
 * What is odd about a span: as it was read, and as it stands to its parent.  Pure functions of the dataset. */
#ifndef ANALYSIS_ODD_H
#define ANALYSIS_ODD_H

#include "analysis/forest.h"
#include "model/dataset.h"
#include "util/buf.h"

enum odd {
	ODD_NO_START,         /* as the flags of spans have it (model/dataset.h) */
	ODD_UNFINISHED,
	ODD_NEGATIVE,
	ODD_ORPHAN,
	ODD_CYCLE,
	ODD_SAME_ID,
	ODD_SHARED,
	ODD_BEFORE_PARENT,    /* starts before its parent does: by so much */
	ODD_BEYOND_PARENT,    /* ends after its parent does: by so much */
	ODD_AFTER_PARENT,     /* starts only when its parent has ended: so much later */
	ODD_AHEAD_OF_PARENT,  /* has ended when its parent starts: so much sooner */
	ODD_PARENT_ELSEWHERE, /* its parent is in another file */
	ODD_PARENT_LATER,     /* its parent comes later in the input */
	ODD_ZERO,             /* takes no time */
	ODD_LINKS,            /* names other spans besides its parent: with them the trace is no tree */
	ODD_KINDS
};

/* Which there are, bit by bit, and how much of those that have an amount. */
struct oddities {
	uint32_t set;
	int64_t  ns[ODD_KINDS];
};

struct oddities odd_find(const struct dataset *ds, span_id span);

static inline bool
odd_has(const struct oddities *odd, enum odd kind)
{
	return odd->set >> kind & 1;
}

/* Whether it casts doubt on what is shown, rather than being common. */
bool odd_is_grave(enum odd kind);
bool odd_is_doubtful(const struct oddities *odd);    /* whether anything of it is grave */

/* Appends a sentence about one span, "starts 3 ms before its parent"; and a word or two for where there is little room. */
void odd_describe(enum odd kind, int64_t ns, bool ascii, struct buf *out);
const char *odd_word(enum odd kind);
/* Appends a sentence about so many spans, ns the most of them: "2 spans start before their parent, by up to 3 ms". */
void odd_describe_many(enum odd kind, uint64_t count, int64_t ns, bool ascii, struct buf *out);

/* The odd spans of a track, or of all (ID_NONE). */
struct odd_counts {
	uint64_t count[ODD_KINDS];
	int64_t  most_ns[ODD_KINDS];
	span_id  first[ODD_KINDS];    /* in input order; ID_NONE */
	uint64_t grave;               /* spans with anything that is grave */
	uint64_t roots;               /* spans without a parent */
	uint32_t tracks;              /* that have spans */
	uint32_t many_rooted;         /* tracks with several of them */
};

/* forest is the dataset's: of one track only its spans are looked at.  doubtful_out, NULL or a bit per span (util/bits.h): set for those
 * that are doubtful. */
struct odd_counts odd_count(const struct dataset *ds, const struct forest *forest, track_id track, uint64_t *doubtful_out);

#endif
