/* SPDX-License-Identifier: MIT
 * Writes the demo files of data/ into a folder:  demogen FOLDER */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "demo.h"
#include "util/alloc.h"

static const struct {
	const char *name;
	void      (*draw)(struct buf *out);
} files[] = {
	{ "checkout.json", demo_checkout },
	{ "agent.json", demo_agent },
	{ "server.folded", demo_folded },
	{ "traces.json", demo_traces },
};

static void
write_file(const char *folder, const char *name, const struct buf *text)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "wb");

	if (!file)
		panic("cannot write %s", path);
	fwrite(text->at, 1, text->len, file);
	if (ferror(file) || fclose(file) != 0)
		panic("cannot write %s", path);
	free(path);
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: demogen FOLDER\n", stderr);
		return 2;
	}
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct buf text = { 0 };

		files[i].draw(&text);
		write_file(argv[1], files[i].name, &text);
		buf_fini(&text);
	}
	return 0;
}
