/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/error.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

bool
error_set(struct error *err, enum error_code code, const char *format, ...)
{
	va_list args;

	if (!err)
		return false;
	err->code = code;
	va_start(args, format);
	vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
	return false;
}

static void
set_path(struct error *err, const char *path)
{
	size_t len = path ? strlen(path) : 0;
	size_t room = sizeof err->path - 1;

	if (len <= room)
		snprintf(err->path, sizeof err->path, "%s", path ? path : "");
	else
		snprintf(err->path, sizeof err->path, "...%s", path + len - room + 3);
}

bool
error_at_line(struct error *err, const char *path, uint64_t line)
{
	if (err) {
		set_path(err, path);
		err->line = line;
	}
	return false;
}

bool
error_at_byte(struct error *err, const char *path, uint64_t byte)
{
	if (err) {
		set_path(err, path);
		err->byte = byte;
		err->has_byte = true;
	}
	return false;
}

void
error_format(const struct error *err, struct buf *out)
{
	if (err->path[0]) {
		buf_addf(out, "%s:", err->path);
		if (err->line)
			buf_addf(out, "%" PRIu64 ":", err->line);
		else if (err->has_byte)
			buf_addf(out, " byte %" PRIu64 ":", err->byte);
		buf_addc(out, ' ');
	}
	buf_addf(out, "%s", err->text);
}
