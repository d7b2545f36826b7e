/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/screen/harness.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <unistr.h>
#include <utmp.h>
#include <vterm.h>

#include "tests/screen/child.h"
#include "ui/event.h"
#include "util/alloc.h"

enum { WAIT_MS = 10000, QUIET_MS = 150 };

struct screen {
	int            master, slave;
	pid_t          pid;          /* our child: the program, or its parent */
	pid_t          program;
	int            control;      /* to that parent */
	int            cols, rows;
	struct termios modes;        /* before the program */
	VTerm         *vterm;
	VTermScreen   *cells;
	bool           alternate, cursor;
	struct buf     output;
	struct buf     text;         /* what screen_row() and screen_text() return */
	int            held;         /* characters of ":2::" seen so far and not yet passed on */
	bool           answers, mute, ended;
	uint32_t       background;
	int            status;
};

static long
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int
on_property(VTermProp property, VTermValue *value, void *self)
{
	struct screen *screen = self;

	if (property == VTERM_PROP_ALTSCREEN)
		screen->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		screen->cursor = value->boolean;
	return 1;
}

static void
on_answer(const char *bytes, size_t len, void *self)
{
	struct screen *screen = self;

	if (!screen->mute && write(screen->master, bytes, len) < 0)
		diag("cannot answer: %s", strerror(errno));
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

static void
open_vterm(struct screen *screen)
{
	screen->vterm = vterm_new(screen->rows, screen->cols);
	vterm_set_utf8(screen->vterm, 1);
	vterm_output_set_callback(screen->vterm, on_answer, screen);
	screen->cells = vterm_obtain_screen(screen->vterm);
	vterm_screen_set_callbacks(screen->cells, &callbacks, screen);
	vterm_screen_enable_altscreen(screen->cells, 1);
	vterm_screen_reset(screen->cells, 1);
	screen->cursor = true;
}

/* libvterm 0.1.4 takes the empty colour space of 38:2::r:g:b for red: it is left out. */
static void
show(struct screen *screen, const char *bytes, size_t len)
{
	static const char pattern[] = ":2::";
	struct buf out = { 0 };

	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == pattern[screen->held]) {
			if (++screen->held == 4) {
				buf_add(&out, STR(":2:"));
				screen->held = 0;
			}
			continue;
		}
		buf_add(&out, (struct str){ pattern, (size_t)screen->held });
		screen->held = bytes[i] == ':';
		if (!screen->held)
			buf_addc(&out, bytes[i]);
	}
	if (out.len)
		vterm_input_write(screen->vterm, out.at, out.len);
	buf_fini(&out);
}

static void
answer_background(struct screen *screen, size_t from)
{
	static const char question[] = "\x1b]11;?\x07";
	size_t back = from > sizeof question ? from - sizeof question : 0;

	if (screen->answers && memmem(screen->output.at + back, screen->output.len - back, question, sizeof question - 1)) {
		screen->answers = false;
		dprintf(screen->master, "\x1b]11;rgb:%02x/%02x/%02x\x07", screen->background >> 16, screen->background >> 8 & 0xff, screen->background & 0xff);
	}
}

/* Takes what the program has sent, for at most that long; false when nothing came. */
static bool
pump(struct screen *screen, int timeout_ms)
{
	struct pollfd ready = { .fd = screen->master, .events = POLLIN };
	char bytes[16384];

	if (poll(&ready, 1, timeout_ms) <= 0)
		return false;
	ssize_t count = read(screen->master, bytes, sizeof bytes);
	if (count <= 0)
		return false;
	size_t before = screen->output.len;
	buf_add(&screen->output, (struct str){ bytes, (size_t)count });
	show(screen, bytes, (size_t)count);
	answer_background(screen, before);
	return true;
}

