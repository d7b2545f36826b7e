/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/mapping.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "util/alloc.h"

/* A place in the list that the signal handler walks: entries are reused and never freed. */
struct mapping {
	_Atomic uintptr_t begin;      /* 0: free */
	_Atomic uintptr_t end;        /* of the last page */
	_Atomic uintptr_t cut_from;   /* 0: never cut */
	struct mapping   *next;       /* set before the entry is published */
};

static _Atomic(struct mapping *) mappings;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;    /* of changes to the list and of the handler */
static struct sigaction previous;
static uintptr_t page_size;

static struct mapping *
mapping_find(uintptr_t address)
{
	for (struct mapping *map = atomic_load(&mappings); map; map = map->next)
		if (address >= atomic_load(&map->begin) && address < atomic_load(&map->end))
			return map;
	return NULL;
}

static void
pass_on(int signal_number, siginfo_t *info, void *context)
{
	if (previous.sa_flags & SA_SIGINFO)
		previous.sa_sigaction(signal_number, info, context);
	else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN)
		previous.sa_handler(signal_number);
	else
		signal(signal_number, SIG_DFL);    /* the fault comes again on return */
}

/* Where a page is missing, the file has become shorter: all pages from there on are missing too. */
static void
on_bus_error(int signal_number, siginfo_t *info, void *context)
{
	int saved_errno = errno;
	uintptr_t page = (uintptr_t)info->si_addr & ~(page_size - 1);
	struct mapping *map = mapping_find(page);
	uintptr_t none = 0;

	if (!map || mmap((void *)page, atomic_load(&map->end) - page, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
	            MAP_FAILED)
		pass_on(signal_number, info, context);
	else if (!atomic_compare_exchange_strong(&map->cut_from, &none, page) && page < none)
		atomic_store(&map->cut_from, page);
	errno = saved_errno;
}

/* Anew with each mapping: whoever sets a handler later is the one that faults are passed on to. */
static void
install_handler(void)
{
	struct sigaction now, ours = { .sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO | SA_ONSTACK };

	page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
	sigemptyset(&ours.sa_mask);
	if (sigaction(SIGBUS, NULL, &now) == 0 && !(now.sa_flags & SA_SIGINFO && now.sa_sigaction == on_bus_error)) {
		previous = now;
		sigaction(SIGBUS, &ours, NULL);
	}
}

const char *
mapping_open(int fd, size_t len)
{
	struct mapping *map;
	void *at = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);

	if (at == MAP_FAILED)
		return NULL;
	posix_madvise(at, len, POSIX_MADV_SEQUENTIAL);
	pthread_mutex_lock(&lock);
	install_handler();
	for (map = atomic_load(&mappings); map && atomic_load(&map->begin); )
		map = map->next;
	if (!map) {
		map = xcalloc(1, sizeof *map);
		map->next = atomic_load(&mappings);
		atomic_store(&mappings, map);
	}
	atomic_store(&map->cut_from, 0);
	atomic_store(&map->end, ((uintptr_t)at + len + page_size - 1) & ~(page_size - 1));
	atomic_store(&map->begin, (uintptr_t)at);
	pthread_mutex_unlock(&lock);
	return at;
}

void
mapping_close(const char *at)
{
	struct mapping *map;

	pthread_mutex_lock(&lock);
	map = mapping_find((uintptr_t)at);
	CHECK(map && atomic_load(&map->begin) == (uintptr_t)at);
	uintptr_t end = atomic_exchange(&map->end, 0);
	munmap((void *)(uintptr_t)at, end - (uintptr_t)at);
	atomic_store(&map->begin, 0);
	pthread_mutex_unlock(&lock);
}

bool
mapping_was_cut(const char *at, size_t *from_out)
{
	const struct mapping *map = mapping_find((uintptr_t)at);
	uintptr_t from = map ? atomic_load(&map->cut_from) : 0;

	if (from)
		*from_out = from - (uintptr_t)at;
	return from != 0;
}
