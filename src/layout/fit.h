/* SPDX-License-Identifier: MIT
 * Labels in boxes. */
#ifndef LAYOUT_FIT_H
#define LAYOUT_FIT_H

#include "util/buf.h"
#include "util/str.h"

enum fit_align { FIT_LEFT, FIT_RIGHT };

/* What stands in cols cells (the cells wholly inside the visible part of the box, after its first): name, then value when there is
 * room for both.  The value is dropped before a letter of the name is; the name is cut with an ellipsis, at its end when aligned left,
 * at its front when aligned right; nothing at all under 3 columns.  Both texts are sanitised already.  Appends to out. */
void fit_label(struct str name, struct str value, int cols, enum fit_align align, bool ascii, struct buf *out);

#endif
