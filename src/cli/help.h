/* SPDX-License-Identifier: MIT
 * Usage texts, made from the tables of commands and options. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/request.h"
#include "util/error.h"

/* After the error of a command line: how it should look, on standard error.  Returns the exit status. */
int  help_refuse(const struct request *request, const struct error *err);
int  help_no_file(const struct request *request, const struct error *err);    /* nothing to read: with the usage lines */

/* What --help and --version print on standard output; returns the exit status. */
int  help_print(const struct request *request);

#endif
