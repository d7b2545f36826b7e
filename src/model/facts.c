/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/dataset.h"

static const char *const kind_suffix[] = {
	[FRAME_USER]    = "",
	[FRAME_KERNEL]  = "_[k]",
	[FRAME_JIT]     = "_[j]",
	[FRAME_INLINED] = "_[i]",
	[FRAME_WAKER]   = "_[w]",
};

struct str
dataset_str(const struct dataset *ds, str_id id)
{
	return strtab_get(ds->strings, id);
}

struct str
frame_name(const struct dataset *ds, frame_id frame)
{
	return dataset_str(ds, ds->frames[frame].name);
}

struct str
frame_short(const struct dataset *ds, frame_id frame)
{
	struct str name = frame_name(ds, frame);

	if (!ds->frames[frame].of_span) {
		struct str suffix = str_of(kind_suffix[ds->frames[frame].kind]);

		if (name.len > suffix.len && str_ends(name, suffix))
			name.len -= suffix.len;
	}
	return name.len ? name : STR("<unnamed>");
}

struct str
frame_module(const struct dataset *ds, frame_id frame)
{
	return dataset_str(ds, ds->frames[frame].module);
}

struct str
frame_file(const struct dataset *ds, frame_id frame)
{
	return dataset_str(ds, ds->frames[frame].file);
}

struct str
span_service(const struct dataset *ds, span_id span)
{
	return dataset_str(ds, ds->groups[ds->spans.group[span]].service);
}

bool
dataset_has_spans(const struct dataset *ds)
{
	return ds->spans.count > 0;
}

bool
dataset_lacks_times(const struct dataset *ds)
{
	return ds->spans.count == 0 && ds->samples.count > 0 && !samples_have_times(&ds->samples);
}

bool
dataset_has_samples(const struct dataset *ds)
{
	return ds->samples.count > 0;
}

bool
track_is_of_spans(const struct dataset *ds, track_id id)
{
	const struct track *track = &ds->tracks[id];

	return track->span_count && !(track->sample_count && ds->sources[track->source].is_profile);
}

uint32_t
dataset_error_count(const struct dataset *ds)
{
	uint32_t errors = 0;

	for (span_id span = 0; span < ds->spans.count; span++)
		errors += ds->spans.status[span] == STATUS_ERROR;
	return errors;
}

bool
dataset_extent(const struct dataset *ds, int64_t *start_ns_out, int64_t *end_ns_out)
{
	bool any = false;

	for (track_id i = 0; i < ds->track_count; i++) {
		const struct track *track = &ds->tracks[i];

		if (!track->span_count && track->start_ns == 0 && track->end_ns == 0)
			continue;
		if (!any || track->start_ns < *start_ns_out)
			*start_ns_out = track->start_ns;
		if (!any || track->end_ns > *end_ns_out)
			*end_ns_out = track->end_ns;
		any = true;
	}
	return any;
}
