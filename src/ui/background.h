/* SPDX-License-Identifier: MIT
 * Threads beside the one that has the terminal. */
#ifndef UI_BACKGROUND_H
#define UI_BACKGROUND_H

#include <pthread.h>

/* To be joined.  Signals are not for it. */
pthread_t background_start(void *run(void *), void *self);

#endif
