/* SPDX-License-Identifier: MIT
 * spanfire formats: what can be read and written. */
#include "config.h"

#include "cli/commands.h"

#include "cli/output.h"
#include "export/export.h"
#include "load/format.h"

static int
run_formats(const struct request *request)
{
	struct output out;

	(void)request;
	output_begin(&out, OUTPUT_TEXT);
	buf_add(&out.text, STR("Read, plain or compressed (gzip, zlib"
#ifdef HAVE_ZSTD
	                       ", zstd"
#endif
	                       "), found by content:\n"));
	for (size_t i = 0; load_formats[i]; i++)
		buf_addf(&out.text, "  %-12s %s\n", load_formats[i]->name, load_formats[i]->summary);
	buf_add(&out.text, STR("\nWritten by spanfire export --to:\n"));
	for (size_t i = 0; export_formats[i]; i++)
		buf_addf(&out.text, "  %-12s %s\n", export_formats[i]->name, export_formats[i]->summary);
	return output_end(&out);
}

const struct command command_formats = {
	.id = COMMAND_FORMATS,
	.name = "formats",
	.arguments = "formats",
	.summary = "what can be read and written",
	.description =
		"Lists the names for --format and for --to, with a line about each.\n",
	.run = run_formats,
};
