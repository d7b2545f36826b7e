/* SPDX-License-Identifier: MIT
 * Labels in boxes. */
#ifndef LAYOUT_FIT_H
#define LAYOUT_FIT_H

#include "util/buf.h"
#include "util/str.h"

enum fit_align { FIT_LEFT, FIT_RIGHT };

/* Below this many columns a label says nothing. */
enum { FIT_LEAST_COLS = 3 };

/* What stands in cols cells (the cells wholly inside the visible part of the box, after its first): name, then value when there is
 * room for both.  The value is dropped before a letter of the name is; the name is cut with an ellipsis, at its end when aligned left,
 * at its front when aligned right; nothing at all under 3 columns, or when no letter would be left beside the ellipsis.  Both texts
 * are sanitised already.  Appends to out, without padding, and returns the columns: never more than cols, and right-aligned text
 * begins that many columns before the end.  Long names cost no more than short ones. */
int fit_label(struct str name, struct str value, int cols, enum fit_align align, bool ascii, struct buf *out);

#endif
