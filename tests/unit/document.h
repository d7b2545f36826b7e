/* SPDX-License-Identifier: MIT
 * A dataset read from a text as from a file, so that details can be read again. */
#ifndef TESTS_UNIT_DOCUMENT_H
#define TESTS_UNIT_DOCUMENT_H

#include <stdio.h>
#include <unistd.h>

#include "load/load.h"
#include "tests/tap.h"

/* NULL when it cannot be read. */
static struct dataset *
read_document(const char *text)
{
	char path[] = "/tmp/spanfire-document-XXXXXX";
	int fd = mkstemp(path);
	struct error err = { 0 };
	FILE *file = fdopen(fd, "w");

	fputs(text, file);
	fclose(file);
	const char *paths[] = { path };
	struct dataset *ds = load_files(paths, 1, &(struct load_options){ .threads = 1 }, &err);
	unlink(path);
	if (!ds)
		diag("%s", err.text);
	return ds;
}

#endif
