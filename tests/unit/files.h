/* SPDX-License-Identifier: MIT
 * Files and folders for tests: whole contents in memory, names sorted. */
#ifndef TESTS_UNIT_FILES_H
#define TESTS_UNIT_FILES_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "util/alloc.h"
#include "util/buf.h"

struct names { VEC(char *); };

/* False when it cannot be read. */
__attribute__((unused)) static bool
file_read(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	char block[65536];
	size_t len;

	buf_clear(out);
	if (!file)
		return false;
	while ((len = fread(block, 1, sizeof block, file)) > 0)
		buf_add(out, (struct str){ block, len });
	fclose(file);
	return true;
}

static int
names_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The paths of folder's files whose names end in suffix. */
__attribute__((unused)) static void
folder_list(const char *folder, const char *suffix, struct names *out)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' && str_ends(str_of(entry->d_name), str_of(suffix)))
			vec_push(out, xasprintf("%s/%s", folder, entry->d_name));
	closedir(dir);
	if (out->len)
		qsort(out->at, out->len, sizeof *out->at, names_compare);
}

__attribute__((unused)) static void
names_free(struct names *names)
{
	for (size_t i = 0; i < names->len; i++)
		free(names->at[i]);
	vec_fini(names);
}

/* Calls for each folder of traces: the project's own, then those of the corpus.  False: there is no corpus. */
__attribute__((unused)) static bool
trace_folders(void each(const char *folder))
{
	static const char *const own[] = { "otlp", "jaeger", "zipkin", "chrome", "same" };
	static const char *const others[] = { "otlp-json", "otlp-proto", "jaeger", "zipkin", "chrome-trace" };
	const char *top = getenv("top_srcdir"), *corpus = getenv("SPANFIRE_CORPUS");

	for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
		char *folder = xasprintf("%s/tests/data/%s", top ? top : ".", own[i]);
		each(folder);
		free(folder);
	}
	for (size_t i = 0; i < sizeof others / sizeof *others && corpus; i++) {
		char *folder = xasprintf("%s/%s", corpus, others[i]);
		each(folder);
		free(folder);
	}
	return corpus != NULL;
}

#endif
