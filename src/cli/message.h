/* SPDX-License-Identifier: MIT
 * Messages to standard error: one line each, with the program's name, safe for a terminal. */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include "util/error.h"

void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The text, and below it a mark at one of its bytes. */
void message_place(struct str text, size_t byte);

/* Prints the error and returns its exit status. */
int  message_error(const struct error *err);

#endif
