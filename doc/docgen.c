/* SPDX-License-Identifier: MIT
 * Writes what is made from the program's own tables:
 *	docgen man TEMPLATE    the manual page: lines "@NAME@" of the template are replaced by what the tables say
 *	docgen bash|zsh|fish   the completions for a shell */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "analysis/query.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "export/export.h"
#include "load/format.h"
#include "ui/actions.h"
#include "ui/bindings.h"
#include "ui/settings.h"
#include "util/alloc.h"
#include "util/buf.h"

/* Text for roff: what it would take for commands and hyphens is escaped, `words` become bold. */
static void
roff(const char *text, struct buf *out)
{
	bool bold = false;

	for (const char *at = text; *at; at++) {
		if (*at == '`') {
			buf_add(out, bold ? STR("\\fR") : STR("\\fB"));
			bold = !bold;
		} else if (*at == '\\') {
			buf_add(out, STR("\\e"));
		} else if (*at == '-') {
			buf_add(out, STR("\\-"));
		} else if ((*at == '.' || *at == '\'') && (at == text || at[-1] == '\n')) {
			buf_addf(out, "\\&%c", *at);
		} else {
			buf_addc(out, *at);
		}
	}
}

static void
man_option(const struct option_row *row, struct buf *out)
{
	struct buf usage = { 0 };

	option_usage(row, &usage);
	buf_add(out, STR(".TP\n.B "));
	roff(usage.at, out);
	buf_addc(out, '\n');
	roff(row->help, out);
	buf_add(out, STR(".\n"));
	buf_fini(&usage);
}

static void
man_options(struct buf *out)
{
	const char *group = NULL;

	for (const struct option_row *row = option_rows; row->name; row++) {
		if (row->group != group)
			buf_addf(out, ".SS %s\n", row->group);
		group = row->group;
		man_option(row, out);
	}
}

static void
man_synopsis_line(const struct command *command, struct buf *out)
{
	buf_add(out, STR(".B spanfire\n"));
	roff(command->arguments, out);
	buf_addc(out, '\n');
}

static void
man_synopsis(struct buf *out)
{
	man_synopsis_line(&command_viewer, out);
	for (size_t i = 0; commands[i]; i++) {
		buf_add(out, STR(".br\n"));
		man_synopsis_line(commands[i], out);
	}
}

static void
man_command(const struct command *command, struct buf *out)
{
	buf_add(out, STR(".TP\n.B spanfire "));
	roff(command->arguments, out);
	buf_addc(out, '\n');
	roff(command->description, out);
}

static void
man_commands(struct buf *out)
{
	man_command(&command_viewer, out);
	for (size_t i = 0; commands[i]; i++)
		man_command(commands[i], out);
}

static void
man_named(const char *name, const char *summary, struct buf *out)
{
	buf_add(out, STR(".TP\n.B "));
	roff(name, out);
	buf_addc(out, '\n');
	roff(summary, out);
	buf_add(out, STR(".\n"));
}

static void
man_formats_read(struct buf *out)
{
	for (size_t i = 0; load_formats[i]; i++)
		man_named(load_formats[i]->name, load_formats[i]->summary, out);
}

static void
man_formats_written(struct buf *out)
{
	for (size_t i = 0; export_formats[i]; i++)
		man_named(export_formats[i]->name, export_formats[i]->summary, out);
}

/* The keys of a group of actions, those with none left to the palette. */
static void
man_key_group(enum action_group group, struct buf *out)
{
	struct buf keys = { 0 };

	buf_addf(out, ".SS %s\n", action_group_titles[group]);
	for (int action = ACT_NONE + 1; action < ACTION_COUNT; action++) {
		const struct action_info *info = &action_infos[action];
		if (info->group != group)
			continue;
		buf_clear(&keys);
		binding_keys((enum action)action, &keys);
		man_named(keys.len ? keys.at : info->name, info->sentence, out);
	}
	buf_fini(&keys);
}

static void
man_keys(struct buf *out)
{
	for (int group = 0; group < GROUP_COUNT; group++)
		man_key_group((enum action_group)group, out);
}

static void
man_settings(struct buf *out)
{
	for (const struct config_row *row = config_rows; row->name; row++) {
		struct buf text = { 0 };
		buf_add(&text, str_of(row->sentence));
		for (int i = 0; row->words && row->words[i]; i++)
			buf_addf(&text, "%s%s", i ? ", " : ": ", row->words[i]);
		buf_addf(&text, " (%s)", row->usual);
		buf_addc(&text, '\0');
		man_named(row->name, text.at, out);
		buf_fini(&text);
	}
}

