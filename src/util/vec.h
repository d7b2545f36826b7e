/* SPDX-License-Identifier: MIT
 * Growable typed arrays.  A zeroed struct is an empty vector:
 *
 *	struct node_ids { VEC(uint32_t); } ids = { 0 };
 *	vec_push(&ids, 7);
 *	for (size_t i = 0; i < ids.len; i++) use(ids.at[i]);
 *	vec_fini(&ids);
 *
 * Pointers into `at` are invalidated by every push, reserve or fini. */
#ifndef UTIL_VEC_H
#define UTIL_VEC_H

#include <stddef.h>
#include <stdlib.h>

#define VEC(type) type *at; size_t len; size_t cap

/* The new capacity for at least `need` items; grows by half, never below 8. */
void *vec_grow(void *at, size_t *cap, size_t need, size_t item_size);

#define vec_reserve(v, need) \
	((need) > (v)->cap ? (void)((v)->at = vec_grow((v)->at, &(v)->cap, (need), sizeof *(v)->at)) : (void)0)
#define vec_push(v, ...) \
	(vec_reserve((v), (v)->len + 1), (void)((v)->at[(v)->len] = (__VA_ARGS__)), (void)(v)->len++)
#define vec_pop(v)  ((v)->at[--(v)->len])
#define vec_last(v) ((v)->at[(v)->len - 1])
#define vec_fini(v) (free((v)->at), (void)((v)->at = NULL), (void)((v)->len = (v)->cap = 0))

#endif
