/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/list.h"

static uint32_t
clamp(int64_t value, int64_t max)
{
	return (uint32_t)(value < 0 ? 0 : value > max ? max : value);
}

static int64_t
last_top(const struct list *list)
{
	return list->count > list->visible ? list->count - list->visible : 0;
}

void
list_settle(struct list *list)
{
	if (list->visible == 0)
		list->visible = 1;
	list->cursor = clamp(list->cursor, list->count ? list->count - 1 : 0);
	if (list->cursor < list->top)
		list->top = list->cursor;
	if (list->cursor - list->top >= list->visible)
		list->top = list->cursor - list->visible + 1;
	list->top = clamp(list->top, last_top(list));
}

void
list_move(struct list *list, int64_t by)
{
	list->cursor = clamp((int64_t)list->cursor + by, list->count ? list->count - 1 : 0);
	list_settle(list);
}

void
list_scroll(struct list *list, int64_t by)
{
	list->top = clamp((int64_t)list->top + by, last_top(list));
	if (list->cursor < list->top)
		list->cursor = list->top;
	if (list->cursor - list->top >= list->visible)
		list->cursor = list->top + list->visible - 1;
	list_settle(list);
}
