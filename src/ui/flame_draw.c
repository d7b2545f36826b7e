/* SPDX-License-Identifier: MIT
 * Drawing the flame graph: a row at a time, a strip at a time; the work follows the cells, not the tree. */
#include "config.h"

#include <string.h>

#include "analysis/empty.h"
#include "ui/bindings.h"
#include "ui/chain.h"
#include "ui/change.h"
#include "ui/critical.h"
#include "ui/flame.h"
#include "ui/gap.h"
#include "ui/hue.h"
#include "ui/line.h"
#include "ui/names.h"
#include "ui/track_sum.h"
#include "util/alloc.h"
#include "util/text.h"
#include "util/unit.h"

enum { KIND_COLS = 6, ODD_COLS = 8, SMALL_COLS = 3 };    /* room that a letter for the kind of a frame, a mark of what is odd, or a number is worth */

/* How a strip is painted. */
struct brush {
	struct paint box, ink;
	uint8_t      attrs;
};

/* What one drawing needs throughout. */
struct canvas {
	struct app        *app;
	struct grid       *grid;
	struct flame       flame;
	const struct match *found;      /* what queries find, where nothing is searched for */
	node_id            parent;      /* of the cursor, when the cursor does not stand right under it; else NODE_NONE */
	double             whole;       /* total of the focus */
	uint32_t           row_start;   /* place of the first box in the row of the plane that is drawn */
	struct strips      strips;
	struct strip_cell *cells;
	struct buf         value, label, chain;
};

/* The cells that a strip has to itself. */
struct extent { int begin, end; };

static struct paint
hued(enum role role, uint8_t hue, uint32_t shade)
{
	return (struct paint){ .role = (uint8_t)role, .hue = hue, .shade = (uint8_t)(shade & 1) };
}

static bool
strip_has(const struct flame *flame, const struct strip *strip, node_id node)
{
	return strip->node == node || (strip->small && flame->plane->index_of[node] - strip->first < strip->count);
}

static struct brush
brush_small(const struct canvas *canvas, const struct strip *strip, uint32_t shade)
{
	const struct flame *flame = &canvas->flame;
	node_id hit;

	/* A span without length is a tick, not something gathered. */
	if (strip->count == 1 && flame->tree->timed && strip->sum <= 0 && !flame->scene->match)
		return (struct brush){ hued(ROLE_BOX, hue_of_box(canvas->app, strip->node, strip->frame), shade), PAINT(ROLE_INK), 0 };
	if (!scene_hits(flame->scene, strip->first, strip->count, &hit))
		return (struct brush){ PAINT(ROLE_SMALL), PAINT(ROLE_SMALL_INK), 0 };
	return (struct brush){ hued(ROLE_BOX, hue_of_node(canvas->app, hit), shade), PAINT(ROLE_INK), ATTR_BOLD };
}

/* Whether something is found in what a chain's box stands for. */
static bool
folded_hit(const struct flame *flame, const struct strip *strip)
{
	node_id hit;

	return flame->scene->chain_size && flame->scene->chain_size[strip->node] > 1 && scene_hits(flame->scene, strip->first, 1, &hit);
}

static struct brush
brush_of(const struct canvas *canvas, const struct strip *strip, uint32_t row)
{
	struct app *app = canvas->app;
	const struct flame *flame = &canvas->flame;
	const struct match *match = flame->scene->match, *found = canvas->found;
	frame_id frame = strip->frame;
	uint32_t shade = row + strip->first - canvas->row_start;

	if (strip_has(flame, strip, app->state.cursor) && flame_row_of(flame, app->state.cursor) == row)
		return app_pane(app) == PANE_FLAME ? (struct brush){ PAINT(ROLE_CURSOR), PAINT(ROLE_INK), ATTR_BOLD }
		                                   : (struct brush){ PAINT(ROLE_SELECTED), PAINT(ROLE_SELECTED_TEXT), ATTR_BOLD };
	if (strip->small)
		return brush_small(canvas, strip, shade);
	uint8_t hue = hue_of_box(app, strip->node, frame);
	bool hit = match ? match_has_frame(match, frame) || folded_hit(flame, strip)
	                 : found && match_index(found, strip->node) < match_index(found, strip->node + 1);
	if (strip->node == canvas->parent)
		return (struct brush){ hued(ROLE_SAME, hue, 0), PAINT(ROLE_INK), ATTR_BOLD | ATTR_UNDERLINE };
	if (row < flame->focus->ancestor_count)
		return (struct brush){ hued(ROLE_ANCESTOR, hue, row), PAINT(ROLE_ANCESTOR_INK), hit ? ATTR_BOLD : 0 };
	if ((match || found) && !hit)
		return (struct brush){ hued(ROLE_UNMATCHED, 0, shade), PAINT(ROLE_UNMATCHED_INK), 0 };
	if (app->state.view == VIEW_SANDWICH && row == flame->scene->hub)
		return (struct brush){ hued(ROLE_SAME, hue, shade), PAINT(ROLE_INK), ATTR_BOLD | ATTR_UNDERLINE };
	if (frame != ID_NONE && frame == app->same)
		return (struct brush){ hued(ROLE_SAME, hue, shade), PAINT(ROLE_INK), hit ? ATTR_BOLD : 0 };
	return (struct brush){ hued(ROLE_BOX, hue, shade), PAINT(ROLE_INK), hit ? ATTR_BOLD : 0 };
}

