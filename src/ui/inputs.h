/* SPDX-License-Identifier: MIT
 * What was opened, by name. */
#ifndef UI_INPUTS_H
#define UI_INPUTS_H

#include <stddef.h>

/* For the header: "checkout.json +2".  free(). */
char  *inputs_title(const char *const *paths, size_t count);

/* The paths as they are found from any folder; "-" stays.  inputs_free(). */
char **inputs_whole(const char *const *paths, size_t count);
void   inputs_free(char **paths, size_t count);    /* paths NULL is allowed */

#endif
