/* SPDX-License-Identifier: MIT
 * Trace and span ids as text: hex in any case, base64 (standard or URL-safe, padded or not), short hex, or anything else.
 * The form is found per id, since one file can mix them. */
#ifndef LOAD_IDS_H
#define LOAD_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "util/str.h"

enum id_form {
	ID_ABSENT,     /* empty or all zero; the result is zero */
	ID_EXACT,      /* the bytes that it should have */
	ID_PADDED,     /* fewer or more bytes than it should have, whose value fits: zeros added or taken away at the left */
	ID_HASHED,     /* does not fit or is no number: a hash stands for it */
};

enum id_form id_trace(struct str text, uint8_t out[16]);
enum id_form id_span(struct str text, uint64_t *out);    /* the eight bytes as a big-endian number */

/* Sixteen hex digits as that number.  False: one of them is none, and out may have changed. */
bool         id_hex16(const char *at, uint64_t *out);
void         id_bytes(uint64_t number, uint8_t out[8]);

#endif