static bool
has_error(const struct canvas *canvas, node_id node)
{
	const struct tree *tree = canvas->flame.tree;
	span_id span = tree->timed && tree->span ? tree->span[node] : ID_NONE;

	return span != ID_NONE && canvas->app->session->ds->spans.status[span] == STATUS_ERROR;
}

/* A box's value, for where there is room beside the name. */
static void
format_value(struct canvas *canvas, double value, bool ancestor)
{
	if (canvas->flame.tree->timed || ancestor)
		unit_format(value, canvas->flame.scene->unit, canvas->grid->ascii, &canvas->value);
	else
		unit_percent(value, canvas->whole, &canvas->value);
}

/* A letter for frames that are not simply functions of the program. */
static void
put_kind(struct canvas *canvas, const struct strip *strip, const struct brush *brush, struct extent *room, int row)
{
	static const char letters[] = { [FRAME_KERNEL] = 'K', [FRAME_JIT] = 'J', [FRAME_INLINED] = 'I', [FRAME_WAKER] = 'W' };
	frame_id frame = strip->frame;
	enum frame_kind kind = frame != ID_NONE ? canvas->app->session->ds->frames[frame].kind : FRAME_USER;

	if (kind == FRAME_USER || room->end - room->begin < KIND_COLS)
		return;
	bool plain = app_plain_cells(canvas->app);
	struct style style = { plain ? brush->ink : brush->box, plain ? brush->box : brush->ink, brush->attrs };
	grid_text(canvas->grid, canvas->flame.rect.col + room->begin, row, 1, (struct str){ &letters[kind], 1 }, style);
	room->begin += 2;
}

/* Marks that come before the name; they take from its room. */
static void
draw_marks(struct canvas *canvas, const struct strip *strip, const struct brush *brush, struct extent *room, int row)
{
	struct grid *grid = canvas->grid;
	int col = canvas->flame.rect.col;

	if (plane_is_detached(canvas->flame.plane, strip->node) && !strip->cut_left) {
		bool in_first = strip->begin % 8 == 0 && !app_plain_cells(canvas->app);
		int at = in_first ? room->begin - 1 : room->begin;
		if (at >= room->end)
			return;
		grid_text(grid, col + at, row, 1, glyph_text(GLYPH_ARROW_UP, grid->ascii),
		          (struct style){ brush->ink, brush->box, brush->attrs });
		room->begin += !in_first;
	}
	put_kind(canvas, strip, brush, room, row);
	if (has_error(canvas, strip->node) && room->end > room->begin) {
		enum role under = grid_cell(grid, col + room->begin, row)->style.bg.role;
		struct paint ink = under == ROLE_CURSOR || under == ROLE_CRITICAL ? brush->ink : PAINT(ROLE_ERROR);
		grid_text_over(grid, col + room->begin, row, 1, glyph_text(GLYPH_BULLET, grid->ascii), ink, brush->attrs | ATTR_BOLD);
		room->begin += room->end - room->begin > 1 ? 2 : 1;
	}
	if (room->end - room->begin >= ODD_COLS && node_is_doubtful(canvas->app, strip->node)) {
		grid_text_over(grid, col + room->begin, row, 1, glyph_text(GLYPH_ODD, grid->ascii), brush->ink, brush->attrs | ATTR_BOLD);
		room->begin += 2;
	}
}

/* "1,200 small 3.4%": how many, and how much where there is room for it; "1,200" alone, or nothing, where there is not even that. */
static void
put_small(struct canvas *canvas, const struct strip *strip, int cols)
{
	unit_count(strip->count, &canvas->label);
	if (cols < SMALL_COLS || (int)canvas->label.len > cols) {
		buf_clear(&canvas->label);
		return;
	}
	if ((int)canvas->label.len + (int)strlen(" small") > cols)
		return;
	buf_add(&canvas->label, STR(" small"));
	format_value(canvas, strip->sum, false);
	if ((int)canvas->label.len + 1 + text_width(buf_str(&canvas->value)) > cols)
		return;
	buf_addc(&canvas->label, ' ');
	buf_add(&canvas->label, buf_str(&canvas->value));
}

