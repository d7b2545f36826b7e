/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/table.h"

#include "util/text.h"
#include "util/unit.h"

enum { ROWS_WITHOUT_LIMIT = 20 };

uint32_t
table_shown(const struct request *request, uint32_t count)
{
	long all = request->json || request->csv ? (long)count : ROWS_WITHOUT_LIMIT;
	long limit = request->limit == CHOICE_UNSET ? all : request->limit;

	return limit < (long)count ? (uint32_t)limit : count;
}

int
table_print(const struct request *request, const struct table_writers *writers, const void *table)
{
	struct output out;

	output_begin(&out, request->json || request->csv ? OUTPUT_DATA : OUTPUT_TEXT);
	if (request->json)
		writers->json(table, &out);
	else if (request->csv)
		writers->csv(table, &out);
	else
		writers->text(table, request->width != CHOICE_UNSET ? (int)request->width : out.cols, request->ascii, &out);
	return output_end(&out);
}

void
table_heading(uint32_t count, uint32_t rows, const char *one, const char *many, struct buf *out)
{
	unit_count(count, out);
	buf_addf(out, " %s", count == 1 ? one : many);
	if (rows < count) {
		buf_add(out, STR(", the first "));
		unit_count(rows, out);
		buf_addc(out, ':');
	}
	buf_addc(out, '\n');
}

void
csv_field(struct str text, struct buf *out)
{
	bool quoted = false;

	for (size_t i = 0; i < text.len; i++)
		quoted |= text.at[i] == ',' || text.at[i] == '"' || text.at[i] == '\r' || text.at[i] == '\n';
	if (!quoted) {
		buf_add(out, text);
		return;
	}
	buf_addc(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"')
			buf_addc(out, '"');
		buf_addc(out, text.at[i]);
	}
	buf_addc(out, '"');
}

void
cell_right(struct buf *cell, int cols, struct buf *out)
{
	int width = text_width(buf_str(cell));

	if (width >= cols && out->len && out->at[out->len - 1] != '\n')
		buf_addc(out, ' ');
	for (; width < cols; width++)
		buf_addc(out, ' ');
	buf_add(out, buf_str(cell));
	buf_clear(cell);
}
