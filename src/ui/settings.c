/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/settings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "analysis/query.h"
#include "ui/bindings.h"
#include "ui/event.h"
#include "util/alloc.h"
#include "util/choices.h"
#include "util/jsonc.h"

/* A sandwich has to be of something, and a timeline of spans. */
static const char *const view_words[] = { "auto", "flame", "table", "both", "tree", "traces", NULL };

const struct config_row config_rows[] = {
	{ "theme",      CONFIG_WORD, NULL,            "auto",    "The theme, a file NAME.json among the themes; auto asks the terminal whether it is dark or light" },
	{ "colors",     CONFIG_WORD, choices_colors,     "auto",    "How many colours to use; auto is what the terminal has" },
	{ "ascii",      CONFIG_FLAG, NULL,            "false",   "Draw with ASCII characters only" },
	{ "mouse",      CONFIG_FLAG, NULL,            "true",    "Take the mouse; F2 changes it" },
	{ "view",       CONFIG_WORD, view_words,      "auto",    "The view to begin with; auto is the list of traces where there are several, else the flame graph" },
	{ "color-by",   CONFIG_WORD, choices_color_by,  "package", "What boxes get their colour from" },
	{ "names",      CONFIG_WORD, choices_names,      "full",    "Names in full, or short: without arguments, generics and paths of packages" },
	{ "mark",       CONFIG_WORD, choices_mark,      "nothing", "Mark what is on the critical path of a trace" },
	{ "times",      CONFIG_WORD, choices_times,     "relative", "Moments since the beginning of the trace, or by the clock" },
	{ "align",      CONFIG_WORD, choices_align,     "left",    "Which end of a name is shown when it does not fit" },
	{ "roots",      CONFIG_WORD, choices_roots,      "top",     "Where the outermost frames stand" },
	{ "sort",       CONFIG_WORD, choices_sort,      "self",    "The column that the table is sorted by" },
	{ "sort-order", CONFIG_WORD, choices_sort_order, "down",    "Greatest first (down) or smallest first (up)" },
	{ "table-by",   CONFIG_WORD, choices_table_by,  "function", "What a row of the table stands for" },
	{ "table-rows", CONFIG_WORD, choices_table_rows, "all",    "Whether a search leaves only what it finds in the table" },
	{ "list-sort",  CONFIG_WORD, choices_list_sort, "start",   "The column that the list of traces is sorted by" },
	{ "list-order", CONFIG_WORD, choices_list_order, "up",     "Greatest first (down) or smallest first (up) in the list of traces" },
	{ "chart",      CONFIG_WORD, choices_chart,     "traces",  "What is drawn above the list of traces" },
	{ "name-width", CONFIG_NUMBER, NULL,          "0",       "Columns for the names of the timeline; 0: as many as fit" },
	{ NULL, CONFIG_WORD, NULL, NULL, NULL },
};

char *
config_folder(void)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (xdg && *xdg == '/')
		return xasprintf("%s/spanfire", xdg);
	return home && *home ? xasprintf("%s/.config/spanfire", home) : NULL;
}

static const char *
keep(struct config *config, const char *text)
{
	return arena_copy(&config->arena, str_of(text));
}

static void
complain(struct config *config, const struct error *err)
{
	struct buf text = { 0 };

	error_format(err, &text);
	buf_addc(&text, '\0');
	vec_push(&config->problems, keep(config, text.at));
	buf_fini(&text);
}

/* ---- settings */

