/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/packed.h"

#include <math.h>
#include <stdlib.h>

#include "util/alloc.h"
#include "util/error.h"

#define FIRST_CAP 256u

static uint32_t
next_cap(uint32_t cap)
{
	if (cap >= UINT32_MAX / 3 * 2) {
		CHECK(cap < UINT32_MAX);
		return UINT32_MAX;
	}
	return cap < FIRST_CAP ? FIRST_CAP : cap + cap / 2;
}

static uint8_t
width_of(uint32_t value)
{
	return value <= UINT8_MAX ? 1 : value <= UINT16_MAX ? 2 : 4;
}

static void
put(struct packed *list, uint32_t index, uint32_t value)
{
	switch (list->width) {
	case 1:  ((uint8_t *)list->at)[index] = (uint8_t)value; break;
	case 2:  ((uint16_t *)list->at)[index] = (uint16_t)value; break;
	default: ((uint32_t *)list->at)[index] = value; break;
	}
}

/* Every number gets so many bytes. */
static void
widen(struct packed *list, uint8_t width)
{
	struct packed wide = { .width = width, .len = list->len, .cap = list->cap > list->len ? list->cap : next_cap(list->len) };

	wide.at = xreallocarray(NULL, wide.cap, width);
	for (uint32_t i = 0; i < list->len; i++)
		put(&wide, i, packed_get(list, i));
	free(list->at);
	*list = wide;
}

void
packed_push_any(struct packed *list, uint32_t value)
{
	if (list->width == 0 && (!list->len || list->same == value)) {
		list->same = value;
		CHECK(list->len < UINT32_MAX);
		list->len++;
		return;
	}
	uint8_t need = width_of(value);
	if (list->width == 0 && width_of(list->same) > need)
		need = width_of(list->same);
	if (need > list->width)
		widen(list, need);
	if (list->len == list->cap) {
		list->cap = next_cap(list->cap);
		list->at = xreallocarray(list->at, list->cap, list->width);
	}
	put(list, list->len++, value);
}

void
packed_fini(struct packed *list)
{
	free(list->at);
	*list = (struct packed){ 0 };
}

void
packed_spent(struct packed *list, uint32_t begin, uint32_t end)
{
	if (list->width)
		give_back((char *)list->at + (size_t)begin * list->width, (size_t)(end - begin) * list->width);
}

/* The value in parts.  False: it is no whole number of them. */
static bool
in_parts(double value, uint32_t per, uint32_t *out)
{
	double parts = value * per;

	*out = UINT32_MAX;
	if (isnan(value))
		return true;
	if (!(parts >= 0 && parts < 4294967295.0))
		return false;
	*out = (uint32_t)(parts + 0.5);
	return (per == 1 ? (double)*out : (double)*out / per) == value;
}

static void
push_wide(struct packed_doubles *list, double value)
{
	if (list->parts.len == list->cap) {
		list->cap = next_cap(list->cap);
		list->wide = xreallocarray(list->wide, list->cap, sizeof *list->wide);
	}
	list->wide[list->parts.len++] = value;
}

/* All again in smaller parts.  False: they do not all fit. */
static bool
divide(struct packed_doubles *list, uint32_t per)
{
	struct packed parts = { 0 };
	uint32_t value;

	for (uint32_t i = 0; i < list->parts.len; i++) {
		if (!in_parts(packed_doubles_get(list, i), per, &value)) {
			packed_fini(&parts);
			return false;
		}
		packed_push(&parts, value);
	}
	packed_fini(&list->parts);
	list->parts = parts;
	list->per = per;
	return true;
}

static void
spread(struct packed_doubles *list)
{
	uint32_t len = list->parts.len;
	double *wide;

	list->cap = next_cap(len);
	wide = xreallocarray(NULL, list->cap, sizeof *wide);
	for (uint32_t i = 0; i < len; i++)
		wide[i] = packed_doubles_get(list, i);
	packed_fini(&list->parts);
	list->parts.len = len;
	list->wide = wide;
}

