/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/ids.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

#include "tests/tap.h"

static const struct { const char *text; enum id_form form; const char *hex; } traces[] = {
	{ "0102030405060708090a0b0c0d0e0f10", ID_EXACT, "0102030405060708090a0b0c0d0e0f10" },
	{ "5B8EFFF798038103D269B633813FC60C", ID_EXACT, "5b8efff798038103d269b633813fc60c" },
	{ "AAAAAAAAAAAAAAAAAAAAAQ==", ID_EXACT, "00000000000000000000000000000001" },
	{ "W47/95gDgQPSabYzgT/GDA==", ID_EXACT, "5b8efff798038103d269b633813fc60c" },
	{ "W47_95gDgQPSabYzgT_GDA", ID_EXACT, "5b8efff798038103d269b633813fc60c" },
	{ "1", ID_PADDED, "00000000000000000000000000000001" },
	{ "463ac35c9f6413ad", ID_PADDED, "0000000000000000463ac35c9f6413ad" },
	{ "1234567890123456789012", ID_PADDED, "00000000001234567890123456789012" },
	{ "", ID_ABSENT, "00000000000000000000000000000000" },
	{ "00000000000000000000000000000000", ID_ABSENT, "00000000000000000000000000000000" },
	{ "AAAAAAAAAAAAAAAAAAAAAA==", ID_ABSENT, "00000000000000000000000000000000" },
	{ "my trace", ID_HASHED, NULL },
	{ "0102030405060708090a0b0c0d0e0f1000", ID_HASHED, NULL },
	{ "AAAAAAAAAAAAAAAAAAAAA!==", ID_HASHED, NULL },
};

static const struct { const char *text; enum id_form form; uint64_t value; } spans[] = {
	{ "EEE19B7EC3C1B174", ID_EXACT, 0xeee19b7ec3c1b174 },
	{ "eee19b7ec3c1b174", ID_EXACT, 0xeee19b7ec3c1b174 },
	{ "AAAAAAAAAAI=", ID_EXACT, 2 },
	{ "7uGbfsPBsXQ=", ID_EXACT, 0xeee19b7ec3c1b174 },
	{ "7uGbfsPBsXQ", ID_EXACT, 0xeee19b7ec3c1b174 },
	{ "abcdef01234", ID_PADDED, 0xabcdef01234 },
	{ "7b", ID_PADDED, 0x7b },
	{ "0000000000000000eee19b7ec3c1b174", ID_PADDED, 0xeee19b7ec3c1b174 },
	{ "", ID_ABSENT, 0 },
	{ "0000000000000000", ID_ABSENT, 0 },
	{ "0", ID_ABSENT, 0 },
};

/* Every byte in every place of a span id. */
static void
test_digits(void)
{
	bool good = true;

	for (unsigned place = 0; place < 16; place++)
		for (unsigned c = 0; c < 256; c++) {
			char text[17] = "123456789aBcDeF1";
			uint64_t id;

			text[place] = (char)c;
			enum id_form form = id_span((struct str){ text, 16 }, &id);
			good &= isxdigit((int)c) ? form == ID_EXACT && id == strtoull(text, NULL, 16) : form == ID_HASHED;
		}
	ok(good, "hex digits are digits, and nothing else is");
}

int
main(void)
{
	test_digits();
	uint8_t one[16], two[16];
	uint64_t a, b;

	for (size_t i = 0; i < sizeof traces / sizeof *traces; i++) {
		char hex[33];

		ok(id_trace(str_of(traces[i].text), one) == traces[i].form, "form of trace id \"%s\"", traces[i].text);
		for (int j = 0; j < 16; j++)
			snprintf(hex + 2 * j, 3, "%02x", one[j]);
		if (traces[i].hex)
			is_text(hex, traces[i].hex, "its bytes");
	}
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		ok(id_span(str_of(spans[i].text), &a) == spans[i].form, "form of span id \"%s\"", spans[i].text);
		ok(a == spans[i].value, "its value, %016" PRIx64, a);
	}
	ok(id_span(STR("span one"), &a) == ID_HASHED && id_span(STR("span two"), &b) == ID_HASHED && a != b && a && b,
	   "opaque span ids differ and are not zero");
	ok(id_span(STR("0102030405060708090a0b0c0d0e0f10"), &a) == ID_HASHED && id_span(STR("0202030405060708090a0b0c0d0e0f10"), &b) == ID_HASHED &&
	   a != b, "a span id of 16 bytes counts whole");
	id_trace(STR("my trace"), one);
	id_trace(STR("my trace"), two);
	ok(memcmp(one, two, 16) == 0, "equal opaque ids are equal");
	id_trace(STR("My trace"), two);
	ok(memcmp(one, two, 16) != 0, "others are not");
	return done();
}