static void
draw_label(struct canvas *canvas, const struct strip *strip, const struct brush *brush, struct extent room, uint32_t row, int screen_row)
{
	struct app *app = canvas->app;
	enum fit_align align = app->state.align;

	buf_clear(&canvas->label);
	buf_clear(&canvas->value);
	if (strip->small) {
		put_small(canvas, strip, room.end - room.begin);
		align = FIT_LEFT;
	} else {
		draw_marks(canvas, strip, brush, &room, screen_row);
		int cols;
		struct str text = names_show(&app->names, strip->frame, app->state.brief, &cols);
		buf_clear(&canvas->chain);
		chain_prefix(app, strip->node, &canvas->chain);
		cols += (int)canvas->chain.len;
		if (canvas->chain.len) {
			buf_add(&canvas->chain, text);
			text = buf_str(&canvas->chain);
		}
		if (cols + 4 < room.end - room.begin)
			format_value(canvas, strip->sum, row < canvas->flame.focus->ancestor_count);
		fit_label(text, buf_str(&canvas->value), room.end - room.begin, align, canvas->grid->ascii, &canvas->label);
	}
	if (canvas->label.len == 0)
		return;
	int col = room.begin;
	if (align == FIT_RIGHT)
		col = room.end - text_width(buf_str(&canvas->label));
	grid_text_over(canvas->grid, canvas->flame.rect.col + col, screen_row, room.end - col, buf_str(&canvas->label), brush->ink,
	               brush->attrs);
}

static struct paint
box_paint(const struct brush *brushes, uint32_t strip)
{
	return strip == STRIP_GAP ? PAINT(ROLE_BACKGROUND) : brushes[strip].box;
}

static void
draw_cells(struct canvas *canvas, const struct brush *brushes, int screen_row)
{
	const struct rect rect = canvas->flame.rect;

	for (int i = 0; i < rect.cols; i++) {
		const struct strip_cell *cell = &canvas->cells[i];
		struct paint right = box_paint(brushes, cell->right);
		if (cell->eighths == 0) {
			if (cell->right != STRIP_GAP)
				grid_fill(canvas->grid, rect.col + i, screen_row, 1, (struct style){ brushes[cell->right].ink, right, 0 });
			continue;
		}
		grid_glyph(canvas->grid, rect.col + i, screen_row, (enum glyph)(GLYPH_LEFT_1 + cell->eighths - 1),
		           (struct style){ box_paint(brushes, cell->left), right, 0 });
	}
}

/* Without eighths or colours: a cell belongs to one strip, and a strip begins with a bar where another one ends. */
static void
draw_plain_cells(struct canvas *canvas, const struct brush *brushes, struct extent *extents, int screen_row)
{
	const struct rect rect = canvas->flame.rect;
	uint32_t before = STRIP_GAP;

	for (size_t i = 0; i < canvas->strips.len; i++)
		extents[i] = (struct extent){ 0, 0 };
	for (int i = 0; i < rect.cols; i++) {
		const struct strip_cell *cell = &canvas->cells[i];
		uint32_t owner = cell->eighths >= 4 ? cell->left : cell->right;
		if (owner == STRIP_GAP)
			owner = cell->eighths >= 4 ? cell->right : cell->left;
		if (owner == STRIP_GAP || (cell->eighths && cell->right == STRIP_GAP && owner == before && cell->eighths < 4)) {
			before = STRIP_GAP;
			continue;
		}
		struct style style = { brushes[owner].ink, brushes[owner].box, brushes[owner].attrs };
		grid_fill(canvas->grid, rect.col + i, screen_row, 1, style);
		if (owner != before) {
			grid_text(canvas->grid, rect.col + i, screen_row, 1, STR("|"), style);
			extents[owner].begin = i + 1;
		}
		extents[owner].end = i + 1;
		before = owner;
	}
}

/* Underlines names on the critical path, and colours the time that is the span's own there. */
static void
mark_critical(struct canvas *canvas, struct brush *brushes, const struct extent *extents, uint32_t row, int screen_row)
{
	for (size_t i = 0; i < canvas->strips.len; i++) {
		const struct strip *strip = &canvas->strips.at[i];

		if (strip->small || !critical_is_on(canvas->app, strip->node))
			continue;
		brushes[i].attrs |= ATTR_UNDERLINE;
		if (row >= canvas->flame.focus->ancestor_count && brushes[i].box.role != ROLE_CURSOR)
			critical_paint(canvas->app, canvas->grid, &(struct critical_bar){
				.node = strip->node, .row = screen_row, .begin = extents[i].begin - 1, .end = extents[i].end,
				.left = canvas->flame.rect.col, .cols = canvas->flame.rect.cols,
			});
	}
}

