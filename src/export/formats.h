/* SPDX-License-Identifier: MIT
 * The writers that export.c lists, one file each. */
#ifndef EXPORT_FORMATS_H
#define EXPORT_FORMATS_H

#include "export/export.h"

extern const struct export_format export_folded;

#endif
