/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/alloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PANIC_STATUS = 4, LINE_BYTES = 64 };

static void (*panic_hook)(void);

void
panic_set_hook(void (*hook)(void))
{
	panic_hook = hook;
}

_Noreturn void
panic(const char *format, ...)
{
	void (*hook)(void) = panic_hook;
	va_list args;

	panic_hook = NULL;
	if (hook)
		hook();
	fputs("spanfire: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	fflush(stderr);
	_Exit(PANIC_STATUS);
}

static void *
checked(void *memory, size_t count, size_t size)
{
	if (!memory)
		panic("out of memory (%zu x %zu bytes)", count, size);
	return memory;
}

void *
xmalloc(size_t size)
{
	return checked(malloc(size ? size : 1), 1, size);
}

void *
xcalloc(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1), count, size);
}

void *
xreallocarray(void *old, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		panic("out of memory (%zu x %zu bytes)", count, size);
	size_t bytes = count * size;
	return checked(realloc(old, bytes ? bytes : 1), count, size);
}

void *
xalloc_lines(size_t count, size_t size)
{
	void *memory = NULL;

	if (size && count > SIZE_MAX / size)
		panic("out of memory (%zu x %zu bytes)", count, size);
	if (posix_memalign(&memory, LINE_BYTES, count && size ? count * size : 1) != 0)
		memory = NULL;
	return checked(memory, count, size);
}

char *
xstrndup(const char *text, size_t len)
{
	if (len == SIZE_MAX)
		panic("out of memory (%zu bytes)", len);
	char *copy = xmalloc(len + 1);

	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *
xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

char *
xasprintf(const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	CHECK(len >= 0);
	char *text = xmalloc((size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}

/* Whole pages only; they read as zero from now on. */
void
give_back(void *at, size_t size)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), begin = ((uintptr_t)at + page - 1) / page * page, end = ((uintptr_t)at + size) / page * page;

	if (begin < end)
		(void)madvise((char *)at + (begin - (uintptr_t)at), end - begin, MADV_DONTNEED);
}
