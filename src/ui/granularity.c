/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/granularity.h"

#include "util/choices.h"


static enum grain
grain_now(const struct app *app)
{
	static const enum grain read_as[] = { [SINK_LINES] = GRAIN_LINE, [SINK_ADDRESSES] = GRAIN_ADDRESS };

	return app->session->grain == SINK_FUNCTIONS ? app->state.recipe.spec.grain : read_as[app->session->grain];
}

enum sink_grain
app_grain(const struct app *app)
{
	return app->options.grain;
}

unsigned
grain_set(struct app *app, enum grain grain)
{
	static const char *const words[] = {
		[GRAIN_FUNCTION] = "a box for each function", [GRAIN_FILE] = "calls inside one file are one box",
		[GRAIN_PACKAGE] = "calls inside one package are one box", [GRAIN_LINE] = "a box for each line, where lines are known",
		[GRAIN_ADDRESS] = "a box for each address, where addresses are known",
	};
	struct tree_spec spec = app->state.recipe.spec;
	enum sink_grain read_as = grain == GRAIN_LINE ? SINK_LINES : grain == GRAIN_ADDRESS ? SINK_ADDRESSES : SINK_FUNCTIONS;

	if (app_shows_spans(app))
		return app_say(app, "spans have no files and packages: %s is for samples", action_infos[ACT_GRAIN].name);
	spec.grain = read_as == SINK_FUNCTIONS ? grain : GRAIN_FUNCTION;
	if (spec.grain != app->state.recipe.spec.grain)
		app_change_spec(app, &spec);
	if (read_as == app->session->grain)
		return app_say(app, "%s", words[grain]);
	/* Functions, lines and addresses are told apart while the input is read. */
	app->options.grain = read_as;
	return app_say(app, "%s: the input is read again", words[grain]) | UPDATE_RELOAD;
}

unsigned
grain_next(struct app *app)
{
	enum grain now = grain_now(app);

	return grain_set(app, now < GRAIN_PACKAGE ? (enum grain)(now + 1) : GRAIN_FUNCTION);
}

bool
grain_on(struct app *app)
{
	return grain_now(app) != GRAIN_FUNCTION && !app_shows_spans(app);
}

void
grain_text(struct app *app, struct buf *out)
{
	buf_addf(out, "%s%s", choices_grain[grain_now(app)], grain_now(app) == GRAIN_ADDRESS ? "es" : "s");
}

unsigned
grain_remove(struct app *app)
{
	return grain_set(app, GRAIN_FUNCTION);
}

bool
link_print_grain(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || grain_now(app) == GRAIN_FUNCTION)
		return false;
	buf_add(out, str_of(choices_grain[grain_now(app)]));
	return true;
}
