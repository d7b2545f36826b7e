/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/term.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <unistr.h>

#define term curses_term    /* the name of a struct in there */
#include <term.h>
#undef term

#include "ui/capture.h"
#include "ui/clipboard.h"
#include "ui/depth.h"
#include "ui/editor.h"
#include "ui/event.h"
#include "ui/modes.h"
#include "ui/pair.h"
#include "ui/seen.h"
#include "ui/signals.h"
#include "ui/term_caps.h"
#include "ui/tty.h"
#include "util/alloc.h"
#include "util/buf.h"

enum {
	STYLES     = 1024,    /* remembered; a power of two */
	CELL_CHARS = CCHARW_MAX,
	RGB_COLORS = 1 << 24,
};

/* What a style comes to here. */
struct drawn_style {
	bool         known;
	struct style style;
	attr_t       attrs;
	int          pair;
};

struct screen {
	const char         *name;            /* of the terminal's description, while opening */
	FILE               *keys_file;       /* when modes.keys_fd is ours */
	struct capture      capture;
	SCREEN             *curses;
	struct termios      shell_modes;
	enum color_depth    depth;
	int                 colors;          /* that curses has; RGB_COLORS: they are RGB values */
	enum clipboard_wrap wrap;
	struct modes        modes;           /* is_ansi: OSC strings may be sent, too */
	struct seen         seen;            /* what curses was given */
	const struct theme *theme;           /* of what was seen */
	cchar_t            *run;             /* seen.cols of them, for one row's changed cells */
	struct pair_table   pairs;
	struct drawn_style  styles[STYLES];
	struct term_key     keys[TERM_CAPS + 1];
	struct buf          typed;           /* read while probing */
	struct buf          reset;           /* all that puts the terminal back, for a crash */
};

/* For the panic hook, which takes no argument. */
static struct screen *open_screen;

static void
send(struct str bytes)
{
	tty_write(STDOUT_FILENO, bytes);
}

static void
emergency_reset(void)
{
	if (!open_screen)
		return;
	send(buf_str(&open_screen->reset));
	tcsetattr(STDOUT_FILENO, TCSANOW, &open_screen->shell_modes);
}

/* Colours */

static attr_t
curses_attrs(uint8_t attrs)
{
	return (attrs & ATTR_BOLD ? A_BOLD : 0) | (attrs & ATTR_UNDERLINE ? A_UNDERLINE : 0) | (attrs & ATTR_REVERSE ? A_REVERSE : 0) |
	       (attrs & ATTR_DIM ? A_DIM : 0);
}

static struct drawn_style
make_style(struct screen *screen, struct style style)
{
	struct tint tint = tint_of(screen->theme, screen->depth, screen->colors, style);
	struct drawn_style drawn = { .known = true, .style = style, .attrs = curses_attrs(tint.attrs) };
	bool is_new;

	if (screen->depth == DEPTH_MONO)
		return drawn;
	drawn.pair = pair_number(&screen->pairs, tint.fg, tint.bg, COLOR_PAIRS - 1, &is_new);
	if (drawn.pair && is_new && init_extended_pair(drawn.pair, tint.fg, tint.bg) == ERR)
		drawn.pair = 0;
	return drawn;
}

static const struct drawn_style *
find_style(struct screen *screen, struct style style)
{
	unsigned mix = style.fg.role + style.fg.hue * 31U + style.fg.shade * 7U + style.bg.role * 127U + style.bg.hue * 61U +
	               style.bg.shade * 509U + style.attrs * 251U;
	struct drawn_style *slot = &screen->styles[mix % STYLES];

	if (!slot->known || !style_equal(slot->style, style))
		*slot = make_style(screen, style);
	return slot;
}

/* Painting */

static void
to_cchar(struct screen *screen, const struct cell *cell, cchar_t *out)
{
	wchar_t text[CELL_CHARS + 1];
	int chars = 0;
	size_t at = 0;
	const struct drawn_style *style = find_style(screen, cell->style);
	int pair = style->pair;

	while (at < cell->len && chars < CELL_CHARS) {
		ucs4_t point;
		at += (size_t)u8_mbtouc(&point, (const uint8_t *)cell->text + at, cell->len - at);
		text[chars++] = (wchar_t)point;
	}
	text[chars] = L'\0';
	/* What the C library does not take for one character is drawn as its base, or not at all. */
	if (setcchar(out, text, style->attrs, 0, &pair) == ERR) {
		text[1] = L'\0';
		if (setcchar(out, text, style->attrs, 0, &pair) == ERR)
			setcchar(out, L"?", style->attrs, 0, &pair);
	}
}

