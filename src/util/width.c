/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/width.h"

#include <locale.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <uniwidth.h>
#include <wchar.h>

enum { PAGE_BITS = 8, PAGE = 1 << PAGE_BITS, CODE_POINTS = 0x110000, PAGES = CODE_POINTS / PAGE };

static int8_t widths[CODE_POINTS];       /* filled page by page on first use, since asking wcwidth needs a locale of its own */
static _Atomic bool page_ready[PAGES];
static pthread_mutex_t filling = PTHREAD_MUTEX_INITIALIZER;

/* A UTF-8 locale whatever the process runs in; (locale_t)0 when the system has none. */
static locale_t
utf8_locale(void)
{
	static const char *const names[] = { "C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8", "" };
	static locale_t found;
	static bool looked;

	for (size_t i = 0; !looked && !found && i < sizeof names / sizeof *names; i++)
		found = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
	looked = true;
	return found;
}

/* Without a UTF-8 locale wcwidth knows ASCII only: libunistring decides alone. */
static int
agreed_width(uint32_t code_point, bool ask_wcwidth)
{
	int unistring = uc_width(code_point, "UTF-8");
	int libc = ask_wcwidth ? wcwidth((wchar_t)code_point) : unistring;

	return unistring == libc && libc >= 0 && libc <= 2 ? libc : -1;
}

static void
fill_page(uint32_t page)
{
	pthread_mutex_lock(&filling);
	if (!atomic_load_explicit(&page_ready[page], memory_order_relaxed)) {
		locale_t utf8 = utf8_locale();
		locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
		bool ask = utf8 && wcwidth(0x4e00) == 2;

		for (uint32_t c = page << PAGE_BITS; c < (page + 1) << PAGE_BITS; c++)
			widths[c] = (int8_t)agreed_width(c, ask);
		if (utf8)
			uselocale(before);
		atomic_store_explicit(&page_ready[page], true, memory_order_release);
	}
	pthread_mutex_unlock(&filling);
}

int
width_of(uint32_t code_point)
{
	if (code_point >= CODE_POINTS)
		return -1;
	uint32_t page = code_point >> PAGE_BITS;
	if (!atomic_load_explicit(&page_ready[page], memory_order_acquire))
		fill_page(page);
	return widths[code_point];
}
