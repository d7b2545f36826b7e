/* SPDX-License-Identifier: MIT
 * The configuration and the themes: what they say is done, what is wrong in them is told with its line. */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/random_tree.h"
#include "tests/unit/viewer_test.h"
#include "ui/bindings.h"
#include "ui/settings.h"
#include "ui/link.h"
#include "ui/setup.h"
#include "ui/theme_file.h"
#include "util/alloc.h"
#include "util/jsonc.h"

static const char *
first_problem(const struct config *config)
{
	return config->problems.len ? config->problems.at[0] : "";
}

static void
test_good(void)
{
	struct config config;

	config_parse(STR("// mine\n{ \"theme\": \"light\", /* no, \"really\" */ \"mouse\": false,\n\"keys\": { \"Ctrl-x\": \"zoom-in\", \"q\": null } }\n"),
	             "c.json", &config);
	is_int((int)config.problems.len, 0, "comments are passed over");
	is_text(config_value(&config, "theme"), "light", "a word");
	is_text(config_value(&config, "mouse"), "false", "a flag");
	ok(config_value(&config, "view") == NULL, "what is not there is not set");
	ok(config.keys.len == 2 && config.keys.at[0].action == ACT_ZOOM_IN && config.keys.at[1].action == ACT_NONE, "keys");
	config_fini(&config);
	config_parse(STR("{\"theme\": \"a // b /* c */ \\\" // d\"}"), "c.json", &config);
	is_text(config_value(&config, "theme"), "a // b /* c */ \" // d", "a string keeps what looks like a comment");
	config_fini(&config);
}