static const struct config_row *
find_row(const char *name)
{
	for (const struct config_row *row = config_rows; row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

static bool
has_word(const struct config_row *row, const char *text)
{
	for (int i = 0; row->words && row->words[i]; i++)
		if (strcmp(row->words[i], text) == 0)
			return true;
	return !row->words;
}

static void
list_words(const struct config_row *row, struct buf *out)
{
	for (int i = 0; row->words && row->words[i]; i++)
		buf_addf(out, "%s%s", i ? ", " : "", row->words[i]);
	if (row->kind == CONFIG_FLAG)
		buf_add(out, STR("true, false"));
}

static const char *
keep_number(struct config *config, const cJSON *item)
{
	double number = cJSON_IsNumber(item) ? item->valuedouble : -1;
	char text[16];

	if (number < 0 || number > CONFIG_NUMBER_MOST || number != (int)number)
		return NULL;
	snprintf(text, sizeof text, "%d", (int)number);
	return keep(config, text);
}

static bool
take_setting(struct config *config, const cJSON *item, struct error *err)
{
	const struct config_row *row = find_row(item->string);
	const char *text = cJSON_GetStringValue(item);
	struct buf words = { 0 };

	if (!row)
		return error_set(err, ERROR_INPUT, "there is no setting \"%.60s\"; --dump-config lists them", item->string);
	if (row->kind == CONFIG_FLAG)
		text = cJSON_IsBool(item) ? (cJSON_IsTrue(item) ? "true" : "false") : NULL;
	else if (row->kind == CONFIG_NUMBER)
		text = keep_number(config, item);
	else if (text && !has_word(row, text))
		text = NULL;
	if (text) {
		vec_push(&config->settings, (struct setting){ row->name, keep(config, text) });
		return true;
	}
	list_words(row, &words);
	error_set(err, ERROR_INPUT, words.len ? "\"%s\" is one of %s" : row->kind == CONFIG_NUMBER ? "\"%s\" is a whole number" : "\"%s\" is a name",
	          row->name, words.len ? words.at : "");
	buf_fini(&words);
	return false;
}

/* ---- keys */

static bool
take_key(struct config *config, const cJSON *item, struct error *err)
{
	const char *name = cJSON_GetStringValue(item);
	enum action action = name ? action_find(str_of(name)) : ACT_NONE;
	uint32_t key;
	uint8_t mods;

	if (!key_parse(str_of(item->string), &key, &mods) && action_find(str_of(item->string)) != ACT_NONE)
		return error_set(err, ERROR_INPUT, "\"%.60s\" is an action: its key comes first, as in \"F9\": \"%.60s\"", item->string, item->string);
	if (!key_parse(str_of(item->string), &key, &mods))
		return error_set(err, ERROR_INPUT, "there is no key \"%.60s\"", item->string);
	if (!name && !cJSON_IsNull(item))
		return error_set(err, ERROR_INPUT, "\"%.60s\" needs the name of an action, or null", item->string);
	if (name && action == ACT_NONE)
		return error_set(err, ERROR_INPUT, "there is no action \"%.60s\"; --dump-config lists them", name);
	vec_push(&config->keys, (struct config_key){ keep(config, item->string), action });
	return true;
}

static unsigned
places_of(const cJSON *item)
{
	const char *name = cJSON_GetStringValue(item);

	return name ? action_infos[action_find(str_of(name))].places : 0;
}

/* One key for what means something in different places. */
static bool
keys_differ(const cJSON *earlier, const cJSON *item)
{
	return places_of(earlier) && places_of(item) && !(places_of(earlier) & places_of(item));
}

/* ---- saved queries */

static bool
take_query(struct config *config, const cJSON *item, struct error *err)
{
	const char *text = cJSON_GetStringValue(item);
	struct error inner = { 0 };

	if (!text)
		return error_set(err, ERROR_INPUT, "the query \"%.60s\" is a text", item->string);
	struct query *query = query_parse(str_of(text), &inner);
	if (!query)
		return error_set(err, ERROR_INPUT, "the query \"%.60s\" is wrong at %" PRIu64 ": %s", item->string, inner.byte + 1, inner.text);
	query_free(query);
	vec_push(&config->queries, (struct setting){ keep(config, item->string), keep(config, text) });
	return true;
}

/* ---- objects of members */

static const struct section {
	const char *name, *what;
	bool (*take)(struct config *config, const cJSON *item, struct error *err);
	bool (*differ)(const cJSON *earlier, const cJSON *item);    /* two of one name do not contradict each other; NULL: they always do */
} sections[] = {
	{ "keys",    "keys and actions",  take_key, keys_differ },
	{ "queries", "names and queries", take_query, NULL },
};

static const struct section *
section_named(const char *name)
{
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (strcmp(sections[i].name, name) == 0)
			return &sections[i];
	return NULL;
}

/* Whether the name was there before it.  Keys may come again, for what means something elsewhere. */
static bool
comes_again(const cJSON *members, const cJSON *item, bool (*differ)(const cJSON *earlier, const cJSON *item))
{
	for (const cJSON *earlier = members->child; earlier != item; earlier = earlier->next)
		if (strcmp(earlier->string, item->string) == 0 && !(differ && differ(earlier, item)))
			return true;
	return false;
}

static void
complain_again(struct config *config, const cJSON *item, const char *path, uint64_t line)
{
	struct error err = { 0 };

	error_set(&err, ERROR_INPUT, "\"%.60s\" comes a second time: this one holds", item->string);
	error_at_line(&err, path, line);
	complain(config, &err);
}

static void
take_section(struct config *config, const struct jsonc *json, const struct section *section, const cJSON *members, const char *path)
{
	const cJSON *item;
	unsigned index = 0;

	cJSON_ArrayForEach(item, members) {
		struct error err = { 0 };
		if (!section->take(config, item, &err)) {
			error_at_line(&err, path, jsonc_line(json, section->name, index));
			complain(config, &err);
		} else if (comes_again(members, item, section->differ)) {
			complain_again(config, item, path, jsonc_line(json, section->name, index));
		}
		index++;
	}
}

/* ---- the file */

static void
take_members(struct config *config, const struct jsonc *json, const char *path)
{
	const cJSON *item;
	unsigned index = 0;

	cJSON_ArrayForEach(item, json->root) {
		struct error err = { 0 };
		bool good = true;
		const struct section *section = section_named(item->string);
		if (!section)
			good = take_setting(config, item, &err);
		else if (cJSON_IsObject(item))
			take_section(config, json, section, item, path);
		else
			good = error_set(&err, ERROR_INPUT, "\"%s\" is an object of %s", section->name, section->what);
		if (!good) {
			error_at_line(&err, path, jsonc_line(json, NULL, index));
			complain(config, &err);
		} else if (comes_again(json->root, item, NULL)) {
			complain_again(config, item, path, jsonc_line(json, NULL, index));
		}
		if (good && strcmp(item->string, "theme") == 0)
			config->theme_line = jsonc_line(json, NULL, index);
		index++;
	}
	config->path = keep(config, path);
}

static void
begin(struct config *config)
{
	*config = (struct config){ 0 };
	arena_init(&config->arena);
}

void
config_parse(struct str text, const char *path, struct config *config)
{
	struct error err = { 0 };
	struct jsonc json;

	begin(config);
	if (!jsonc_parse(text, path, &json, &err)) {
		complain(config, &err);
		return;
	}
	take_members(config, &json, path);
	jsonc_free(&json);
}

void
config_read(const char *path, struct config *config)
{
	char *folder = config_folder(), *usual = folder ? xasprintf("%s/config.json", folder) : NULL;
	const char *from = path ? path : usual;
	struct error err = { 0 };
	struct jsonc json;

	begin(config);
	if (from && (path || access(from, F_OK) == 0)) {
		if (jsonc_read(from, &json, &err)) {
			take_members(config, &json, from);
			jsonc_free(&json);
		} else {
			complain(config, &err);
		}
	}
	free(usual);
	free(folder);
}

void
config_fini(struct config *config)
{
	vec_fini(&config->settings);
	vec_fini(&config->keys);
	vec_fini(&config->queries);
	vec_fini(&config->problems);
	arena_fini(&config->arena);
	*config = (struct config){ 0 };
}

const char *
config_value(const struct config *config, const char *name)
{
	const char *value = NULL;

	for (size_t i = 0; i < config->settings.len; i++)
		if (strcmp(config->settings.at[i].name, name) == 0)
			value = config->settings.at[i].value;
	return value;
}

/* A comment and the keys for each action; a comma after each key but the last of all. */
static void
dump_keys(struct buf *out)
{
	size_t left = 0;

	for (const struct binding *b = bindings; b->key; b++)
		left++;
	buf_add(out, STR("  // What keys do: a key and an action, or null for nothing.\n  \"keys\": {"));
	for (int action = ACT_NONE + 1; action < ACTION_COUNT; action++) {
		size_t before = left;
		buf_addf(out, "\n    // %s", action_infos[action].sentence);
		for (const struct binding *b = bindings; b->key; b++)
			if ((int)b->action == action)
				buf_addf(out, "\n    \"%s\": \"%s\"%s", b->key, action_infos[action].name, --left ? "," : "");
		if (left == before)
			buf_addf(out, ": \"%s\", which has no key", action_infos[action].name);
	}
	buf_add(out, STR("\n  }\n"));
}

void
config_dump(struct buf *out)
{
	buf_add(out, STR("{\n"));
	for (const struct config_row *row = config_rows; row->name; row++) {
		const char *quote = row->kind == CONFIG_WORD ? "\"" : "";
		buf_addf(out, "  // %s", row->sentence);
		if (row->words) {
			buf_add(out, STR(": "));
			list_words(row, out);
		}
		buf_addf(out, "\n  \"%s\": %s%s%s,\n", row->name, quote, row->usual, quote);
	}
	buf_add(out, STR("  // Queries by name, which Alt-f lists: \"slow\": \"duration > 1s\"\n  \"queries\": {},\n"));
	dump_keys(out);
	buf_add(out, STR("}\n"));
}
