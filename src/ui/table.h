/* SPDX-License-Identifier: MIT
 * The table of functions: what its drawing and its handling share. */
#ifndef UI_TABLE_H
#define UI_TABLE_H

#include "ui/viewer.h"

/* The rows below the focus in the wanted order; valid until the next call. */
const struct top *table_rows(struct app *app);

#endif
