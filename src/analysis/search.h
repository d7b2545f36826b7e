/* SPDX-License-Identifier: MIT
 * What the user types to find frames: terms separated by blanks, all of which must hold.
 *
 *	cart frontend       both are found in the label
 *	-health             is not found
 *	"POST /cart"        quotes keep blanks (and a leading minus) in a term; \" is a quote
 *	name: pkg: file: service: kind: line:    where to look, before the text; without one: in the label as shown
 *
 * A term is a regular expression with smart case; one that is not valid is looked for as it stands.  line: wants a whole number,
 * service: looks at the modules of functions too, kind: is of functions alone (label_kind()).
 * A search is immutable; it runs on frames, never on nodes. */
#ifndef ANALYSIS_SEARCH_H
#define ANALYSIS_SEARCH_H

#include <stdbool.h>

#include "model/dataset.h"
#include "util/buf.h"

struct search;

struct search *search_parse(struct str text);     /* never fails; text is copied */
void           search_free(struct search *search);                     /* NULL is allowed */
bool           search_is_empty(const struct search *search);           /* no terms: it finds nothing */
/* Whether a term is looked for as it stands because it is no valid expression. */
bool           search_is_literal(const struct search *search);

/* scratch is the caller's, to save allocations. */
bool           search_finds(const struct search *search, const struct dataset *ds, frame_id frame, struct buf *scratch);

/* The bits of all frames that are found, one per frame of the dataset; free(). */
uint64_t      *search_frames(const struct search *search, const struct dataset *ds);

/* Term by term, for what has more to it than a frame: what a term finds, whether or not it is to be left out. */
size_t         search_term_count(const struct search *search);
bool           search_term_is_negative(const struct search *search, size_t term);
bool           search_term_finds(const struct search *search, size_t term, const struct dataset *ds, frame_id frame, struct buf *scratch);
/* In the name of a service (for terms without a field and service:), or in any other text (for terms without a field). */
bool           search_term_finds_text(const struct search *search, size_t term, struct str text, bool is_service);
/* What a term without a field looks for, when that is nothing but hexadecimal digits, as typed; else empty. */
struct str     search_term_digits(const struct search *search, size_t term);

/* Appends a term that finds exactly this label. */
void           search_quote(struct str label, struct buf *out);
/* Of a search of one term in quotes its field, as "pkg:" or "", and what is in the quotes, borrowed; false when it is another kind. */
bool           search_quoted(struct str text, struct str *field_out, struct str *pattern_out);

#endif