static void
draw_row(struct canvas *canvas, uint32_t row, int screen_row)
{
	struct app *app = canvas->app;
	struct brush *brushes;
	struct extent *extents;
	bool plain = app_plain_cells(app);

	flame_strips(&canvas->flame, row, &canvas->strips);
	if (canvas->strips.len == 0)
		return;
	canvas->row_start = canvas->flame.plane->row_start[canvas->flame.plane->row_of[canvas->strips.at[0].node]];
	strips_to_cells(&canvas->strips, canvas->flame.rect.cols, canvas->cells);
	for (size_t i = 0; i < canvas->strips.len; i++)
		names_prefetch(&app->names, canvas->strips.at[i].frame);
	brushes = xreallocarray(NULL, canvas->strips.len, sizeof *brushes);
	extents = xreallocarray(NULL, canvas->strips.len, sizeof *extents);
	for (size_t i = 0; i < canvas->strips.len; i++) {
		const struct strip *strip = &canvas->strips.at[i];
		brushes[i] = brush_of(canvas, strip, row);
		extents[i] = (struct extent){ strip->begin / 8 + 1, strip->end / 8 };
	}
	if (plain)
		draw_plain_cells(canvas, brushes, extents, screen_row);
	else
		draw_cells(canvas, brushes, screen_row);
	if (app->state.critical)
		mark_critical(canvas, brushes, extents, row, screen_row);
	for (size_t i = 0; i < canvas->strips.len; i++)
		if (extents[i].end - extents[i].begin >= 1)
			draw_label(canvas, &canvas->strips.at[i], &brushes[i], extents[i], row, screen_row);
	if (row == flame_row_of(&canvas->flame, app->state.cursor))
		gap_draw(app, canvas->grid, (struct rect){ canvas->flame.rect.col, screen_row, canvas->flame.rect.cols, 1 });
	free(brushes);
	free(extents);
}

static void
add_key(enum action action, const char *what, struct buf *out)
{
	const char *key = binding_key(action);

	buf_addf(out, "%s %s", key ? key : action_infos[action].name, what);
}

/* Why there is no box: the input holds nothing, filters leave nothing, or nothing has a weight. */
static bool
say_nothing(struct app *app, struct buf *out)
{
	const struct scene *scene = app_scene(app);

	if (empty_say(app->session->ds, out))
		return true;
	if (tree_is_packed(scene->tree) || scene->tree->total[NODE_ALL] > 0 || app_is_building(app))
		return false;
	if (app->state.view == VIEW_SANDWICH) {
		buf_add(out, STR("it weighs nothing here: "));
		add_key(ACT_BACK, "goes back", out);
	} else if (scene->all > 0) {
		buf_add(out, STR("nothing is left: "));
		add_key(ACT_PILLS, "lists why", out);
	} else {
		buf_add(out, STR("all weights are 0: "));
		add_key(ACT_METRIC, "metric, ", out);
		add_key(ACT_VIEW_TREE, "frames", out);
	}
	return true;
}

static void
draw_nothing(struct app *app, struct grid *grid, struct rect rect)
{
	struct buf text = { 0 }, safe = { 0 };

	if (say_nothing(app, &text)) {
		struct line line = line_begin(grid, (struct rect){ rect.col + 1, rect.row + (rect.rows > 2), rect.cols - 1, 1 }, ROLE_TEXT);
		names_safe(buf_str(&text), &safe);
		line_put_cut(&line, buf_str(&safe), ROLE_WARNING, 0);
	}
	buf_fini(&text);
	buf_fini(&safe);
}

void
flame_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct canvas canvas = { .app = app, .grid = grid, .parent = NODE_NONE };
	int screen_row;

	flame_measure(app, &canvas.flame);
	canvas.flame.rect = rect;
	canvas.whole = canvas.flame.tree->total[app->state.focus];
	if (!canvas.flame.scene->match)
		canvas.found = canvas.flame.scene->found;
	if (plane_is_detached(canvas.flame.plane, app->state.cursor))
		canvas.parent = canvas.flame.tree->parent[app->state.cursor];
	canvas.cells = xcalloc((size_t)rect.cols, sizeof *canvas.cells);
	for (uint32_t row = canvas.flame.top; row < canvas.flame.rows && flame_screen_row(&canvas.flame, row, &screen_row); row++)
		draw_row(&canvas, row, screen_row);
	if (rect.rows > 1)
		draw_nothing(app, grid, rect);
	free(canvas.cells);
	vec_fini(&canvas.strips);
	buf_fini(&canvas.value);
	buf_fini(&canvas.label);
	buf_fini(&canvas.chain);
}
