/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/span_find.h"

span_id
span_find(const struct dataset *ds, const uint8_t trace_id[16], uint64_t id)
{
	for (span_id span = 0; span < ds->spans.count; span++)
		if (ds->spans.id[span] == id && memcmp(ds->tracks[ds->spans.track[span]].trace_id, trace_id, 16) == 0)
			return span;
	return ID_NONE;
}
