/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/profiles.h"

#include "util/buf.h"

track_id
profiles_track(struct profiles *profiles, struct str name)
{
	uint32_t known = sink_dataset(profiles->sink)->track_count;
	track_id track = sink_track(profiles->sink, TRACK_PROFILE, name);
	struct buf text = { 0 };

	profiles->tracks++;
	buf_add(&text, name.len ? name : STR("profile"));
	while (track < known) {
		buf_addf(&text, " (%u)", profiles->tracks);
		track = sink_track(profiles->sink, TRACK_PROFILE, buf_str(&text));
	}
	buf_fini(&text);
	return track;
}

bool
profiles_type(struct profiles *profiles, struct str name, struct str unit, uint32_t *place_out)
{
	if (!profiles->full) {
		*place_out = sink_sample_type(profiles->sink, name, unit);
		profiles->full = *place_out >= PROFILES_TYPES_MAX - 1;
	}
	if (profiles->full)
		sink_note(profiles->sink, NOTE_ERROR, "the profiles have too many different units: some are left out", 0, SINK_NO_BYTE, name);
	return !profiles->full;
}

void
profiles_note(struct profiles *profiles, enum note_severity severity, const char *text, uint64_t count, uint64_t at)
{
	if (count == 0)
		return;
	sink_note(profiles->sink, severity, text, 0, at, STR(""));
	sink_note_many(profiles->sink, severity, text, count - 1);
}
