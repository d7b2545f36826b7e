/* SPDX-License-Identifier: MIT
 * Random queries over random traces, held against the plainest evaluation there is: span by span, recursively, from the details that are
 * read again from the input. */
#include "config.h"

#include <inttypes.h>
#include <unistd.h>

#include "analysis/query.h"
#include "load/attr.h"
#include "load/detail.h"
#include "load/load.h"
#include "tests/make.h"
#include "tests/tap.h"
#include "util/unit.h"

enum { FILES = 12, TRACES = 6, SPANS_MAX = 12, QUERIES = 150, DEPTH_MAX = 5 };

static const char *const services[] = { "cart", "web", "db", "mail worker" };
static const char *const names[] = { "Get", "GET /cart", "a\\\"b", "run", "" };
static const char *const keys[] = { "code", "http.method", "size", "tag", "region", "level" };
static const char *const texts[] = { "GET", "POST", "x y", "7", "07", "1e3", "-2.5", "cart", "a\\\"b", "" };
static const char *const ops[] = { "=", "!=", "<", "<=", ">", ">=", "~", "!~", "exists" };
enum { EQ, NE, LT, LE, GT, GE, MATCH, NO_MATCH, EXISTS, OPS };
static const char *const fields[] = {
	"name", "service", "kind", "status", "duration", "depth", "events", "error", "trace.duration", "trace.spans", "trace.services",
	"trace.errors", "root.name", "root.service",
};
static const char *const kinds[] = { "unspecified", "internal", "server", "client", "producer", "consumer" };
static const char *const statuses[] = { "unset", "ok", "error" };
enum { F_NAME, F_SERVICE, F_KIND, F_STATUS, F_DURATION, F_DEPTH, F_EVENTS, F_ERROR, F_TRACE_DURATION, F_TRACE_SPANS, F_TRACE_SERVICES,
       F_TRACE_ERRORS, F_ROOT_NAME, F_ROOT_SERVICE, FIELDS, F_ATTRIBUTE };

#define LENGTH(array) ((uint32_t)(sizeof(array) / sizeof *(array)))
#define ONE_OF(array) ((array)[random_below(&seed, LENGTH(array))])

static uint64_t seed = 20260131;

struct expr {
	char         kind;       /* '&' '|' '!' 't' */
	struct expr *left, *right;
	int          field, op;
	const char  *key;
	char         value[32];  /* without its quotes */
};

struct facts {
	const struct dataset *ds;
	struct details       *details;    /* per span */
};

/* ---- making */

static void
add_attributes(struct buf *out, int most)
{
	buf_add(out, STR("\"attributes\":["));
	for (uint32_t i = 0, count = random_below(&seed, (uint32_t)most + 1); i < count; i++) {
		buf_addf(out, "%s{\"key\":\"%s\",\"value\":", i ? "," : "", ONE_OF(keys));
		if (random_below(&seed, 2))
			buf_addf(out, "{\"stringValue\":\"%s\"}}", ONE_OF(texts));
		else
			buf_addf(out, "{\"intValue\":\"%u\"}}", random_below(&seed, 12));
	}
	buf_addc(out, ']');
}

static void
add_span(struct buf *out, uint32_t trace, uint32_t span)
{
	uint32_t start = random_below(&seed, 50), parent = span ? random_below(&seed, span + 1) : 0;

	buf_addf(out, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s\"}},"
	         "{\"key\":\"region\",\"value\":{\"stringValue\":\"%s\"}}]},\"scopeSpans\":[{\"scope\":{", ONE_OF(services), ONE_OF(texts));
	add_attributes(out, 1);
	buf_addf(out, "},\"spans\":[{\"traceId\":\"%032x\",\"spanId\":\"%016x\",", trace + 1, trace * 100 + span + 1);
	if (parent)
		buf_addf(out, "\"parentSpanId\":\"%016x\",", trace * 100 + parent);
	buf_addf(out, "\"name\":\"%s\",\"kind\":%u,\"status\":{\"code\":%u},\"startTimeUnixNano\":\"%u\",\"endTimeUnixNano\":\"%u\",", ONE_OF(names),
	         random_below(&seed, 6), random_below(&seed, 3), start + 1, start + 1 + random_below(&seed, 20));
	add_attributes(out, 3);
	buf_add(out, STR(",\"events\":["));
	for (uint32_t i = 0, count = random_below(&seed, 3); i < count; i++) {
		buf_addf(out, "%s{\"name\":\"e\",", i ? "," : "");
		add_attributes(out, 2);
		buf_addc(out, '}');
	}
	buf_add(out, STR("]}]}]}]}\n"));
}

