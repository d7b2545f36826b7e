/* SPDX-License-Identifier: MIT
 * A trace that is played rather than written down: a clock runs, spans open and close on it, and what was played is printed as OTLP JSON.
 *
 *	demo_enter(d, &cart, "GET /cart");          a call to a service: two spans and the way between them
 *	demo_work(d, 1200);                         the clock moves on by about that many microseconds
 *	demo_attr(d, "cart.items", "%d", items);    of the innermost open span
 *	demo_leave(d);
 *
 * Branches that run side by side each begin at the same clock: see demo_fork().
 * Everything comes from the seed: the same calls print the same bytes on every machine.
 * Only whole numbers are used, since the last digit of a double may differ between compilers. */
#ifndef TOOLS_DEMO_H
#define TOOLS_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"

enum demo_kind { DEMO_INTERNAL = 1, DEMO_SERVER, DEMO_CLIENT, DEMO_PRODUCER, DEMO_CONSUMER };

struct demo_service {
	const char *name;
	const char *language;
	const char *version;
	const char *scope;      /* the instrumentation's name */
	const char *host;
};

struct demo_fork { int64_t begin, end; };

struct demo;

struct demo *demo_new(uint64_t seed, int64_t start_ns);
void         demo_free(struct demo *d);

/* Chance.  demo_pick: 0 .. n - 1; demo_chance: true in so many of a hundred. */
uint64_t     demo_random(struct demo *d);
uint32_t     demo_pick(struct demo *d, uint32_t n);
bool         demo_chance(struct demo *d, uint32_t percent);

/* Time.  demo_work adds a jitter of a tenth either way, demo_wait none. */
void         demo_work(struct demo *d, int64_t us);
void         demo_wait(struct demo *d, int64_t us);
int64_t      demo_now(const struct demo *d);      /* ns since the epoch */

/* Side by side: begin, then demo_branch() before every branch, demo_join() after the last: the clock is then that of the slowest. */
struct demo_fork demo_fork(const struct demo *d);
void         demo_branch(struct demo *d, struct demo_fork *fork);
void         demo_join(struct demo *d, struct demo_fork *fork);

/* Spans.  The innermost open one is the parent; demo_begin stays in its service, demo_serve changes it.
 * Names are printf formats. */
void         demo_begin(struct demo *d, enum demo_kind kind, const char *name, ...) __attribute__((format(printf, 3, 4)));
void         demo_serve(struct demo *d, const struct demo_service *service, enum demo_kind kind, const char *name, ...)
	__attribute__((format(printf, 4, 5)));
void         demo_end(struct demo *d);

/* A client span in this service and a server span of the same name in the other; demo_leave closes both. */
void         demo_enter(struct demo *d, const struct demo_service *service, const char *name, ...) __attribute__((format(printf, 3, 4)));
void         demo_leave(struct demo *d);

/* What the innermost open span says of itself.  A value is text unless the call says int. */
void         demo_attr(struct demo *d, const char *key, const char *value, ...) __attribute__((format(printf, 3, 4)));
void         demo_attr_int(struct demo *d, const char *key, int64_t value);
void         demo_event(struct demo *d, const char *name, const char *key, const char *value);    /* key NULL: no attribute */
void         demo_error(struct demo *d, const char *type, const char *message);                   /* status and exception event */
uint32_t     demo_here(const struct demo *d);                                                    /* the innermost open span */
void         demo_link(struct demo *d, uint32_t span);

/* Every span, which must all be closed, as one export request; with lines, one span a line.  Forgets the spans and begins a new trace. */
void         demo_print(struct demo *d, bool lines, struct buf *out);

/* What is drawn: each fills out with a whole file. */
void         demo_checkout(struct buf *out);
void         demo_agent(struct buf *out);
void         demo_folded(struct buf *out);
void         demo_traces(struct buf *out);

/* One request of demo_traces(), a line of its own. */
void         demo_one_trace(struct demo *d, struct buf *out);

#endif
