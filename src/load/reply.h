/* SPDX-License-Identifier: MIT
 * Replies in which a server says what went wrong, saved as if they were a trace. */
#ifndef LOAD_REPLY_H
#define LOAD_REPLY_H

#include "load/format.h"

/* Adds what the server says, on one line and fit for a screen.  False: it is no such reply, and nothing is added. */
bool reply_error(const struct probe *probe, struct buf *out);

#endif
