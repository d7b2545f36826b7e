/* SPDX-License-Identifier: MIT
 * Details of a marker: the members of its data, and of that of the marker which ends it. */
#include "config.h"

#include "load/gecko.h"

#include "load/detail.h"
#include "load/record.h"

static const char *
type_name(enum json_type type, struct str text)
{
	switch (type) {
	case JSON_STRING: return "string";
	case JSON_NUMBER: return json_is_whole(text) ? "int" : "double";
	case JSON_BOOL:   return "bool";
	case JSON_ARRAY:  return "array";
	case JSON_OBJECT: return "map";
	default:          return "empty";
	}
}

static bool
read_data(const struct source *source, uint64_t at, uint32_t len, struct details *out, struct error *err)
{
	struct buf name = { 0 }, text = { 0 };
	struct json json;
	enum json_type type;
	struct str key;

	if (!details_want(out, DETAIL_ATTRIBUTE) || len == GECKO_NO_DATA)
		return true;
	json_init_memory(&json, STR(""), 0, JSON_LOAD);
	bool fine = record_open(&json, source, at, len) || record_lost("the marker", err);
	while (fine && json_key(&json, &key)) {
		if (!details_want_key(out, key)) {
			json_skip(&json);
			continue;
		}
		buf_clear(&name);
		buf_add(&name, key);
		reader_text(&json, &text, &type);
		if (!json.fault)
			details_add(out, DETAIL_ATTRIBUTE, 0, buf_str(&name), type_name(type, buf_str(&text)),
			            type == JSON_NULL ? STR("") : buf_str(&text));
	}
	fine = fine && record_check(&json, err);
	json_fini(&json);
	buf_fini(&name);
	buf_fini(&text);
	return fine;
}

bool
gecko_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err)
{
	const struct source *source = &ds->sources[ds->groups[ds->spans.group[span]].source];

	return read_data(source, ds->spans.detail_at[span], ds->spans.detail_len[span], out, err);
}

bool
gecko_record(const struct dataset *ds, const struct detail_ref *ref, struct details *out, struct error *err)
{
	return read_data(&ds->sources[ref->source], ref->at, ref->len, out, err);
}