struct screen *
screen_start(const struct screen_options *options)
{
	struct screen *screen = xcalloc(1, sizeof *screen);
	struct winsize size;
	int control[2];

	signal(SIGPIPE, SIG_IGN);
	screen->cols = options->cols ? options->cols : 80;
	screen->rows = options->rows ? options->rows : 24;
	screen->answers = options->answers;
	screen->background = options->background;
	screen->mute = options->mute;
	size = (struct winsize){ .ws_col = (unsigned short)screen->cols, .ws_row = (unsigned short)screen->rows };
	if (openpty(&screen->master, &screen->slave, NULL, NULL, &size) != 0) {
		printf("1..0 # SKIP no pseudo-terminal\n");
		exit(EXIT_SUCCESS);
	}
	fcntl(screen->master, F_SETFD, FD_CLOEXEC);
	fcntl(screen->slave, F_SETFD, FD_CLOEXEC);
	tcgetattr(screen->slave, &screen->modes);
	open_vterm(screen);
	CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, control) == 0);
	fflush(stdout);
	screen->pid = screen->program = fork();
	if (screen->pid == 0) {
		login_tty(dup(screen->slave));
		child_become(options, control[1]);
	}
	close(control[1]);
	screen->control = control[0];
	if (options->jobs && read(screen->control, &screen->program, sizeof screen->program) != (ssize_t)sizeof screen->program)
		diag("the program does not start under job control");
	return screen;
}

void
screen_free(struct screen *screen)
{
	if (!screen->ended) {
		kill(screen->program, SIGKILL);
		kill(screen->pid, SIGKILL);
		waitpid(screen->pid, NULL, 0);
	}
	close(screen->control);
	close(screen->master);
	close(screen->slave);
	vterm_free(screen->vterm);
	buf_fini(&screen->output);
	buf_fini(&screen->text);
	free(screen);
}

/* Input */

static void
send_bytes(struct screen *screen, const char *bytes, size_t len)
{
	long until = clock_ms() + WAIT_MS;

	while (len > 0) {
		struct pollfd ready = { .fd = screen->master, .events = POLLOUT };
		if (clock_ms() > until || poll(&ready, 1, WAIT_MS) <= 0)
			return;
		ssize_t sent = write(screen->master, bytes, len < 256 ? len : 256);
		if (sent <= 0)
			return;
		bytes += sent;
		len -= (size_t)sent;
		pump(screen, 0);    /* or both sides would wait for each other */
	}
}

void
screen_send(struct screen *screen, const char *bytes)
{
	send_bytes(screen, bytes, strlen(bytes));
}

/* An Escape is the key when nothing follows for some time after the program has read it. */
static void
send_escape(struct screen *screen)
{
	long until = clock_ms() + WAIT_MS;
	int unread = 1;

	screen_send(screen, "\x1b");
	do
		pump(screen, 10);
	while (!screen->ended && ioctl(screen->slave, FIONREAD, &unread) == 0 && unread > 0 && clock_ms() < until);
	screen_settle(screen);
}

static void
send_key(struct screen *screen, struct str name)
{
	static const struct { uint32_t key; const char *bytes; } named[] = {
		{ K_ENTER, "\r" }, { K_TAB, "\t" }, { K_BACKTAB, "\x1b[Z" }, { K_BACKSPACE, "\x7f" }, { K_DELETE, "\x1b[3~" },
		{ K_INSERT, "\x1b[2~" }, { K_UP, "\x1b[A" }, { K_DOWN, "\x1b[B" }, { K_RIGHT, "\x1b[C" }, { K_LEFT, "\x1b[D" }, { K_HOME, "\x1b[H" },
		{ K_END, "\x1b[F" }, { K_PAGE_UP, "\x1b[5~" }, { K_PAGE_DOWN, "\x1b[6~" }, { K_F1, "\x1bOP" }, { K_F2, "\x1bOQ" },
	};
	uint32_t key;
	uint8_t mods;

	if (!key_parse(name, &key, &mods))
		panic("there is no key '%.*s'", (int)name.len, name.at);
	if (mods & MOD_ALT)
		screen_send(screen, "\x1b");
	if (key == K_ESC) {
		send_escape(screen);
		return;
	}
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (named[i].key == key) {
			screen_send(screen, named[i].bytes);
			return;
		}
	if (mods & MOD_CTRL) {
		char control = (char)(key & 0x1f);
		send_bytes(screen, &control, 1);
	} else {
		send_bytes(screen, name.at + (mods & MOD_ALT ? 4 : 0), name.len - (mods & MOD_ALT ? 4 : 0));
	}
}

