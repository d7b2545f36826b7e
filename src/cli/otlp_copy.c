/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/otlp_copy.h"

#include "load/json.h"

/* Whether a record is JSON as every reader takes it. */
static bool
is_strict(struct str record)
{
	struct json json;

	json_init_memory(&json, record, 0, JSON_STRICT);
	bool strict = json_next(&json) && json_skip(&json) && !json.fault;
	json_fini(&json);
	return strict;
}

/* On one line: line ends can only stand between its values. */
static bool
copy_json(struct str record, struct buf *out)
{
	size_t begin = out->len;

	if (!is_strict(record))
		return false;
	buf_add(out, record);
	for (size_t i = begin; i < out->len; i++)
		if (out->at[i] == '\n' || out->at[i] == '\r')
			out->at[i] = ' ';
	return true;
}

bool
otlp_copy(const struct dataset *ds, source_id id, uint64_t at, uint32_t len, enum otlp_message message, struct buf *out,
          uint64_t *left_out)
{
	const struct source *source = &ds->sources[id];
	struct str format = dataset_str(ds, source->format);
	bool is_json = str_equal(format, STR("otlp-json"));

	if (!source->bytes || at > source->size || len > source->size - at || (!is_json && !str_equal(format, STR("otlp-proto"))))
		return false;
	if (!len) {
		buf_add(out, STR("{}"));
		return true;
	}
	struct str record = { source->bytes + at, len };
	return is_json ? copy_json(record, out) : otlp_from_proto(message, record, out, left_out);
}
