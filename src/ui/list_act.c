/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/list_act.h"

bool
list_way(enum action action, int64_t page, int64_t *by_out)
{
	switch (action) {
	case ACT_MOVE_UP:   *by_out = -1; return true;
	case ACT_MOVE_DOWN: *by_out = 1; return true;
	case ACT_PAGE_UP:   *by_out = -page; return true;
	case ACT_PAGE_DOWN: *by_out = page; return true;
	case ACT_FIRST:
	case ACT_ROW_START: *by_out = -(int64_t)UINT32_MAX; return true;
	case ACT_LAST:
	case ACT_ROW_END:   *by_out = UINT32_MAX; return true;
	default:            return false;
	}
}
