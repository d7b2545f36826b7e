/* SPDX-License-Identifier: MIT
 * Small JSON files that people write: comments of both C kinds and a comma behind the last of a list are allowed, a file without anything is an empty object, and what is wrong is found again by its line. */
#ifndef UTIL_JSONC_H
#define UTIL_JSONC_H

#include <cjson/cJSON.h>

#include "util/error.h"
#include "util/str.h"

struct jsonc {
	cJSON *root;    /* an object */
	char  *text;    /* as read, comments and last commas blanked out */
	size_t len;
};

/* False with err, path and line in it, when the text is no JSON object; then there is nothing to free. */
bool     jsonc_parse(struct str text, const char *path, struct jsonc *out, struct error *err);
/* The same from a file of reasonable size.  A file that is not there: ERROR_SYSTEM. */
bool     jsonc_read(const char *path, struct jsonc *out, struct error *err);
void     jsonc_free(struct jsonc *json);

/* The line of the index-th member of the object, or of that of its member `section`. */
uint64_t jsonc_line(const struct jsonc *json, const char *section, unsigned index);

#endif
