/* SPDX-License-Identifier: MIT
 * Lists of numbers that take as few bytes as the numbers in them need, since there are ten million samples and most of what is told of
 * them is small, or always the same.  What is put in comes out again exactly.  A zeroed one is empty. */
#ifndef MODEL_PACKED_H
#define MODEL_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whole numbers: in as many bytes each as the largest so far needs, in none as long as all are the same. */
struct packed {
	uint32_t len, cap;
	uint32_t same;     /* with width 0 */
	uint8_t  width;    /* bytes: 0, 1, 2 or 4 */
	void    *at;
};

/* Numbers of any kind: whole ones, thousandths or millionths, as long as they all are, but for NaN, which is UINT32_MAX of them. */
struct packed_doubles {
	struct packed parts;
	uint32_t      per;     /* parts that make one; 0: not used yet */
	uint32_t      cap;
	double       *wide;    /* all of them, when they are no such parts; else NULL */
};

/* Moments in ns: the difference from one near by, as long as that is small. */
struct packed_times {
	uint32_t len, cap;
	int64_t  unit;         /* of the differences; 0: not used yet */
	int64_t *near;         /* of each block of PACKED_BLOCK moments */
	int32_t *after;
	int64_t *wide;         /* all of them, when the differences are not small; else NULL */
};

#define PACKED_BLOCK 64u

void packed_fini(struct packed *list);
void packed_push_any(struct packed *list, uint32_t value);
void packed_doubles_fini(struct packed_doubles *list);
void packed_doubles_push(struct packed_doubles *list, double value);
void packed_times_fini(struct packed_times *list);
/* At its end or before it; what lies between its end and there becomes 0. */
void packed_times_set(struct packed_times *list, uint32_t index, int64_t ns);

static inline uint32_t
packed_get(const struct packed *list, size_t index)
{
	switch (list->width) {
	case 0:  return list->same;
	case 1:  return ((const uint8_t *)list->at)[index];
	case 2:  return ((const uint16_t *)list->at)[index];
	default: return ((const uint32_t *)list->at)[index];
	}
}

static inline void
packed_push(struct packed *list, uint32_t value)
{
	if (list->width == 0 && list->len && list->same == value)
		list->len++;
	else if (list->width == 2 && value <= UINT16_MAX && list->len < list->cap)
		((uint16_t *)list->at)[list->len++] = (uint16_t)value;
	else if (list->width == 4 && list->len < list->cap)
		((uint32_t *)list->at)[list->len++] = value;
	else
		packed_push_any(list, value);
}

/* Numbers from begin to end will not be read any more: give_back(). */
void packed_spent(struct packed *list, uint32_t begin, uint32_t end);
void packed_doubles_spent(struct packed_doubles *list, uint32_t begin, uint32_t end);

static inline uint32_t
packed_doubles_len(const struct packed_doubles *list)
{
	return list->parts.len;
}

static inline void
packed_doubles_cut(struct packed_doubles *list, uint32_t len)
{
	if (len < list->parts.len)
		list->parts.len = len;
}

static inline double
packed_doubles_get(const struct packed_doubles *list, size_t index)
{
	uint32_t parts;

	if (list->wide)
		return list->wide[index];
	parts = packed_get(&list->parts, index);
	if (parts == UINT32_MAX)
		return __builtin_nan("");
	return list->per == 1 ? (double)parts : (double)parts / list->per;
}

/* 0 behind its end. */
static inline int64_t
packed_times_get(const struct packed_times *list, size_t index)
{
	if (index >= list->len)
		return 0;
	return list->wide ? list->wide[index] : list->near[index / PACKED_BLOCK] + list->after[index] * list->unit;
}

#endif