static void
man_fields(struct buf *out)
{
	for (const struct query_field *field = query_fields; field->name; field++)
		man_named(field->name, field->help, out);
}

static void
man_version(struct buf *out)
{
	buf_add(out, STR(".TH SPANFIRE 1 \"\" \"spanfire " PACKAGE_VERSION "\" \"User Commands\"\n"));
}

static const struct { const char *name; void (*print)(struct buf *out); } man_parts[] = {
	{ "@TITLE@\n", man_version },
	{ "@SYNOPSIS@\n", man_synopsis },
	{ "@COMMANDS@\n", man_commands },
	{ "@OPTIONS@\n", man_options },
	{ "@KEYS@\n", man_keys },
	{ "@SETTINGS@\n", man_settings },
	{ "@FIELDS@\n", man_fields },
	{ "@FORMATS-READ@\n", man_formats_read },
	{ "@FORMATS-WRITTEN@\n", man_formats_written },
};

static int
print_man(const char *template, struct buf *out)
{
	FILE *file = template ? fopen(template, "r") : NULL;
	char line[1024];

	if (!file) {
		fprintf(stderr, "docgen: cannot read the template %s\n", template ? template : "");
		return 1;
	}
	while (fgets(line, sizeof line, file)) {
		bool replaced = false;
		for (size_t i = 0; i < sizeof man_parts / sizeof *man_parts; i++) {
			if (strcmp(line, man_parts[i].name) != 0)
				continue;
			man_parts[i].print(out);
			replaced = true;
		}
		if (!replaced)
			buf_add(out, str_of(line));
	}
	fclose(file);
	return 0;
}

static bool
takes_file(const struct option_row *row)
{
	return row->argument && strcmp(row->argument, "FILE") == 0;
}

/* For a shell's single quotes, without what the shell's own syntax would see in a description. */
static void
quoted(const char *text, struct buf *out)
{
	for (; *text; text++) {
		if (*text == '\'')
			buf_add(out, STR("'\\''"));
		else if (*text == '[' || *text == ']' || *text == ':')
			buf_addf(out, "\\%c", *text);
		else if (*text != '`')
			buf_addc(out, *text);
	}
}

static void
add_choice(const char *choice, void *data)
{
	struct buf *out = data;

	buf_addf(out, "%s%s", out->len ? " " : "", choice);
}

/* The words an option's value may be, separated by blanks; "" for any. */
static char *
choices_of(const struct option_row *row)
{
	struct buf words = { 0 };

	option_each_choice(row, add_choice, &words);
	return words.at ? words.at : xstrdup("");
}

static void
command_names(struct buf *out)
{
	for (size_t i = 0; commands[i]; i++)
		buf_addf(out, "%s%s", i ? " " : "", commands[i]->name);
}

static void
bash_options(const struct command *command, struct buf *out)
{
	buf_addf(out, "\t%s) options='", *command->name ? command->name : "*");
	for (const struct option_row *row = option_rows; row->name; row++)
		if (row->taken_by & TAKEN_BY(command->id))
			buf_addf(out, "--%s ", row->name);
	buf_add(out, STR("' ;;\n"));
}

static int
print_bash(struct buf *out)
{
	buf_add(out, STR("# SPDX-License-Identifier: MIT\n# bash completion for spanfire\n_spanfire() {\n"
	                 "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} options\n\tCOMPREPLY=()\n\tcase $prev in\n"));
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (!row->argument && row->kind != OPTION_CHOICE)
			continue;
		char *words = choices_of(row);
		buf_addf(out, "\t--%s", row->name);
		if (row->letter)
			buf_addf(out, "|-%c", row->letter);
		if (takes_file(row))
			buf_add(out, STR(") compopt -o default; return ;;\n"));
		else
			buf_addf(out, ") COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n", words);
		free(words);
	}
	buf_add(out, STR("\tesac\n\tcase ${COMP_WORDS[1]} in\n"));
	for (size_t i = 0; commands[i]; i++)
		bash_options(commands[i], out);
	bash_options(&command_viewer, out);
	buf_add(out, STR("\tesac\n\tif [[ $cur == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
	                 "\telif [[ $COMP_CWORD == 1 ]]; then\n\t\tcompopt -o default\n\t\tCOMPREPLY=($(compgen -W '"));
	command_names(out);
	buf_add(out, STR("' -- \"$cur\"; compgen -f -- \"$cur\"))\n\telse\n\t\tcompopt -o default\n\tfi\n}\ncomplete -F _spanfire spanfire\n"));
	return 0;
}

