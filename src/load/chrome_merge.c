/* SPDX-License-Identifier: MIT
 * Two readers of a Chrome trace become one: what the second one calls by its own numbers gets those of the first. */
#include "config.h"

#include "load/chrome.h"

#include <stdlib.h>

#include "util/alloc.h"

struct maps {
	str_id   *name;
	uint32_t *process, *thread, *lane;
	double    growth;    /* of the whole, to what was read by now; at least 1 */
};

static str_id
name_of(const struct maps *maps, str_id name)
{
	return name == STR_NONE ? STR_NONE : maps->name[name];
}

static struct chrome_key
key_of(const struct maps *maps, struct chrome_key key)
{
	key.text = name_of(maps, key.text);
	return key;
}

static void
map_names(struct chrome_reader *into, const struct chrome_reader *part, struct maps *maps)
{
	uint32_t count = strtab_count(part->names);

	maps->name = xreallocarray(NULL, count, sizeof *maps->name);
	for (str_id i = 0; i < count; i++)
		maps->name[i] = strtab_intern(into->names, strtab_get(part->names, i));
}

static void
merge_processes(struct chrome_reader *into, const struct chrome_reader *part, struct maps *maps)
{
	maps->process = xreallocarray(NULL, part->processes.len, sizeof *maps->process);
	for (size_t i = 0; i < part->processes.len; i++) {
		const struct chrome_process *from = &part->processes.at[i];
		maps->process[i] = chrome_find_process(into, key_of(maps, from->key));
		struct chrome_process *to = &into->processes.at[maps->process[i]];
		if (from->name != STR_NONE) {
			to->name = name_of(maps, from->name);
			to->fact_at = from->fact_at;
			to->fact_len = from->fact_len;
		}
		if (from->has_sort) {
			to->sort = from->sort;
			to->has_sort = true;
		}
	}
}

/* Room is made for as many as will come if the rest is like what was read, so that little is moved; what stays unused costs nothing. */
static void
add_events(struct chrome_events *into, const struct chrome_events *from, const struct maps *maps, bool of_lanes)
{
	size_t need = into->len + from->len;

	if (need > into->cap)
		vec_reserve(into, (size_t)((double)need * maps->growth));
	for (size_t i = 0; i < from->len; i++) {
		struct chrome_event event = from->at[i];
		event.name = name_of(maps, event.name);
		if (of_lanes)
			event.end = maps->lane[event.end];
		into->at[into->len++] = event;
	}
}

static void
merge_threads(struct chrome_reader *into, const struct chrome_reader *part, struct maps *maps)
{
	maps->thread = xreallocarray(NULL, part->threads.len, sizeof *maps->thread);
	for (size_t i = 0; i < part->threads.len; i++) {
		const struct chrome_thread *from = &part->threads.at[i];
		maps->thread[i] = chrome_find_thread(into, maps->process[from->process], key_of(maps, from->key));
		struct chrome_thread *to = &into->threads.at[maps->thread[i]];
		if (from->name != STR_NONE)
			to->name = name_of(maps, from->name);
		if (from->has_sort) {
			to->sort = from->sort;
			to->has_sort = true;
		}
		to->fractions |= from->fractions;
		add_events(&to->events, &from->events, maps, false);
	}
}

static void
merge_lanes(struct chrome_reader *into, const struct chrome_reader *part, struct maps *maps)
{
	maps->lane = xreallocarray(NULL, part->lanes.len, sizeof *maps->lane);
	for (size_t i = 0; i < part->lanes.len; i++) {
		const struct chrome_lane *from = &part->lanes.at[i];
		maps->lane[i] = chrome_find_lane(into, strtab_get(part->lane_keys, (str_id)i + 1), maps->process[from->process],
		                                 strtab_get(part->names, from->category));
		into->lanes.at[maps->lane[i]].fractions |= from->fractions;
	}
	add_events(&into->async, &part->async, maps, true);
}

static void
merge_samples(struct chrome_reader *into, const struct chrome_reader *part, const struct maps *maps)
{
	for (size_t i = 0; i < part->samples.len; i++) {
		struct chrome_sample sample = part->samples.at[i];
		sample.thread = maps->thread[sample.thread];
		sample.frame = name_of(maps, sample.frame);
		sample.name = name_of(maps, sample.name);
		vec_push(&into->samples, sample);
	}
	for (size_t i = 0; i < part->frames.len; i++) {
		struct chrome_stack_frame frame = part->frames.at[i];
		frame.id = name_of(maps, frame.id);
		frame.parent = name_of(maps, frame.parent);
		frame.name = name_of(maps, frame.name);
		frame.file = name_of(maps, frame.file);
		vec_push(&into->frames, frame);
	}
}

/* What the part left is read now. */
static void
read_left(struct chrome_reader *into, const struct chrome_reader *part, const struct maps *maps)
{
	for (size_t i = 0; i < part->left.len; i++) {
		struct chrome_profile_at at = part->left.at[i];
		at.process = maps->process[at.process];
		at.thread = maps->thread[at.thread];
		at.id = name_of(maps, at.id);
		chrome_cpu_profile(into, &at);
	}
}

void
chrome_merge(struct chrome_reader *into, struct chrome_reader *part, size_t text_len, size_t read)
{
	struct maps maps = { .growth = (double)text_len / (double)read * 1.02 };

	map_names(into, part, &maps);
	merge_processes(into, part, &maps);
	merge_threads(into, part, &maps);
	merge_lanes(into, part, &maps);
	merge_samples(into, part, &maps);
	for (size_t i = 0; i < part->binds.len; i++)
		vec_push(&into->binds, part->binds.at[i]);
	if (into->last_ns < part->last_ns)
		into->last_ns = part->last_ns;
	into->event_count += part->event_count;
	read_left(into, part, &maps);
	free(maps.name);
	free(maps.process);
	free(maps.thread);
	free(maps.lane);
	chrome_reader_free(part);
}
