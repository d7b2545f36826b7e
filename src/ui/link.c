/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/link.h"

#include <inttypes.h>

#include "ui/link_tree.h"
#include "util/alloc.h"
#include "util/chars.h"
#include "util/choices.h"
#include "util/text.h"

/* Whether a terminal or an eye would take some bytes for something else. */
static bool
is_hostile(struct str text)
{
	struct buf safe = { 0 };

	text_sanitise(text, &safe);
	bool differs = !str_equal(buf_str(&safe), text);
	buf_fini(&safe);
	return differs;
}

static bool
is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!char_is_letter(text.at[i]) && !char_is_digit(text.at[i]) && !memchr("-_./,:+@%", text.at[i], 9))
			return false;
	return text.len > 0;
}

static void
add_quoted(struct str text, struct buf *out)
{
	buf_addc(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\'')
			buf_add(out, STR("'\\''"));
		else
			buf_addc(out, text.at[i]);
	}
	buf_addc(out, '\'');
}

static void
add_text(struct str text, bool escaped, struct buf *out)
{
	struct buf safe = { 0 };

	buf_addc(out, ' ');
	if (escaped) {
		text_escape(text, &safe);
		text = buf_str(&safe);
	}
	if (is_plain(text))
		buf_add(out, text);
	else
		add_quoted(text, out);
	buf_fini(&safe);
}

bool
link_number(struct str text, uint32_t *out)
{
	uint64_t value = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9' || value > UINT32_MAX)
			return false;
		value = value * 10 + (uint64_t)(text.at[i] - '0');
	}
	*out = (uint32_t)value;
	return text.len > 0 && value <= UINT32_MAX;
}

/* A flag, an enumeration or a plain number. */
static uint32_t
number_of(const struct link_field *field, const struct view_state *state)
{
	const char *at = (const char *)state + field->offset;
	uint32_t number;

	if (field->bytes == sizeof(bool))
		return *(const bool *)at;
	CHECK(field->bytes == sizeof number);
	memcpy(&number, at, sizeof number);
	return number;
}

static bool
print_number(struct app *app, const struct link_field *field, unsigned at, struct buf *out)
{
	uint32_t number = number_of(field, &app->state);

	if (at > 0 || (number == 0 && (!field->usual || number_of(field, &app->start) == 0)))
		return false;
	if (!field->words)
		buf_addf(out, "%" PRIu32, number);
	else if (field->words[number])
		buf_add(out, str_of(field->words[number]));
	return out->len > 0;
}

static bool
apply_number(const struct link_field *field, struct view_state *state, struct str value)
{
	char *at = (char *)state + field->offset;
	int index = field->words ? choice_index(field->words, value) : 0;
	uint32_t number = (uint32_t)index;

	if (index < 0 || (!field->words && !link_number(value, &number)))
		return false;
	if (field->bytes == sizeof(bool))
		*(bool *)at = number != 0;
	else
		memcpy(at, &number, sizeof number);
	return true;
}

static bool
print_field(struct app *app, const struct link_field *field, unsigned at, struct buf *out)
{
	return field->bytes ? print_number(app, field, at, out) : field->print && field->print(app, at, out);
}

/* True when a text among the values would have to be escaped for it. */
static bool
add_fields(struct app *app, bool escaped, struct buf *out)
{
	struct buf value = { 0 };
	bool hostile = false;

	for (const struct link_field *field = link_fields; field->option; field++) {
		bool text = field->value == LINK_TEXT || field->value == LINK_FILTER;
		for (unsigned at = 0; buf_clear(&value), print_field(app, field, at, &value); at++) {
			buf_addf(out, " --%s", field->value == LINK_FILTER ? link_filter_option(app, at) : field->option);
			if (field->value != LINK_FLAG)
				add_text(buf_str(&value), escaped && text, out);
			hostile |= text && is_hostile(buf_str(&value));
		}
	}
	buf_fini(&value);
	return hostile;
}

static void
add_inputs(const struct app_options *options, bool escaped, struct buf *out)
{
	bool dashes = false;

	if (options->demo) {
		buf_add(out, STR(" --demo"));
		return;
	}
	for (size_t i = 0; i < options->path_count; i++)
		dashes |= options->paths[i][0] == '-' && options->paths[i][1];
	if (options->format)
		buf_addf(out, " --format %s", options->format);
	if (options->mangled)
		buf_add(out, STR(" --no-demangle"));
	if (options->undropped)
		buf_add(out, STR(" --no-drop"));
	if (dashes)
		buf_add(out, STR(" --"));
	for (size_t i = 0; i < options->path_count; i++)
		add_text(str_of(options->paths[i]), escaped, out);
}

void
link_format(struct app *app, struct buf *out)
{
	struct buf plain = { 0 };
	bool escaped = add_fields(app, false, &plain);

	for (size_t i = 0; i < app->options.path_count && !app->options.demo; i++)
		escaped |= is_hostile(str_of(app->options.paths[i]));
	buf_add(out, STR("spanfire"));
	if (escaped) {
		buf_add(out, STR(" --escaped"));
		add_fields(app, true, out);
	} else {
		buf_add(out, buf_str(&plain));
	}
	add_inputs(&app->options, escaped, out);
	buf_fini(&plain);
}

bool
link_apply(struct app *app, struct view_state *state, const struct setting *setting)
{
	for (const struct link_field *field = link_fields; field->option; field++)
		if (link_applies(field) && strcmp(field->option, setting->name) == 0)
			return field->bytes ? apply_number(field, state, str_of(setting->value)) : field->apply(app, state, str_of(setting->value));
	return false;
}

bool
link_is_usual(const char *option)
{
	for (const struct link_field *field = link_fields; field->option; field++)
		if (strcmp(field->option, option) == 0)
			return field->usual;
	return false;
}
