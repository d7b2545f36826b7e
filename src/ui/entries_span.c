/* SPDX-License-Identifier: MIT
 * Entries of one span: how long and when, what is odd about it, where one can go from it, and what the file says of it. */
#include "config.h"

#include "ui/entries_core.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/forest.h"
#include "analysis/label.h"
#include "analysis/odd.h"
#include "analysis/span_find.h"
#include "analysis/trace_ref.h"
#include "ui/clocks.h"
#include "ui/fetch.h"
#include "ui/instances.h"
#include "util/alloc.h"
#include "util/clock.h"
#include "util/unit.h"

enum { CHILDREN_MOST = 200, ID_DIGITS_SHOWN = 8 };

static const char *const kinds[] = { "", "internal", "server", "client", "producer", "consumer" };
static const char *const section_titles[] = {
	[DETAIL_SPAN] = "span", [DETAIL_ATTRIBUTE] = "attributes", [DETAIL_EVENT] = "events", [DETAIL_LINK] = "links",
	[DETAIL_RESOURCE] = "resource", [DETAIL_SCOPE] = "scope",
};

/* ---- times */

/* How long after a moment another is: "+1.24 s". */
static void
add_offset(struct app *app, int64_t from_ns, int64_t to_ns, struct buf *out)
{
	clock_moment(to_ns, from_ns, CLOCK_RELATIVE, app->options.ascii, out);
}

void
entries_when(struct app *app, span_id span, struct buf *out)
{
	const struct dataset *ds = clocks_dataset(app);
	const struct track *track = &ds->tracks[ds->spans.track[span]];

	add_offset(app, track->start_ns, ds->spans.start_ns[span], out);
	if (app->state.recipe.spec.track != TRACK_ALL || ds->track_count < 2)
		return;
	if (track->kind == TRACK_TRACE) {
		buf_add(out, STR("  trace "));
		trace_id_brief(track, ID_DIGITS_SHOWN, out);
	} else {
		buf_add(out, STR("  "));
		buf_add(out, dataset_str(ds, track->name));
	}
}

void
entries_moment(struct app *app, struct entries *out, const char *key, track_id track, int64_t ns)
{
	const struct dataset *ds = clocks_dataset(app);
	struct buf text = { 0 };

	add_offset(app, ds->tracks[track].start_ns, ns, &text);
	if (ds->tracks[track].kind == TRACK_TRACE && clock_is_date(ns)) {
		buf_add(&text, STR("  "));
		clock_moment(ns, 0, app->state.utc ? CLOCK_UTC : CLOCK_LOCAL, app->options.ascii, &text);
	}
	entries_fact(out, key, buf_str(&text));
	buf_fini(&text);
}

static void
add_times(struct app *app, struct entries *out, span_id span)
{
	const struct dataset *ds = clocks_dataset(app);
	const struct track *track = &ds->tracks[ds->spans.track[span]];
	double extent = (double)time_since(track->end_ns, track->start_ns);
	int64_t self = span_self_ns(build_cache_forest(app->session->cache), ds, span);
	struct buf text = { 0 };

	unit_duration(ds->spans.duration_ns[span], app->options.ascii, &text);
	buf_add(&text, STR("  "));
	unit_percent((double)ds->spans.duration_ns[span], extent, &text);
	buf_add(&text, track->kind == TRACK_TRACE ? STR(" of the trace") : STR(" of the thread"));
	entries_fact(out, "duration", buf_str(&text));
	buf_clear(&text);
	unit_duration(self, app->options.ascii, &text);
	buf_add(&text, STR("  "));
	unit_percent((double)self, (double)ds->spans.duration_ns[span], &text);
	buf_add(&text, STR(" of it"));
	entries_fact(out, "self", buf_str(&text));
	entries_moment(app, out, "start", ds->spans.track[span], ds->spans.start_ns[span]);
	entries_moment(app, out, "end", ds->spans.track[span], span_end(ds, span));
	buf_clear(&text);
	if (clocks_moved(app, span))
		add_offset(app, 0, clocks_moved(app, span), &text);
	entries_fact(out, "clock moved", buf_str(&text));
	buf_fini(&text);
}

/* ---- what it is */

static void
add_ids(struct app *app, struct entries *out, span_id span)
{
	const struct dataset *ds = app->session->ds;
	const struct track *track = &ds->tracks[ds->spans.track[span]];
	struct buf text = { 0 };

	if (track->kind == TRACK_TRACE) {
		trace_id_add(track, &text);
		entries_fact(out, "trace id", buf_str(&text));
		buf_clear(&text);
	}
	if (ds->spans.id[span])
		buf_addf(&text, "%016" PRIx64, ds->spans.id[span]);
	entries_fact(out, "span id", buf_str(&text));
	buf_fini(&text);
}

static struct str
status_message(const struct details *details)
{
	for (size_t i = 0; i < details->len && details->at[i].section == DETAIL_SPAN; i++)
		if (str_equal(details->at[i].key, STR("status.message")))
			return details->at[i].value;
	return STR("");
}

