/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

char *
inputs_title(const char *const *paths, size_t count)
{
	if (count == 0)
		return xstrdup("");
	const char *slash = strrchr(paths[0], '/');
	const char *name = strcmp(paths[0], "-") == 0 ? "standard input" : slash && slash[1] ? slash + 1 : paths[0];
	return count > 1 ? xasprintf("%s +%zu", name, count - 1) : xstrdup(name);
}

char **
inputs_whole(const char *const *paths, size_t count)
{
	char **whole = xcalloc(count ? count : 1, sizeof *whole);

	for (size_t i = 0; i < count; i++) {
		whole[i] = strcmp(paths[i], "-") ? realpath(paths[i], NULL) : NULL;
		if (!whole[i])
			whole[i] = xstrdup(paths[i]);
	}
	return whole;
}

void
inputs_free(char **paths, size_t count)
{
	for (size_t i = 0; paths && i < count; i++)
		free(paths[i]);
	free(paths);
}
