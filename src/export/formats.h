/* SPDX-License-Identifier: MIT
 * The writers that export.c lists, one file each. */
#ifndef EXPORT_FORMATS_H
#define EXPORT_FORMATS_H

#include "export/export.h"

extern const struct export_format export_folded;
extern const struct export_format export_nested_set;
extern const struct export_format export_speedscope;

/* The last step of a writer: whether all bytes went out. */
bool export_finish(FILE *out, struct error *err);

#endif
