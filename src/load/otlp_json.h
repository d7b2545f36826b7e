/* SPDX-License-Identifier: MIT
 * The parts of the OTLP JSON reader.
 * A document is an envelope around resource spans; each of these becomes one group of the sink for each of its scopes. */
#ifndef LOAD_OTLP_JSON_H
#define LOAD_OTLP_JSON_H

#include "load/json_fields.h"
#include "load/json_reader.h"

#define OTLP_RESOURCES 8u    /* that are remembered */

/* A resource that was read: its bytes, which stay where they are, and what it says. */
struct otlp_known_resource {
	struct str text;
	struct buf service;
	bool       has_service;
};

struct otlp_reader {
	struct json_reader base;    /* first */

	struct buf   name;          /* of the current span, when it cannot stay in the input */
	struct buf   message;       /* the server's, beside the document's spans */
	struct json_field_order order;    /* of a span's members */

	/* The resource spans that are being read. */
	struct buf   service;
	bool         has_service, has_resource, has_resource_place;
	uint64_t     resource_at;
	uint32_t     resource_len;
	bool         open;          /* a group is open */
	bool         has_scope;     /* it has a scope object */
	bool         looked_ahead;
	bool         has_scope_spans;    /* the newer form of the same data is there too */

	struct otlp_known_resource known_resources[OTLP_RESOURCES];
	unsigned     last_resource, next_resource;    /* the one met last; the one to be forgotten first */

	/* What the sink is told as headings. */
	bool         has_headings;       /* of this resource, from first_heading on */
	uint32_t     first_heading;
	struct buf   resource_schema, scope_schema;
};

/* Gives back what the reader holds beside its base. */
void otlp_reader_fini(struct otlp_reader *reader);

/* The string under the cursor, kept; anything else is passed over and leaves it empty. */
void otlp_keep_text(struct json *json, struct buf *out);
bool otlp_is_schema(struct str key);

/* A span under the cursor. */
void otlp_span(struct otlp_reader *reader);

/* Resource spans: begin, each member of the object, end.  A member that is none of its own is left unread: false. */
void otlp_resource_begin(struct otlp_reader *reader);
bool otlp_resource_member(struct otlp_reader *reader, struct str key);
void otlp_resource_end(struct otlp_reader *reader);

/* A resource under the cursor. */
void otlp_resource(struct otlp_reader *reader);

/* The array of resource spans under the cursor. */
void otlp_resource_list(struct otlp_reader *reader);

/* The array of resource logs under the cursor. */
void otlp_log_list(struct otlp_reader *reader);

/* An attribute value under the cursor as text, arrays and maps as plain JSON; type_out gets a constant. */
void otlp_value(struct json *json, struct buf *out, const char **type_out);

struct details;
bool otlp_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err);
bool otlp_record(const struct dataset *ds, const struct detail_ref *ref, struct details *out, struct error *err);    /* a log record */

#endif
