/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/demo.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/alloc.h"

#define DEMO_FILE "checkout.json"
enum { PATH_BYTES = 4096 };

/* The folder of the running program, or NULL. */
static char *
program_folder(void)
{
	char path[PATH_BYTES];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);

	if (len <= 0)
		return NULL;
	path[len] = '\0';
	char *slash = strrchr(path, '/');
	return slash ? xstrndup(path, (size_t)(slash - path)) : NULL;
}

/* Takes path over: it is returned when it can be read, else released. */
static char *
if_readable(char *path)
{
	if (access(path, R_OK) == 0)
		return path;
	free(path);
	return NULL;
}

/* A program that was installed elsewhere than planned, one that was built in its source folder, or in a folder inside of that. */
static char *
beside_program(void)
{
	static const char *const places[] = { "../share/spanfire", "data", "../data" };
	char *folder = program_folder();
	char *path = NULL;

	for (size_t i = 0; folder && !path && i < sizeof places / sizeof *places; i++)
		path = if_readable(xasprintf("%s/%s/" DEMO_FILE, folder, places[i]));
	free(folder);
	return path;
}

char *
demo_path(struct error *err)
{
	const char *named = getenv("SPANFIRE_DATADIR");
	char *path = named && *named ? if_readable(xasprintf("%s/" DEMO_FILE, named)) : NULL;

	if (!path)
		path = beside_program();
	if (!path)
		path = if_readable(xstrdup(PKGDATADIR "/" DEMO_FILE));
	if (!path)
		error_set(err, ERROR_SYSTEM, "the demo is not installed: there is no %s", PKGDATADIR "/" DEMO_FILE);
	return path;
}
