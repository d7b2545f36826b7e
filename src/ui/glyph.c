/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/grid.h"

struct twins { const char *text, *ascii; };

static const struct twins glyphs[] = {
	[GLYPH_LEFT_1] = { "▏", "|" }, [GLYPH_LEFT_2] = { "▎", "|" }, [GLYPH_LEFT_3] = { "▍", "|" }, [GLYPH_LEFT_4] = { "▌", "|" },
	[GLYPH_LEFT_5] = { "▋", "|" }, [GLYPH_LEFT_6] = { "▊", "|" }, [GLYPH_LEFT_7] = { "▉", "|" }, [GLYPH_FULL] = { "█", "#" },
	[GLYPH_LOWER_1] = { "▁", "_" }, [GLYPH_LOWER_2] = { "▂", "_" }, [GLYPH_LOWER_3] = { "▃", "." }, [GLYPH_LOWER_4] = { "▄", "." },
	[GLYPH_LOWER_5] = { "▅", "o" }, [GLYPH_LOWER_6] = { "▆", "o" }, [GLYPH_LOWER_7] = { "▇", "#" },
	[GLYPH_ARROW_UP] = { "↑", "^" }, [GLYPH_ARROW_DOWN] = { "↓", "v" }, [GLYPH_CLOSE] = { "✕", "x" }, [GLYPH_DOT] = { "·", "-" }, [GLYPH_BULLET] = { "●", "!" },
	[GLYPH_CHEVRON] = { "›", ">" }, [GLYPH_SORT_DOWN] = { "▾", "v" }, [GLYPH_SORT_UP] = { "▴", "^" }, [GLYPH_FOLDED] = { "▸", ">" }, [GLYPH_ELLIPSIS] = { "…", "~" },
	[GLYPH_HLINE] = { "─", "-" }, [GLYPH_VLINE] = { "│", "|" }, [GLYPH_BEFORE] = { "‹", "<" },
	[GLYPH_SQUARE] = { "▪", "*" }, [GLYPH_DIAMOND] = { "◆", "#" }, [GLYPH_TICK] = { "╎", "+" }, [GLYPH_ODD] = { "!", "?" },
};

/* Other characters that the interface or a unit is written with. */
static const struct twins others[] = {
	{ "µ", "u" }, { "×", "x" }, { "→", ">" }, { "←", "<" }, { "–", "-" }, { "—", "-" },
	{ "‘", "'" }, { "’", "'" }, { "“", "\"" }, { "”", "\"" }, { "\u00a0", " " },
};

struct str
glyph_text(enum glyph glyph, bool ascii)
{
	return str_of(ascii ? glyphs[glyph].ascii : glyphs[glyph].text);
}

char
glyph_ascii(struct str cluster)
{
	for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
		if (str_equal(cluster, str_of(glyphs[i].text)))
			return glyphs[i].ascii[0];
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (str_equal(cluster, str_of(others[i].text)))
			return others[i].ascii[0];
	return '?';
}

void
grid_glyph(struct grid *grid, int col, int row, enum glyph glyph, struct style style)
{
	grid_text(grid, col, row, 1, glyph_text(glyph, grid->ascii), style);
}
