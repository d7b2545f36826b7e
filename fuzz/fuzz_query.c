/* SPDX-License-Identifier: MIT
 * Queries of any bytes: what is refused has its place, what is read can be evaluated, and every beginning of it can be completed. */
#include "config.h"

#include "analysis/query.h"
#include "fuzz/fuzz.h"
#include "tests/make.h"

enum { TEXT_MAX = 600 };

static struct column *
fill(const struct dataset *ds, struct str key, struct job *job)
{
	struct column *column = column_new(COLUMN_STRING, ds->spans.count);

	(void)job;
	column_add_string(column, 0, key);
	column_add_string(column, 1, STR("12"));
	column_add_string(column, 1, STR("text"));
	return column;
}

static const struct attr_reader reader = { .column = fill };

static struct build_cache *
shared_cache(void)
{
	static struct build_cache *cache;

	if (cache)
		return cache;
	struct dataset *ds = make_dataset();
	make_span(ds, "web", "GET /cart", 1, 0, 0, 100);
	make_span(ds, "cart", "Get", 2, 1, 5, 50);
	make_span(ds, "cart", "Get", 3, 1, 60, 61);
	ds->spans.status[2] = STATUS_ERROR;
	dataset_seal(ds);
	cache = build_cache_new(ds, &reader);
	return cache;
}

static void
check_spots(struct str text)
{
	struct buf scratch = { 0 };

	for (size_t len = 0; len <= text.len && len < 64; len++) {
		struct query_spot spot = query_spot((struct str){ text.at, len }, &scratch);
		CHECK(spot.from <= len);
		CHECK(spot.place == QUERY_VALUE || spot.place <= QUERY_JOIN);
	}
	buf_fini(&scratch);
}

static void
check_quotes(struct str text)
{
	struct buf quoted = { 0 };

	buf_add(&quoted, STR("name = "));
	query_quote(text, &quoted);
	struct query *query = query_parse(buf_str(&quoted), NULL);
	CHECK(query);
	query_free(query);
	buf_clear(&quoted);
	query_quote_name(text, &quoted);
	query = query_parse(buf_str(&quoted), NULL);
	CHECK(query && !query_reads_input(query));
	query_free(query);
	buf_clear(&quoted);
	query_quote_attribute(text, &quoted);
	buf_add(&quoted, STR(" exists"));
	query = query_parse(buf_str(&quoted), NULL);
	CHECK(query && query_reads_input(query));
	query_free(query);
	buf_fini(&quoted);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	struct error err = { 0 };

	if (size > TEXT_MAX)
		return 0;
	struct query *query = query_parse(text, &err);
	CHECK(query || (err.code == ERROR_USAGE && err.has_byte && err.byte <= size && err.text[0]));
	if (query) {
		uint64_t *bits = query_eval(query, shared_cache(), NULL, NULL);
		CHECK(bits && bits[0] < 8);
		free(bits);
	}
	query_free(query);
	check_spots(text);
	check_quotes(text);
	return 0;
}
