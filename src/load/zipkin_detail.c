/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/zipkin.h"

#include "load/detail.h"
#include "load/record.h"

/* The scanner is on a span's object, or on an endpoint's. */
struct detail_reader {
	struct json     json;
	struct details *out;
	struct buf      key, value, address;
	struct buf      service;           /* of an endpoint */
	/* A record of version 1 that is a client and a server is two spans: what is told of each goes by whose endpoint it has. */
	bool            split, is_server;
	struct buf      server;            /* whose alone the server half is; empty: the halves have one service */
};

static void
add(struct detail_reader *reader, enum detail_section section, struct str key, const char *type, struct str value)
{
	if (value.len)
		details_add(reader->out, section, 0, key, type, value);
}

/* How the parts of an endpoint are called where it is the span's own and where it is that of the other side. */
struct endpoint_keys { struct str service, address, port; };

static const struct endpoint_keys local_keys = {
	{ "service.name", 12 }, { "network.local.address", 21 }, { "network.local.port", 18 },
};
static const struct endpoint_keys remote_keys = {
	{ "peer.service", 12 }, { "network.peer.address", 20 }, { "network.peer.port", 17 },
};

static void
read_endpoint(struct detail_reader *reader, enum detail_section section, const struct endpoint_keys *keys)
{
	struct json *json = &reader->json;
	enum json_type type;
	struct str key;

	while (json_key(json, &key)) {
		bool is_service = str_equal(key, STR("serviceName")), is_port = str_equal(key, STR("port"));

		if (!is_service && !is_port && !str_equal(key, STR("ipv4")) && !str_equal(key, STR("ipv6"))) {
			json_skip(json);
			continue;
		}
		reader_text(json, &reader->value, &type);
		if (is_port && str_equal(buf_str(&reader->value), STR("0")))
			continue;
		add(reader, section, is_service ? keys->service : is_port ? keys->port : keys->address, is_port ? "int" : "string",
		    buf_str(&reader->value));
	}
}

/* The service of the endpoint under the cursor, which stays there. */
static void
look_at_endpoint(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	struct json_mark mark = json_mark(json);
	enum json_type type;
	struct str key;

	if (json_object(json))
		while (json_key(json, &key)) {
			if (str_equal(key, STR("serviceName")))
				reader_text(json, &reader->service, &type);
			else
				json_skip(json);
		}
	json_rewind(json, mark);
}

static bool
is_of_server(const struct detail_reader *reader, enum zipkin_core core)
{
	if (core != ZIPKIN_NO_CORE)
		return core == ZIPKIN_SR || core == ZIPKIN_SS;
	return reader->server.len && str_equal(buf_str(&reader->service), buf_str(&reader->server));
}

static void
read_tags(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	enum json_type type;
	struct str key;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		bool is_message = details_want(reader->out, DETAIL_SPAN) && str_equal(key, STR("error"));
		bool is_attribute = details_want(reader->out, DETAIL_ATTRIBUTE) && details_want_key(reader->out, key);

		if (!is_message && !is_attribute) {
			json_skip(json);
			continue;
		}
		buf_clear(&reader->key);
		buf_add(&reader->key, key);
		reader_text(json, &reader->value, &type);
		if (type == JSON_NULL || json->fault)
			continue;
		if (is_message)
			add(reader, DETAIL_SPAN, STR("status.message"), "string", buf_str(&reader->value));
		if (is_attribute)
			details_add(reader->out, DETAIL_ATTRIBUTE, 0, buf_str(&reader->key), "string", buf_str(&reader->value));
	}
}

