/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/fit.h"

#include "util/text.h"

/* Whether a letter of the name is left when it is cut to cols. */
static bool
keeps_letter(struct str name, int cols, enum fit_align align, bool ascii)
{
	int room = cols - (ascii ? 2 : 1);

	return align == FIT_LEFT ? text_prefix(name, room, NULL) > 0 : text_suffix(name, room, NULL) < name.len;
}

int
fit_label(struct str name, struct str value, int cols, enum fit_align align, bool ascii, struct buf *out)
{
	size_t begin = out->len;
	int name_cols, value_cols;

	if (cols < FIT_LEAST_COLS)
		return 0;
	/* Measured no further than there is room, since a name may have megabytes. */
	if (text_prefix(name, cols, &name_cols) < name.len) {
		if (!keeps_letter(name, cols, align, ascii))
			return 0;
		text_fit(name, cols, align == FIT_RIGHT, ascii, out);
		return text_width(str_tail(buf_str(out), begin));
	}
	buf_add(out, name);
	if (value.len == 0 || text_prefix(value, cols - name_cols - 1, &value_cols) < value.len)
		return name_cols;
	buf_addc(out, ' ');
	buf_add(out, value);
	return name_cols + 1 + value_cols;
}
