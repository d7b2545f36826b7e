/* SPDX-License-Identifier: MIT
 * The search language: each case is a text and the frames it finds, by letter. */
#include "config.h"

#include "analysis/search.h"

#include <stdlib.h>

#include "tests/make.h"
#include "tests/tap.h"

static struct dataset *
make_frames(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "frontend", "GET /cart", 1, 0, 0, 10);      /* A */
	make_span(ds, "frontend", "POST /checkout", 2, 1, 0, 5);  /* B */
	make_span(ds, "cart", "GET /cart", 3, 1, 5, 6);           /* C */
	make_span(ds, "db", "SELECT a+b", 4, 3, 5, 6);            /* D */
	make_sample(ds, "net/http.serve", 1);                     /* E */
	make_sample(ds, "operator(", 1);                          /* F */
	ds->frames[4].file = strtab_intern(ds->strings, STR("server.go"));
	ds->frames[4].line = 42;
	dataset_seal(ds);
	return ds;
}

static const struct { const char *text, *want; bool literal; } cases[] = {
	{ "cart", "AC", false },
	{ "Cart", "", false },
	{ "GET", "AC", false },
	{ "get", "AC", false },
	{ "cart frontend", "A", false },
	{ "cart -frontend", "C", false },
	{ "-cart", "BDEF", false },
	{ "\"GET /cart\"", "AC", false },
	{ "\"/cart frontend\"", "", false },
	{ "service:cart", "C", false },
	{ "-service:frontend get", "C", false },
	{ "name:^GET", "AC", false },
	{ "name:cart service:frontend", "A", false },
	{ "pkg:^net", "E", false },
	{ "file:go$", "E", false },
	{ "line:42", "E", false },
	{ "line:41", "", false },
	{ "line:x", "", false },
	{ "operator(", "F", true },
	{ "a\\+b", "D", false },
	{ "cart|checkout", "ABC", false },
	{ "", "", false },
	{ "   ", "", false },
	{ "-", "", false },
	{ "\"", "", false },
};

int
main(void)
{
	struct dataset *ds = make_frames();
	struct buf quoted = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct search *search = search_parse(str_of(cases[i].text));
		uint64_t *bits = search_frames(search, ds);
		char got[8] = "";
		size_t len = 0;
		for (frame_id frame = 0; frame < ds->frame_count; frame++)
			if (bits[0] >> frame & 1)
				got[len++] = (char)('A' + frame);
		is_text(got, cases[i].want, cases[i].text);
		ok(search_is_literal(search) == cases[i].literal, "literal or not: %s", cases[i].text);
		free(bits);
		search_free(search);
	}
	search_quote(STR("db SELECT a+b"), &quoted);
	struct search *exact = search_parse(buf_str(&quoted));
	uint64_t *bits = search_frames(exact, ds);
	ok(bits[0] == 1 << 3, "a quoted label finds itself only");
	free(bits);
	search_free(exact);
	buf_clear(&quoted);
	search_quote(STR("say \"no\xff\""), &quoted);
	is_text(quoted.at, "\"\\A(?-i)say \\x22no\xff\\x22\\z\"", "quotes in it are numbers, other bytes as they are");
	struct str field, pattern;
	buf_clear(&quoted);
	ok(search_quoted(STR("pkg:\"\\Aa b\\z\""), &field, &pattern) && str_equal(field, STR("pkg:")) && str_equal(pattern, STR("\\Aa b\\z")),
	   "a field and what is quoted");
	ok(!search_quoted(STR("\"a\" \"b\""), &field, &pattern) && !search_quoted(STR("pkg:a"), &field, &pattern) && !search_quoted(STR("\""), &field, &pattern),
	   "two terms are none, nor is one without quotes");
	buf_fini(&quoted);
	dataset_free(ds);
	return done();
}
