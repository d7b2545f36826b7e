/* SPDX-License-Identifier: MIT
 * Checked allocation and the one way to end abnormally.
 * No function here returns NULL: when memory is exhausted, or a size overflows, the program ends through panic(),
 * which runs the panic hook first (the terminal is put back there) and then prints one line and exits with status 4.
 * All memory is released with free(). */
#ifndef UTIL_ALLOC_H
#define UTIL_ALLOC_H

#include <stddef.h>

void *xmalloc(size_t size);                               /* size 0 gives a pointer that can be freed */
void *xcalloc(size_t count, size_t size);                 /* zeroed; count * size is checked */
void *xreallocarray(void *old, size_t count, size_t size);
void *xalloc_lines(size_t count, size_t size);            /* begins where a line of the processor's cache does, 64 bytes; not zeroed */
char *xstrndup(const char *text, size_t len);             /* adds a NUL; copies exactly len bytes */
char *xstrdup(const char *text);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Bytes of an allocation that will not be read any more before it is freed: their memory goes back to the system. */
void give_back(void *at, size_t size);

/* Called at most once, before a panic's message is printed.  NULL removes it. */
void panic_set_hook(void (*hook)(void));
_Noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* For our own mistakes, never for input: unlike assert() it stays in release builds and restores the terminal. */
#define CHECK(condition) ((condition) ? (void)0 : panic("%s:%d: check failed: %s", __FILE__, __LINE__, #condition))

#endif
