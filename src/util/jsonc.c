/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/jsonc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "util/alloc.h"
#include "util/chars.h"

enum { FILE_BYTES = 1 << 20, SHOWN_BYTES = 30 };

/* Behind the string that begins at `at`; len when it does not end. */
static size_t
skip_string(const char *text, size_t len, size_t at)
{
	for (at++; at < len && text[at] != '"'; at++)
		at += text[at] == '\\';
	return at < len ? at + 1 : len;
}

/* Spaces in place of comments; lines stay.  False: one does not end. */
static bool
blank_comments(char *text, size_t len)
{
	bool all_end = true;
	size_t at = 0;

	while (at < len) {
		if (text[at] == '"') {
			at = skip_string(text, len, at);
		} else if (text[at] == '/' && at + 1 < len && text[at + 1] == '/') {
			while (at < len && text[at] != '\n')
				text[at++] = ' ';
		} else if (text[at] == '/' && at + 1 < len && text[at + 1] == '*') {
			bool ends = false;
			text[at] = text[at + 1] = ' ';
			for (at += 2; at < len && !ends; at++) {
				ends = text[at] == '*' && at + 1 < len && text[at + 1] == '/';
				if (ends)
					text[at + 1] = ' ';
				if (text[at] != '\n')
					text[at] = ' ';
			}
			all_end &= ends;
		} else {
			at++;
		}
	}
	return all_end;
}

static size_t
skip_space(const char *text, size_t len, size_t at)
{
	while (at < len && char_is_space(text[at]))
		at++;
	return at;
}

/* A space in place of a comma behind the last of a list: comments come without. */
static void
blank_last_commas(char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		size_t next = text[at] == ',' ? skip_space(text, len, at + 1) : len;
		if (next < len && (text[next] == '}' || text[next] == ']'))
			text[at] = ' ';
		at = text[at] == '"' ? skip_string(text, len, at) : at + 1;
	}
}

static uint64_t
line_at(const char *text, size_t at)
{
	uint64_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

/* What cannot be read, from there to the end of its line. */
static void
say_no_json(const char *text, size_t len, size_t at, struct error *err)
{
	size_t end = at;

	while (end < len && text[end] != '\n' && end - at < SHOWN_BYTES)
		end++;
	if (at == len)
		error_set(err, ERROR_INPUT, "this is no JSON: the end is missing");
	else
		error_set(err, ERROR_INPUT, "this is no JSON: %.*s", (int)(end - at), text + at);
}

bool
jsonc_parse(struct str text, const char *path, struct jsonc *out, struct error *err)
{
	const char *end = NULL;
	struct jsonc json = { .text = xstrndup(text.len ? text.at : "", text.len), .len = text.len };

	bool all_end = blank_comments(json.text, json.len);
	blank_last_commas(json.text, json.len);
	if (all_end && skip_space(json.text, json.len, 0) == json.len)
		json.root = cJSON_CreateObject();
	else
		json.root = cJSON_ParseWithLengthOpts(json.text, json.len, &end, false);
	size_t at = end ? (size_t)(end - json.text) : json.len;
	if (at > json.len)
		at = json.len;
	bool is_object = cJSON_IsObject(json.root);
	at = skip_space(json.text, json.len, json.root && !is_object ? 0 : at);
	if (!is_object || at < json.len) {
		if (!json.root)
			say_no_json(json.text, json.len, at, err);
		else
			error_set(err, ERROR_INPUT, "%s", is_object ? "something stands behind the end" : "a JSON object belongs here");
		error_at_line(err, path, line_at(json.text, at));
		jsonc_free(&json);
		return false;
	}
	*out = json;
	return true;
}

bool
jsonc_read(const char *path, struct jsonc *out, struct error *err)
{
	FILE *file = fopen(path, "re");
	struct stat what;

	if (!file || fstat(fileno(file), &what) != 0 || !S_ISREG(what.st_mode)) {
		error_set(err, ERROR_SYSTEM, "%s", file ? "this is no file" : strerror(errno));
		if (file)
			fclose(file);
		return error_at_line(err, path, 0);
	}
	char *text = xmalloc(FILE_BYTES + 1);
	size_t len = fread(text, 1, FILE_BYTES + 1, file);
	bool good = !ferror(file);
	fclose(file);
	if (!good || len > FILE_BYTES) {
		error_set(err, ERROR_INPUT, good ? "this is too long" : "it cannot be read");
		good = error_at_line(err, path, 0);
	} else {
		good = jsonc_parse((struct str){ text, len }, path, out, err);
	}
	free(text);
	return good;
}

void
jsonc_free(struct jsonc *json)
{
	cJSON_Delete(json->root);
	free(json->text);
	*json = (struct jsonc){ 0 };
}

/* The text is known to be JSON: strings before colons are names of members. */
uint64_t
jsonc_line(const struct jsonc *json, const char *section, unsigned index)
{
	unsigned depth = 0, wanted = section ? 2 : 1;
	bool inside = !section;
	size_t at = 0;

	while (at < json->len) {
		char c = json->text[at];
		if (c != '"') {
			depth += c == '{' || c == '[';
			depth -= c == '}' || c == ']';
			at++;
			continue;
		}
		size_t end = skip_string(json->text, json->len, at), colon = skip_space(json->text, json->len, end);
		bool is_name = colon < json->len && json->text[colon] == ':';
		if (is_name && section && depth == 1)
			inside = str_equal((struct str){ json->text + at + 1, end - at - 2 }, str_of(section));
		if (is_name && inside && depth == wanted && index-- == 0)
			return line_at(json->text, at);
		at = end;
	}
	return 0;
}
