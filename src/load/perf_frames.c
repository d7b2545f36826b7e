/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/perf_frames.h"

#include "load/perf_line.h"
#include "util/alloc.h"
#include "util/chars.h"

#define IDS_MAX ((size_t)1 << 16)    /* when the cache has made so many it begins anew */

struct perf_frames *
perf_frames_new(struct sink *sink)
{
	struct perf_frames *frames = xcalloc(1, sizeof *frames);

	frames->sink = sink;
	vec_reserve(&frames->ids, PERF_CACHE_SLOTS);
	return frames;
}

void
perf_frames_free(struct perf_frames *frames)
{
	vec_fini(&frames->ids);
	buf_fini(&frames->name);
	free(frames);
}

static uint32_t
slot_of(uint64_t hash)
{
	return (uint32_t)(hash >> 32) & (PERF_CACHE_SLOTS - 1);
}

bool
perf_frames_find(const struct perf_frames *frames, struct str key, struct perf_run *out)
{
	uint64_t hash = hash_bytes(key);
	const struct perf_slot *slot = &frames->slots[slot_of(hash)];

	if (sink_grain(frames->sink) == SINK_ADDRESSES)
		return false;
	if (!slot->key.at || slot->hash != hash || !str_equal(slot->key, key))
		return false;
	*out = (struct perf_run){ frames->ids.at + slot->first, slot->count };
	return true;
}

static size_t
skip_digits(struct str text, size_t at)
{
	while (at < text.len && char_is_digit(text.at[at]))
		at++;
	return at;
}

/* "perf-123.map", "jitted-123-4.so": what just-in-time compilers write for perf. */
static bool
is_jit(struct str base)
{
	size_t digits = str_starts(base, STR("perf-")) ? 5 : str_starts(base, STR("jitted-")) ? 7 : 0;
	size_t end = skip_digits(base, digits);
	struct str rest = { base.at + end, base.len - end };

	if (digits == 0 || end == digits)
		return false;
	if (digits == 5)
		return str_equal(rest, STR(".map"));
	size_t second = skip_digits(rest, 1);
	return rest.len && rest.at[0] == '-' && second > 1 && str_equal(str_tail(rest, second), STR(".so"));
}

static bool
is_kernel(struct str dso, struct str base)
{
	static const char *const not_kernel[] = { "[unknown", "[vdso", "[vsyscall", "[vvar", "[heap", "[stack", "[anon", "[uprobes" };
	static const char *const modules[] = { ".ko", ".ko.xz", ".ko.gz", ".ko.zst" };

	if (dso.len && dso.at[0] == '[') {
		for (size_t i = 0; i < sizeof not_kernel / sizeof *not_kernel; i++)
			if (str_starts(dso, str_of(not_kernel[i])))
				return false;
		return true;
	}
	for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
		if (str_ends(base, str_of(modules[i])))
			return true;
	return str_equal(base, STR("vmlinux")) || str_starts(base, STR("vmlinux-"));
}

static enum frame_kind
kind_of(const struct perf_symbol *symbol, struct str base)
{
	if (symbol->inlined)
		return FRAME_INLINED;
	if (is_kernel(symbol->dso, base))
		return FRAME_KERNEL;
	return is_jit(base) ? FRAME_JIT : FRAME_USER;
}

/* The file that it was, without folders. */
static struct str
base_name(struct str dso)
{
	const struct str deleted = STR(" (deleted)");

	if (str_ends(dso, deleted))
		dso.len -= deleted.len;
	const char *slash = dso.len && dso.at[0] != '[' ? memrchr(dso.at, '/', dso.len) : NULL;
	if (slash && slash + 1 < dso.at + dso.len) {
		dso.len -= (size_t)(slash + 1 - dso.at);
		dso.at = slash + 1;
	}
	return dso;
}

/* What has no name is called after its module. */
static struct str
unknown_name(struct perf_frames *frames, struct str base)
{
	if (base.len == 0)
		return STR("[unknown]");
	if (base.at[0] == '[')
		return base;
	buf_clear(&frames->name);
	buf_addc(&frames->name, '[');
	buf_add(&frames->name, base);
	buf_addc(&frames->name, ']');
	return buf_str(&frames->name);
}

/* "(java)": some outputs have the process in the place of a symbol. */
static bool
is_process(struct str name)
{
	return name.len > 1 && name.at[0] == '(' && memchr(name.at, ')', name.len) == name.at + name.len - 1;
}

static void
add(struct perf_frames *frames, const struct frame_in *frame)
{
	vec_push(&frames->ids, sink_frame(frames->sink, frame));
}

/* "outer->inner->innermost" of a just-in-time compiler: what follows an arrow is inlined into what precedes it. */
static void
add_inlined(struct perf_frames *frames, struct frame_in frame)
{
	struct str names = frame.name;
	enum frame_kind outer = frame.kind;

	for (size_t end = names.len, at = names.len; at-- > 0;) {
		bool arrow = at >= 1 && names.at[at] == '>' && names.at[at - 1] == '-';
		size_t begin = arrow ? at + 1 : 0;
		if (!arrow && at > 0)
			continue;
		frame.name = (struct str){ names.at + begin, end - begin };
		frame.kind = arrow ? FRAME_INLINED : outer;
		if (frame.name.len)
			add(frames, &frame);
		at -= arrow;
		end = at;
	}
}

static uint64_t
address_of(const struct perf_frames *frames)
{
	uint64_t address = 0;

	for (size_t i = 0; i < frames->address.len; i++) {
		unsigned char c = (unsigned char)frames->address.at[i];
		if (char_is_blank((char)c))
			continue;
		address = address << 4 | (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return address;
}

static void
add_symbol(struct perf_frames *frames, const struct perf_symbol *symbol, struct str source)
{
	struct str base = base_name(symbol->dso);
	struct frame_in frame = {
		.name = symbol->name, .module = base, .kind = kind_of(symbol, base), .symbol = true, .address = address_of(frames),
	};

	if (is_process(symbol->name))
		return;
	if (str_equal(base, STR("[unknown]")))
		frame.module = base = STR("");
	if (source.len)
		perf_source_parse(source, &frame.file, &frame.line);
	if (symbol->name.len == 0 || str_equal(symbol->name, STR("[unknown]")))
		frame.name = unknown_name(frames, base);
	if (frame.kind == FRAME_JIT)
		add_inlined(frames, frame);
	else
		add(frames, &frame);
}

struct perf_run
perf_frames_add(struct perf_frames *frames, struct str key, struct str symbol, struct str source)
{
	struct perf_symbol parsed = perf_symbol_parse(symbol);
	uint64_t hash = hash_bytes(key);

	if (frames->ids.len >= IDS_MAX) {
		memset(frames->slots, 0, sizeof frames->slots);
		frames->ids.len = 0;
	}
	size_t first = frames->ids.len;
	add_symbol(frames, &parsed, source);
	size_t count = frames->ids.len - first;
	if (key.len)
		frames->slots[slot_of(hash)] = (struct perf_slot){ key, hash, (uint32_t)first, (uint32_t)count };
	return (struct perf_run){ frames->ids.at + first, count };
}
