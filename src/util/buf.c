/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "util/alloc.h"

void
buf_add(struct buf *buf, struct str text)
{
	vec_reserve(buf, buf->len + text.len + 1);
	if (text.len)
		memcpy(buf->at + buf->len, text.at, text.len);
	buf->len += text.len;
	buf->at[buf->len] = '\0';
}

void
buf_addc(struct buf *buf, char c)
{
	buf_add(buf, (struct str){ &c, 1 });
}

void
buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	CHECK(len >= 0);
	vec_reserve(buf, buf->len + (size_t)len + 1);
	vsnprintf(buf->at + buf->len, (size_t)len + 1, format, again);
	va_end(again);
	buf->len += (size_t)len;
}

void
buf_clear(struct buf *buf)
{
	buf->len = 0;
	if (buf->at)
		buf->at[0] = '\0';
}

void
buf_fini(struct buf *buf)
{
	vec_fini(buf);
}
