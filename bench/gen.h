/* SPDX-License-Identifier: MIT
 * The parts of the generator.  Each writes a whole input of about size bytes, the same from run to run. */
#ifndef BENCH_GEN_H
#define BENCH_GEN_H

#include "tools/demo.h"

enum { SEED = 1, FUNCTIONS = 20000, STACK_MIN = 6, STACK_MAX = 48, FANOUT = 12, BATCH = 500 };

#define MB       UINT64_C(1000000)
#define EPOCH_NS UINT64_C(1773140400000000000)

/* Prints and empties. */
void put(struct buf *text);

/* A stack that shares its beginning with the one before, as in a sorted file; *depth is 0 at first. */
void next_stack(struct demo *d, uint32_t stack[STACK_MAX], uint32_t *depth);

/* Span i is a child of span i / FANOUT and lies inside it. */
void span_extent(uint64_t i, uint64_t *start_out, uint64_t *length_out);

void gen_otlp_proto(uint64_t size);
void gen_pprof(uint64_t size);

void gen_folded_diff(uint64_t size);
void gen_nested_set(uint64_t size);
void gen_nested_set_csv(uint64_t size);
void gen_flamebearer(uint64_t size);
void gen_heapprofile(uint64_t size);

#endif
