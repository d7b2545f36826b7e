/* SPDX-License-Identifier: MIT
 * Interned strings: equal bytes have equal ids, numbered from 0 in the order of first interning.
 * Id 0 is the empty string.  The table owns its bytes; a str from it stays valid until strtab_free().
 * One writer at a time; any number of readers while nobody writes. */
#ifndef UTIL_STRTAB_H
#define UTIL_STRTAB_H

#include <stdint.h>

#include "util/str.h"

typedef uint32_t str_id;

#define STR_EMPTY ((str_id)0)
#define STR_NONE  UINT32_MAX

struct strtab;

struct strtab *strtab_new(void);
struct strtab *strtab_over(const struct strtab *base);                  /* has all of base, which nobody writes and which outlives it, and its own */
void           strtab_free(struct strtab *tab);                         /* NULL is allowed */
str_id         strtab_intern(struct strtab *tab, struct str text);      /* copies the bytes on first use */
/* The same for many one after another, which is faster. */
void           strtab_intern_many(struct strtab *tab, const struct str *texts, size_t count, str_id *ids_out);
str_id         strtab_find(const struct strtab *tab, struct str text);  /* STR_NONE when it was never interned */
struct str     strtab_get(const struct strtab *tab, str_id id);         /* NUL-terminated after len */
uint32_t       strtab_count(const struct strtab *tab);

#endif
