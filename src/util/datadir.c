/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/datadir.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/alloc.h"

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

/* A program that was installed elsewhere than planned, one that was built in its source folder, or in a folder inside of that, such as build/dev. */
static char *
beside_program(const char *name)
{
	static const char *const places[] = { "../share/spanfire", "data", "../data", "../../data" };
	char *folder = program_folder();
	char *path = NULL;

	for (size_t i = 0; folder && !path && i < sizeof places / sizeof *places; i++)
		path = if_readable(xasprintf("%s/%s/%s", folder, places[i], name));
	free(folder);
	return path;
}

char *
datadir_find(const char *name)
{
	const char *named = getenv("SPANFIRE_DATADIR");
	char *path = named && *named ? if_readable(xasprintf("%s/%s", named, name)) : NULL;

	if (!path)
		path = beside_program(name);
	return path ? path : if_readable(xasprintf("%s/%s", PKGDATADIR, name));
}
