/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json_core.h"

struct fault {
	const char *text;
	uint64_t    at;
	bool        cut;
};

static bool
put_back(struct json *json, const struct fault *fault, uint32_t depth)
{
	json->depth = depth;
	json->fault = fault->text;
	json->fault_at = fault->at;
	json->cut = fault->cut;
	json->in_string = false;    /* the cursor is behind it */
	return false;
}

/* Passes over a string from inside: to behind its closing quote, or to the end of the line. */
static void
leave_string(struct json *json)
{
	while (json->at < json->end || json_refill(json, NULL)) {
		json->at = json_scan_string(json->at, json->end);
		if (json->at == json->end)
			continue;
		if (*json->at == '\n')
			return;
		if (*json->at == '\\' && json_see(json, 2) && json->at[1] != '\n')
			json->at++;
		else if (*json->at == '"') {
			json->at++;
			return;
		}
		json->at++;
	}
}

/* A quote opens a string only after one of these: so a lost quote turns the sense of those after it only for a while. */
static bool
may_open(char before)
{
	return before == '{' || before == '[' || before == ',' || before == ':';
}

bool
json_recover(struct json *json, uint32_t depth)
{
	struct fault fault = { json->fault, json->fault_at, json->cut };
	uint32_t open;
	char before = ',';    /* the last byte that is not blank */

	if (json->cut || json->depth < depth)
		return false;
	json->fault = NULL;
	open = json->depth - depth;
	if (json->in_string)
		leave_string(json);
	while (json_more(json, NULL) && !json_at_document(json)) {
		char c = *json->at;

		if (open == 0 && (c == ',' || c == ']')) {
			json->depth = depth;
			json->first = json->in_string = false;
			return true;
		}
		if (open == 0 && c == '}')
			break;
		if (c == '"' && may_open(before)) {
			json->at++;
			leave_string(json);
			before = '"';
			continue;
		}
		open += c == '{' || c == '[';
		open -= c == '}' || c == ']';
		if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
			before = c;
		json->at++;
	}
	return put_back(json, &fault, depth + open);
}

bool
json_resume(struct json *json)
{
	bool found = false;

	if (job_stopped(json->job))
		return false;
	json->fault = NULL;
	while (json_more(json, NULL) && !found) {
		const char *line;

		if (json->at > json->begin && json->at[-1] == '\n' && (*json->at == '{' || *json->at == '[') &&
		    json_offset(json) > json->value_at) {
			found = true;
			break;
		}
		line = memchr(json->at, '\n', (size_t)(json->end - json->at));
		json->at = line ? line + 1 : json->end;
	}
	json->cut = json->in_string = json->held = false;
	json->depth = 0;
	json->resumed = true;
	return found;
}
