/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/setup.h"

#include <stdlib.h>

#include "ui/bindings.h"
#include "ui/theme_file.h"
#include "util/alloc.h"

static bool
is_set(const struct config *config, const char *name, const char *value)
{
	const char *set = config_value(config, name);

	return set && strcmp(set, value) == 0;
}

/* NULL is for what the terminal says. */
static const char *
unless_auto(const char *name)
{
	return name && strcmp(name, "auto") != 0 ? name : NULL;
}

static bool
set_theme(struct setup *setup, const char *asked, struct error *err)
{
	struct ui_options *options = &setup->options;
	const char *usual = unless_auto(config_value(&setup->config, "theme"));
	char *own = config_folder();
	bool good = true;

	setup->themes = own ? xasprintf("%s/themes", own) : NULL;
	free(own);
	options->theme = asked ? unless_auto(asked) : usual;
	if (options->theme && !theme_load(options->theme, setup->themes, asked ? err : &setup->trouble)) {
		good = !asked;
		options->theme = NULL;
	}
	return good;
}

static int
depth_of(const char *word)
{
	static const struct { const char *word; enum color_depth depth; } depths[] = {
		{ "24bit", DEPTH_24BIT }, { "256", DEPTH_256 }, { "16", DEPTH_16 }, { "mono", DEPTH_MONO },
	};

	for (size_t i = 0; word && i < sizeof depths / sizeof *depths; i++)
		if (strcmp(depths[i].word, word) == 0)
			return (int)depths[i].depth;
	return -1;
}

/* What went wrong with the theme stands beside what is wrong in the file. */
static void
add_trouble(struct setup *setup)
{
	struct buf text = { 0 };

	if (setup->trouble.code == ERROR_NONE)
		return;
	if (!setup->trouble.path[0] && setup->config.path)
		error_at_line(&setup->trouble, setup->config.path, setup->config.theme_line);
	error_format(&setup->trouble, &text);
	vec_push(&setup->config.problems, arena_copy(&setup->config.arena, buf_str(&text)));
	buf_fini(&text);
}

bool
setup_read(const struct ui_options *asked, struct setup *setup, struct error *err)
{
	*setup = (struct setup){ .options = *asked };
	struct ui_options *options = &setup->options;
	struct config *config = &setup->config;

	if (asked->no_config)
		config_parse(STR("{}"), "", config);
	else
		config_read(asked->config, config);
	bool good = set_theme(setup, asked->theme, err);
	if (options->depth < 0)
		options->depth = depth_of(config_value(config, "colors"));
	if (options->ascii < 0 && is_set(config, "ascii", "true"))
		options->ascii = 1;
	if (is_set(config, "mouse", "false"))
		options->app.no_mouse = true;
	for (size_t i = 0; i < config->keys.len; i++)
		bindings_add(str_of(config->keys.at[i].key), config->keys.at[i].action);
	add_trouble(setup);
	options->app.theme = options->theme;
	options->app.theme_folder = setup->themes;
	options->app.usual = config->settings.at;
	options->app.usual_count = config->settings.len;
	options->app.queries = config->queries.at;
	options->app.query_count = config->queries.len;
	options->app.problems = config->problems.at;
	options->app.problem_count = config->problems.len;
	return good;
}

void
setup_fini(struct setup *setup)
{
	bindings_forget();
	themes_forget();
	config_fini(&setup->config);
	free(setup->themes);
}