void
packed_doubles_push(struct packed_doubles *list, double value)
{
	static const uint32_t finer[] = { 1000, 1000000 };
	uint32_t parts;

	if (!list->per)
		list->per = 1;
	if (!list->wide && in_parts(value, list->per, &parts)) {
		packed_push(&list->parts, parts);
		return;
	}
	for (size_t i = 0; !list->wide && i < sizeof finer / sizeof *finer; i++)
		if (finer[i] > list->per && in_parts(value, finer[i], &parts) && divide(list, finer[i])) {
			packed_push(&list->parts, parts);
			return;
		}
	if (!list->wide)
		spread(list);
	push_wide(list, value);
}

void
packed_doubles_fini(struct packed_doubles *list)
{
	packed_fini(&list->parts);
	free(list->wide);
	*list = (struct packed_doubles){ 0 };
}

void
packed_doubles_spent(struct packed_doubles *list, uint32_t begin, uint32_t end)
{
	if (list->wide)
		give_back(list->wide + begin, (end - begin) * sizeof *list->wide);
	else
		packed_spent(&list->parts, begin, end);
}

/* The difference of a moment from another in units.  False: it is not small. */
static bool
is_near(int64_t ns, int64_t near, int64_t unit, int32_t *out)
{
	int64_t after;

	if (__builtin_sub_overflow(ns, near, &after) || after % unit || after / unit > INT32_MAX || after / unit < INT32_MIN)
		return false;
	*out = (int32_t)(after / unit);
	return true;
}

static void
times_reserve(struct packed_times *list)
{
	if (list->len < list->cap)
		return;
	list->cap = next_cap(list->cap);
	if (list->wide) {
		list->wide = xreallocarray(list->wide, list->cap, sizeof *list->wide);
		return;
	}
	list->after = xreallocarray(list->after, list->cap, sizeof *list->after);
	list->near = xreallocarray(list->near, list->cap / PACKED_BLOCK + 1, sizeof *list->near);
}

static bool
put_near(struct packed_times *list, uint32_t index, int64_t ns)
{
	if (index == list->len && index % PACKED_BLOCK == 0)
		list->near[index / PACKED_BLOCK] = ns;
	return is_near(ns, list->near[index / PACKED_BLOCK], list->unit, &list->after[index]);
}

/* To single ns, if all are still near by then. */
static bool
refine(struct packed_times *list)
{
	int32_t unused;

	if (list->unit == 1)
		return false;
	for (uint32_t i = 0; i < list->len; i++)
		if (!is_near(packed_times_get(list, i), list->near[i / PACKED_BLOCK], 1, &unused))
			return false;
	for (uint32_t i = 0; i < list->len; i++)
		list->after[i] *= (int32_t)list->unit;
	list->unit = 1;
	return true;
}

static void
times_spread(struct packed_times *list)
{
	int64_t *wide = xreallocarray(NULL, list->cap, sizeof *wide);

	for (uint32_t i = 0; i < list->len; i++)
		wide[i] = packed_times_get(list, i);
	free(list->near);
	free(list->after);
	list->near = NULL;
	list->after = NULL;
	list->wide = wide;
}

void
packed_times_set(struct packed_times *list, uint32_t index, int64_t ns)
{
	if (!list->unit)
		list->unit = 1000;
	while (list->len < index)
		packed_times_set(list, list->len, 0);
	if (index == list->len)
		times_reserve(list);
	if (!list->wide && !put_near(list, index, ns) && !(refine(list) && put_near(list, index, ns)))
		times_spread(list);
	if (list->wide)
		list->wide[index] = ns;
	list->len += index == list->len;
}

void
packed_times_fini(struct packed_times *list)
{
	free(list->near);
	free(list->after);
	free(list->wide);
	*list = (struct packed_times){ 0 };
}
