/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "util/alloc.h"
#include "util/text.h"

static void
print(struct str raw)
{
	struct buf line = { 0 };

	buf_add(&line, STR("spanfire: "));
	text_sanitise(raw, &line);
	buf_addc(&line, '\n');
	fwrite(line.at, 1, line.len, stderr);
	buf_fini(&line);
}

void
message(const char *format, ...)
{
	struct buf text = { 0 };
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	CHECK(len >= 0);
	vec_reserve(&text, (size_t)len + 1);
	vsnprintf(text.at, (size_t)len + 1, format, again);
	va_end(again);
	print((struct str){ text.at, (size_t)len });
	buf_fini(&text);
}

void
message_place(struct str text, size_t byte)
{
	struct buf before = { 0 };

	text_sanitise((struct str){ text.at, byte < text.len ? byte : text.len }, &before);
	print(text);
	message("%*s^", text_width(buf_str(&before)), "");
	buf_fini(&before);
}

int
message_error(const struct error *err)
{
	struct buf text = { 0 };

	error_format(err, &text);
	print(buf_str(&text));
	buf_fini(&text);
	return err->code <= ERROR_SYSTEM ? (int)err->code : ERROR_SYSTEM;
}
