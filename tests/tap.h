/* SPDX-License-Identifier: MIT
 * The Test Anything Protocol: one line a check, on standard output.
 *	int main(void) { ok(1 + 1 == 2, "sums"); is_int(f(3), 9, "squares"); return done(); }
 * A test that cannot run says so: skip(1, "no corpus"). */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <math.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tap_count, tap_failed;

__attribute__((format(printf, 2, 3), unused)) static bool
ok(bool passed, const char *format, ...)
{
	va_list args;

	printf("%sok %d - ", passed ? "" : "not ", ++tap_count);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
	tap_failed += !passed;
	return passed;
}

__attribute__((format(printf, 1, 2), unused)) static void
diag(const char *format, ...)
{
	va_list args;

	fputs("# ", stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

__attribute__((unused)) static bool
is_int(long long got, long long want, const char *what)
{
	if (!ok(got == want, "%s", what))
		diag("got %lld, want %lld", got, want);
	return got == want;
}

__attribute__((unused)) static bool
is_double(double got, double want, double tolerance, const char *what)
{
	bool near = fabs(got - want) <= tolerance;

	if (!ok(near, "%s", what))
		diag("got %.17g, want %.17g", got, want);
	return near;
}

__attribute__((unused)) static bool
is_text(const char *got, const char *want, const char *what)
{
	bool same = got && want ? strcmp(got, want) == 0 : got == want;

	if (!ok(same, "%s", what)) {
		diag("got:  %s", got ? got : "(null)");
		diag("want: %s", want ? want : "(null)");
	}
	return same;
}

__attribute__((unused)) static void
skip(int checks, const char *why)
{
	for (int i = 0; i < checks; i++)
		printf("ok %d # SKIP %s\n", ++tap_count, why);
}

/* The last call of main(). */
__attribute__((unused)) static int
done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* The corpus folder, or NULL when there is none.  SPANFIRE_CORPUS named but missing is a failure. */
__attribute__((unused)) static const char *
corpus_path(void)
{
	const char *path = getenv("SPANFIRE_CORPUS");

	return path && *path ? path : NULL;
}

#endif
