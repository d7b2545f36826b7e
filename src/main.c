/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/open.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/select.h"
#include "ui/run.h"
#include "ui/settings.h"

/* A standard stream that was closed is opened on nothing, in the wrong direction: no file of ours takes its number, and using it fails. */
static void
open_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			_exit(ERROR_SYSTEM);
}

static bool
choose_tree(const struct dataset *ds, const void *request, struct strtab *patterns, struct recipe *recipe_out, struct error *err)
{
	return select_recipe(ds, request, true, patterns, recipe_out, err);
}

static int
view(const struct request *request)
{
	static const int depths[] = {
		[COLORS_AUTO] = -1, [COLORS_24BIT] = DEPTH_24BIT, [COLORS_256] = DEPTH_256, [COLORS_16] = DEPTH_16, [COLORS_MONO] = DEPTH_MONO,
	};
	struct ui_options options = {
		.paths = request->paths,
		.count = request->path_count,
		.format = request->format,
		.threads = (unsigned)request->threads,
		.mangled = request->mangled,
		.undropped = request->undropped,
		.grain = request_grain(request),
		.app = {
			.version = PACKAGE_VERSION,
			.no_mouse = request->no_mouse,
			.utc = request->utc,
			.search = request->search,
			.focus = request->focus,
			.sandwich = request->sandwich,
			.view = request->view,
			.wishes = request->wishes.at,
			.wish_count = request->wishes.len,
			.demo = request->demo,
		},
		.depth = depths[request->colors == CHOICE_UNSET ? COLORS_AUTO : request->colors],
		.ascii = request->ascii ? 1 : -1,
		.theme = request->theme,
		.config = request->config,
		.no_config = request->no_config,
		.script = request->script,
		.cols = request->cols,
		.rows = request->rows,
		.choose = choose_tree,
		.asked = request,
	};

	return ui_run(&options);
}

/* Without a terminal to draw on, the graph is printed once. */
static int
view_or_print(const struct request *request)
{
	return request->script || isatty(STDOUT_FILENO) ? view(request) : command_print.run(request);
}

static int
dump_config(void)
{
	struct output out;

	output_begin(&out, OUTPUT_TEXT);
	config_dump(&out.text);
	return output_end(&out);
}

static int
run(struct request *request)
{
	struct error err = { 0 };
	const struct command *command = request->command ? request->command : &command_viewer;

	if (request->help || request->version)
		return help_print(request);
	if (request->dump_config)
		return dump_config();
	if (command->takes_files && !request_find_input(request, &err))
		return help_no_file(request, &err);
	return command->run ? command->run(request) : view_or_print(request);
}

int
main(int argc, char **argv)
{
	struct request request;
	struct error err = { 0 };
	int status;

	open_standard_streams();
	signal(SIGPIPE, SIG_IGN);    /* a write that fails says so, for want of a reader */
	signal(SIGXFSZ, SIG_IGN);    /* and for a limit on the sizes of files */
	setlocale(LC_CTYPE, "");
	status = request_parse(argc, argv, &request, &err) ? run(&request) : help_refuse(&request, &err);
	request_fini(&request);
	return status;
}
