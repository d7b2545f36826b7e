/* SPDX-License-Identifier: MIT
 * The parts of the Zipkin reader: spans of version 2 and 1, told apart span by span.
 * A value of the top level becomes one open set of groups, a group for each local endpoint; a span may come in several records. */
#ifndef LOAD_ZIPKIN_H
#define LOAD_ZIPKIN_H

#include "load/json_fields.h"
#include "load/json_reader.h"

/* Where something ran; empty when it is not told. */
struct zipkin_endpoint {
	bool       there;
	uint64_t   at;           /* of its object */
	uint32_t   len;
	struct buf service;
	struct buf process;      /* addresses and port in one text */
	struct zipkin_known *known;    /* what is remembered of its like; NULL: nothing */
};

/* Annotations of version 1 that say when a span began and ended, as a client and as a server, and what a broker saw. */
enum zipkin_core {
	ZIPKIN_CS, ZIPKIN_CR, ZIPKIN_SR, ZIPKIN_SS, ZIPKIN_MS, ZIPKIN_MR, ZIPKIN_CORES,
	ZIPKIN_NO_CORE = ZIPKIN_CORES,
};

/* A span while its members are read. */
struct zipkin_span {
	struct span_in in;
	bool     shared, is_span, is_v1;
	bool     has_error;      /* version 1: an error, of the service in reader->failed */
	uint32_t sides[3];       /* annotations that tell of client, server and broker */
	int64_t  length_ns;      /* with in.has_end */
	int64_t  core_ns[ZIPKIN_CORES];
	bool     has_core[ZIPKIN_CORES];
};

#define ZIPKIN_ENDPOINTS 256u   /* that are remembered, one for each value of a hash */

/* An endpoint that was read: its bytes, which stay where they are, and what it says. */
struct zipkin_known {
	struct str text;
	struct zipkin_endpoint says;
	uint64_t   set;          /* one more than the number of the set of groups in which its group is known; 0: in none */
	size_t     group;
};

struct zipkin_reader {
	struct json_reader base;
	bool       open;         /* a set of groups */
	uint64_t   set;          /* its number */
	struct buf group;        /* key of the current group */
	bool       has_group;

	/* The current span. */
	struct buf name, text, failed;
	struct buf told_by;      /* version 1: the services of all other annotations, a NUL after each */
	struct zipkin_endpoint local;      /* version 2, or the local component of version 1 */
	struct zipkin_endpoint client, server, broker, any;    /* of annotations of version 1 */
	struct zipkin_endpoint spare;      /* of the annotation that is being read */
	bool       taken;        /* any of client, server, broker and any is not empty */

	struct zipkin_known known[ZIPKIN_ENDPOINTS];
	struct json_field_order order, annotation_order, endpoint_order;
};

void zipkin_reader_fini(struct zipkin_reader *reader);

/* A span object under the cursor: reads and pushes it. */
void zipkin_span(struct zipkin_reader *reader);

enum zipkin_core zipkin_core(struct str value);

/* zipkin_endpoint.c: an endpoint under the cursor; before a span, those of the one before are cleared; the group of an endpoint. */
void zipkin_endpoint(struct zipkin_reader *reader, struct zipkin_endpoint *out);
void zipkin_endpoint_clear(struct zipkin_endpoint *endpoint);
void zipkin_endpoints_clear(struct zipkin_reader *reader);
void zipkin_enter(struct zipkin_reader *reader, const struct zipkin_endpoint *endpoint);

struct details;
bool zipkin_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err);
bool zipkin_record(const struct dataset *ds, const struct detail_ref *ref, struct details *out, struct error *err);

#endif
