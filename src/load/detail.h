/* SPDX-License-Identifier: MIT
 * Details of a span, read again from the input when somebody looks: attributes, resource, scope, events, links. */
#ifndef LOAD_DETAIL_H
#define LOAD_DETAIL_H

#include "model/dataset.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/error.h"
#include "util/vec.h"

enum detail_section { DETAIL_SPAN, DETAIL_ATTRIBUTE, DETAIL_EVENT, DETAIL_LINK, DETAIL_RESOURCE, DETAIL_SCOPE };

struct detail_row {
	enum detail_section section;
	uint32_t    index;     /* which event or link, from 0 */
	int64_t     time_ns;   /* of an event; 0 otherwise */
	struct str  key;       /* dotted name; for an event's first row its name */
	const char *type;      /* "string", "int", "double", "bool", "bytes", "array", "map", "empty", "event"; a constant */
	struct str  value;     /* as text; arrays and maps as JSON */
	uint32_t    to;        /* of a link's first row: the span that it leads to, plus 1, where the format knows it; else 0 */
};

/* What is read of all that there is; zeroed: everything. */
struct detail_wish {
	unsigned   without;    /* bit 1 << section: rows of the section are left out */
	struct str key;        /* rows of this key only, and the first rows of events; at NULL: rows of all keys */
};

/* A zeroed struct is empty.  Rows come by section, in the file's order inside one; their text lives in the arena. */
struct details {
	struct detail_wish wish;
	struct arena       arena;
	VEC(struct detail_row);
};

/* False with err when the span has none, or its source can no longer be read. */
bool details_read(const struct dataset *ds, span_id span, struct details *out, struct error *err);
/* The same of a record of no span. */
bool details_read_loose(const struct dataset *ds, const struct loose_ref *ref, struct details *out, struct error *err);
void details_fini(struct details *details);
void details_clear(struct details *details);    /* of rows; keeps the wish and some memory */

/* For readers, which may add the sections in any order: what of them is wished for. */
static inline bool
details_want(const struct details *details, enum detail_section section)
{
	return !(details->wish.without >> section & 1);
}

/* Something of the span's own record, the scope aside. */
static inline bool
details_want_span(const struct details *details)
{
	return details_want(details, DETAIL_SPAN) || details_want(details, DETAIL_ATTRIBUTE) || details_want(details, DETAIL_EVENT) ||
	       details_want(details, DETAIL_LINK);
}

static inline bool
details_want_key(const struct details *details, struct str key)
{
	return !details->wish.key.at || str_equal(details->wish.key, key);
}

/* A row more, whose key and value are copied; nothing when its key is not wished for. */
void details_add(struct details *out, enum detail_section section, uint32_t index, struct str key, const char *type, struct str value);

/* Appends a text as a JSON string, for values that are arrays or maps. */
void details_quote(struct str text, struct buf *out);

#endif
