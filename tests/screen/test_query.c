/* SPDX-License-Identifier: MIT
 * Choosing traces on a real terminal: queries typed and clicked, saved ones, ids pasted and on the command line. */
#include "config.h"

#include "tests/screen/steps.h"

static char *shop, *config;

static struct screen *
open_shop(const char *const *more, int cols, int rows)
{
	const char *args[16] = { "--view", "flame", "--theme", "dark", "--config", config };
	size_t count = 6;

	while (more && *more)
		args[count++] = *more++;
	args[count] = shop;
	struct screen *screen = open_with(args, NULL, cols, rows);
	ok(screen_wait(screen, "Flame"), "the viewer is there");
	return screen;
}

static void
test_typed(void)
{
	struct screen *screen = open_shop(NULL, COLS, ROWS);

	see(screen, "f", "the span's duration", "what there is to ask");
	screen_send(screen, "service = ");
	ok(screen_wait(screen, "mail worker"), "services of the file");
	click(screen, "\"mail worker\"", "1 of 4 traces", "is taken and counted");
	screen_send(screen, "NOT NOT");
	ok(screen_wait(screen, "AND or OR is missing"), "what is wrong is said");
	see(screen, "Backspace Backspace Backspace Backspace Backspace Backspace Backspace", "1 of 4 traces", "and is gone when it is taken back");
	see(screen, "Enter", "service = \"mail worker\" ✕", "a pill");
	ok(screen_wait(screen, "1 of 4 traces"), "the header says what is left");
	click(screen, "service = \"mail worker\" ✕", "wall 2.14 s", "all traces again");
	see(screen, "f Up", "query: service = \"mail worker\"", "earlier queries");
	miss(screen, "Esc", "query: ", "Esc leaves it");
	see(screen, "Alt-f", "duration > 1s", "saved queries");
	see(screen, "Enter", "1 of 4 traces", "one of them");
	see(screen, "u", "4 traces", "and back");
	leave(screen);
}

static void
test_pasted(void)
{
	struct screen *screen = open_shop(NULL, COLS, ROWS);

	screen_key(screen, ":");
	screen_wait(screen, "palette");
	screen_send(screen, "\x1b[200~00-0af7651916cd43dd8448eb211c80319c-0000000000000013-01\x1b[201~");
	ok(screen_wait(screen, "SELECT carts"), "a traceparent is known");
	see(screen, "Enter", "all 120 ms", "its trace is opened");
	ok(screen_wait(screen, "db SELECT carts  "), "and its span is the cursor");
	leave(screen);
}

static void
test_asked(void)
{
	struct screen *screen = open_shop((const char *const[]){ "--trace", "a1b2c3d4e5f60718-24", NULL }, COLS, ROWS);

	ok(screen_wait(screen, "mail worker deliver mail  "), "--trace opens trace and span");
	leave(screen);
	screen = open_shop((const char *const[]){ "-q", "trace.errors = 0", "--from-time", "1s", NULL }, COLS, ROWS);
	ok(screen_shows(screen, "trace.errors = 0 ✕") && screen_shows(screen, "time +1 s… ✕"), "-q and --from-time are pills");
	click(screen, "time +1 s", "2 of 4 traces", "the time goes");
	leave(screen);
}

static void
test_small(void)
{
	struct screen *screen = open_shop(NULL, 40, 10);

	see(screen, "f", "name", "40x10: the list");
	screen_send(screen, "trace.sp");
	screen_key(screen, "Tab");
	ok(screen_wait(screen, "query: trace.spans"), "40x10: is completed");
	screen_send(screen, "> 4");
	ok(screen_wait(screen, "1 of 4 traces"), "40x10: and counted");
	see(screen, "Enter", " ✕", "40x10: a pill");
	leave(screen);
}

int
main(void)
{
	const char *top = getenv("top_srcdir");

	steps_begin();
	shop = xasprintf("%s/tests/data/query/shop.json", top ? top : ".");
	config = xasprintf("%s/config.json", folder);
	write_file(config, "{ \"queries\": { \"slow\": \"duration > 1s\" } }\n", 0600);
	test_typed();
	test_pasted();
	test_asked();
	test_small();
	unlink(config);
	steps_end();
	free(shop);
	free(config);
	return done();
}
