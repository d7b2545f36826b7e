/* SPDX-License-Identifier: MIT
 * How far names stand in from the left by their level: two columns a level where there is room, less where rows on screen are deep. */
#ifndef UI_INDENT_H
#define UI_INDENT_H

#include <stdint.h>

/* So much a level, from a level on. */
struct indent { uint32_t from; int by; };

/* Of what is on screen: the level of the first row of all, and the deepest. */
struct indents { uint32_t root, deepest; };

static inline struct indents
indents_begin(uint32_t root)
{
	return (struct indents){ root, root };
}

static inline void
indents_add(struct indents *indents, uint32_t level)
{
	if (level > indents->deepest)
		indents->deepest = level;
}

/* For names of so many columns. */
struct indent indents_choose(const struct indents *indents, int cols);

static inline int
indent_of(struct indent indent, uint32_t level)
{
	return level > indent.from ? (int)(level - indent.from) * indent.by : 0;
}

#endif
