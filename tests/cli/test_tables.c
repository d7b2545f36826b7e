/* SPDX-License-Identifier: MIT
 * The tables of commands and options, what is parsed with them, and JSON as text. */
#include "config.h"

#include <cjson/cJSON.h>
#include <ctype.h>

#include "analysis/build.h"
#include "cli/commands.h"
#include "util/emit.h"
#include "cli/options.h"
#include "tests/tap.h"
#include "util/alloc.h"

static void
test_options(void)
{
	bool named = true, unique = true, explained = true, taken = true, shaped = true;

	for (const struct option_row *row = option_rows; row->name; row++) {
		named &= row->name[0] != '\0' && strspn(row->name, "abcdefghijklmnopqrstuvwxyz-") == strlen(row->name);
		explained &= row->group && row->help && isupper((unsigned char)row->help[0]) && row->help[strlen(row->help) - 1] != '.';
		taken &= row->taken_by != 0;
		shaped &= (row->kind == OPTION_FLAG) == (row->argument == NULL) && (row->kind != OPTION_CHOICE || row->choices) &&
		          (row->kind != OPTION_NUMBER || row->min <= row->max);
		for (const struct option_row *other = option_rows; other < row; other++)
			unique &= strcmp(row->name, other->name) != 0 && (!row->letter || row->letter != other->letter) &&
			          (row->offset != other->offset || row->kind == OPTION_WISH || (row->kind == OPTION_LIST && row->max != other->max));
	}
	ok(named, "options have names in lower case");
	ok(unique, "no two share a name, a letter or a field");
	ok(explained, "each has a group and a sentence that begins large and has no full stop");
	ok(taken, "each belongs somewhere");
	ok(shaped, "values, words and ranges where they belong");
	explained = true;
	for (size_t i = 0; commands[i]; i++)
		explained &= commands[i]->run && commands[i]->summary[0] && str_ends(str_of(commands[i]->description), STR(".\n")) &&
		             str_starts(str_of(commands[i]->arguments), str_of(commands[i]->name)) &&
		             command_find(str_of(commands[i]->name)) == commands[i];
	ok(explained, "commands are found by name, explained and can be run");
	ok(!command_find(STR("")) && !command_find(STR("TOP")), "nothing else is a command");
}

static bool
parse(struct request *request, struct error *err, const char *const *words)
{
	const char *argv[16] = { "spanfire" };
	int argc = 1;

	for (; words[argc - 1]; argc++)
		argv[argc] = words[argc - 1];
	return request_parse(argc, (char **)argv, request, err);
}

static void
test_parse(void)
{
	struct request request;
	struct error err = { 0 };

	ok(parse(&request, &err, (const char *const[]){ "a", "--merge", "time", "b", "--width=120", "--", "--c", NULL }), "files between options");
	ok(!request.command && request.path_count == 3 && strcmp(request.paths[0], "a") == 0 && strcmp(request.paths[2], "--c") == 0,
	   "in their order");
	is_int(request.merge, MERGE_TIME, "a word");
	is_int(request.width, 120, "a number");
	is_int(request.order, CHOICE_UNSET, "what was not given");
	request_fini(&request);
	ok(parse(&request, &err, (const char *const[]){ "--threads", "2", "top", "-n3", "-mbusy", "top", NULL }), "a command behind an option");
	ok(request.command == &command_top && request.path_count == 1 && request.limit == 3 && strcmp(request.metric, "busy") == 0,
	   "its name counts once");
	request_fini(&request);
	ok(parse(&request, &err, (const char *const[]){ "--", "top", NULL }) && !request.command && request.path_count == 1, "behind -- it is a file");
	request_fini(&request);
	ok(parse(&request, &err, (const char *const[]){ "file", "top", NULL }) && !request.command && request.path_count == 2, "and behind a file");
	request_fini(&request);
	ok(parse(&request, &err, (const char *const[]){ "--script", "s", "--size", "132x43", "-", NULL }) && request.cols == 132 && request.rows == 43,
	   "a size");
	request_fini(&request);
	static const char *const sizes[] = { "0x1", "1x", "x1", "1x1x1", "-1x5", "99999x1", "80 x24", "" };
	bool refused = true;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		refused &= !parse(&request, &err, (const char *const[]){ "--script", "s", "--size", sizes[i], "f", NULL });
		request_fini(&request);
	}
	ok(refused && err.code == ERROR_USAGE, "sizes that are none");
	ok(parse(&request, &err, (const char *const[]){ NULL }) && request.path_count == 0, "nothing at all");
	request_fini(&request);
}

/* What is written is JSON, holds nothing raw, and valid text comes back the same. */
static void
test_emit(void)
{
	struct buf out = { 0 };
	uint64_t state = 5;
	bool valid = true, raw = false;

	for (int round = 0; round < 3000; round++) {
		struct emit json = { .out = &out };
		char text[24];
		buf_clear(&out);
		for (size_t i = 0; i < sizeof text; i++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			text[i] = (char)(state >> 40);
		}
		emit_open(&json, '{');
		emit_key(&json, "rows");
		emit_open(&json, '[');
		emit_text(&json, (struct str){ text, sizeof text });
		emit_open_line(&json, '{');
		emit_key(&json, "a");
		emit_number(&json, (double)state);
		emit_key(&json, "b");
		emit_integer(&json, (int64_t)state);
		emit_close(&json);
		emit_open(&json, '[');
		emit_close(&json);
		emit_close(&json);
		emit_close(&json);
		cJSON *back = cJSON_Parse(out.at);
		valid &= back != NULL && cJSON_GetArraySize(cJSON_GetObjectItem(back, "rows")) == 3;
		cJSON_Delete(back);
		for (size_t i = 0; i < out.len; i++)
			raw |= ((unsigned char)out.at[i] < 0x20 && out.at[i] != '\n') || out.at[i] == 0x7f;
	}
	ok(valid, "random bytes become valid JSON");
	ok(!raw, "without control characters");

	struct emit json = { .out = &out };
	buf_clear(&out);
	emit_text(&json, (struct str){ "a\0\"\\\n\x1b\xC2\x85\xE2\x80\xAE\xF3\xA0\x80\x81\xC3\xA9\xff", 18 });
	is_text(out.at, "\"a\\u0000\\\"\\\\\\n\\u001b\\u0085\\u202e\\udb40\\udc01\xC3\xA9\xEF\xBF\xBD\"", "escapes");
	buf_fini(&out);
}

int
main(void)
{
	test_options();
	test_parse();
	test_emit();
	return done();
}
