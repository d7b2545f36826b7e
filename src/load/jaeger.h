/* SPDX-License-Identifier: MIT
 * The parts of the Jaeger reader.
 * A trace becomes one open set of groups, a group for each process; spans come before the processes that they name.  Spans without a
 * trace around them, as a store keeps them, carry their process with them. */
#ifndef LOAD_JAEGER_H
#define LOAD_JAEGER_H

#include "load/json_fields.h"
#include "load/json_reader.h"
#include "util/vec.h"

enum jaeger_ref_type { JAEGER_CHILD_OF, JAEGER_FOLLOWS_FROM };

struct jaeger_ref {
	enum jaeger_ref_type type;
	uint8_t  trace_id[16];
	bool     has_trace_id;
	uint64_t id;
};

/* A span while its members are read. */
struct jaeger_span {
	struct span_in in;             /* its name may lie in the reader's buffer */
	uint64_t    end_at;            /* of its record; 0: here */
	bool        is_span;           /* it has members that only spans have */
	bool        has_trace_id;
	int64_t     length_ns;         /* with in.has_end */
	int64_t     millis_us;         /* the start in a store's coarser form, of milliseconds; 0: none */
	uint64_t    parent_id;         /* the older member beside references */
	struct str  process_id;        /* in the reader's buffer; empty: none */
	bool        has_process;       /* it carries its process, which is here: */
	uint64_t    process_at;
	uint32_t    process_len;
	enum { ERROR_UNTOLD, ERROR_FALSE, ERROR_TRUE } error;
	enum span_status status;       /* that tags tell */
	uint64_t    http, http_old;    /* status codes; 0: none */
};

struct jaeger_reader {
	struct json_reader base;

	/* The set of groups. */
	bool     open;
	bool     loose;                            /* of a list of spans: all in one set, also traces among them */
	uint64_t within;                           /* there, one more than where the trace at hand begins: its processes are its own; 0: none */
	uint8_t  trace_id[16];                     /* of the trace, for spans that name none */
	bool     real_clock;                       /* a span starts at a time since 1970 */
	bool     has_processes;
	uint64_t undescribed;                      /* spans that do not carry their process */
	struct { VEC(span_id); } zero_starts;      /* spans whose start is 0 */

	/* The current span. */
	struct buf name, process_id, service, tag_key, tag_value, group_key;
	struct { VEC(struct jaeger_ref); } refs;
	struct json_field_order order, tag_order, ref_order;
};

void jaeger_open_set(struct jaeger_reader *reader);    /* nothing if it is open */
void jaeger_close_set(struct jaeger_reader *reader);   /* nothing if it is closed */
void jaeger_switch(struct jaeger_reader *reader, struct str process_id);    /* to the group of a process */
void jaeger_reader_fini(struct jaeger_reader *reader);

/* jaeger.c: what is under the cursor, a span of the open set; a trace, or a span outside of one.  False: it is no trace. */
void jaeger_span(struct jaeger_reader *reader);
bool jaeger_node(struct jaeger_reader *reader);

/* jaeger_runs.c: elements of a large list on several threads, as far as elements_read() goes.  The cursor is in the list, between two
 * elements; of spans the set is open, of traces it is not.  again_at: as elements_read() has it. */
void jaeger_read_spans(struct jaeger_reader *reader, uint64_t *again_at);
void jaeger_read_traces(struct jaeger_reader *reader, uint64_t *again_at);

/* A span member by member: begin, each member or all of them, end.  A member that is none of a span is left unread: false. */
void jaeger_span_begin(struct jaeger_reader *reader, struct jaeger_span *span);
bool jaeger_span_member(struct jaeger_reader *reader, struct jaeger_span *span, struct str key);
void jaeger_span_members(struct jaeger_reader *reader, struct jaeger_span *span);
void jaeger_span_push(struct jaeger_reader *reader, struct jaeger_span *span);

/* An object {serviceName, tags} under the cursor; the name, maybe empty, is in reader->service then.  False: it is none. */
bool jaeger_process(struct jaeger_reader *reader, uint64_t *at_out, uint32_t *len_out);

/* What a tag says of its span, by its key. */
enum jaeger_tag {
	JAEGER_TAG_PLAIN, JAEGER_TAG_KIND, JAEGER_TAG_ERROR, JAEGER_TAG_STATUS, JAEGER_TAG_MESSAGE, JAEGER_TAG_HTTP, JAEGER_TAG_HTTP_OLD,
	JAEGER_TAG_HTTP_MESSAGE, JAEGER_TAG_SCOPE_NAME, JAEGER_TAG_SCOPE_VERSION,
};
enum jaeger_tag      jaeger_tag(struct str key);
enum span_kind       jaeger_kind(struct str text);      /* SPAN_UNSPECIFIED: no kind */
enum span_status     jaeger_status(struct str text);    /* STATUS_UNSET: no status */
enum jaeger_ref_type jaeger_ref_type(struct str text);

/* What the tags under the cursor say of a span: an array, or a store's form, {"span@kind": "server"}. */
void jaeger_tags(struct jaeger_reader *reader, struct jaeger_span *span);
void jaeger_tag_object(struct jaeger_reader *reader, struct jaeger_span *span);

struct details;
bool jaeger_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err);

#endif
