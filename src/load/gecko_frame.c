/* SPDX-License-Identifier: MIT
 * Frames and stacks of the tables become those of the sink, each once. */
#include "config.h"

#include "load/gecko.h"

#include <inttypes.h>

enum { NOT_SEEN, ON_PATH, KNOWN };

static const char note_string[] = "a name is not in the table of strings: shown as <unknown>";
static const char note_frame[] = "a stack names a frame that is not there: shown as <unknown>";
static const char note_prefix[] = "a stack goes on from one that is not there, or from itself: cut there";

struct gecko_view
gecko_view(struct gecko_reader *reader, struct gecko_thread *thread)
{
	struct gecko_process *process = &reader->processes.at[thread->process];
	struct gecko_tables *own = &thread->own, *shared = &process->shared;
	struct gecko_view view = {
		.reader = reader, .process = process, .libs = thread->libs.len ? &thread->libs : &process->libs,
		.strings = own->has_strings ? own : shared, .known = own->has_strings ? own : shared,
	};

	for (size_t kind = 0; kind < GECKO_KINDS; kind++) {
		view.table[kind] = own->table[kind].present ? &own->table[kind] : &shared->table[kind];
		if (kind >= GECKO_STACKS && own->table[kind].present)
			view.known = own;
	}
	return view;
}

static struct str
text_at(const struct gecko_view *view, uint32_t string, bool *good_out)
{
	*good_out = string < view->strings->strings.len;
	return *good_out ? strtab_get(view->reader->strings, view->strings->strings.at[string]) : STR("");
}

/* The text, or nothing when there is none. */
static struct str
optional_text(const struct gecko_view *view, uint32_t string)
{
	bool good;

	return text_at(view, string, &good);
}

static struct str
needed_text(const struct gecko_view *view, uint32_t string)
{
	bool good;
	struct str text = text_at(view, string, &good);

	if (good)
		return text;
	sink_note(view->reader->base.sink, NOTE_WARNING, note_string, 0, SINK_NO_BYTE, STR(""));
	return STR("<unknown>");
}

static void
take_lib(const struct gecko_view *view, struct frame_in *frame, const struct gecko_lib *lib)
{
	frame->module = strtab_get(view->reader->strings, lib->name);
	frame->build = strtab_get(view->reader->strings, lib->build);
}

/* Addresses without a symbol are named after their library: "libc.so.6+0x1234". */
static void
name_address(const struct gecko_view *view, struct frame_in *frame, const struct gecko_lib *lib)
{
	struct buf *text = &view->reader->text;
	uint64_t address;

	if (!gecko_address(frame->name, &address))
		return;
	if (!lib)
		lib = gecko_lib_at(view->libs, address);
	if (!lib || lib->name == STR_EMPTY)
		return;
	if (address >= lib->start && address < lib->end)
		address -= lib->start;
	take_lib(view, frame, lib);
	buf_clear(text);
	buf_add(text, frame->module);
	buf_addf(text, "+0x%" PRIx64, address);
	frame->name = buf_str(text);
}

static void
take_location(struct frame_in *frame, bool *is_js)
{
	struct gecko_location location = gecko_location(frame->name);

	frame->name = location.name;
	if (location.lib.len)
		frame->module = location.lib;
	if (location.file.len) {
		frame->file = location.file;
		frame->line = location.line;
	}
	*is_js |= location.is_js;
}

static bool
is_kernel(const struct gecko_view *view, uint32_t category, struct str module)
{
	struct str name = category < view->process->categories.len ?
		strtab_get(view->reader->strings, view->process->categories.at[category]) : STR("");

	return str_equal(name, STR("Kernel")) || str_starts(module, STR("[kernel"));
}

/* The library that a processed frame lies in; where that is told has changed over time. */
static const struct gecko_lib *
lib_of(const struct gecko_view *view, uint32_t row, uint32_t func)
{
	uint32_t lib = gecko_id(view->table[GECKO_FRAMES], FRAMES_LIB, row);

	if (lib == ID_NONE)
		lib = gecko_id(view->table[GECKO_RESOURCES], RESOURCE_LIB, gecko_id(view->table[GECKO_FUNCS], FUNC_RESOURCE, func));
	if (lib == ID_NONE)
		lib = gecko_id(view->table[GECKO_NATIVES], NATIVE_LIB, gecko_id(view->table[GECKO_FRAMES], FRAMES_NATIVE, row));
	return lib < view->libs->len ? &view->libs->at[lib] : NULL;
}