/* A binary annotation: as a tag, or as the address of the other side. */
static void
read_binary_annotation(struct detail_reader *reader)
{
	const bool of_span = details_want(reader->out, DETAIL_SPAN), attributes = details_want(reader->out, DETAIL_ATTRIBUTE);
	struct json *json = &reader->json;
	size_t first = reader->out->len;
	enum json_type type = JSON_NULL;
	bool is_address;
	struct str key, text;

	buf_clear(&reader->key);
	buf_clear(&reader->address);
	buf_clear(&reader->service);
	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("key")) && json_peek(json) == JSON_STRING) {
			buf_clear(&reader->key);
			if (json_string(json, &text))
				buf_add(&reader->key, text);
		} else if (str_equal(key, STR("value"))) {
			reader_text(json, &reader->address, &type);
		} else if ((attributes || reader->split) && str_equal(key, STR("endpoint"))) {
			look_at_endpoint(reader);
			if (!attributes)
				json_skip(json);
			else if (json_object(json))
				read_endpoint(reader, DETAIL_ATTRIBUTE, &remote_keys);
		} else {
			json_skip(json);
		}
	}
	key = buf_str(&reader->key);
	text = buf_str(&reader->address);
	is_address = str_equal(key, STR("sa")) || str_equal(key, STR("ca")) || str_equal(key, STR("ma"));
	bool of_server = is_address ? str_equal(key, STR("ca")) : is_of_server(reader, ZIPKIN_NO_CORE);
	bool is_other = reader->split && of_server != reader->is_server;
	if (!is_address || is_other)
		reader->out->len = first;    /* the endpoint is the span's own */
	if (is_other)
		return;
	if (of_span && str_equal(key, STR("error")))
		add(reader, DETAIL_SPAN, STR("status.message"), "string", text);
	if (attributes && !is_address)
		details_add(reader->out, DETAIL_ATTRIBUTE, 0, key, type == JSON_BOOL ? "bool" : "string", text);
}

static void
read_annotation(struct detail_reader *reader, uint32_t *index)
{
	struct json *json = &reader->json;
	enum json_type type;
	int64_t micros = 0, time_ns;
	struct str key;

	buf_clear(&reader->value);
	buf_clear(&reader->service);
	if (!json_object(json))
		return;
	while (json_key(json, &key))
		if (str_equal(key, STR("timestamp"))) {
			(void)json_int64(json, &micros);
		} else if (str_equal(key, STR("value"))) {
			reader_text(json, &reader->value, &type);
		} else {
			if (reader->split && str_equal(key, STR("endpoint")))
				look_at_endpoint(reader);
			json_skip(json);
		}
	if (reader->split && is_of_server(reader, zipkin_core(buf_str(&reader->value))) != reader->is_server)
		return;
	details_add(reader->out, DETAIL_EVENT, (*index)++, buf_str(&reader->value), "event", STR(""));
	if (!__builtin_mul_overflow(micros, 1000, &time_ns))
		reader->out->at[reader->out->len - 1].time_ns = time_ns;
}

static void
read_flag(struct detail_reader *reader, struct str key)
{
	bool set;

	if (json_bool(&reader->json, &set) && set)
		details_add(reader->out, DETAIL_SPAN, 0, key, "bool", STR("true"));
}

static void
read_span(struct detail_reader *reader)
{
	const bool of_span = details_want(reader->out, DETAIL_SPAN), attributes = details_want(reader->out, DETAIL_ATTRIBUTE);
	struct json *json = &reader->json;
	uint32_t index = 0;
	struct str key;

	while (json_key(json, &key)) {
		if ((of_span || attributes) && str_equal(key, STR("tags"))) {
			read_tags(reader);
		} else if ((of_span || attributes) && str_equal(key, STR("binaryAnnotations")) && json_peek(json) == JSON_ARRAY) {
			json_array(json);
			while (json_element(json))
				read_binary_annotation(reader);
		} else if (attributes && str_equal(key, STR("remoteEndpoint")) && json_peek(json) == JSON_OBJECT) {
			json_object(json);
			read_endpoint(reader, DETAIL_ATTRIBUTE, &remote_keys);
		} else if (details_want(reader->out, DETAIL_EVENT) && str_equal(key, STR("annotations")) &&
		           json_peek(json) == JSON_ARRAY) {
			json_array(json);
			while (json_element(json))
				read_annotation(reader, &index);
		} else if (of_span && str_equal(key, STR("shared"))) {
			read_flag(reader, STR("shared"));
		} else if (of_span && str_equal(key, STR("debug"))) {
			read_flag(reader, STR("debug"));
		} else {
			json_skip(json);
		}
	}
}