/* Hands the changed cells of a row to curses, run by run. */
static void
paint_row(struct screen *screen, const struct grid *grid, int row)
{
	const struct cell *cells = screen->seen.cells + (size_t)row * (size_t)grid->cols;
	int col = 0, start, changed;

	while ((changed = seen_next(&screen->seen, grid, row, screen->depth, &col, &start)) > 0) {
		int count = 0;
		for (int i = start; i < start + changed; i++)
			if (cells[i].width > 0)
				to_cchar(screen, &cells[i], &screen->run[count++]);
		mvwadd_wchnstr(stdscr, row, start, screen->run, count);
	}
}

static void
screen_paint(void *self, const struct grid *grid, const struct theme *theme, bool repaint)
{
	struct screen *screen = self;

	if (seen_fit(&screen->seen, grid->cols, grid->rows))
		screen->run = xreallocarray(screen->run, (size_t)grid->cols, sizeof *screen->run);
	if (theme != screen->theme) {
		screen->theme = theme;
		memset(screen->styles, 0, sizeof screen->styles);
		screen->seen.nothing = true;
	}
	if (screen->colors > 0 && (int)screen->pairs.len >= COLOR_PAIRS - 1) {
		reset_color_pairs();
		pair_forget(&screen->pairs);
		memset(screen->styles, 0, sizeof screen->styles);
		repaint = true;
	}
	if (repaint) {
		screen->seen.nothing = true;
		clearok(curscr, TRUE);
	}
	for (int row = 0; row < grid->rows; row++)
		paint_row(screen, grid, row);
	screen->seen.nothing = false;
	bool shown = grid->cursor_col >= 0 && grid->cursor_col < grid->cols && grid->cursor_row >= 0 && grid->cursor_row < grid->rows;
	leaveok(stdscr, !shown);
	if (shown)
		wmove(stdscr, grid->cursor_row, grid->cursor_col);
	wnoutrefresh(stdscr);
	capture_begin(&screen->capture);
	doupdate();
	curs_set(shown);
	capture_end(&screen->capture);
}

/* Input and signals */

static int
screen_input_fd(void *self)
{
	return ((struct screen *)self)->modes.keys_fd;
}

static int
screen_signal_fd(void *self)
{
	(void)self;
	return signals_fd();
}

static unsigned
screen_signals(void *self)
{
	(void)self;
	return signals_take();
}

static long
screen_read(void *self, char *bytes, size_t cap)
{
	struct screen *screen = self;

	return tty_read(screen->modes.keys_fd, &screen->typed, bytes, cap);
}

static void
screen_mouse(void *self, bool on)
{
	modes_set_mouse(&((struct screen *)self)->modes, on);
}

/* The terminal given away and taken again */

static void
screen_size(void *self, int *cols_out, int *rows_out)
{
	(void)self;
	*cols_out = COLS > 0 ? COLS : 1;
	*rows_out = LINES > 0 ? LINES : 1;
}

static void
screen_resized(void *self)
{
	struct screen *screen = self;
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return;
	if (size.ws_row != LINES || size.ws_col != COLS)
		resizeterm(size.ws_row, size.ws_col);
	screen->seen.nothing = true;
	clearok(curscr, TRUE);
}

static void
take_again(struct screen *screen)
{
	reset_prog_mode();
	doupdate();
	modes_on(&screen->modes);
	screen_resized(screen);
}

static void
screen_suspend(void *self)
{
	struct screen *screen = self;

	modes_off(&screen->modes);
	capture_leave(&screen->capture);
	endwin();
	signals_stop();
	take_again(screen);
}

static bool
screen_run(void *self, char *const argv[])
{
	struct screen *screen = self;

	modes_off(&screen->modes);
	capture_leave(&screen->capture);
	endwin();
	bool done = editor_run(argv, screen->modes.keys_fd);
	take_again(screen);
	return done;
}

