/* SPDX-License-Identifier: MIT
 * Endpoints: where something ran.  Few write many spans, so the same bytes come again and again. */
#include "config.h"

#include "load/zipkin.h"

#include "util/hash.h"

#define LEAST 40u    /* bytes of an endpoint that is remembered: the name is among them mostly */

void
zipkin_endpoint_clear(struct zipkin_endpoint *endpoint)
{
	endpoint->there = false;
	endpoint->known = NULL;
	buf_clear(&endpoint->service);
	buf_clear(&endpoint->process);
}

static void
endpoint_fini(struct zipkin_endpoint *endpoint)
{
	buf_fini(&endpoint->service);
	buf_fini(&endpoint->process);
}

void
zipkin_endpoints_clear(struct zipkin_reader *reader)
{
	zipkin_endpoint_clear(&reader->local);
	if (!reader->taken)
		return;
	zipkin_endpoint_clear(&reader->client);
	zipkin_endpoint_clear(&reader->server);
	zipkin_endpoint_clear(&reader->broker);
	zipkin_endpoint_clear(&reader->any);
	reader->taken = false;
}

void
zipkin_reader_fini(struct zipkin_reader *reader)
{
	buf_fini(&reader->group);
	buf_fini(&reader->name);
	buf_fini(&reader->failed);
	buf_fini(&reader->text);
	buf_fini(&reader->told_by);
	endpoint_fini(&reader->local);
	endpoint_fini(&reader->client);
	endpoint_fini(&reader->server);
	endpoint_fini(&reader->broker);
	endpoint_fini(&reader->any);
	endpoint_fini(&reader->spare);
	for (unsigned i = 0; i < ZIPKIN_ENDPOINTS; i++)
		endpoint_fini(&reader->known[i].says);
}

enum { ENDPOINT_SERVICE = 1, ENDPOINT_ADDRESS };

static const struct json_field_name names[] = {
	JSON_NAME("serviceName", ENDPOINT_SERVICE),
	JSON_NAME("ipv4", ENDPOINT_ADDRESS + '4'),
	JSON_NAME("ipv6", ENDPOINT_ADDRESS + '6'),
	JSON_NAME("port", ENDPOINT_ADDRESS + 't'),
};
static const struct json_fields fields = JSON_FIELDS(names);

/* The addresses and the port stand in the process text in the file's order, each with its key's last letter. */
static void
read_endpoint(struct zipkin_reader *reader, struct zipkin_endpoint *out)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json), len;
	enum json_type type;
	int field;

	if (!reader_object(&reader->base))
		return;
	reader->endpoint_order.last = 0;
	while ((field = json_field(json, &fields, &reader->endpoint_order)) != JSON_FIELD_END) {
		/* Of anything else the text is not there when the input moves by. */
		if (field == JSON_FIELD_NONE || (json_peek(json) != JSON_STRING && json_peek(json) != JSON_NUMBER)) {
			json_skip(json);
		} else if (field == ENDPOINT_SERVICE) {
			reader_text(json, &out->service, &type);
		} else {
			reader_text(json, &reader->text, &type);
			if (!reader->text.len || str_equal(buf_str(&reader->text), STR("0")))
				continue;
			buf_addc(&out->process, (char)(field - ENDPOINT_ADDRESS));
			buf_add(&out->process, buf_str(&reader->text));
		}
	}
	len = json_offset(json) - at;
	out->there = !json->fault;
	out->at = at;
	out->len = len <= UINT32_MAX ? (uint32_t)len : 0;
}

/* Where an endpoint that begins so is remembered. */
static struct zipkin_known *
place_of(struct zipkin_reader *reader, const char *text)
{
	uint64_t words[LEAST / 8];

	memcpy(words, text, sizeof words);
	return &reader->known[hash_pair(words[1] ^ words[2], words[3] ^ words[4]) % ZIPKIN_ENDPOINTS];
}

static void
copy(struct zipkin_endpoint *to, const struct zipkin_endpoint *from)
{
	zipkin_endpoint_clear(to);
	buf_add(&to->service, buf_str(&from->service));
	buf_add(&to->process, buf_str(&from->process));
}

/* Another endpoint takes the place: of the current span's, those that were remembered there are no longer. */
static void
forget(struct zipkin_reader *reader, const struct zipkin_known *known)
{
	struct zipkin_endpoint *const held[] = { &reader->local, &reader->client, &reader->server, &reader->broker, &reader->any };

	for (size_t i = 0; i < sizeof held / sizeof *held; i++)
		if (held[i]->known == known)
			held[i]->known = NULL;
}

void
zipkin_endpoint(struct zipkin_reader *reader, struct zipkin_endpoint *out)
{
	struct json *json = &reader->base.json;
	struct str left = { json->at, (size_t)(json->end - json->at) };
	struct zipkin_known *known = json->in || json->fault || left.len < LEAST ? NULL : place_of(reader, left.at);

	if (known && known->text.len && str_starts(left, known->text)) {
		copy(out, &known->says);
		out->there = true;
		out->at = json_offset(json);
		out->len = (uint32_t)known->text.len;
		out->known = known;
		json->at += known->text.len;
		return;
	}
	zipkin_endpoint_clear(out);
	read_endpoint(reader, out);
	if (!known || !out->there || !out->len)
		return;
	forget(reader, known);
	known->text = str_head(left, out->len);
	known->set = 0;
	copy(&known->says, out);
	out->known = known;
}

/* The group of a service and, of it, a process. */
static void
find_group(struct zipkin_reader *reader, struct str service, struct str process)
{
	struct sink *sink = reader->base.sink;

	buf_clear(&reader->text);
	buf_add(&reader->text, service);
	buf_addc(&reader->text, '\0');
	buf_add(&reader->text, process);
	if (reader->has_group && str_equal(buf_str(&reader->text), buf_str(&reader->group)))
		return;
	buf_clear(&reader->group);
	buf_add(&reader->group, buf_str(&reader->text));
	reader->has_group = true;
	if (sink_group_switch(sink, buf_str(&reader->group))) {
		sink_group_service(sink, service);
		sink_group_in_parts(sink, process);
	}
}

void
zipkin_enter(struct zipkin_reader *reader, const struct zipkin_endpoint *endpoint)
{
	struct sink *sink = reader->base.sink;
	struct zipkin_known *known = endpoint->known;

	if (!reader->open)
		sink_group_open(sink);
	reader->open = true;
	if (known && known->set == reader->set + 1) {
		sink_group_return(sink, known->group);
		reader->has_group = false;
	} else {
		find_group(reader, buf_str(&endpoint->service), buf_str(&endpoint->process));
	}
	if (known) {
		known->set = reader->set + 1;
		known->group = sink_group_place(sink);
	}
	if (endpoint->there)
		sink_group_resource(sink, endpoint->at, endpoint->len);
}
