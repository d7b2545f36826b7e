/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "demo.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "util/alloc.h"
#include "util/vec.h"

enum { DEPTH_MAX = 64, SERVICES_MAX = 16 };

struct span {
	const struct demo_service *service;
	uint64_t    id;
	uint32_t    parent;         /* NO_SPAN: the root */
	int64_t     start, end;     /* ns */
	enum demo_kind kind;
	struct buf  name;
	struct buf  attrs, events, links;    /* JSON objects, a comma after each */
	struct buf  message;        /* of the status; empty unless failed */
	bool        failed;
};

struct demo {
	uint64_t     state;
	int64_t      now;
	uint64_t     trace[2];
	uint32_t     open[DEPTH_MAX], depth;
	struct { VEC(struct span); } spans;
};

#define NO_SPAN UINT32_MAX

uint64_t
demo_random(struct demo *d)
{
	uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint32_t
demo_pick(struct demo *d, uint32_t n)
{
	return (uint32_t)(demo_random(d) >> 33) % n;
}

bool
demo_chance(struct demo *d, uint32_t percent)
{
	return demo_pick(d, 100) < percent;
}

static void
begin_trace(struct demo *d)
{
	d->trace[0] = demo_random(d);
	d->trace[1] = demo_random(d);
}

struct demo *
demo_new(uint64_t seed, int64_t start_ns)
{
	struct demo *d = xcalloc(1, sizeof(*d));

	d->state = seed;
	d->now = start_ns;
	begin_trace(d);
	return d;
}

static void
forget_spans(struct demo *d)
{
	for (size_t i = 0; i < d->spans.len; i++) {
		struct span *span = &d->spans.at[i];

		buf_fini(&span->name);
		buf_fini(&span->attrs);
		buf_fini(&span->events);
		buf_fini(&span->links);
		buf_fini(&span->message);
	}
	d->spans.len = 0;
}

void
demo_free(struct demo *d)
{
	if (!d)
		return;
	forget_spans(d);
	vec_fini(&d->spans);
	free(d);
}

void
demo_work(struct demo *d, int64_t us)
{
	d->now += us * 900 + (int64_t)(demo_random(d) >> 1) % (us * 200 + 1);
}

void
demo_wait(struct demo *d, int64_t us)
{
	d->now += us * 1000;
}

int64_t
demo_now(const struct demo *d)
{
	return d->now;
}

struct demo_fork
demo_fork(const struct demo *d)
{
	return (struct demo_fork){ d->now, d->now };
}

void
demo_branch(struct demo *d, struct demo_fork *fork)
{
	if (d->now > fork->end)
		fork->end = d->now;
	d->now = fork->begin;
}

void
demo_join(struct demo *d, struct demo_fork *fork)
{
	if (d->now < fork->end)
		d->now = fork->end;
	fork->end = d->now;
}

static struct span *
top(struct demo *d)
{
	CHECK(d->depth > 0);
	return &d->spans.at[d->open[d->depth - 1]];
}

/* Text inside the quotes of a JSON string.  The demo holds neither control characters but newlines nor invalid UTF-8. */
static void
add_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			buf_add(out, STR("\\n"));
		else if (*text == '\t')
			buf_add(out, STR("\\t"));
		else {
			if (*text == '"' || *text == '\\')
				buf_addc(out, '\\');
			buf_addc(out, *text);
		}
	}
}

static void
add_attr(struct buf *out, const char *key, const char *value)
{
	buf_addf(out, "{\"key\":\"%s\",\"value\":{\"stringValue\":\"", key);
	add_escaped(out, value);
	buf_add(out, STR("\"}}"));
}

__attribute__((format(printf, 4, 0))) static void
open_span(struct demo *d, const struct demo_service *service, enum demo_kind kind, const char *name, va_list args)
{
	struct span span = { .service = service, .id = demo_random(d), .parent = NO_SPAN, .start = d->now, .kind = kind };
	char text[160];

	vsnprintf(text, sizeof(text), name, args);
	add_escaped(&span.name, text);
	if (d->depth)
		span.parent = d->open[d->depth - 1];
	CHECK(d->depth < DEPTH_MAX);
	d->open[d->depth++] = (uint32_t)d->spans.len;
	vec_push(&d->spans, span);
}

void
demo_begin(struct demo *d, enum demo_kind kind, const char *name, ...)
{
	va_list args;

	va_start(args, name);
	open_span(d, top(d)->service, kind, name, args);
	va_end(args);
}

void
demo_serve(struct demo *d, const struct demo_service *service, enum demo_kind kind, const char *name, ...)
{
	va_list args;

	va_start(args, name);
	open_span(d, service, kind, name, args);
	va_end(args);
}

void
demo_end(struct demo *d)
{
	top(d)->end = d->now;
	d->depth--;
}

void
demo_enter(struct demo *d, const struct demo_service *service, const char *name, ...)
{
	va_list args, again;

	va_start(args, name);
	va_copy(again, args);
	open_span(d, top(d)->service, DEMO_CLIENT, name, args);
	demo_attr(d, "server.address", "%s", service->name);
	demo_work(d, 350);
	open_span(d, service, DEMO_SERVER, name, again);
	va_end(again);
	va_end(args);
}

void
demo_leave(struct demo *d)
{
	bool failed = top(d)->failed;

	demo_end(d);
	demo_work(d, 300);
	top(d)->failed |= failed;
	demo_end(d);
}

