/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/empty.h"

bool
empty_say(const struct dataset *ds, struct buf *out)
{
	const struct note *reason = NULL;

	if (dataset_has_spans(ds) || dataset_has_samples(ds))
		return false;
	for (uint32_t i = 0; i < ds->note_count; i++)
		if (!reason || ds->notes[i].severity > reason->severity)
			reason = &ds->notes[i];
	buf_add(out, STR("there is nothing to show"));
	if (reason) {
		buf_add(out, STR(": "));
		buf_add(out, dataset_str(ds, reason->text));
	}
	return true;
}
