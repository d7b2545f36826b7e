/* SPDX-License-Identifier: MIT
 * Display text: bytes of unknown origin made into UTF-8 that a terminal can be given, measured in columns.
 * Widths are those on which libunistring and wcwidth agree; a grapheme cluster on which they differ, or that terminals are known to
 * draw differently (joiners, variation selectors, flags, more than four marks), is shown as its base character, or as U+FFFD when
 * that has no certain width either.  A mark that takes a column of its own counts as a cluster of its own.
 * "Safe" below means: made by text_sanitise(), or a constant of ours. */
#ifndef UTIL_TEXT_H
#define UTIL_TEXT_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/str.h"

/* Appends a safe rendering: invalid UTF-8 becomes U+FFFD, control characters their picture (U+2400...; newline and tab a space),
 * bidirectional and other invisible format characters U+FFFD; everything else is kept.  The result is valid UTF-8. */
void   text_sanitise(struct str raw, struct buf *out);

/* Whether it is valid UTF-8. */
bool   text_is_valid(struct str raw);

/* Whether it is printable ASCII: its own safe rendering, as wide as it is long. */
bool   text_is_plain(struct str raw);

/* Columns of sanitised text. */
int    text_width(struct str safe);

/* The longest prefix of whole grapheme clusters that is at most cols wide: its bytes; *width_out its columns (may be NULL). */
size_t text_prefix(struct str safe, int cols, int *width_out);
/* The longest suffix likewise: the offset where it begins. */
size_t text_suffix(struct str safe, int cols, int *width_out);

/* The next grapheme cluster: its bytes (0 at the end) and columns (0, 1 or 2). */
size_t text_cluster(struct str safe, int *width_out);

/* Appends text cut to cols with an ellipsis ("…", or ".." in ASCII) when it is longer; the ellipsis stands at the end, or at the
 * front when keep_end.  Never wider than cols. */
void   text_fit(struct str safe, int cols, bool keep_end, bool ascii, struct buf *out);

/* UTF-16 to UTF-8; unpaired surrogates become U+FFFD. */
void   text_from_utf16(struct str bytes, bool big_endian, struct buf *out);

/* A name as it may stand between single quotes on a command line, in a path of names joined with ';': control, bidirectional and
 * invalid bytes, quotes and semicolons as \xNN, backslash as \\.  Unescaping gives the same bytes back. */
void   text_escape(struct str raw, struct buf *out);
bool   text_unescape(struct str escaped, struct buf *out);    /* false: a broken escape */

#endif
