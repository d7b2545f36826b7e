/* SPDX-License-Identifier: MIT
 * The writers that export.c lists, one file each. */
#ifndef EXPORT_FORMATS_H
#define EXPORT_FORMATS_H

#include "export/export.h"

extern const struct export_format export_folded;
extern const struct export_format export_nested_set;
extern const struct export_format export_speedscope;

/* Tells the subject's job that so many steps of all are done.  False when the writing is to end: it failed, or is stopped. */
bool export_goes_on(const struct export_subject *subject, FILE *out, uint64_t done, uint64_t all);

/* Why names are written otherwise in formats that are JSON. */
#define EXPORT_JSON_CANNOT "as JSON is UTF-8, which not all of their bytes are"

/* How a format spells units; what it has no word for is another one. */
struct export_units { const char *ns, *us, *ms, *s, *bytes, *other; };

const char *export_unit(const struct export_units *words, struct str unit);

/* The last step of a writer: whether all bytes went out. */
bool export_finish(FILE *out, struct error *err);

#endif
