/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/demo.h"

#include "util/datadir.h"

#define DEMO_FILE "checkout.json"

char *
demo_path(struct error *err)
{
	char *path = datadir_find(DEMO_FILE);

	if (!path)
		error_set(err, ERROR_SYSTEM, "the demo is not installed: there is no %s", PKGDATADIR "/" DEMO_FILE);
	return path;
}