static void
add_status(struct app *app, struct entries *out, span_id span, const struct details *details)
{
	enum span_status status = (enum span_status)app->session->ds->spans.status[span];
	struct str message = status_message(details);
	struct buf text = { 0 };

	if (status == STATUS_UNSET && !message.len)
		return;
	buf_add(&text, status == STATUS_ERROR ? STR("● error") : status == STATUS_OK ? STR("ok") : STR("unset"));
	if (message.len)
		buf_add(&text, STR(": "));
	buf_add(&text, message);
	entries_add(out, &(struct entry){ .kind = ENTRY_FACT, .key = STR("status"), .value = buf_str(&text),
	                                  .ink = status == STATUS_ERROR ? ROLE_ERROR : ROLE_TEXT });
	buf_fini(&text);
}

static void
add_oddities(struct app *app, struct entries *out, span_id span)
{
	struct oddities odd = odd_find(clocks_dataset(app), span);
	struct buf text = { 0 };

	for (int kind = 0; odd.set >> kind; kind++) {
		if (!odd_has(&odd, (enum odd)kind))
			continue;
		buf_clear(&text);
		odd_describe((enum odd)kind, odd.ns[kind], app->options.ascii, &text);
		entries_add(out, &(struct entry){ .kind = ENTRY_FACT, .key = STR("odd"), .value = buf_str(&text),
		                                  .ink = odd_is_grave((enum odd)kind) ? ROLE_WARNING : ROLE_DIM });
	}
	buf_fini(&text);
}

/* ---- where to go from here */

static void
add_way(struct app *app, struct entries *out, struct str key, span_id span, struct str more)
{
	const struct dataset *ds = build_cache_dataset(app->session->cache);
	const struct spans *spans = &ds->spans;
	struct buf text = { 0 };

	label_show(ds, spans->frame[span], &text);
	buf_add(&text, more);
	if (spans->status[span] == STATUS_ERROR)
		buf_add(&text, STR("  ● error"));
	entries_add(out, &(struct entry){ .kind = ENTRY_SPAN, .key = key, .value = buf_str(&text), .span = span,
	                                  .ink = spans->status[span] == STATUS_ERROR ? ROLE_ERROR : ROLE_TEXT });
	buf_fini(&text);
}

static void
add_parent(struct app *app, struct entries *out, span_id span)
{
	const struct spans *spans = &app->session->ds->spans;
	struct buf text = { 0 };

	if (spans->parent[span] != ID_NONE) {
		add_way(app, out, STR("parent"), spans->parent[span], STR(""));
		return;
	}
	if (!spans->parent_id[span])
		return;
	buf_addf(&text, "%016" PRIx64 " is not its parent here", spans->parent_id[span]);
	entries_fact(out, "parent", buf_str(&text));
	buf_fini(&text);
}

/* How many there are that are not listed. */
static void
add_rest(struct entries *out, uint32_t count, const char *which)
{
	struct buf text = { 0 };

	unit_count(count, &text);
	buf_add(&text, str_of(which));
	entries_fact(out, "", buf_str(&text));
	buf_fini(&text);
}

static void
add_children(struct app *app, struct entries *out, span_id span)
{
	const struct forest *forest = build_cache_forest(app->session->cache);
	const struct dataset *ds = clocks_dataset(app);
	uint32_t count = forest->first_child[span + 1] - forest->first_child[span];

	if (!count)
		return;
	span_id *children = xreallocarray(NULL, count, sizeof *children);
	memcpy(children, &forest->child[forest->first_child[span]], count * sizeof *children);
	instances_sort(ds, children, count);
	entries_heading(out, "children", count);
	for (uint32_t i = 0; i < count && i < CHILDREN_MOST; i++) {
		struct buf key = { 0 }, more = { 0 };
		unit_duration(ds->spans.duration_ns[children[i]], app->options.ascii, &key);
		buf_add(&more, STR("  "));
		add_offset(app, ds->spans.start_ns[span], ds->spans.start_ns[children[i]], &more);
		add_way(app, out, buf_str(&key), children[i], buf_str(&more));
		buf_fini(&key);
		buf_fini(&more);
	}
	if (count > CHILDREN_MOST)
		add_rest(out, count - CHILDREN_MOST, " faster ones");
	free(children);
}

/* ---- what the file says */

static void
add_attribute(struct entries *out, const struct detail_row *row)
{
	bool of_error = row->section == DETAIL_EVENT && str_starts(row->key, STR("exception."));

	vec_push(out, (struct entry){ .kind = ENTRY_ATTRIBUTE, .section = row->section, .key = row->key, .value = row->value,
	                              .type = row->type, .ink = of_error ? ROLE_ERROR : ROLE_TEXT });
}

static void
add_event(struct app *app, struct entries *out, span_id span, const struct detail_row *row)
{
	struct buf text = { 0 };

	if (row->time_ns)
		add_offset(app, app->session->ds->spans.start_ns[span], row->time_ns, &text);
	entries_add(out, &(struct entry){ .kind = ENTRY_EVENT, .section = row->section, .key = row->key.len ? row->key : STR("event"),
	                                  .value = row->value.len ? row->value : buf_str(&text),
	                                  .ink = str_equal(row->key, STR("exception")) ? ROLE_ERROR : ROLE_DIM });
	buf_fini(&text);
}