static void
screen_continued(void *self)
{
	struct screen *screen = self;

	capture_leave(&screen->capture);
	endwin();
	take_again(screen);
}

static bool
screen_copy(void *self, struct str text)
{
	struct screen *screen = self;
	struct buf sequence = { 0 };
	bool done = screen->modes.is_ansi && clipboard_sequence(text, screen->wrap, &sequence) &&
	            tty_write(STDOUT_FILENO, buf_str(&sequence));

	buf_fini(&sequence);
	return done;
}

static void
screen_identified(void *self, uint32_t identity)
{
	struct screen *screen = self;

	screen->wrap = clipboard_wrap_of(identity, screen->wrap);
}

static void
free_screen(struct screen *screen)
{
	for (struct term_key *key = screen->keys; key->bytes; key++)
		free((void *)key->bytes);
	seen_fini(&screen->seen);
	free(screen->run);
	pair_forget(&screen->pairs);
	buf_fini(&screen->typed);
	buf_fini(&screen->reset);
	capture_fini(&screen->capture);
	if (screen->keys_file)
		fclose(screen->keys_file);
	free(screen);
}

static void
screen_close(void *self)
{
	struct screen *screen = self;

	modes_off(&screen->modes);
	capture_leave(&screen->capture);
	curs_set(1);
	endwin();
	tcsetattr(STDOUT_FILENO, TCSADRAIN, &screen->shell_modes);
	signals_on_crash(-1, NULL, 0, NULL);
	panic_set_hook(NULL);
	open_screen = NULL;
	signals_close();
	delscreen(screen->curses);
	free_screen(screen);
}

/* Opening */

static int
count_colors(void *self, const char *name)
{
	int status, colors;

	(void)self;
	if (setupterm(name, STDOUT_FILENO, &status) == ERR)
		return -1;
	colors = tigetnum("colors");
	if (colors >= RGB_COLORS && tigetflag("RGB") != 1)
		colors = 256;
	del_curterm(cur_term);
	return colors > 0 ? colors : 0;
}

static const char *
capability(const char *name)
{
	const char *text = tigetstr(name);

	return text == (char *)-1 ? NULL : text;
}

static void
read_keys(struct screen *screen)
{
	size_t count = 0;

	for (int i = 0; i < TERM_CAPS; i++) {
		struct buf bytes = { 0 };
		tty_unpad(capability(term_caps[i].name), &bytes);
		/* A single byte is a character or a control, which mean the same everywhere. */
		if (bytes.len > 1)
			screen->keys[count++] = (struct term_key){ bytes.at, term_caps[i].key, term_caps[i].mods };
		else
			buf_fini(&bytes);
	}
}

static void
make_reset(struct screen *screen)
{
	if (screen->modes.is_ansi)
		buf_add(&screen->reset, modes_reset);
	tty_unpad(capability("sgr0"), &screen->reset);
	tty_unpad(capability("op"), &screen->reset);
	tty_unpad(capability("rmkx"), &screen->reset);
	tty_unpad(capability("cnorm"), &screen->reset);
	tty_unpad(capability("rmcup"), &screen->reset);
	buf_addc(&screen->reset, '\r');
}

static bool
probe_utf8(void *self)
{
	struct screen *screen = self;
	struct buf enter = { 0 }, leave = { 0 };
	int status;
	bool shows = false;

	if (setupterm(screen->name, STDOUT_FILENO, &status) == ERR)
		return false;
	const char *ask = capability("u7");
	if (ask && strcmp(ask, "\x1b[6n") == 0) {
		tty_unpad(capability("smcup"), &enter);
		tty_unpad(capability("rmcup"), &leave);
		send(buf_str(&enter));
		shows = tty_shows_utf8(screen->modes.keys_fd, STDOUT_FILENO, &screen->typed);
		send(buf_str(&leave));
	}
	del_curterm(cur_term);
	buf_fini(&enter);
	buf_fini(&leave);
	return shows;
}

