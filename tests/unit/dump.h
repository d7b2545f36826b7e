/* SPDX-License-Identifier: MIT
 * A dataset as text: everything in it, in the order of its ids, so that two can be compared to the byte. */
#ifndef TESTS_DUMP_H
#define TESTS_DUMP_H

#include <inttypes.h>

#include "model/dataset.h"
#include "util/buf.h"
#include "util/text.h"

static void
dump_string(const struct dataset *ds, str_id id, struct buf *out)
{
	struct str text = dataset_str(ds, id);

	text_escape((struct str){ text.at, text.len < 100 ? text.len : 100 }, out);
	if (text.len > 100)
		buf_addf(out, "...%zu", text.len);
	buf_addc(out, '|');
}

static void
dump_names(const struct dataset *ds, struct buf *out)
{
	for (str_id i = 0; i < strtab_count(ds->strings); i++)
		dump_string(ds, i, out);
	for (frame_id i = 0; i < ds->frame_count; i++) {
		buf_addf(out, "\nframe %u ", i);
		dump_string(ds, ds->frames[i].name, out);
		dump_string(ds, ds->frames[i].module, out);
		dump_string(ds, ds->frames[i].file, out);
		buf_addf(out, "%u %d", ds->frames[i].line, (int)ds->frames[i].kind);
	}
	for (track_id i = 0; i < ds->track_count; i++) {
		const struct track *track = &ds->tracks[i];
		buf_addf(out, "\ntrack %u %d ", i, (int)track->kind);
		dump_string(ds, track->name, out);
		for (int k = 0; k < 16; k++)
			buf_addf(out, "%02x", track->trace_id[k]);
		buf_addf(out, " %u %u %u %" PRId64 " %" PRId64, track->source, track->span_count, track->sample_count, track->start_ns,
		         track->end_ns);
	}
	for (group_id i = 0; i < ds->group_count; i++) {
		const struct group *group = &ds->groups[i];
		buf_addf(out, "\ngroup %u %u ", i, group->source);
		dump_string(ds, group->service, out);
		buf_addf(out, "%" PRIu64 " %u %" PRIu64 " %u", group->resource_at, group->resource_len, group->scope_at, group->scope_len);
	}
}

static void
dump_notes(const struct dataset *ds, struct buf *out)
{
	for (source_id i = 0; i < ds->source_count; i++) {
		const struct source *source = &ds->sources[i];
		buf_addf(out, "\nsource %u ", i);
		dump_string(ds, source->path, out);
		dump_string(ds, source->format, out);
		dump_string(ds, source->compression, out);
		buf_addf(out, "%" PRIu64, source->size);
	}
	for (uint32_t i = 0; i < ds->note_count; i++) {
		const struct note *note = &ds->notes[i];
		buf_addf(out, "\nnote %d %d ", (int)note->severity, (int)note->source);
		dump_string(ds, note->text, out);
		dump_string(ds, note->sample, out);
		buf_addf(out, "%" PRIu64 " line %" PRIu64 " byte %" PRIu64 " %d", note->count, note->line, note->byte, note->has_byte);
	}
	buf_addc(out, '\n');
}

__attribute__((unused)) static struct buf
dump(const struct dataset *ds)
{
	struct buf out = { 0 };

	dump_names(ds, &out);
	for (span_id i = 0; i < ds->spans.count; i++) {
		const struct spans *spans = &ds->spans;
		buf_addf(&out, "\nspan %u %u %d %u %u %" PRIx64 " %" PRIx64 " %" PRId64 " %" PRId64 " %d %d %x %" PRIu64 " %u", i,
		         spans->frame[i], (int)spans->parent[i], spans->track[i], spans->group[i], spans->id[i], spans->parent_id[i],
		         spans->start_ns[i], spans->duration_ns[i], spans->kind[i], spans->status[i], spans->flags[i],
		         spans->detail_at[i], spans->detail_len[i]);
	}
	for (stack_id i = 0; i < ds->stacks.count; i++)
		buf_addf(&out, "\nstack %u %d %u", i, (int)ds->stacks.parent[i], ds->stacks.frame[i]);
	for (uint32_t i = 0; i < ds->sample_type_count; i++) {
		buf_addf(&out, "\ntype %u ", i);
		dump_string(ds, ds->sample_types[i].name, &out);
		dump_string(ds, ds->sample_types[i].unit, &out);
	}
	for (sample_id i = 0; i < ds->samples.count; i++) {
		buf_addf(&out, "\nsample %u %d %u", i, (int)samples_stack(&ds->samples, i), samples_track(&ds->samples, i));
		for (uint32_t k = 0; k < ds->sample_type_count; k++)
			buf_addf(&out, " %.17g", samples_weight(&ds->samples, i, k));
		if (samples_have_times(&ds->samples))
			buf_addf(&out, " at %" PRId64, samples_time(&ds->samples, i));
	}
	dump_notes(ds, &out);
	return out;
}

#endif
