/* SPDX-License-Identifier: MIT
 * What a query that is being typed can go on with: fields, attributes and values that the file really has, operators, saved queries. */
#ifndef UI_COMPLETE_H
#define UI_COMPLETE_H

#include "ui/screen.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/vec.h"

struct app;

/* Text as it stands in a query, valid and without control characters, and a few words on it (sanitised). */
struct candidate { struct str text, help; };

/* A zeroed struct is empty. */
struct completion {
	struct arena arena;
	VEC(struct candidate);
	size_t       begins;    /* of them, those that begin with what is typed: the first ones */
	size_t       from;      /* where the word begins that one of them takes the place of */
};

/* What is typed with a completion beside it. */
struct query_typing {
	struct completion completion;
	uint32_t          chosen;     /* the candidate that stands in the text now; ID_NONE: none does */
	uint32_t          top;        /* first one on screen */
	struct buf        base;       /* what was typed before one was chosen, up to base_at */
	size_t            base_at;
	struct rect       shown;      /* where they are drawn */
};

/* Those for a text up to where one types, the likeliest first.  Attribute values are there once their column has been read
 * (ui/fetch.h). */
void completion_find(struct app *app, struct str text, struct completion *out);
void completion_fini(struct completion *completion);

#endif