void
demo_attr(struct demo *d, const char *key, const char *value, ...)
{
	char text[512];
	va_list args;

	va_start(args, value);
	vsnprintf(text, sizeof(text), value, args);
	va_end(args);
	add_attr(&top(d)->attrs, key, text);
	buf_addc(&top(d)->attrs, ',');
}

void
demo_attr_int(struct demo *d, const char *key, int64_t value)
{
	buf_addf(&top(d)->attrs, "{\"key\":\"%s\",\"value\":{\"intValue\":\"%" PRId64 "\"}},", key, value);
}

void
demo_event(struct demo *d, const char *name, const char *key, const char *value)
{
	struct buf *events = &top(d)->events;

	buf_addf(events, "{\"timeUnixNano\":\"%" PRId64 "\",\"name\":\"%s\"", d->now, name);
	if (key) {
		buf_add(events, STR(",\"attributes\":["));
		add_attr(events, key, value);
		buf_addc(events, ']');
	}
	buf_add(events, STR("},"));
}

void
demo_error(struct demo *d, const char *type, const char *message)
{
	struct span *span = top(d);

	span->failed = true;
	buf_clear(&span->message);
	add_escaped(&span->message, message);
	buf_addf(&span->events, "{\"timeUnixNano\":\"%" PRId64 "\",\"name\":\"exception\",\"attributes\":[", d->now);
	add_attr(&span->events, "exception.type", type);
	buf_addc(&span->events, ',');
	add_attr(&span->events, "exception.message", message);
	buf_add(&span->events, STR("]},"));
}

uint32_t
demo_here(const struct demo *d)
{
	CHECK(d->depth > 0);
	return d->open[d->depth - 1];
}

void
demo_link(struct demo *d, uint32_t span)
{
	buf_addf(&top(d)->links, "{\"traceId\":\"%016" PRIx64 "%016" PRIx64 "\",\"spanId\":\"%016" PRIx64 "\"},", d->trace[0], d->trace[1],
		d->spans.at[span].id);
}

/* A list with its last comma taken off; nothing when it is empty. */
static void
add_list(struct buf *out, const char *key, const struct buf *items)
{
	if (items->len)
		buf_addf(out, ",\"%s\":[%.*s]", key, (int)items->len - 1, items->at);
}

static void
print_span(const struct demo *d, const struct span *span, struct buf *out)
{
	buf_addf(out, "{\"traceId\":\"%016" PRIx64 "%016" PRIx64 "\",\"spanId\":\"%016" PRIx64 "\"", d->trace[0], d->trace[1], span->id);
	if (span->parent != NO_SPAN)
		buf_addf(out, ",\"parentSpanId\":\"%016" PRIx64 "\"", d->spans.at[span->parent].id);
	buf_addf(out, ",\"name\":\"%s\",\"kind\":%d", span->name.at, (int)span->kind);
	buf_addf(out, ",\"startTimeUnixNano\":\"%" PRId64 "\",\"endTimeUnixNano\":\"%" PRId64 "\"", span->start, span->end);
	add_list(out, "attributes", &span->attrs);
	add_list(out, "events", &span->events);
	add_list(out, "links", &span->links);
	if (span->failed && span->message.len)
		buf_addf(out, ",\"status\":{\"code\":2,\"message\":\"%s\"}", span->message.at);
	else if (span->failed)
		buf_add(out, STR(",\"status\":{\"code\":2}"));
	buf_addc(out, '}');
}

static void
print_resource(const struct demo_service *service, struct buf *out)
{
	buf_add(out, STR("{\"resource\":{\"attributes\":["));
	add_attr(out, "service.name", service->name);
	buf_addc(out, ',');
	add_attr(out, "service.version", service->version);
	buf_addc(out, ',');
	add_attr(out, "telemetry.sdk.language", service->language);
	buf_addc(out, ',');
	add_attr(out, "host.name", service->host);
	buf_addf(out, "]},\"scopeSpans\":[{\"scope\":{\"name\":\"%s\"},\"spans\":[", service->scope);
}

static uint32_t
list_services(const struct demo *d, const struct demo_service *services[SERVICES_MAX])
{
	uint32_t count = 0;

	for (size_t i = 0; i < d->spans.len; i++) {
		uint32_t at = 0;

		while (at < count && services[at] != d->spans.at[i].service)
			at++;
		if (at < count)
			continue;
		CHECK(count < SERVICES_MAX);
		services[count++] = d->spans.at[i].service;
	}
	return count;
}

void
demo_print(struct demo *d, bool lines, struct buf *out)
{
	const struct demo_service *services[SERVICES_MAX];
	uint32_t count = list_services(d, services);

	CHECK(d->depth == 0);
	buf_add(out, STR("{\"resourceSpans\":["));
	for (uint32_t at = 0; at < count; at++) {
		bool first = true;

		buf_add(out, at ? lines ? STR(",\n") : STR(",") : STR(""));
		print_resource(services[at], out);
		for (size_t i = 0; i < d->spans.len; i++) {
			if (d->spans.at[i].service != services[at])
				continue;
			buf_add(out, first ? STR("") : STR(","));
			buf_add(out, lines ? STR("\n") : STR(""));
			print_span(d, &d->spans.at[i], out);
			first = false;
		}
		buf_add(out, STR("]}]}"));
	}
	buf_add(out, STR("]}\n"));
	forget_spans(d);
	begin_trace(d);
}