void
screen_key(struct screen *screen, const char *names)
{
	while (*names) {
		size_t len = strcspn(names, " ");
		struct str name = { names, len };
		if (str_equal(name, STR("Space")))
			screen_send(screen, " ");
		else if (len)
			send_key(screen, name);
		names += len + (names[len] == ' ');
	}
}

void
screen_resize(struct screen *screen, int cols, int rows)
{
	struct winsize size = { .ws_col = (unsigned short)cols, .ws_row = (unsigned short)rows };

	screen->cols = cols;
	screen->rows = rows;
	vterm_set_size(screen->vterm, rows, cols);
	ioctl(screen->master, TIOCSWINSZ, &size);
}

void
screen_signal(struct screen *screen, int number)
{
	kill(screen->program, number);
}

/* Waiting */

void
screen_quiet(struct screen *screen, int quiet_ms)
{
	long until = clock_ms() + WAIT_MS;

	while (clock_ms() < until && pump(screen, quiet_ms))
		;
}

void
screen_settle(struct screen *screen)
{
	screen_quiet(screen, QUIET_MS);
}

static void
show_in_vain(struct screen *screen, const char *text, bool there)
{
	diag("'%s' does not %s:", text, there ? "appear" : "go");
	for (int row = 0; row < screen->rows; row++)
		diag("|%s", screen_row(screen, row));
}

static bool
wait_for(struct screen *screen, const char *text, bool there)
{
	long until = clock_ms() + WAIT_MS;

	while (screen_shows(screen, text) != there && clock_ms() < until)
		pump(screen, 50);
	screen_settle(screen);
	bool done = screen_shows(screen, text) == there;
	if (!done)
		show_in_vain(screen, text, there);
	return done;
}

bool
screen_wait(struct screen *screen, const char *text)
{
	return wait_for(screen, text, true);
}

bool
screen_wait_gone(struct screen *screen, const char *text)
{
	return wait_for(screen, text, false);
}

int
screen_wait_exit(struct screen *screen)
{
	long until = clock_ms() + WAIT_MS;

	while (!screen->ended && clock_ms() < until) {
		pump(screen, 20);
		if (waitpid(screen->pid, &screen->status, WNOHANG) == screen->pid)
			screen->ended = true;
	}
	while (pump(screen, 20))
		;
	if (!screen->ended)
		return -1;
	return WIFEXITED(screen->status) ? WEXITSTATUS(screen->status) : 128 + WTERMSIG(screen->status);
}

bool
screen_wait_stopped(struct screen *screen)
{
	long until = clock_ms() + WAIT_MS;
	struct pollfd ready = { .fd = screen->control, .events = POLLIN };
	char told;

	while (clock_ms() < until) {
		pump(screen, 20);
		if (poll(&ready, 1, 0) > 0)
			return read(screen->control, &told, 1) == 1 && told == 's';
	}
	return false;
}

void
screen_continue(struct screen *screen)
{
	if (write(screen->control, "c", 1) != 1)
		diag("the parent does not listen");
}

/* What is seen */

static void
read_color(const struct screen *screen, VTermColor color, uint32_t *rgb_out, int *index_out, bool *is_default_out)
{
	*is_default_out = VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color);
	*index_out = VTERM_COLOR_IS_INDEXED(&color) && !*is_default_out ? color.indexed.idx : -1;
	vterm_screen_convert_color_to_rgb(screen->cells, &color);
	*rgb_out = (uint32_t)color.rgb.red << 16 | (uint32_t)color.rgb.green << 8 | color.rgb.blue;
}

/* Two colours in reverse look like the two changed over. */
static void
show_reversed(struct screen_cell *cell)
{
	uint32_t rgb = cell->fg;
	int index = cell->fg_index;

	cell->fg = cell->bg;
	cell->bg = rgb;
	cell->fg_index = cell->bg_index;
	cell->bg_index = index;
	cell->reverse = false;
}

