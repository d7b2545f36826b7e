/* SPDX-License-Identifier: MIT
 * What lies around the text of an input: compression, also record by record, byte order marks, UTF-16.
 * Told by the first bytes, several layers deep. */
#ifndef LOAD_UNWRAP_H
#define LOAD_UNWRAP_H

#include "load/stream.h"

#define UNWRAP_LAYERS_MAX 4    /* of compression */

/* Whether these first bytes are the text itself, but for *mark_out bytes of a byte order mark. */
bool           unwrap_is_plain(struct str head, size_t *mark_out);

/* Takes off every layer.  Takes over and returns the topmost stream; NULL with err (and everything closed) when a layer cannot be read.
 * *compression_out: "none", or the name of the outermost layer. */
struct stream *unwrap(struct stream *stream, const char **compression_out, struct error *err);

#endif
