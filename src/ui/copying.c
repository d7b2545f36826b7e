/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/copying.h"

#include <string.h>
#include <unistd.h>

#include "analysis/label.h"
#include "ui/details.h"
#include "ui/link.h"
#include "ui/traces.h"
#include "util/alloc.h"
#include "util/chars.h"
#include "util/text.h"

enum { ARGUMENT_MOST = 128 * 1024 };    /* bytes: Linux starts no program with a longer one */

unsigned
copy_put(struct app *app, struct str text)
{
	free(app->copy);
	app->copy = xstrndup(text.at, text.len);
	app->copy_caveat = NULL;
	return UPDATE_COPY;
}

/* What is copied is pasted into shells: a name must not press Enter there. */
static void
add_label(struct app *app, frame_id frame, struct buf *out)
{
	struct buf raw = { 0 };

	label_show(app->session->ds, frame, &raw);
	text_sanitise(buf_str(&raw), out);
	buf_fini(&raw);
}

unsigned
copy_name(struct app *app)
{
	frame_id frame = app_frame(app);
	struct buf text = { 0 };

	if (app->state.view == VIEW_TRACES)
		return traces_copy(app);
	if (frame == ID_NONE)
		return app_say(app, "this is everything: choose a box first");
	add_label(app, frame, &text);
	unsigned update = copy_put(app, buf_str(&text));
	buf_fini(&text);
	return app_say(app, "copied %s", app->copy) | update;
}

unsigned
copy_stack(struct app *app)
{
	const struct tree *tree = app_scene(app)->tree;
	node_id node = details_node(app);
	uint32_t depth = tree->level[node];
	struct buf text = { 0 };

	if (depth == 0)
		return app_say(app, "this is everything: choose a box first");
	bool inside_out = scene_is_above(app_scene(app), node);
	frame_id *frames = xcalloc(depth, sizeof *frames);
	for (uint32_t level = depth; level-- > 0; node = tree->parent[node])
		frames[inside_out ? depth - 1 - level : level] = tree->frame[node];
	for (uint32_t level = 0; level < depth; level++) {
		add_label(app, frames[level], &text);
		buf_addc(&text, '\n');
	}
	free(frames);
	unsigned update = copy_put(app, buf_str(&text));
	buf_fini(&text);
	return app_say(app, "copied a stack of %u", depth) | update;
}

/* Whether an input is gone once it has been read. */
static bool
reads_a_pipe(const struct app_options *options)
{
	for (size_t i = 0; i < options->path_count && !options->demo; i++)
		if (strcmp(options->paths[i], "-") == 0 || strncmp(options->paths[i], "/dev/fd/", 8) == 0 || strncmp(options->paths[i], "/proc/", 6) == 0)
			return true;
	return false;
}

unsigned
copy_link(struct app *app)
{
	struct buf text = { 0 };

	link_format(app, &text);
	unsigned update = copy_put(app, buf_str(&text));
	if (text.len >= ARGUMENT_MOST)
		app->copy_caveat = "but it may be too long to be run";
	else if (reads_a_pipe(&app->options))
		app->copy_caveat = "but what was piped in has to be piped in again";
	buf_fini(&text);
	if (app->copy_caveat)
		return app_say(app, "copied a command line, %s", app->copy_caveat) | update;
	return app_say(app, "copied a command line that opens this view") | update;
}

bool
edit_can(struct app *app)
{
	frame_id frame = app_frame(app);

	return frame != ID_NONE && app->session->ds->frames[frame].file != STR_EMPTY;
}

/* Of an address as browsers and node write it the path. */
static char *
local_path(struct str file)
{
	struct buf path = { 0 };

	if (!str_starts(file, STR("file:///")))
		return xstrndup(file.at, file.len);
	file = str_tail(file, strlen("file://"));
	for (size_t i = 0; i < file.len; i++) {
		bool three = file.at[i] == '%' && i + 2 < file.len;
		int high = three ? char_hex(file.at[i + 1]) : -1, low = three ? char_hex(file.at[i + 2]) : -1;
		bool coded = high >= 0 && low >= 0 && high + low > 0;
		buf_addc(&path, coded ? (char)(high * 16 + low) : file.at[i]);
		i += coded ? 2 : 0;
	}
	char *out = xstrndup(path.at, path.len);
	buf_fini(&path);
	return out;
}

unsigned
edit_source(struct app *app)
{
	const struct dataset *ds = app->session->ds;

	if (!edit_can(app))
		return app_say(app, "the input does not say where this is written");
	const struct frame *frame = &ds->frames[app_frame(app)];
	struct str path = dataset_str(ds, frame->file);
	free(app->edit);
	app->edit = local_path(path);
	app->edit_line = frame->line;
	if (memchr(path.at, '\0', path.len) == NULL && access(app->edit, R_OK) == 0)
		return UPDATE_EDIT;
	free(app->edit);
	app->edit = NULL;
	return app_say(app, "there is no file %.*s here", (int)path.len, path.at);
}
