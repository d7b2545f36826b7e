/* SPDX-License-Identifier: MIT
 * Cells of tables on standard output. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "util/buf.h"

/* A field of a CSV record (RFC 4180), quoted where it must be. */
void csv_field(struct str text, struct buf *out);

/* The cell with blanks in front to fill cols columns; the cell is emptied. */
void cell_right(struct buf *cell, int cols, struct buf *out);

#endif
