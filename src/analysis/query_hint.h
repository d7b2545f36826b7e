/* SPDX-License-Identifier: MIT
 * What may have been meant by a query that finds nothing. */
#ifndef ANALYSIS_QUERY_HINT_H
#define ANALYSIS_QUERY_HINT_H

#include "analysis/query.h"

/* Appends what is said of the first word of it that nothing in the input goes by, as "no span is called error", and what may have been
 * meant, as "status = error?", where there is something near; both safe for a screen.  False when each of the words is there.  Attributes are looked at as far as the query has been evaluated and as far as it is
 * known which there are (analysis/attrs.h). */
bool query_hint(const struct query *query, struct build_cache *cache, struct buf *said, struct buf *meant);

#endif
