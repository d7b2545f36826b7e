/* SPDX-License-Identifier: MIT
 * Entries of the trace that is looked at, or of all of them together. */
#include "config.h"

#include <inttypes.h>

#include "analysis/label.h"
#include "analysis/odd.h"
#include "analysis/trace_list.h"
#include "analysis/trace_ref.h"
#include "ui/clocks.h"
#include "ui/entries_core.h"
#include "ui/track_sum.h"
#include "util/clock.h"
#include "util/unit.h"

static void
add_count(struct entries *out, const char *key, uint64_t count, enum role ink)
{
	struct buf text = { 0 };

	unit_count(count, &text);
	entries_add(out, &(struct entry){ .kind = ENTRY_FACT, .key = str_of(key), .value = buf_str(&text), .ink = ink });
	buf_fini(&text);
}

static void
add_row(struct app *app, struct entries *out, const struct trace_row *row)
{
	const struct track *track = &clocks_dataset(app)->tracks[row->track];
	struct buf text = { 0 };

	if (track->kind == TRACK_TRACE) {
		trace_id_add(track, &text);
		entries_fact(out, "trace id", buf_str(&text));
	} else {
		entries_fact(out, "thread", dataset_str(app->session->ds, track->name));
	}
	buf_fini(&text);
	entries_moment(app, out, "start", row->track, track->start_ns);
	entries_moment(app, out, "end", row->track, track->end_ns);
	add_count(out, "spans", row->spans, ROLE_TEXT);
	add_count(out, "services", row->services, ROLE_TEXT);
	add_count(out, "levels", row->depth, ROLE_TEXT);
	if (row->errors)
		add_count(out, "errors", row->errors, ROLE_ERROR);
}

static void
add_odd(struct app *app, struct entries *out, track_id track)
{
	const struct track_odd *kept = track_odd_kept(app->session, track, app_scene(app)->key.recipe.spec.adjusted);
	struct odd_counts counts = kept ? kept->counts : odd_count(clocks_dataset(app), build_cache_forest(app->session->cache), track, NULL);
	uint32_t kinds = 0;

	for (int kind = 0; kind < ODD_KINDS; kind++)
		kinds += counts.count[kind] > 0;
	if (counts.roots > counts.tracks)
		add_count(out, "roots", counts.roots, ROLE_WARNING);
	if (!kinds)
		return;
	entries_heading(out, "odd spans", kinds);
	for (int kind = 0; kind < ODD_KINDS; kind++) {
		struct buf text = { 0 };
		if (!counts.count[kind])
			continue;
		odd_describe_many((enum odd)kind, counts.count[kind], counts.most_ns[kind], app->options.ascii, &text);
		entries_add(out, &(struct entry){ .kind = ENTRY_SPAN, .key = str_of(odd_word((enum odd)kind)), .value = buf_str(&text),
		                                  .span = counts.first[kind], .ink = odd_is_grave((enum odd)kind) ? ROLE_WARNING : ROLE_TEXT });
		buf_fini(&text);
	}
}

enum { MOVED_MOST = 200 };

/* Which spans the correction of clocks has moved. */
static void
add_moved(struct app *app, struct entries *out, track_id track)
{
	const struct dataset *ds = build_cache_dataset(app->session->cache);
	const struct skew *skew = build_cache_skew(app->session->cache);
	bool adjusted = app->scene->key.recipe.spec.adjusted;
	uint32_t count = 0, listed = 0;

	for (span_id span = 0; adjusted && skew && span < ds->spans.count; span++)
		count += skew->delta_ns[span] != 0 && (track == ID_NONE || ds->spans.track[span] == track);
	if (!count)
		return;
	entries_heading(out, "moved by their clock", count);
	for (span_id span = 0; span < ds->spans.count && listed < MOVED_MOST; span++) {
		struct buf key = { 0 }, name = { 0 };
		if (!skew->delta_ns[span] || (track != ID_NONE && ds->spans.track[span] != track))
			continue;
		buf_addc(&key, skew->delta_ns[span] < 0 ? '-' : '+');
		unit_format(skew->delta_ns[span] < 0 ? -(double)skew->delta_ns[span] : (double)skew->delta_ns[span], STR("ns"), app->options.ascii, &key);
		label_show(ds, ds->spans.frame[span], &name);
		entries_add(out, &(struct entry){ .kind = ENTRY_SPAN, .key = buf_str(&key), .value = buf_str(&name), .span = span, .ink = ROLE_TEXT });
		listed++;
		buf_fini(&key);
		buf_fini(&name);
	}
	if (count > listed)
		add_count(out, "more", count - listed, ROLE_DIM);
}

