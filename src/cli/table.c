/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/table.h"

#include "util/text.h"

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
	for (int width = text_width(buf_str(cell)); width < cols; width++)
		buf_addc(out, ' ');
	buf_add(out, buf_str(cell));
	buf_clear(cell);
}
