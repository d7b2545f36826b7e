/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/reply.h"

#include "load/json.h"
#include "util/text.h"

#define MESSAGE_MAX 200u    /* bytes of it that are shown */

struct reply {
	struct json json;
	struct buf  message, code;
};

static void
take_text(struct reply *reply, struct buf *out)
{
	struct str text;

	if (json_string(&reply->json, &text) && text.len && !out->len)
		buf_add(out, text);
}

static void
take_code(struct reply *reply)
{
	int64_t code;

	if (json_int64(&reply->json, &code) && code && !reply->code.len)
		buf_addf(&reply->code, "%lld", (long long)code);
}

/* Members that every kind of server uses for the same. */
static void
take_member(struct reply *reply, struct str key)
{
	if (str_equal(key, STR("msg")) || str_equal(key, STR("message")))
		take_text(reply, &reply->message);
	else if (str_equal(key, STR("code")) || str_equal(key, STR("httpCode")) || str_equal(key, STR("status")))
		take_code(reply);
	else
		json_skip(&reply->json);
}

static void
take_object(struct reply *reply)
{
	struct str key;

	if (json_object(&reply->json))
		while (json_key(&reply->json, &key))
			take_member(reply, key);
}

/* {"errors": [{code, msg}]}, {"error": {message}}, {"error": "text"}, {"code": 5, "message": "text"} */
static void
take_document(struct reply *reply)
{
	struct json *json = &reply->json;
	struct buf error = { 0 };
	struct str key;

	if (!json_next(json) || !json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("errors")) && json_peek(json) == JSON_ARRAY) {
			json_array(json);
			while (json_element(json))
				take_object(reply);
		} else if (str_equal(key, STR("error")) && json_peek(json) == JSON_OBJECT) {
			take_object(reply);
		} else if (str_equal(key, STR("error"))) {
			take_text(reply, &error);
		} else {
			take_member(reply, key);
		}
	}
	if (!reply->message.len && error.len)
		buf_add(&reply->message, buf_str(&error));
	buf_fini(&error);
}

static bool
is_reply(const struct probe *probe)
{
	return probe_has(probe, "errors[]") || probe_has(probe, "error") || (probe_has(probe, "code") && probe_has(probe, "message"));
}

bool
reply_error(const struct probe *probe, struct buf *out)
{
	struct reply reply = { 0 };
	struct str said;

	if (!probe->json && str_starts(probe->head, STR("Code: "))) {
		buf_add(&reply.message, probe->head);
	} else if (probe->json && is_reply(probe)) {
		json_init_memory(&reply.json, probe->head, 0, JSON_LOAD);
		take_document(&reply);
		json_fini(&reply.json);
	}
	said = buf_str(&reply.message);
	for (size_t i = 0; i < said.len; i++)
		if (said.at[i] == '\n')
			said.len = i;
	bool found = said.len > 0;
	if (found) {
		text_sanitise((struct str){ said.at, said.len < MESSAGE_MAX ? said.len : MESSAGE_MAX }, out);
		if (reply.code.len)
			buf_addf(out, " (%s)", reply.code.at);
	}
	buf_fini(&reply.message);
	buf_fini(&reply.code);
	return found;
}
