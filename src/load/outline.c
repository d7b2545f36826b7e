/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/outline.h"

#include "load/json_scan.h"
#include "util/chars.h"
#include "util/strtab.h"

#define PATHS_MAX       2000u    /* distinct paths; the keys of the top level have TOP_KEYS_MAX more */
#define TOP_KEYS_MAX    500u
#define KEY_MAX         200u     /* bytes of a key that are noted */
#define CLOSE_LOOK      ((ptrdiff_t)1 << 20)    /* bytes in which every key counts; behind them only those of the top level */
#define CONTAINERS_MAX  16u      /* containers whose keys may count; deeper ones are passed over */

struct container {
	bool     array;
	unsigned keys;      /* levels of keys in its prefix */
	size_t   prefix;    /* bytes of `path` that lead to it */
};

struct reader {
	struct outline  *outline;
	const char      *begin, *at, *end;
	enum json_kernel kernel;
	struct strtab   *seen;
	struct buf       path;
	size_t           depth;      /* open containers */
	struct container open[CONTAINERS_MAX];
	size_t           complete;   /* values that had a line of their own */
	bool             broken;     /* line framing is disproved */
};

static void
note_path(struct reader *r)
{
	uint32_t known = strtab_count(r->seen);
	size_t limit = memchr(r->path.at, '.', r->path.len) ? PATHS_MAX : PATHS_MAX + TOP_KEYS_MAX;

	if (known >= limit)
		return;
	strtab_intern(r->seen, buf_str(&r->path));
	if (strtab_count(r->seen) == known)
		return;
	buf_add(&r->outline->paths, buf_str(&r->path));
	buf_addc(&r->outline->paths, '\n');
}

static const char *
skip_space(const char *at, const char *end)
{
	while (at < end && char_is_space(*at))
		at++;
	return at;
}

/* The closing quote of the string that begins before at; end when there is none. */
static const char *
string_end(const char *at, const char *end)
{
	while (at < end) {
		const char *quote = memchr(at, '"', (size_t)(end - at));
		const char *back = quote;
		if (!quote)
			return end;
		while (back > at && back[-1] == '\\')
			back--;
		if ((quote - back) % 2 == 0)
			return quote;
		at = quote + 1;
	}
	return end;
}

/* After a string in an object: when it is a key, the path of its value is made and noted. */
static void
take_key(struct reader *r, struct str key)
{
	const struct container *in = r->depth && r->depth <= CONTAINERS_MAX ? &r->open[r->depth - 1] : NULL;
	const char *next = skip_space(r->at, r->end);

	if (!in || in->array || next == r->end || *next != ':')
		return;
	r->at = next + 1;
	r->path.len = in->prefix;
	if (in->keys >= OUTLINE_KEYS_MAX || memchr(key.at, '\n', key.len))
		return;
	if (in->prefix)
		buf_addc(&r->path, '.');
	buf_add(&r->path, (struct str){ key.at, key.len < KEY_MAX ? key.len : KEY_MAX });
	r->outline->keys += in->keys == 0;
	note_path(r);
}

static void
open_container(struct reader *r, bool array)
{
	const struct container *in = r->depth && r->depth <= CONTAINERS_MAX ? &r->open[r->depth - 1] : NULL;

	if (r->depth < CONTAINERS_MAX) {
		struct container *new = &r->open[r->depth];
		size_t prefix = in ? in->prefix : 0;
		bool keyed = in && !in->array;
		if (!keyed)
			r->path.len = prefix;
		*new = (struct container){ .array = array, .keys = (in ? in->keys : 0) + keyed };
		if (array && new->keys <= OUTLINE_KEYS_MAX) {
			buf_add(&r->path, STR("[]"));
			note_path(r);
		}
		new->prefix = r->path.len;
	}
	r->depth++;
}

/* Passes over the container whose opening bracket is behind us.  False: it is broken. */
static bool
pass_over(struct reader *r)
{
	struct json_nest nest = { .depth = 1, .curly = r->at[-1] == '{' };
	char tail[JSON_BLOCK];
	const char *at = tail;
	size_t left;
	enum json_nest_result result = json_nest_scan(r->kernel, &nest, &r->at, r->end);

	if (result == NEST_MORE) {
		left = (size_t)(r->end - r->at);
		memset(tail, ' ', sizeof tail);
		memcpy(tail, r->at, left);
		result = json_nest_scan(r->kernel, &nest, &at, tail + sizeof tail);
		r->at += result == NEST_MORE ? (ptrdiff_t)left : at - tail;
		r->depth += result == NEST_MORE;
	}
	return result != NEST_BROKEN && (result == NEST_MORE || nest.curly == 0);
}

/* One step inside a value.  False: it is broken. */
static bool
step(struct reader *r)
{
	char c = *r->at++;

	if ((c == '{' || c == '[') && r->depth && r->at - r->begin > CLOSE_LOOK)
		return pass_over(r);
	switch (c) {
	case '{':
		open_container(r, false);
		return true;
	case '[':
		open_container(r, true);
		return true;
	case '}':
	case ']':
		if (r->depth <= CONTAINERS_MAX && r->open[r->depth - 1].array != (r->at[-1] == ']'))
			return false;
		r->depth--;
		return true;
	case '"': {
		const char *begin = r->at, *quote = string_end(begin, r->end);
		r->at = quote < r->end ? quote + 1 : r->end;
		if (quote < r->end)
			take_key(r, (struct str){ begin, (size_t)(quote - begin) });
		return true;
	}
	default:
		return true;
	}
}

/* A value of the top level.  False: it is cut or broken. */
static bool
read_value(struct reader *r)
{
	const char *begin = r->at;
	bool good = true;

	do
		good = step(r);
	while (good && r->depth && r->at < r->end);
	if (memchr(begin, '\n', (size_t)(r->at - begin)))
		r->broken = true;
	return good && r->depth == 0;
}

void
outline_read(struct outline *outline, struct str text, bool whole)
{
	struct reader r = { .outline = outline, .begin = text.at, .at = text.at, .end = text.at + text.len, .kernel = json_kernel_best(),
	                    .seen = strtab_new() };
	bool begun = false;    /* the next value has begun, on a line of its own */

	buf_clear(&outline->paths);
	outline->keys = 0;
	buf_addc(&r.path, ' ');
	for (;;) {
		r.path.len = 0;
		r.at = skip_space(r.at, r.end);
		begun = r.at < r.end && (*r.at == '{' || *r.at == '[');
		if (!begun)
			break;
		if (!read_value(&r))
			break;
		const char *rest = r.at;
		while (rest < r.end && (*rest == ' ' || *rest == '\t' || *rest == '\r'))
			rest++;
		if (rest < r.end && *rest != '\n')
			r.broken = true;
		r.complete += rest < r.end || whole;
		begun = false;
	}
	if (r.broken || (r.at < r.end && !begun) || (whole && r.complete + begun < 2))
		outline->lines = LINES_DISPROVED;
	else
		outline->lines = r.complete >= 2 || (r.complete == 1 && begun) ? LINES_PROVEN : LINES_UNKNOWN;
	strtab_free(r.seen);
	buf_fini(&r.path);
}

void
outline_fini(struct outline *outline)
{
	buf_fini(&outline->paths);
}