void
screen_cell(struct screen *screen, int col, int row, struct screen_cell *out)
{
	VTermScreenCell cell;
	size_t len = 0;

	*out = (struct screen_cell){ .text = " ", .width = 1, .fg_index = -1, .bg_index = -1 };
	if (!vterm_screen_get_cell(screen->cells, (VTermPos){ .row = row, .col = col }, &cell))
		return;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] && cell.chars[i] != (uint32_t)-1; i++) {
		int bytes = u8_uctomb((uint8_t *)out->text + len, cell.chars[i], (ptrdiff_t)(sizeof out->text - 1 - len));
		if (bytes <= 0)
			break;
		len += (size_t)bytes;
	}
	if (len || cell.chars[0] == (uint32_t)-1)
		out->text[len] = '\0';
	out->width = cell.chars[0] == (uint32_t)-1 ? 0 : cell.width;
	read_color(screen, cell.fg, &out->fg, &out->fg_index, &out->fg_default);
	read_color(screen, cell.bg, &out->bg, &out->bg_index, &out->bg_default);
	out->bold = cell.attrs.bold;
	out->underline = cell.attrs.underline != 0;
	out->reverse = cell.attrs.reverse;
	if (out->reverse && !out->fg_default && !out->bg_default)
		show_reversed(out);
}

static void
add_row(struct screen *screen, int row)
{
	size_t kept = screen->text.len;

	for (int col = 0; col < screen->cols; col++) {
		struct screen_cell cell;
		screen_cell(screen, col, row, &cell);
		buf_add(&screen->text, str_of(cell.text));
		if (strcmp(cell.text, " ") != 0)
			kept = screen->text.len;
	}
	screen->text.len = kept;
	buf_add(&screen->text, STR(""));
}

const char *
screen_row(struct screen *screen, int row)
{
	buf_clear(&screen->text);
	add_row(screen, row);
	return screen->text.at;
}

const char *
screen_text(struct screen *screen)
{
	buf_clear(&screen->text);
	for (int row = 0; row < screen->rows; row++) {
		add_row(screen, row);
		buf_addc(&screen->text, '\n');
	}
	return screen->text.at;
}

bool
screen_find(struct screen *screen, const char *text, int *col_out, int *row_out)
{
	for (int row = 0; row < screen->rows; row++) {
		const char *line = screen_row(screen, row), *found = strstr(line, text);
		if (!found)
			continue;
		size_t at = (size_t)(found - line), before = 0;
		int col = 0;
		for (; col < screen->cols; col++) {
			struct screen_cell cell;
			if (before >= at)
				break;
			screen_cell(screen, col, row, &cell);
			before += strlen(cell.text);
		}
		*col_out = col;
		*row_out = row;
		return true;
	}
	return false;
}

bool
screen_shows(struct screen *screen, const char *text)
{
	return strstr(screen_text(screen), text) != NULL;
}

bool
screen_is_alternate(const struct screen *screen)
{
	return screen->alternate;
}

bool
screen_shows_cursor(const struct screen *screen)
{
	return screen->cursor;
}

/* What was sent */

size_t
screen_bytes(const struct screen *screen)
{
	return screen->output.len;
}

const struct buf *
screen_output(const struct screen *screen)
{
	return &screen->output;
}

bool
screen_sent(const struct screen *screen, const char *bytes)
{
	return screen->output.len > 0 && memmem(screen->output.at, screen->output.len, bytes, strlen(bytes)) != NULL;
}

bool
screen_modes_kept(struct screen *screen)
{
	struct termios now;

	return tcgetattr(screen->slave, &now) == 0 && now.c_iflag == screen->modes.c_iflag && now.c_oflag == screen->modes.c_oflag &&
	       now.c_cflag == screen->modes.c_cflag && now.c_lflag == screen->modes.c_lflag &&
	       memcmp(now.c_cc, screen->modes.c_cc, sizeof now.c_cc) == 0;
}

pid_t
screen_pid(const struct screen *screen)
{
	return screen->program;
}