/* What an annotation says of the halves; its service is in the reader then. */
static enum zipkin_core
read_core(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	enum json_type type;
	struct str key;

	buf_clear(&reader->value);
	buf_clear(&reader->service);
	if (!json_object(json))
		return ZIPKIN_NO_CORE;
	while (json_key(json, &key))
		if (str_equal(key, STR("value"))) {
			reader_text(json, &reader->value, &type);
		} else {
			if (str_equal(key, STR("endpoint")))
				look_at_endpoint(reader);
			json_skip(json);
		}
	return zipkin_core(buf_str(&reader->value));
}

/* Whether the record is two spans, and whose the server's is. */
static void
find_halves(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	struct buf client = { 0 };
	bool is_client = false, is_server = false;
	struct str key;

	while (json_key(json, &key)) {
		if (!str_equal(key, STR("annotations")) || json_peek(json) != JSON_ARRAY) {
			json_skip(json);
			continue;
		}
		json_array(json);
		while (json_element(json)) {
			enum zipkin_core core = read_core(reader);
			bool of_client = core == ZIPKIN_CS || core == ZIPKIN_CR, of_server = core == ZIPKIN_SR || core == ZIPKIN_SS;
			struct buf *whose = of_client ? &client : &reader->server;
			is_client |= of_client;
			is_server |= of_server;
			if ((of_client || of_server) && !whose->len)
				buf_add(whose, buf_str(&reader->service));
		}
	}
	reader->split = is_client && is_server;
	if (str_equal(buf_str(&client), buf_str(&reader->server)))
		buf_clear(&reader->server);
	buf_fini(&client);
}

/* Cheaply, since most records are not. */
static bool
may_have_halves(const struct json *json)
{
	size_t len = (size_t)(json->end - json->begin);

	return (memmem(json->begin, len, "\"sr\"", 4) || memmem(json->begin, len, "\"ss\"", 4)) &&
	       (memmem(json->begin, len, "\"cs\"", 4) || memmem(json->begin, len, "\"cr\"", 4));
}

static bool
read_record(struct detail_reader *reader, const struct source *source, uint64_t at, uint32_t len, struct error *err)
{
	if (!record_open(&reader->json, source, at, len))
		return record_lost("the span", err);
	if (may_have_halves(&reader->json)) {
		find_halves(reader);
		record_open(&reader->json, source, at, len);
	}
	read_span(reader);
	return record_check(&reader->json, err);
}

static void
fini(struct detail_reader *reader)
{
	json_fini(&reader->json);
	buf_fini(&reader->key);
	buf_fini(&reader->value);
	buf_fini(&reader->address);
	buf_fini(&reader->service);
	buf_fini(&reader->server);
}

bool
zipkin_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err)
{
	const struct group *group = &ds->groups[ds->spans.group[span]];
	const struct source *source = &ds->sources[group->source];
	struct detail_reader reader = { .out = out, .is_server = ds->spans.kind[span] == SPAN_SERVER };
	bool fine;

	json_init_memory(&reader.json, STR(""), 0, JSON_LOAD);
	fine = !details_want_span(out) || read_record(&reader, source, ds->spans.detail_at[span], ds->spans.detail_len[span], err);
	if (fine && details_want(out, DETAIL_RESOURCE) && record_open(&reader.json, source, group->resource_at, group->resource_len))
		read_endpoint(&reader, DETAIL_RESOURCE, &local_keys);
	fini(&reader);
	return fine;
}

bool
zipkin_record(const struct dataset *ds, const struct detail_ref *ref, struct details *out, struct error *err)
{
	struct detail_reader reader = { .out = out, .is_server = ds->spans.kind[ref->span] == SPAN_SERVER };
	bool fine;

	json_init_memory(&reader.json, STR(""), 0, JSON_LOAD);
	fine = read_record(&reader, &ds->sources[ref->source], ref->at, ref->len, err);
	fini(&reader);
	return fine;
}
