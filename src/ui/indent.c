/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/indent.h"

enum { INDENT = 2, NAME_LEAST = 16 };    /* names keep as many columns, however deep they stand */

struct indent
indents_choose(const struct indents *indents, int cols)
{
	uint32_t deepest = indents->deepest - indents->root;
	uint32_t room = (uint32_t)(cols > 2 * NAME_LEAST ? cols - NAME_LEAST : cols / 2);

	if (deepest * INDENT <= room)
		return (struct indent){ indents->root, INDENT };
	return (struct indent){ deepest > room ? indents->deepest - room : indents->root, 1 };
}
