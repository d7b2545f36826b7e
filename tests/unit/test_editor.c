/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/editor.h"

#include <string.h>
#include <unistd.h>

#include "tests/tap.h"
#include "util/buf.h"

static void
is_command(const char *command, const char *path, uint32_t line, const char *want)
{
	struct arena arena;
	struct buf got = { 0 };
	char *argv[EDITOR_ARGS];

	arena_init(&arena);
	bool good = editor_arguments(command, path, line, &arena, argv);
	for (int i = 0; good && argv[i]; i++)
		buf_addf(&got, "%s<%s>", i ? " " : "", argv[i]);
	buf_addc(&got, '\0');
	is_text(good ? got.at : "none", want, command);
	buf_fini(&got);
	arena_fini(&arena);
}

int
main(void)
{
	char names[3][24] = { "/nonexistent/editor", "true", "false" };
	char *const missing[] = { names[0], NULL }, *const works[] = { names[1], NULL }, *const fails[] = { names[2], NULL };

	is_command("vi", "src/a.c", 7, "<vi> <+7> <src/a.c>");
	is_command("  emacs   -nw ", "a b;c.c", 7, "<emacs> <-nw> <+7> <a b;c.c>");
	is_command("/usr/bin/code --wait", "a.c", 7, "</usr/bin/code> <--wait> <-g> <a.c:7>");
	is_command("hx", "a.c", 7, "<hx> <a.c:7>");
	is_command("vi", "-c quit", 0, "<vi> <./-c quit>");
	is_command("vi", "+!rm", 3, "<vi> <+3> <./+!rm>");
	is_command("vi; reboot", "$(x)", 3, "<vi;> <reboot> <+3> <$(x)>");
	is_command("", "a.c", 7, "none");
	is_command("a b c d e f g h i j k l m n o p q r", "a.c", 7, "none");
	ok(!editor_run(missing, STDIN_FILENO), "what is not there does not run");
	ok(editor_run(works, STDIN_FILENO) && editor_run(fails, STDIN_FILENO), "what is there does, whatever it says in the end");
	return done();
}