/* The span that the rows of a link name. */
static span_id
link_target(struct app *app, span_id span, const struct details *details, size_t first)
{
	const struct dataset *ds = app->session->ds;
	uint8_t trace_id[16];
	uint64_t id;

	if (details->at[first].to)
		return details->at[first].to - 1;
	return link_ids(ds, span, details, first, trace_id, &id) ? span_find(ds, trace_id, id) : ID_NONE;
}

/* Where a span is that is linked with another one. */
static struct str
elsewhere(const struct dataset *ds, span_id span, span_id other)
{
	track_id track = ds->spans.track[other];

	if (track == ds->spans.track[span])
		return STR("");
	return ds->tracks[track].kind == TRACK_THREAD ? STR("  in another thread") : STR("  in another trace");
}

static void
add_link(struct app *app, struct entries *out, span_id span, const struct details *details, size_t first)
{
	const struct dataset *ds = app->session->ds;
	span_id target = link_target(app, span, details, first);
	struct buf key = { 0 };

	buf_addf(&key, "link %" PRIu32, details->at[first].index + 1);
	if (target != ID_NONE)
		add_way(app, out, buf_str(&key), target, elsewhere(ds, span, target));
	else if (!str_equal(str_of(details->at[first].type), STR("flow")))
		entries_add(out, &(struct entry){ .kind = ENTRY_EVENT, .section = DETAIL_LINK, .key = buf_str(&key),
		                                  .value = STR("leads out of this input"), .ink = ROLE_DIM });
	buf_fini(&key);
}

/* The spans that link to this one. */
static void
add_linked_from(struct app *app, struct entries *out, span_id span)
{
	const struct dataset *ds = app->session->ds;
	const struct links *links = fetch_links(app);
	const struct link *from;

	out->waits = !links;
	if (out->waits) {
		entries_fact(out, "linked from", STR("links of other spans are being read"));
		return;
	}
	uint32_t count = links_to(links, span, &from);
	if (count)
		entries_heading(out, "linked from", count);
	for (uint32_t i = 0; i < count && i < CHILDREN_MOST; i++) {
		struct buf key = { 0 };
		unit_duration(ds->spans.duration_ns[from[i].from], app->options.ascii, &key);
		add_way(app, out, buf_str(&key), from[i].from, elsewhere(ds, span, from[i].from));
		buf_fini(&key);
	}
	if (count > CHILDREN_MOST)
		add_rest(out, count - CHILDREN_MOST, " more");
}

/* How many attributes, events or links a section has. */
static uint64_t
section_count(const struct details *details, enum detail_section section)
{
	bool numbered = section == DETAIL_EVENT || section == DETAIL_LINK;
	uint64_t count = 0;

	for (size_t i = 0; i < details->len; i++) {
		const struct detail_row *row = &details->at[i];
		if (row->section == section)
			count = numbered ? (uint64_t)row->index + 1 : count + 1;
	}
	return count;
}

static void
add_section(struct app *app, struct entries *out, span_id span, const struct details *details, enum detail_section section)
{
	uint64_t count = section_count(details, section);
	uint32_t link = ID_NONE;

	if (count && section != DETAIL_SPAN)
		entries_heading(out, section_titles[section], count);
	for (size_t i = 0; i < details->len; i++) {
		const struct detail_row *row = &details->at[i];
		if (row->section != section || (section == DETAIL_SPAN && str_equal(row->key, STR("status.message"))))
			continue;
		if (section == DETAIL_LINK && row->index != link)
			add_link(app, out, span, details, i);
		link = row->index;
		if (str_equal(str_of(row->type), STR("event")) || str_equal(str_of(row->type), STR("flow")))
			add_event(app, out, span, row);
		else
			add_attribute(out, row);
	}
}

void
entries_add_span(struct app *app, struct entries *out, span_id span)
{
	const struct dataset *ds = build_cache_dataset(app->session->cache);
	struct details details = { 0 };
	struct error err = { 0 };
	bool fine = details_read(ds, span, &details, &err);

	entries_fact(out, "name", frame_short(ds, ds->spans.frame[span]));
	entries_fact(out, "service", span_service(ds, span));
	entries_fact(out, "kind", str_of(kinds[ds->spans.kind[span] <= SPAN_CONSUMER ? ds->spans.kind[span] : 0]));
	add_status(app, out, span, &details);
	add_times(app, out, span);
	add_oddities(app, out, span);
	add_parent(app, out, span);
	add_ids(app, out, span);
	if (!fine)
		entries_add(out, &(struct entry){ .kind = ENTRY_FACT, .key = STR("more"), .value = str_of(err.text), .ink = ROLE_WARNING });
	for (enum detail_section section = DETAIL_SPAN; section <= DETAIL_LINK; section++)
		add_section(app, out, span, &details, section);
	add_linked_from(app, out, span);
	add_children(app, out, span);
	add_section(app, out, span, &details, DETAIL_RESOURCE);
	add_section(app, out, span, &details, DETAIL_SCOPE);
	arena_take(&out->arena, &details.arena);
	details_fini(&details);
}