enum { LOOSE_MOST = 200 };

/* A log record: when, which span it names, what it says. */
static void
add_loose(struct app *app, struct entries *out, track_id track, const struct loose_ref *ref)
{
	const struct dataset *ds = build_cache_dataset(app->session->cache);
	struct details details = { 0 };
	struct error err = { 0 };
	struct buf text = { 0 };
	bool fine = details_read_loose(ds, ref, &details, &err);

	if (!fine || !details.len) {
		entries_fact(out, "log", fine ? STR("holds nothing") : str_of(err.text));
		details_fini(&details);
		return;
	}
	if (details.at[0].time_ns)
		clock_moment(details.at[0].time_ns, ds->tracks[track].start_ns, CLOCK_RELATIVE, app->options.ascii, &text);
	entries_add(out, &(struct entry){ .kind = ENTRY_EVENT, .section = DETAIL_EVENT, .key = details.at[0].key, .value = buf_str(&text), .ink = ROLE_DIM });
	buf_clear(&text);
	if (ref->id)
		buf_addf(&text, "%016" PRIx64, ref->id);
	entries_fact(out, "span id", buf_str(&text));
	for (size_t i = 1; i < details.len; i++)
		entries_add(out, &(struct entry){ .kind = ENTRY_ATTRIBUTE, .section = DETAIL_EVENT, .key = details.at[i].key, .value = details.at[i].value,
		                                  .type = details.at[i].type, .ink = ROLE_TEXT });
	buf_fini(&text);
	details_fini(&details);
}

/* What belongs to the trace but to no span of it. */
static void
add_all_loose(struct app *app, struct entries *out, track_id track)
{
	const struct dataset *ds = build_cache_dataset(app->session->cache);
	uint32_t first, count;

	if (track == ID_NONE || ds->tracks[track].kind != TRACK_TRACE)
		return;
	count = dataset_loose_refs(ds, ds->tracks[track].trace_id, &first);
	if (count)
		entries_heading(out, "log records of no span here", count);
	for (uint32_t i = 0; i < count && i < LOOSE_MOST; i++)
		add_loose(app, out, track, &ds->loose_refs[first + i]);
	if (count > LOOSE_MOST)
		add_count(out, "more", count - LOOSE_MOST, ROLE_DIM);
}

static void
add_track(struct app *app, struct entries *out, track_id track)
{
	const struct trace_list *list = build_cache_traces(app->session->cache);

	for (uint32_t i = 0; i < list->count; i++)
		if (list->rows[i].track == track)
			add_row(app, out, &list->rows[i]);
}

void
entries_add_trace(struct app *app, struct entries *out)
{
	const struct trace_list *list = build_cache_traces(app->session->cache);
	track_id track = app->state.recipe.spec.track;

	if (track == TRACK_ALL && list->count == 1)
		track = list->rows[0].track;
	if (track == TRACK_ALL)
		add_count(out, "traces", list->count, ROLE_TEXT);
	else
		add_track(app, out, track);
	add_odd(app, out, track);
	add_moved(app, out, track);
	add_all_loose(app, out, track);
}

void
entries_read_track(struct app *app, track_id track, struct entries *out)
{
	const struct dataset *ds = build_cache_dataset(app->session->cache);
	span_id root = track == ID_NONE ? ID_NONE : session_tracks(app->session)[track].root;

	if (track == ID_NONE)
		return;
	if (root != ID_NONE) {
		struct buf name = { 0 };
		label_show(ds, ds->spans.frame[root], &name);
		entries_add(out, &(struct entry){ .kind = ENTRY_SPAN, .key = STR("root"), .value = buf_str(&name), .span = root, .ink = ROLE_TEXT });
		buf_fini(&name);
	}
	add_track(app, out, track);
	add_odd(app, out, track);
	add_all_loose(app, out, track);
}
