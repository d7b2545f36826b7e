/* SPDX-License-Identifier: MIT
 * Patterns and texts of any bytes: what is found lies in the text, and a literal finds itself. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "util/regex.h"

static void
search(struct regex *regex, struct str text)
{
	size_t begin = 0, end = 0;

	if (regex_search(regex, text, &begin, &end) == REGEX_YES)
		CHECK(begin <= end && end <= text.len);
	regex_free(regex);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str all = fuzz_text(data, size), pattern = all, text = STR("");
	const char *split = size ? memchr(all.at, '\n', size) : NULL;
	struct error err = { 0 };
	struct regex *regex;

	if (size > 512)
		return 0;
	if (split) {
		pattern.len = (size_t)(split - all.at);
		text = (struct str){ split + 1, size - pattern.len - 1 };
	}
	regex = regex_compile(pattern, REGEX_SMART, &err);
	if (regex)
		search(regex, text);
	search(regex_literal(pattern, REGEX_SMART), text);
	return 0;
}
