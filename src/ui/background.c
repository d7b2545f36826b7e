/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/background.h"

#include <signal.h>

#include "util/alloc.h"

pthread_t
background_start(void *run(void *), void *self)
{
	sigset_t all, before;
	pthread_t thread;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (pthread_create(&thread, NULL, run, self) != 0)
		panic("cannot start a thread");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return thread;
}