static void
test_bad(void)
{
	static const struct { const char *text, *says; size_t good; } cases[] = {
		{ "{\n\"view\": \"flame\",\n\"mouse\"\n", "c.json:4: this is no JSON: the end is missing", 0 },
		{ "{\n\"view\": table }", "c.json:2: this is no JSON: table }", 0 },
		{ "\n[1,\n2]\n", "c.json:2: a JSON object belongs here", 0 },
		{ "{\"view\": \"flame\",\n\"view\": \"table\"}", "c.json:2: \"view\" comes a second time: this one holds", 2 },
		{ "{\"keys\": {\"Z\": \"help\",\n\"Z\": \"quit\"}}", "c.json:2: \"Z\" comes a second time", 0 },
		{ "{\"keys\": {\"Z\": null,\n\"Z\": \"quit\"}}", "c.json:2: \"Z\" comes a second time", 0 },
		{ "{\"queries\": {\"a\": \"error\",\n\"a\": \"error\"}}", "c.json:2: \"a\" comes a second time", 0 },
		{ "{}\n{}", "c.json:2: something stands behind the end", 0 },
		{ "{\n\"viev\": 1,\n\"view\": \"table\"}", "c.json:2: there is no setting \"viev\"", 1 },
		{ "{\"mouse\": true,\n\n\"view\": \"tables\"}", "c.json:3: \"view\" is one of auto, flame, table", 1 },
		{ "{\"mouse\": \"true\"}", "c.json:1: \"mouse\" is one of true, false", 0 },
		{ "{\"theme\":\n 7}", "c.json:1: \"theme\" is a name", 0 },
		{ "{\"name-width\": \"30\"}", "c.json:1: \"name-width\" is a whole number", 0 },
		{ "{\"name-width\": -1, \"ascii\": true}", "c.json:1: \"name-width\" is a whole number", 1 },
		{ "{\"keys\":\n{ \"a\": \"help\",\n\"Hyper-x\": \"help\"}}", "c.json:3: there is no key \"Hyper-x\"", 0 },
		{ "{\"keys\": {\"hide\":\n\"x\"}}", "c.json:1: \"hide\" is an action: its key comes first, as in \"F9\": \"hide\"", 0 },
		{ "{/*\n*/\"keys\":{\"a\":\n\"dance\"}}", "c.json:2: there is no action \"dance\"", 0 },
		{ "{\"keys\":{\"a\":[{\"b\":1}],\n\"c\":3}}", "c.json:1: \"a\" needs the name of an action, or null", 0 },
		{ "{\"keys\": 4}", "c.json:1: \"keys\" is an object", 0 },
		{ "{ /* never ends", "c.json:1: this is no JSON", 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct config config;
		config_parse(str_of(cases[i].text), "c.json", &config);
		if (!ok(str_starts(str_of(first_problem(&config)), str_of(cases[i].says)) && config.settings.len == cases[i].good, "told: %s", cases[i].says))
			diag("%s", first_problem(&config));
		config_fini(&config);
	}
}

static void
test_lenient(void)
{
	static const char *const texts[] = {
		"", " // nothing\n", "{ \"view\": \"table\", // the last\n}", "{ \"keys\": { \"a\": null, }, }", "{ \"keys\": { \"Q\": \"sort-next\", \"Q\": \"wider-names\" } }",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct config config;
		config_parse(str_of(texts[i]), "c.json", &config);
		if (!ok(config.problems.len == 0, "nothing is wrong with: %s", texts[i]))
			diag("%s", first_problem(&config));
		config_fini(&config);
	}
}

/* A configuration that is cut, bent and nested is told about, and no more. */
static void
test_hostile(void)
{
	struct buf dump = { 0 }, deep = { 0 };
	struct rng rng = { 7 };
	struct config config;

	config_dump(&dump);
	for (int i = 0; i < 400; i++) {
		struct buf bent = { 0 };
		buf_add(&bent, (struct str){ dump.at, rng_below(&rng, (uint32_t)dump.len) });
		for (int j = 0; j < 3 && bent.len; j++)
			bent.at[rng_below(&rng, (uint32_t)bent.len)] = (char)rng_below(&rng, 256);
		config_parse(buf_str(&bent), "c.json", &config);
		config_fini(&config);
		buf_fini(&bent);
	}
	for (int i = 0; i < 100000; i++)
		buf_add(&deep, STR("{\"keys\":["));
	config_parse(buf_str(&deep), "c.json", &config);
	ok(config.problems.len == 1, "depth without end is told");
	config_fini(&config);
	config_read("/nonexistent/config.json", &config);
	ok(config.problems.len == 1 && strstr(first_problem(&config), "/nonexistent/config.json: "), "a named file must be there");
	config_fini(&config);
	config_read("/", &config);
	ok(config.problems.len == 1, "and be a file");
	config_fini(&config);
	buf_fini(&deep);
	buf_fini(&dump);
}

static void
test_dump(void)
{
	struct buf dump = { 0 };
	struct config config;
	int changed = 0, missing = 0;

	config_dump(&dump);
	config_parse(buf_str(&dump), "dump.json", &config);
	if (!ok(config.problems.len == 0, "what is dumped is a configuration"))
		diag("%s", first_problem(&config));
	for (const struct config_row *row = config_rows; row->name; row++) {
		const char *value = config_value(&config, row->name);
		ok(value && strcmp(value, row->usual) == 0, "%s is in it with its default", row->name);
		missing += !strstr(dump.at, row->sentence);
	}
	for (int i = ACT_NONE + 1; i < ACTION_COUNT; i++)
		missing += !strstr(dump.at, action_infos[i].sentence) || !strstr(dump.at, action_infos[i].name);
	is_int(missing, 0, "with the sentence of each setting and action");
	for (size_t i = 0; i < config.keys.len; i++)
		ok(bindings_add(str_of(config.keys.at[i].key), config.keys.at[i].action), "%s can be bound", config.keys.at[i].key);
	struct buf keys = { 0 }, before = { 0 };
	for (int i = ACT_NONE + 1; i < ACTION_COUNT; i++) {
		buf_clear(&keys);
		buf_clear(&before);
		binding_keys((enum action)i, &keys);
		bindings_forget();
		binding_keys((enum action)i, &before);
		changed += !str_equal(buf_str(&keys), buf_str(&before));
		for (size_t j = 0; j < config.keys.len; j++)
			bindings_add(str_of(config.keys.at[j].key), config.keys.at[j].action);
	}
	is_int(changed, 0, "and changes no key");
	bindings_forget();
	buf_fini(&keys);
	buf_fini(&before);
	config_fini(&config);
	buf_fini(&dump);
}

/* Each matter of taste that a link knows can be a default. */
static void
test_defaults(void)
{
	struct viewer viewer;
	struct view_state state = { 0 };

	viewer_open(&viewer, small_profile(), 80, 24);
	for (const struct link_field *field = link_fields; field->option; field++) {
		const struct config_row *row = config_rows;
		while (row->name && strcmp(row->name, field->option) != 0)
			row++;
		if (!field->usual)
			continue;
		ok(row->name && (row->words || row->kind == CONFIG_NUMBER), "%s can be configured", field->option);
		if (row->name && row->kind == CONFIG_NUMBER)
			ok(link_apply(viewer.app, &state, &(struct setting){ row->name, row->usual }), "%s: %s", row->name, row->usual);
		for (int i = 0; row->words && row->words[i]; i++)
			ok(link_apply(viewer.app, &state, &(struct setting){ row->name, row->words[i] }), "%s: %s", row->name, row->words[i]);
	}
	viewer_close(&viewer);
}

static void
test_in_force(void)
{
	static const struct setting usual[] = { { "align", "right" }, { "view", "both" }, { "theme", "x" } };
	static const char *const problems[] = { "c.json:3: no\x1b[31m good", "c.json:4: bad" };
	struct app_options options = { .title = "x", .view = -1, .usual = usual, .usual_count = 3, .problems = problems, .problem_count = 2 };
	struct viewer viewer = { .now = 1000 };

	viewer.app = app_new(&options, 100, 30);
	grid_init(&viewer.grid, 100, 30);
	app_loaded(viewer.app, small_profile(), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(viewer.app->state.align == FIT_RIGHT && viewer.app->state.view == VIEW_BOTH, "defaults are what one begins with");
	ok(!viewer_shows(&viewer, "ends of names"), "and no difference to be taken back");
	ok(viewer_shows(&viewer, "c.json:3: no\xe2\x90\x9b[31m good, and 1 more"), "what was wrong stands in the footer");
	viewer_keys(&viewer, "!");
	ok(viewer_shows(&viewer, "c.json:4: bad"), "all of it in the notes");
	viewer_keys(&viewer, "Esc");
	bindings_add(STR("Ctrl-x"), ACT_HELP);
	bindings_add(STR("i"), ACT_NONE);
	bindings_add(STR("y"), ACT_NOTES);
	viewer_keys(&viewer, "i");
	ok(!viewer.app->popup.ops, "a key that was taken away does nothing");
	viewer_keys(&viewer, "Ctrl-x");
	ok(viewer.app->popup.ops && viewer.app->popup.ops->title && strcmp(viewer.app->popup.ops->title, "help") == 0, "a new one works");
	struct buf keys = { 0 };
	binding_keys(ACT_HELP, &keys);
	ok(str_equal(buf_str(&keys), STR("Ctrl-x ? F1")), "and is the first of its keys");
	buf_fini(&keys);
	is_text(binding_key(ACT_DETAILS) ? binding_key(ACT_DETAILS) : "none", "none", "an action may be without a key");
	ok(!bindings_add(STR("Hyper-x"), ACT_HELP), "what is no key cannot be bound");
	bindings_forget();
	is_text(binding_key(ACT_DETAILS), "i", "and all is forgotten");
	viewer_close(&viewer);
}

static void
test_name_width(void)
{
	static const struct setting usual[] = { { "name-width", "50" } };
	struct app_options options = { .title = "x", .view = VIEW_TIMELINE, .usual = usual, .usual_count = 1 };
	struct viewer viewer = { .now = 1000 };
	struct buf link = { 0 };
	int col;

	viewer.app = app_new(&options, 150, 30);
	grid_init(&viewer.grid, 150, 30);
	app_loaded(viewer.app, checkout_trace(), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(viewer_find(&viewer, "│0", &col, NULL) && col == 51, "the width of the names in the timeline is configured");
	viewer.app->state.name_cols = 0;
	link_format(viewer.app, &link);
	ok(strstr(link.at, "--name-width 0"), "a link says when it is another");
	buf_fini(&link);
	viewer_close(&viewer);
}

static bool
same_colors(const struct theme *a, const struct theme *b)
{
	bool same = theme_is_light(a) == theme_is_light(b);

	for (uint8_t role = 0; role < ROLE_COUNT; role++)
		for (uint8_t hue = 0; hue < PAINT_HUES; hue++)
			for (uint8_t shade = 0; shade < PAINT_SHADES; shade++) {
				struct paint paint = { role, hue, shade };
				same &= theme_rgb(a, paint) == theme_rgb(b, paint) && theme_16(a, paint) == theme_16(b, paint) &&
				        theme_256(a, paint) == theme_256(b, paint);
			}
	return same;
}

static void
test_themes(void)
{
	static const char *const names[] = { "dark", "light", "color-blind", "mono" };
	static const struct { const char *text, *says; } bad[] = {
		{ "{\"dark\": true}", "t.json:1: \"dark\" means nothing" },
		{ "{\"light\": false,\n\"roles\": {\n\"boxx\": \"#000000\"}}", "t.json:3: \"boxx\" is no role" },
		{ "{\"roles\": {\"text\": \"red\"}}", "t.json:1: \"text\" is no color" },
		{ "{\"roles\": {\"text\": {\"lightness\": 3, \"chroma\": 0}}}", "t.json:1: \"text\" needs a color, or a lightness" },
		{ "{\"roles\": {\"text\": {\"color\": \"#ffffff\", \"ansi\": 16}}}", "t.json:1: \"text\" has an ansi" },
		{ "{\"hues\": [1, 400]}", "t.json:1: \"hues\"" },
		{ "{\"hues\": []}", "t.json:1: \"hues\"" },
	};
	const struct theme *built_in[2];
	struct error err = { 0 };
	char *folder = xasprintf("%s/data", getenv("top_srcdir") ? getenv("top_srcdir") : ".");

	setenv("SPANFIRE_DATADIR", folder, 1);
	for (int i = 0; i < 2; i++)
		built_in[i] = theme_find(str_of(names[i]));
	for (int i = 0; i < 4; i++) {
		const struct theme *theme = theme_load(names[i], NULL, &err);
		if (!ok(theme, "%s is a theme", names[i])) {
			diag("%s", err.text);
			continue;
		}
		if (i < 2)
			ok(theme != built_in[i] && same_colors(theme, built_in[i]), "%s is what the program has inside", names[i]);
		int alike = 0;
		for (uint8_t hue = 0; hue < PAINT_HUES; hue++)
			for (uint8_t other = 0; other < PAINT_HUES; other++)
				alike += theme_256(theme, (struct paint){ ROLE_BOX, hue, 0 }) == theme_256(theme, (struct paint){ ROLE_BOX, other, 1 });
		is_int(alike, 0, "neighbours differ");
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct buf text = { 0 };
		err = (struct error){ 0 };
		ok(!theme_parse(str_of(bad[i].text), "bad", "t.json", &err), "no theme, %d", (int)i);
		error_format(&err, &text);
		ok(str_starts(buf_str(&text), str_of(bad[i].says)), "%s", bad[i].says);
		buf_fini(&text);
	}
	ok(!theme_load("../dark", NULL, &err) && !theme_load("", NULL, &err) && !theme_load("none", NULL, &err), "other names are no themes");
	const struct theme *own = theme_parse(STR("{\"roles\": {\"text\": \"#010203\"}}"), "own", "t.json", &err);
	ok(own && theme_rgb(own, PAINT(ROLE_TEXT)) == 0x010203 && theme_find(STR("own")) == own, "a theme of one's own");
	themes_forget();
	setenv("SPANFIRE_DATADIR", "/nonexistent", 1);
	ok(theme_load("mono", NULL, &err) || strstr(err.text, "the theme 'mono' is not installed"), "one that is not installed is not taken for an unknown one");
	ok(theme_find(STR("dark")) == built_in[0] && theme_load("light", NULL, &err), "without files there are still two");
	themes_forget();
	free(folder);
}

static void
test_setup(void)
{
	char folder[] = "/tmp/spanfire-test-XXXXXX";
	struct ui_options asked = { .depth = -1, .ascii = -1 };
	struct setup setup;
	struct error err = { 0 };

	if (!mkdtemp(folder)) {
		skip(1, "no room for a file");
		return;
	}
	char *path = xasprintf("%s/config.json", folder);
	FILE *file = fopen(path, "w");
	fputs("{ \"theme\": \"nosuch\", \"colors\": \"16\", \"ascii\": true, \"mouse\": false, \"keys\": { \"Ctrl-x\": \"quit\" } }", file);
	fclose(file);
	asked.config = path;
	ok(setup_read(&asked, &setup, &err), "a theme that is not there does not stop the start");
	ok(setup.options.depth == DEPTH_16 && setup.options.ascii == 1 && setup.options.app.no_mouse && !setup.options.theme, "the rest is done");
	ok(setup.options.app.problem_count == 1 && strstr(setup.options.app.problems[0], "config.json:1: there is no theme 'nosuch'"), "and it is told, with its line");
	is_int(binding_find('x', MOD_CTRL, IN_FLAME), ACT_QUIT, "keys too");
	setup_fini(&setup);
	asked.depth = DEPTH_MONO;
	asked.theme = "light";
	ok(setup_read(&asked, &setup, &err) && setup.options.depth == DEPTH_MONO && strcmp(setup.options.theme, "light") == 0,
	   "the command line comes first");
	setup_fini(&setup);
	asked.theme = "nosuch";
	ok(!setup_read(&asked, &setup, &err) && err.code == ERROR_USAGE, "a theme that the command line asks for must be there");
	setup_fini(&setup);
	asked.theme = NULL;
	asked.no_config = true;
	ok(setup_read(&asked, &setup, &err) && setup.options.ascii == -1 && setup.options.app.problem_count == 0, "one can do without");
	setup_fini(&setup);
	unlink(path);
	rmdir(folder);
	free(path);
}

int
main(void)
{
	test_good();
	test_bad();
	test_lenient();
	test_hostile();
	test_dump();
	test_defaults();
	test_in_force();
	test_name_width();
	test_themes();
	test_setup();
	return done();
}