static struct dataset *
random_traces(void)
{
	char path[] = "/tmp/spanfire-query-XXXXXX";
	struct buf text = { 0 };
	int fd = mkstemp(path);

	for (uint32_t trace = 0; trace < TRACES; trace++)
		for (uint32_t span = 0, count = 1 + random_below(&seed, SPANS_MAX); span < count; span++)
			add_span(&text, trace, span);
	bool written = fd >= 0 && write(fd, text.at, text.len) == (ssize_t)text.len;
	struct dataset *ds = written ? load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, NULL) : NULL;
	if (fd >= 0)
		close(fd);
	unlink(path);
	buf_fini(&text);
	return ds;
}

static bool
is_number_field(int field)
{
	return field == F_DURATION || field == F_DEPTH || field == F_EVENTS || (field >= F_TRACE_DURATION && field <= F_TRACE_ERRORS);
}

static void
choose_value(struct expr *expr)
{
	char *value = expr->value;
	size_t size = sizeof expr->value;

	if (is_number_field(expr->field))
		snprintf(value, size, random_below(&seed, 4) ? "%u" : "%u.5", random_below(&seed, expr->field == F_DURATION ? 20 : 6));
	else if (expr->op == MATCH || expr->op == NO_MATCH)
		snprintf(value, size, "%s", ((const char *[]){ "^G", "a", "7$", "e", "." })[random_below(&seed, 5)]);
	else if (expr->field == F_KIND)
		snprintf(value, size, "%s", ONE_OF(kinds));
	else if (expr->field == F_STATUS)
		snprintf(value, size, "%s", ONE_OF(statuses));
	else if (expr->field == F_ERROR)
		snprintf(value, size, "%s", random_below(&seed, 2) ? "true" : "false");
	else if (expr->field == F_SERVICE || expr->field == F_ROOT_SERVICE)
		snprintf(value, size, "%s", ONE_OF(services));
	else
		snprintf(value, size, "%s", expr->field == F_ATTRIBUTE && random_below(&seed, 2) ? "7" : ONE_OF(texts));
}

static struct expr *
random_expr(struct arena *arena, int depth)
{
	struct expr *expr = arena_alloc(arena, sizeof *expr);
	uint32_t kind = depth ? random_below(&seed, 6) : 5;

	expr->kind = kind < 2 ? '&' : kind < 4 ? '|' : kind == 4 ? '!' : 't';
	if (expr->kind != 't') {
		expr->left = random_expr(arena, depth - 1);
		expr->right = expr->kind == '!' ? NULL : random_expr(arena, depth - 1);
		return expr;
	}
	expr->field = random_below(&seed, 2) ? F_ATTRIBUTE : (int)random_below(&seed, FIELDS);
	expr->key = ONE_OF(keys);
	do
		expr->op = (int)random_below(&seed, OPS);
	while (is_number_field(expr->field) && (expr->op == MATCH || expr->op == NO_MATCH));
	choose_value(expr);
	return expr;
}

/* With parentheses wherever they are needed, and sometimes where they are not. */
static void
print_expr(const struct expr *expr, int binds, struct buf *out)
{
	static const char *const words[][3] = { { " AND ", " and ", "\tAnd " }, { " OR ", " or ", " oR\n" }, { "NOT ", "not ", "NoT " } };
	int mine = expr->kind == '|' ? 1 : expr->kind == '&' ? 2 : expr->kind == '!' ? 3 : 4;
	bool open = mine < binds || !random_below(&seed, 8);

	if (open)
		buf_addc(out, '(');
	if (expr->kind == 't') {
		struct buf value = { 0 };
		const char *gap = random_below(&seed, 2) ? " " : "";
		query_quote(str_of(expr->value), &value);
		buf_addf(out, "%s%s%s%s%s", expr->field == F_ATTRIBUTE ? expr->key : fields[expr->field], expr->op == EXISTS ? " " : gap, ops[expr->op],
		         gap, expr->op == EXISTS ? "" : value.at);
		buf_fini(&value);
	} else if (expr->kind == '!') {
		buf_add(out, str_of(ONE_OF(words[2])));
		print_expr(expr->left, 3, out);
	} else {
		print_expr(expr->left, mine, out);
		buf_add(out, str_of(expr->kind == '&' ? ONE_OF(words[0]) : ONE_OF(words[1])));
		print_expr(expr->right, mine + 1, out);
	}
	if (open)
		buf_addc(out, ')');
}

