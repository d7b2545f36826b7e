/* SPDX-License-Identifier: MIT
 * Below the list of traces: what is known about the chosen one, and its services. */
#include "config.h"

#include "ui/traces.h"

#include "analysis/trace_ref.h"
#include "ui/line.h"
#include "ui/track_sum.h"
#include "util/clock.h"
#include "util/text.h"
#include "util/unit.h"

void
traces_found_text(struct app *app, struct buf *out)
{
	const struct traces *traces = traces_of(app);

	buf_add(out, STR("  "));
	if (traces->found_count == 0) {
		buf_add(out, STR("nothing"));
		return;
	}
	unit_count(traces->found_count, out);
	buf_addf(out, " %s%s", traces->threads ? "thread" : "trace", traces->found_count == 1 ? "" : "s");
}

/* A piece after a gap; false when it has no room. */
static bool
put(struct line *line, struct buf *text, enum role ink, uint8_t attrs)
{
	bool fits = line_left(line) >= text_width(buf_str(text)) + 3;

	if (fits && text->len) {
		line_space(line, 2);
		line_put(line, buf_str(text), ink, attrs);
	}
	buf_clear(text);
	return fits;
}

static void
put_count(struct line *line, uint64_t count, const char *one, const char *many)
{
	struct buf text = { 0 };

	unit_count(count, &text);
	buf_addf(&text, " %s", count == 1 ? one : many);
	put(line, &text, ROLE_TEXT, 0);
	buf_fini(&text);
}

static void
put_title(struct app *app, struct line *line, struct str name)
{
	struct buf fitted = { 0 };

	text_fit(name, line_left(line) * 2 / 5, false, app->options.ascii, &fitted);
	line_put(line, buf_str(&fitted), ROLE_ACCENT, ATTR_BOLD);
	buf_fini(&fitted);
}

void
traces_detail(struct app *app, struct line *line)
{
	const struct trace_line *which = traces_chosen(app);
	struct traces *traces = traces_of(app);
	struct buf text = { 0 };

	if (!which)
		return;
	const struct trace_row *row = &traces->list->rows[which->row];
	const struct track *track = &traces->ds->tracks[row->track];
	traces_name(app, row, &text);
	put_title(app, line, buf_str(&text));
	buf_clear(&text);
	unit_duration(row->duration_ns, app->options.ascii, &text);
	put(line, &text, ROLE_TEXT, 0);
	if (row->errors) {
		buf_add(&text, glyph_text(GLYPH_BULLET, app->options.ascii));
		buf_addf(&text, " %u %s", row->errors, row->errors == 1 ? "error" : "errors");
		put(line, &text, ROLE_ERROR, ATTR_BOLD);
	}
	if (row->spans && track->kind == TRACK_TRACE) {
		struct track_sum sum = track_sum_get(app, row->track, false);
		track_sum_odd(&sum, &text);
		put(line, &text, sum.odd ? ROLE_WARNING : ROLE_DIM, 0);
	}
	if (row->spans)
		put_count(line, row->spans, "span", "spans");
	if (row->samples)
		put_count(line, row->samples, "sample", "samples");
	if (row->services)
		put_count(line, row->services, "service", "services");
	buf_addf(&text, "depth %u", row->depth);
	put(line, &text, ROLE_DIM, 0);
	if (clock_is_date(row->start_ns)) {
		clock_moment(row->start_ns, 0, app->state.utc ? CLOCK_UTC : CLOCK_LOCAL, app->options.ascii, &text);
		put(line, &text, ROLE_DIM, 0);
	}
	if (track->kind == TRACK_TRACE)
		trace_id_add(track, &text);
	put(line, &text, ROLE_DIM, 0);
	buf_fini(&text);
}

void
traces_services(struct app *app, struct line *line)
{
	const struct trace_line *which = traces_chosen(app);
	struct traces *traces = traces_of(app);
	struct buf text = { 0 };

	if (!which || traces->threads || traces->list->rows[which->row].services == 0)
		return;
	const struct trace_parts *parts = traces_parts(traces, which->row);
	line_put(line, STR("services"), ROLE_DIM, 0);
	for (uint32_t i = 0; i < parts->count && line_left(line) > 0; i++) {
		const struct trace_part *part = &parts->at[i];
		names_safe(dataset_str(traces->ds, part->service), &text);
		buf_addc(&text, ' ');
		unit_percent((double)part->self_ns, (double)parts->self_ns, &text);
		if (!put(line, &text, part->errors ? ROLE_ERROR : ROLE_DIM, 0)) {
			buf_add(&text, glyph_text(GLYPH_ELLIPSIS, app->options.ascii));
			put(line, &text, ROLE_DIM, 0);
			break;
		}
	}
	buf_fini(&text);
}