/* Curses on the screen; false when it cannot. */
static bool
start_curses(struct screen *screen, struct error *err)
{
	FILE *keys = screen->keys_file ? screen->keys_file : stdin;

	screen->curses = newterm(screen->name, screen->capture.file, keys);
	if (!screen->curses)
		return error_set(err, ERROR_SYSTEM, "the terminal '%s' cannot be used", screen->name);
	const char *address = capability("cup");
	if (!address) {
		endwin();
		delscreen(screen->curses);
		return error_set(err, ERROR_USAGE, "the terminal '%s' cannot place its cursor; try `spanfire print`", screen->name);
	}
	screen->modes.is_ansi = screen->capture.filters = strncmp(address, "\x1b[", 2) == 0;
	const char *column = capability("hpa");
	screen->capture.sgr.by_column = column && strcmp(column, "\x1b[%i%p1%dG") == 0 && tigetflag("xenl") == 1;
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	typeahead(-1);
	curs_set(0);
	if (screen->depth != DEPTH_MONO) {
		start_color();
		screen->colors = COLORS;
	}
	return true;
}

static const struct term_ops screen_ops = {
	.size      = screen_size,
	.input_fd  = screen_input_fd,
	.signal_fd = screen_signal_fd,
	.signals   = screen_signals,
	.read      = screen_read,
	.paint     = screen_paint,
	.mouse     = screen_mouse,
	.copy      = screen_copy,
	.identified = screen_identified,
	.suspend   = screen_suspend,
	.run       = screen_run,
	.resized   = screen_resized,
	.continued = screen_continued,
	.close     = screen_close,
};

static void
take_terminal(struct screen *screen)
{
	read_keys(screen);
	make_reset(screen);
	open_screen = screen;
	panic_set_hook(emergency_reset);
	/* After newterm(), which installs handlers of its own. */
	signals_open();
	signals_on_crash(STDOUT_FILENO, screen->reset.at, screen->reset.len, &screen->shell_modes);
	screen_resized(screen);
	modes_on(&screen->modes);
}

bool
term_open(struct term *term, const struct term_options *options, struct error *err)
{
	const char *name = getenv("TERM");
	struct screen *screen;
	struct depth_facts facts = {
		.term = name ? name : "", .colorterm = getenv("COLORTERM"), .no_color = getenv("NO_COLOR"), .wanted = options->depth,
		.colors = count_colors,
	};

	if (!isatty(STDOUT_FILENO))
		return error_set(err, ERROR_USAGE, "standard output is no terminal; try `spanfire print`");
	if (!name || !*name)
		return error_set(err, ERROR_USAGE, "the kind of terminal is not known: TERM is not set");
	struct depth_choice choice = depth_choose(&facts);
	if (!*choice.name)
		return error_set(err, ERROR_USAGE, "no description of the terminal '%s' is installed", name);

	screen = xcalloc(1, sizeof *screen);
	screen->modes.out_fd = STDOUT_FILENO;
	screen->depth = choice.depth;
	screen->name = choice.name;
	capture_init(&screen->capture);
	screen->modes.keys_fd = tty_open_keys(err);
	if (screen->modes.keys_fd < 0)
		goto fail;
	if (screen->modes.keys_fd != STDIN_FILENO)
		screen->keys_file = fdopen(screen->modes.keys_fd, "r");
	tcgetattr(STDOUT_FILENO, &screen->shell_modes);
	bool utf8 = tty_set_locale(probe_utf8, screen);
	if (!start_curses(screen, err))
		goto fail;
	screen->modes.mouse = !options->no_mouse;
	take_terminal(screen);
	*term = (struct term){
		.ops = &screen_ops, .self = screen, .depth = choice.depth, .keys = screen->keys,
		.ascii = options->ascii >= 0 ? options->ascii : !utf8,
		.asked_background = options->ask_background && screen->modes.is_ansi && choice.depth != DEPTH_MONO && tty_takes_osc(name),
	};
	if (term->asked_background)
		send(STR("\x1b]11;?\x07"));
	screen->wrap = clipboard_wrap_here();
	if (screen->wrap == CLIPBOARD_EITHER && screen->modes.is_ansi)
		send(STR("\x1b[>c"));
	return true;
fail:
	free_screen(screen);
	return false;
}