/* ---- the oracle */

static bool
compare(int op, int order)
{
	return op == EQ ? order == 0 : op == NE ? order != 0 : op == LT ? order < 0 : op == LE ? order <= 0 : op == GT ? order > 0 : order >= 0;
}

/* The few expressions that choose_value() makes. */
static bool
finds(const char *pattern, struct str text)
{
	if (strcmp(pattern, "^G") == 0)
		return str_starts(text, STR("G"));
	if (strcmp(pattern, "7$") == 0)
		return str_ends(text, STR("7"));
	if (strcmp(pattern, ".") == 0)
		return text.len > 0;
	return text.len && memchr(text.at, pattern[0], text.len);
}

static bool
text_holds(const struct expr *expr, struct str text)
{
	if (expr->op == EXISTS)
		return text.len > 0;
	if (expr->op == MATCH || expr->op == NO_MATCH)
		return finds(expr->value, text) == (expr->op == MATCH);
	return compare(expr->op, str_compare(text, str_of(expr->value)));
}

static bool
value_holds(const struct expr *expr, struct str text)
{
	double a, b;
	bool a_is = number_parse(text, &a), b_is = number_parse(str_of(expr->value), &b);

	if (expr->op == EXISTS)
		return true;
	if (expr->op == MATCH || expr->op == NO_MATCH || (!a_is && !b_is))
		return text_holds(expr, text);
	if (a_is && b_is)
		return compare(expr->op, a < b ? -1 : a > b);
	return expr->op == NE || (expr->op == EQ && str_equal(text, str_of(expr->value)));
}

static bool
attribute_holds(const struct expr *expr, const struct details *details)
{
	for (size_t i = 0; i < details->len; i++) {
		const struct detail_row *row = &details->at[i];
		bool has_attributes = row->section == DETAIL_ATTRIBUTE || row->section == DETAIL_EVENT || row->section == DETAIL_RESOURCE ||
		                      row->section == DETAIL_SCOPE;
		if (has_attributes && strcmp(row->type, "event") != 0 && str_equal(row->key, str_of(expr->key)) && value_holds(expr, row->value))
			return true;
	}
	return false;
}

/* A number of the span's trace, or the trace's root. */
static double
trace_number(const struct dataset *ds, track_id track, int field, span_id *root_out)
{
	const struct spans *spans = &ds->spans;
	int64_t start = INT64_MAX, end = INT64_MIN, best = INT64_MAX;
	double count = 0, errors = 0;
	uint32_t seen = 0;

	for (span_id s = 0; s < spans->count; s++) {
		int64_t span_end = spans->start_ns[s] + spans->duration_ns[s];
		if (spans->track[s] != track)
			continue;
		count++;
		errors += spans->status[s] == STATUS_ERROR;
		start = spans->start_ns[s] < start ? spans->start_ns[s] : start;
		end = span_end > end ? span_end : end;
		for (uint32_t i = 0; i < LENGTH(services); i++)
			if (str_equal(span_service(ds, s), str_of(services[i])))
				seen |= 1u << i;
		/* Earliest, then longest, then first. */
		bool longer = *root_out != ID_NONE && spans->start_ns[s] == best && spans->duration_ns[s] > spans->duration_ns[*root_out];
		if (spans->parent[s] == ID_NONE && (spans->start_ns[s] < best || longer)) {
			best = spans->start_ns[s];
			*root_out = s;
		}
	}
	return field == F_TRACE_DURATION ? (double)(end - start) : field == F_TRACE_SPANS ? count : field == F_TRACE_ERRORS ? errors
	                                                                                         : __builtin_popcount(seen);
}