static void
zsh_options(const struct command *command, struct buf *out)
{
	buf_addf(out, "\t%s)\n\t\toptions=(\n", *command->name ? command->name : "*");
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (!(row->taken_by & TAKEN_BY(command->id)))
			continue;
		char *words = choices_of(row);
		buf_add(out, STR("\t\t\t"));
		if (row->letter)
			buf_addf(out, "{-%c,--%s}", row->letter, row->name);
		else
			buf_addf(out, "--%s", row->name);
		buf_add(out, STR("'["));
		quoted(row->help, out);
		buf_addc(out, ']');
		if (takes_file(row))
			buf_add(out, STR(":file:_files"));
		else if (*words)
			buf_addf(out, ":value:(%s)", words);
		else if (row->argument)
			buf_add(out, STR(":value: "));
		buf_add(out, STR("'\n"));
		free(words);
	}
	buf_add(out, STR("\t\t)\n\t\t;;\n"));
}

static int
print_zsh(struct buf *out)
{
	buf_add(out, STR("#compdef spanfire\n# SPDX-License-Identifier: MIT\n_spanfire() {\n\tlocal -a options commands\n\tcommands=(\n"));
	for (size_t i = 0; commands[i]; i++) {
		buf_addf(out, "\t\t'%s:", commands[i]->name);
		quoted(commands[i]->summary, out);
		buf_add(out, STR("'\n"));
	}
	buf_add(out, STR("\t)\n\tcase $words[2] in\n"));
	for (size_t i = 0; commands[i]; i++)
		zsh_options(commands[i], out);
	zsh_options(&command_viewer, out);
	buf_add(out, STR("\tesac\n\tif (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n\t\t_describe command commands\n\t\t_files\n\t\treturn\n\tfi\n"
	                 "\t_arguments -S $options '*:file:_files'\n}\n_spanfire \"$@\"\n"));
	return 0;
}

static void
fish_condition(const struct option_row *row, struct buf *out)
{
	bool viewer = row->taken_by & TAKEN_BY(COMMAND_VIEWER);
	struct buf names = { 0 };

	/* For the viewer an option is known unless a command that does not know it stands there; else after those that do. */
	for (size_t i = 0; commands[i]; i++)
		if (!(row->taken_by & TAKEN_BY(commands[i]->id)) == viewer)
			buf_addf(&names, " %s", commands[i]->name);
	if (names.len)
		buf_addf(out, " -n '%s__fish_seen_subcommand_from%s'", viewer ? "not " : "", names.at);
	buf_fini(&names);
}

static int
print_fish(struct buf *out)
{
	buf_add(out, STR("# SPDX-License-Identifier: MIT\n# fish completion for spanfire\n"));
	for (size_t i = 0; commands[i]; i++) {
		buf_addf(out, "complete -c spanfire -n __fish_is_first_token -a %s -d '", commands[i]->name);
		quoted(commands[i]->summary, out);
		buf_add(out, STR("'\n"));
	}
	for (const struct option_row *row = option_rows; row->name; row++) {
		char *words = choices_of(row);
		buf_add(out, STR("complete -c spanfire"));
		fish_condition(row, out);
		buf_addf(out, " -l %s", row->name);
		if (row->letter)
			buf_addf(out, " -s %c", row->letter);
		if (takes_file(row))
			buf_add(out, STR(" -r -F"));
		else if (*words)
			buf_addf(out, " -x -a '%s'", words);
		else if (row->argument)
			buf_add(out, STR(" -x"));
		buf_add(out, STR(" -d '"));
		for (const char *at = row->help; *at; at++) {
			if (*at == '\'')
				buf_addc(out, '\\');
			if (*at != '`')
				buf_addc(out, *at);
		}
		buf_add(out, STR("'\n"));
		free(words);
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct buf out = { 0 };
	const char *what = argc > 1 ? argv[1] : "";
	int status = 2;

	if (strcmp(what, "man") == 0)
		status = print_man(argv[2], &out);
	else if (strcmp(what, "bash") == 0)
		status = print_bash(&out);
	else if (strcmp(what, "zsh") == 0)
		status = print_zsh(&out);
	else if (strcmp(what, "fish") == 0)
		status = print_fish(&out);
	else
		fputs("usage: docgen man TEMPLATE | bash | zsh | fish\n", stderr);
	if (status == 0 && (fwrite(buf_str(&out).at, 1, out.len, stdout) != out.len || fflush(stdout) != 0))
		status = 1;
	buf_fini(&out);
	return status;
}
