/* SPDX-License-Identifier: MIT
 * The keys that terminal descriptions name, and which keys they are. */
#ifndef UI_TERM_CAPS_H
#define UI_TERM_CAPS_H

#include <stdint.h>

enum { TERM_CAPS = 31 };

extern const struct term_cap {
	const char *name;    /* of the capability */
	uint32_t    key;     /* enum key_code */
	uint8_t     mods;
} term_caps[TERM_CAPS];

#endif