static double
number_of(const struct facts *facts, span_id span, int field, span_id *root_out)
{
	const struct dataset *ds = facts->ds;
	double number = 0;

	if (field == F_DURATION)
		return (double)ds->spans.duration_ns[span];
	if (field == F_DEPTH) {
		for (; span != ID_NONE; span = ds->spans.parent[span])
			number++;
		return number;
	}
	if (field == F_EVENTS) {
		for (size_t i = 0; i < facts->details[span].len; i++)
			number += strcmp(facts->details[span].at[i].type, "event") == 0;
		return number;
	}
	return trace_number(ds, ds->spans.track[span], field, root_out);
}

static bool
holds(const struct expr *expr, const struct facts *facts, span_id span)
{
	const struct dataset *ds = facts->ds;
	bool error = ds->spans.status[span] == STATUS_ERROR;
	span_id root = ID_NONE;

	switch (expr->kind) {
	case '&': return holds(expr->left, facts, span) && holds(expr->right, facts, span);
	case '|': return holds(expr->left, facts, span) || holds(expr->right, facts, span);
	case '!': return !holds(expr->left, facts, span);
	default: break;
	}
	double number = expr->field == F_ATTRIBUTE ? 0 : number_of(facts, span, expr->field, &root);
	switch (expr->field) {
	case F_NAME: return text_holds(expr, frame_name(ds, ds->spans.frame[span]));
	case F_SERVICE: return text_holds(expr, span_service(ds, span));
	case F_KIND: return text_holds(expr, str_of(kinds[ds->spans.kind[span]]));
	case F_STATUS: return text_holds(expr, str_of(statuses[ds->spans.status[span]]));
	case F_ERROR: return text_holds(expr, error ? STR("true") : STR("false"));
	case F_ROOT_NAME: return text_holds(expr, frame_name(ds, ds->spans.frame[root]));
	case F_ROOT_SERVICE: return text_holds(expr, span_service(ds, root));
	case F_ATTRIBUTE: return attribute_holds(expr, &facts->details[span]);
	default: {
		double wanted = strtod(expr->value, NULL);
		return expr->op == EXISTS || compare(expr->op, number < wanted ? -1 : number > wanted);
	}
	}
}

/* ---- both */

static bool
agrees(const struct facts *facts, struct build_cache *cache, const struct expr *expr, struct str text)
{
	struct error err = { 0 };
	struct query *query = query_parse(text, &err);

	if (!query) {
		diag("%.*s: byte %" PRIu64 ": %s", (int)text.len, text.at, err.byte, err.text);
		return false;
	}
	uint64_t *bits = query_eval(query, cache, NULL, NULL);
	bool same = true;
	for (span_id span = 0; span < facts->ds->spans.count && same; span++) {
		same = (bits[span / 64] >> (span % 64) & 1) == holds(expr, facts, span);
		if (!same)
			diag("%.*s: span %u", (int)text.len, text.at, span);
	}
	same &= !(bits[facts->ds->spans.count / 64] >> (facts->ds->spans.count % 64));
	free(bits);
	query_free(query);
	return same;
}

static void
test_file(int file)
{
	struct facts facts = { .ds = random_traces() };
	struct arena arena;
	struct buf text = { 0 };
	int wrong = 0;

	if (!ok(facts.ds, "random traces are read"))
		return;
	struct build_cache *cache = build_cache_new(facts.ds, &attr_reader);
	facts.details = xcalloc(facts.ds->spans.count, sizeof *facts.details);
	for (span_id span = 0; span < facts.ds->spans.count; span++)
		details_read(facts.ds, span, &facts.details[span], NULL);
	for (int i = 0; i < QUERIES; i++) {
		arena_init(&arena);
		struct expr *expr = random_expr(&arena, (int)random_below(&seed, DEPTH_MAX));
		buf_clear(&text);
		print_expr(expr, 0, &text);
		wrong += !agrees(&facts, cache, expr, buf_str(&text));
		arena_fini(&arena);
	}
	ok(!wrong, "file %d: %d queries find what the oracle finds", file, QUERIES);
	for (span_id span = 0; span < facts.ds->spans.count; span++)
		details_fini(&facts.details[span]);
	free(facts.details);
	build_cache_free(cache);
	dataset_free((struct dataset *)facts.ds);
	buf_fini(&text);
}

int
main(void)
{
	for (int file = 0; file < FILES; file++)
		test_file(file);
	return done();
}
