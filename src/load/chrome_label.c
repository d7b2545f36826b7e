/* SPDX-License-Identifier: MIT
 * Names of processes and threads.  Many threads of a browser have the same name, and every process its CrRendererMain. */
#include "config.h"

#include "load/chrome.h"

#include <inttypes.h>

#include "util/alloc.h"

/* How often each text is used. */
struct uses {
	struct strtab *texts;
	struct { VEC(uint32_t); } count;
};

static void
uses_add(struct uses *uses, struct str text)
{
	str_id id = strtab_intern(uses->texts, text);

	while (uses->count.len <= id)
		vec_push(&uses->count, 0);
	uses->count.at[id]++;
}

static bool
uses_unique(const struct uses *uses, struct str text)
{
	return uses->count.at[strtab_find(uses->texts, text)] == 1;
}

static void
uses_fini(struct uses *uses)
{
	strtab_free(uses->texts);
	vec_fini(&uses->count);
}

static void
add_key(const struct chrome_reader *reader, struct chrome_key key, struct buf *out)
{
	if (key.text == STR_NONE)
		buf_addf(out, "%" PRId64, key.number);
	else
		buf_add(out, strtab_get(reader->names, key.text));
}

/* The name alone, or what stands for it. */
static void
add_plain(const struct chrome_reader *reader, str_id name, struct chrome_key key, struct str kind, struct buf *out)
{
	if (name != STR_NONE && name != STR_EMPTY) {
		buf_add(out, strtab_get(reader->names, name));
		return;
	}
	if (key.text == STR_NONE)
		buf_add(out, kind);
	add_key(reader, key, out);
}

void
chrome_service(const struct chrome_reader *reader, uint32_t process, struct buf *out)
{
	add_plain(reader, reader->processes.at[process].name, reader->processes.at[process].key, STR("pid "), out);
}

static void
add_thread(const struct chrome_reader *reader, const struct chrome_thread *thread, bool full, struct buf *out)
{
	bool named = thread->name != STR_NONE && thread->name != STR_EMPTY;

	if (!full) {
		add_plain(reader, thread->name, thread->key, STR("tid "), out);
		return;
	}
	buf_add(out, named ? strtab_get(reader->names, thread->name) : STR("tid"));
	buf_addc(out, ' ');
	add_key(reader, reader->processes.at[thread->process].key, out);
	buf_addc(out, '/');
	add_key(reader, thread->key, out);
}

/* Which of them have something to show. */
static void
find_used(const struct chrome_reader *reader, bool *processes, bool *threads)
{
	for (size_t i = 0; i < reader->threads.len; i++)
		threads[i] = reader->threads.at[i].events.len > 0;
	for (size_t i = 0; i < reader->samples.len; i++)
		threads[reader->samples.at[i].thread] = true;
	for (size_t i = 0; i < reader->profiles.len; i++)
		threads[reader->profiles.at[i].thread] = true;
	for (size_t i = 0; i < reader->lanes.len; i++)
		processes[reader->lanes.at[i].process] = true;
	for (size_t i = 0; i < reader->threads.len; i++)
		processes[reader->threads.at[i].process] |= threads[i];
}

static struct str
keep(struct chrome_labels *labels, struct buf *text)
{
	struct str kept = { arena_copy(&labels->arena, buf_str(text)), text->len };

	buf_clear(text);
	return kept;
}

static void
label_processes(struct chrome_labels *labels, const struct chrome_reader *reader, const bool *used)
{
	struct uses uses = { .texts = strtab_new() };
	struct buf text = { 0 };

	for (uint32_t i = 0; i < reader->processes.len; i++) {
		if (!used[i])
			continue;
		chrome_service(reader, i, &text);
		uses_add(&uses, buf_str(&text));
		buf_clear(&text);
	}
	for (uint32_t i = 0; i < reader->processes.len; i++) {
		if (!used[i])
			continue;
		chrome_service(reader, i, &text);
		if (!uses_unique(&uses, buf_str(&text))) {
			buf_addc(&text, ' ');
			add_key(reader, reader->processes.at[i].key, &text);
		}
		labels->processes[i] = keep(labels, &text);
	}
	buf_fini(&text);
	uses_fini(&uses);
}

static void
label_threads(struct chrome_labels *labels, const struct chrome_reader *reader, const bool *used)
{
	struct uses uses = { .texts = strtab_new() };
	struct buf text = { 0 };

	for (size_t i = 0; i < reader->threads.len; i++) {
		if (!used[i])
			continue;
		add_thread(reader, &reader->threads.at[i], false, &text);
		uses_add(&uses, buf_str(&text));
		buf_clear(&text);
	}
	for (size_t i = 0; i < reader->threads.len; i++) {
		if (!used[i])
			continue;
		add_thread(reader, &reader->threads.at[i], false, &text);
		if (!uses_unique(&uses, buf_str(&text))) {
			buf_clear(&text);
			add_thread(reader, &reader->threads.at[i], true, &text);
		}
		labels->threads[i] = keep(labels, &text);
	}
	buf_fini(&text);
	uses_fini(&uses);
}

void
chrome_labels_init(struct chrome_labels *labels, const struct chrome_reader *reader)
{
	bool *processes = xcalloc(reader->processes.len, sizeof *processes);
	bool *threads = xcalloc(reader->threads.len, sizeof *threads);

	arena_init(&labels->arena);
	labels->processes = xcalloc(reader->processes.len, sizeof *labels->processes);
	labels->threads = xcalloc(reader->threads.len, sizeof *labels->threads);
	find_used(reader, processes, threads);
	label_processes(labels, reader, processes);
	label_threads(labels, reader, threads);
	free(processes);
	free(threads);
}

void
chrome_labels_fini(struct chrome_labels *labels)
{
	arena_fini(&labels->arena);
	free(labels->processes);
	free(labels->threads);
}
