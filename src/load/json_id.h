/* SPDX-License-Identifier: MIT
 * Ids under the cursor in their most usual forms: strings of so many hex digits and nothing else.
 * False: something else is there, which is still to be read. */
#ifndef LOAD_JSON_ID_H
#define LOAD_JSON_ID_H

#include "load/json.h"

bool json_hex16(struct json *json, uint64_t *out);
bool json_hex32(struct json *json, uint8_t out[16]);

#endif