static frame_id
make_frame(const struct gecko_view *view, uint32_t row, uint32_t category)
{
	const struct gecko_table *frames = view->table[GECKO_FRAMES], *funcs = view->table[GECKO_FUNCS];
	struct frame_in frame = { .module = STR(""), .file = STR("") };
	uint32_t func = gecko_id(frames, FRAMES_FUNC, row), line = gecko_id(frames, FRAMES_LINE, row);
	bool is_raw = frames->id[FRAMES_LOCATION].len > 0;
	bool is_js = gecko_id(frames, FRAMES_IMPLEMENTATION, row) != ID_NONE || gecko_id(funcs, FUNC_IS_JS, func) == 1;
	const struct gecko_lib *lib = is_raw ? NULL : lib_of(view, row, func);

	frame.name = needed_text(view, is_raw ? gecko_id(frames, FRAMES_LOCATION, row) : gecko_id(funcs, FUNC_NAME, func));
	if (lib)
		take_lib(view, &frame, lib);
	frame.file = optional_text(view, gecko_id(view->table[GECKO_SOURCES], SOURCE_FILE, gecko_id(funcs, FUNC_SOURCE, func)));
	if (!frame.file.len)
		frame.file = optional_text(view, gecko_id(funcs, FUNC_FILE, func));
	frame.line = line != ID_NONE ? line : gecko_id(funcs, FUNC_LINE, func);
	if (frame.line == ID_NONE)
		frame.line = 0;
	if (is_raw || (is_js && !frame.file.len))
		take_location(&frame, &is_js);
	name_address(view, &frame, lib);
	if (category == ID_NONE)
		category = gecko_id(frames, FRAMES_CATEGORY, row);
	uint32_t depth = gecko_id(frames, FRAMES_DEPTH, row);
	frame.kind = is_kernel(view, category, frame.module) ? FRAME_KERNEL : is_js ? FRAME_JIT :
	             depth != ID_NONE && depth > 0 ? FRAME_INLINED : FRAME_USER;
	frame.symbol = !is_js;
	return sink_frame(view->reader->base.sink, &frame);
}

static frame_id
frame_of(const struct gecko_view *view, uint32_t stack)
{
	const struct gecko_table *frames = view->table[GECKO_FRAMES];
	size_t count = frames->id[FRAMES_LOCATION].len > 0 ? frames->id[FRAMES_LOCATION].len : frames->id[FRAMES_FUNC].len;
	uint32_t row = gecko_id(view->table[GECKO_STACKS], STACK_FRAME, stack);

	if (row >= count) {
		sink_note(view->reader->base.sink, NOTE_WARNING, note_frame, 0, SINK_NO_BYTE, STR(""));
		return sink_frame(view->reader->base.sink, &(struct frame_in){ .name = STR("<unknown>"), .module = STR(""), .file = STR("") });
	}
	while (view->known->frames.len < count)
		vec_push(&view->known->frames, ID_NONE);
	if (view->known->frames.at[row] == ID_NONE)
		view->known->frames.at[row] = make_frame(view, row, gecko_id(view->table[GECKO_STACKS], STACK_CATEGORY, stack));
	return view->known->frames.at[row];
}

/* The stack that this one goes on from; ID_NONE: it is the root's. */
static uint32_t
prefix_of(const struct gecko_view *view, uint32_t stack)
{
	const struct gecko_table *stacks = view->table[GECKO_STACKS];
	uint32_t prefix = gecko_id(stacks, STACK_PREFIX, stack);

	if (stacks->id[STACK_OFFSET].len) {
		uint32_t offset = gecko_id(stacks, STACK_OFFSET, stack);
		if (offset == 0)
			return ID_NONE;
		prefix = offset <= stack ? stack - offset : stack;
	}
	return prefix;
}

stack_id
gecko_stack(const struct gecko_view *view, uint32_t stack, bool *good_out)
{
	size_t count = view->table[GECKO_STACKS]->id[STACK_FRAME].len;
	struct gecko_tables *known = view->known;
	uint32_t at = stack;

	*good_out = stack < count;
	if (!*good_out)
		return ID_NONE;
	for (size_t i = known->stacks.len; i < count; i++) {
		vec_push(&known->stacks, ID_NONE);
		vec_push(&known->states, NOT_SEEN);
	}
	view->reader->path.len = 0;
	while (at < count && known->states.at[at] == NOT_SEEN) {
		known->states.at[at] = ON_PATH;
		vec_push(&view->reader->path, at);
		at = prefix_of(view, at);
	}
	if (at != ID_NONE && (at >= count || known->states.at[at] == ON_PATH))
		sink_note(view->reader->base.sink, NOTE_WARNING, note_prefix, 0, SINK_NO_BYTE, STR(""));
	stack_id made = at < count && known->states.at[at] == KNOWN ? known->stacks.at[at] : ID_NONE;
	while (view->reader->path.len) {
		at = vec_pop(&view->reader->path);
		made = sink_stack(view->reader->base.sink, made, frame_of(view, at));
		known->stacks.at[at] = made;
		known->states.at[at] = KNOWN;
	}
	return made;
}
