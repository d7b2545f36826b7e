/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/emit.h"

#include <inttypes.h>
#include <unictype.h>
#include <unistr.h>

#include "util/alloc.h"
#include "util/unit.h"

static void
indent(struct emit *json)
{
	buf_addc(json->out, '\n');
	for (int i = 0; i < json->depth; i++)
		buf_add(json->out, STR("  "));
}

static void
begin_member(struct emit *json)
{
	if (json->after_key) {
		json->after_key = false;
		return;
	}
	if (json->depth == 0)
		return;
	bool *filled = &json->filled[json->depth - 1];
	if (*filled)
		buf_addc(json->out, ',');
	if (!json->on_one_line)
		indent(json);
	else if (*filled)
		buf_addc(json->out, ' ');
	*filled = true;
}

void
emit_open(struct emit *json, char bracket)
{
	CHECK(json->depth < EMIT_DEPTH);
	begin_member(json);
	buf_addc(json->out, bracket);
	json->close[json->depth] = bracket == '{' ? '}' : ']';
	json->filled[json->depth] = false;
	json->depth++;
}

void
emit_open_line(struct emit *json, char bracket)
{
	emit_open(json, bracket);
	json->on_one_line = true;
}

void
emit_close(struct emit *json)
{
	CHECK(json->depth > 0);
	json->depth--;
	if (!json->on_one_line && json->filled[json->depth])
		indent(json);
	json->on_one_line = false;
	buf_addc(json->out, json->close[json->depth]);
	if (json->depth == 0)
		buf_addc(json->out, '\n');
}

static bool
is_plain(char c)
{
	return c >= 0x20 && c <= 0x7e && c != '"' && c != '\\';
}

static void
add_escaped(uint32_t c, struct buf *out)
{
	static const char shorts[] = "\b" "b" "\t" "t" "\n" "n" "\f" "f" "\r" "r" "\"\"" "\\\\";

	for (size_t i = 0; i + 1 < sizeof shorts; i += 2) {
		if ((uint32_t)shorts[i] == c) {
			buf_addc(out, '\\');
			buf_addc(out, shorts[i + 1]);
			return;
		}
	}
	if (c > 0xffff)
		buf_addf(out, "\\u%04" PRIx32 "\\u%04" PRIx32, 0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
	else
		buf_addf(out, "\\u%04" PRIx32, c);
}

static bool
must_escape(uint32_t c)
{
	return c < 0x20 || c == '"' || c == '\\' || (c >= 0x7f && c < 0xa0) ||
	       (c >= 0xa0 && uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp));
}

static void
add_string(struct str text, struct buf *out)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < text.len;) {
		size_t run = i;
		ucs4_t c;

		while (run < text.len && is_plain(text.at[run]))
			run++;
		if (run > i) {
			buf_add(out, (struct str){ text.at + i, run - i });
			i = run;
			continue;
		}
		size_t size = (size_t)u8_mbtouc(&c, (const uint8_t *)text.at + i, text.len - i);
		if (must_escape(c))
			add_escaped(c, out);
		else if (c == 0xfffd)
			buf_add(out, STR("\xEF\xBF\xBD"));
		else
			buf_add(out, (struct str){ text.at + i, size });
		i += size;
	}
	buf_addc(out, '"');
}

void
emit_key_text(struct emit *json, struct str key)
{
	begin_member(json);
	add_string(key, json->out);
	buf_add(json->out, STR(": "));
	json->after_key = true;
}

void
emit_key(struct emit *json, const char *key)
{
	emit_key_text(json, str_of(key));
}

void
emit_raw(struct emit *json, struct str value)
{
	begin_member(json);
	buf_add(json->out, value);
}

void
emit_text(struct emit *json, struct str text)
{
	begin_member(json);
	add_string(text, json->out);
}

void
emit_integer(struct emit *json, int64_t value)
{
	begin_member(json);
	buf_addf(json->out, "%" PRId64, value);
}

void
emit_count(struct emit *json, uint64_t value)
{
	begin_member(json);
	buf_addf(json->out, "%" PRIu64, value);
}

void
emit_number(struct emit *json, double value)
{
	begin_member(json);
	number_format(value, json->out);
}
