/* SPDX-License-Identifier: MIT
 * Protobuf messages that are not read, told apart by their shape, since none of them says what it is. */
#ifndef LOAD_FOREIGN_PROTO_H
#define LOAD_FOREIGN_PROTO_H

#include "util/str.h"

/* What the message that begins so is called, and what to do about it, or NULL.  NULL: it does not begin as one of these. */
const char *foreign_proto_name(struct str head, const char **hint_out);

#endif
