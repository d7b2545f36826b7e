/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/perf_events.h"

static const char note_other[] = "an event that is not among the first of the input has no metric of its own: counted as \"other events\"";

bool
perf_events_line(struct str line, struct perf_event *out)
{
	size_t address;

	if (line.len == 0 || line.at[0] == '\t' || line.at[0] == '#' || !perf_event_parse(line, out))
		return false;
	if (out->certain || out->no_sample)
		return true;
	address = perf_address_end(line);
	return !address || !perf_symbol_parse(str_tail(line, address)).closed;
}

/* What is written down: "1stacks" when there are stacks, then each event, "1name" when it has periods; else with a 0, a line each. */
struct found { struct str name; bool yes; };

static bool
next_found(struct str *text, struct found *out)
{
	const char *newline = text->len ? memchr(text->at, '\n', text->len) : NULL;

	if (!newline)
		return false;
	*out = (struct found){ { text->at + 1, (size_t)(newline - text->at) - 1 }, text->at[0] == '1' };
	text->len -= (size_t)(newline + 1 - text->at);
	text->at = newline + 1;
	return true;
}

/* Where it is written down; found->len if it is not. */
static size_t
known_at(const struct buf *found, struct str name)
{
	struct str rest = buf_str(found);
	struct found known;

	for (size_t at = 0; next_found(&rest, &known); at = found->len - rest.len)
		if (at && str_equal(known.name, name))
			return at;
	return found->len;
}

static void
write_down(const struct perf_event *event, uint32_t *count, struct buf *out)
{
	size_t known = known_at(out, event->event);

	if (known == out->len && *count < PERF_EVENTS_MAX) {
		buf_addc(out, '0');
		buf_add(out, event->event);
		buf_addc(out, '\n');
		++*count;
	}
	if (known < out->len && event->has_period)
		out->at[known] = '1';
}

void
perf_events_find(struct str head, struct buf *out)
{
	const char *at = head.at, *end = head.at + head.len, *newline;
	uint32_t count = 0;
	bool behind_event = false;

	buf_add(out, STR("0stacks\n"));
	for (; at < end && (newline = memchr(at, '\n', (size_t)(end - at))); at = newline + 1) {
		struct str line = { at, (size_t)(newline - at) };
		struct perf_event event;
		if (*at == '#')
			continue;
		if (perf_events_line(line, &event)) {
			behind_event = !event.no_sample;
			if (behind_event)
				write_down(&event, &count, out);
			continue;
		}
		if (behind_event && perf_address_end(line))
			out->at[0] = '1';
		behind_event = false;
	}
}

/* Without modifiers, and for "cpu/cycles,name=x/u" what stands behind the slash. */
static struct str
plain_name(struct str event)
{
	const char *slash = event.len ? memchr(event.at, '/', event.len) : NULL;
	size_t len = 0;

	if (slash) {
		event.len -= (size_t)(slash + 1 - event.at);
		event.at = slash + 1;
	}
	while (len < event.len && !memchr(":/,", event.at[len], 3))
		len++;
	return (struct str){ event.at, len };
}

static struct str
unit_of(struct str event)
{
	struct str name = plain_name(event);

	if (str_equal(name, STR("cpu-clock")) || str_equal(name, STR("task-clock")))
		return STR("nanoseconds");
	if (str_ends(name, STR("cycles")))
		return STR("cycles");
	return str_equal(name, STR("instructions")) ? name : STR("count");
}

void
perf_events_declare(struct perf_events *events, struct str found, struct sink *sink)
{
	struct buf name = { 0 };
	struct found event;

	*events = (struct perf_events){ .other = ID_NONE };
	events->stacks = next_found(&found, &event) && event.yes;
	while (events->count < PERF_EVENTS_MAX && next_found(&found, &event)) {
		struct perf_event_types *types = &events->types[events->count++];
		*types = (struct perf_event_types){ .name = event.name, .period = ID_NONE };
		if (event.yes)
			types->period = sink_sample_type(sink, event.name.len ? event.name : STR("period"), unit_of(event.name));
		buf_clear(&name);
		if (events->count > 1 && event.name.len) {
			buf_add(&name, event.name);
			buf_addc(&name, ' ');
		}
		buf_add(&name, STR("samples"));
		types->samples = sink_sample_type(sink, buf_str(&name), STR("samples"));
	}
	buf_fini(&name);
}

/* Its place among the events; count if it has none. */
static uint32_t
event_find(const struct perf_events *events, struct str name)
{
	uint32_t i = events->last;

	if (i < events->count && str_equal(events->types[i].name, name))
		return i;
	for (i = 0; i < events->count && !str_equal(events->types[i].name, name);)
		i++;
	return i;
}

void
perf_events_sample(struct perf_events *events, const struct perf_event *event, stack_id stack, track_id track, struct sink *sink)
{
	uint32_t period = ID_NONE, samples;

	events->last = event_find(events, event->event);
	if (events->last < events->count) {
		period = events->types[events->last].period;
		samples = events->types[events->last].samples;
	} else {
		sink_note(sink, NOTE_WARNING, note_other, 0, SINK_NO_BYTE, event->event);
		if (events->other == ID_NONE)
			events->other = sink_sample_type(sink, STR("other events"), STR("samples"));
		samples = events->other;
	}
	events->weights[samples] = 1;
	if (period != ID_NONE)
		events->weights[period] = event->has_period ? event->period : 1;
	if (event->has_time)
		sink_sample_at(sink, stack, track, events->weights, event->time_ns);
	else
		sink_sample(sink, stack, track, events->weights);
	events->weights[samples] = 0;
	if (period != ID_NONE)
		events->weights[period] = 0;
}
