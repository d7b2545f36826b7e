/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/strip.h"

#include <float.h>
#include <math.h>

enum { EIGHTHS = 8, MOST_PIECES = 2 * EIGHTHS + 1, AHEAD = 64 };

/* Part of a cell: a strip or a gap. */
struct piece {
	uint32_t strip;         /* STRIP_GAP: a gap */
	int      begin, end;    /* eighths of the cell */
};

static double
eighth_of(struct viewport view, double x)
{
	double share = (x - view.from) / (view.to - view.from);

	/* Also takes care of an overflow. */
	if (!(share > 0))
		return 0;
	return (share < 1 ? share : 1) * view.cols * EIGHTHS;
}

/* Appends a strip for box[first .. first + count). */
static void
append(struct strips *out, const struct plane *plane, uint32_t row_end, struct viewport view, uint32_t first, uint32_t count, bool small)
{
	double left = plane->box[first].left, right = plane_right_at(plane, first + count - 1, row_end);
	double begin = eighth_of(view, left), end = eighth_of(view, right);
	int32_t most = view.cols * EIGHTHS;
	struct strip strip = {
		.begin     = (int32_t)floor(begin + 0.5),
		.end       = (int32_t)floor(end + 0.5),
		.node      = plane->box[first].node,
		.frame     = plane->box[first].frame,
		.small     = small,
		.first     = first,
		.count     = count,
		.sum       = plane_sum(plane, first, count),
		.cut_left  = left < view.from,
		.cut_right = right > view.to,
	};

	out->steps += 2;
	if (strip.begin == strip.end) {
		if ((strip.begin > 0 && (begin + end) / 2 < strip.begin) || strip.begin == most)
			strip.begin--;
		else
			strip.end++;
	}
	vec_push(out, strip);
}

/* Settles who has an eighth that two strips were given: the one that has more gives way.  Only strips of one eighth are pushed on. */
static void
settle(struct strips *strips, int32_t limit)
{
	for (size_t i = 1; i < strips->len; i++) {
		struct strip *before = &strips->at[i - 1], *strip = &strips->at[i];

		if (before->end <= strip->begin)
			continue;
		if (strip->begin > before->begin) {
			before->end = strip->begin;
		} else {
			strip->begin = before->end;
			if (strip->end <= strip->begin)
				strip->end = strip->begin + 1;
		}
	}
	for (size_t i = strips->len; i-- > 0 && strips->at[i].end > limit;) {
		strips->at[i].end = limit;
		if (strips->at[i].begin >= limit)
			strips->at[i].begin = limit - 1;
		limit = strips->at[i].begin;
	}
}

/* The places in [at, end) of the next boxes that are wide enough or have a wide gap after them, at most AHEAD.  What they and their
 * neighbours are is asked for. */
static uint32_t
look_ahead(const struct plane *plane, uint32_t at, uint32_t end, double least, uint64_t *steps_inout, uint32_t peaks[AHEAD])
{
	uint32_t around[3 * AHEAD], found = 0, count = 0;

	for (; at < end && found < AHEAD; at++) {
		at = plane_next_peak(plane, at, end, least, steps_inout);
		if (at == end)
			break;
		if (at > 0)
			around[count++] = at - 1;
		around[count++] = at;
		if (at + 1 < end)
			around[count++] = at + 1;
		peaks[found++] = at;
	}
	plane_prefetch(plane, around, count);
	return found;
}

void
strips_of_row(const struct plane *plane, uint32_t row, struct viewport view, struct strips *out)
{
	double half = fmax((view.to - view.from) / (2.0 * view.cols), DBL_MIN);
	uint32_t row_end = plane->row_start[row + 1], begin, end, run, peaks[AHEAD], count;

	out->len = 0;
	plane_range(plane, row, view.from, view.to, &begin, &end);
	run = begin;
	for (uint32_t next = begin; (count = look_ahead(plane, next, end, half, &out->steps, peaks)) > 0; next = peaks[count - 1] + 1)
		for (uint32_t i = 0; i < count; i++) {
			uint32_t at = peaks[i];
			double left = plane->box[at].left, right = plane_right_at(plane, at, row_end);
			if (right - left >= half) {
				if (run < at)
					append(out, plane, row_end, view, run, at - run, true);
				append(out, plane, row_end, view, at, 1, false);
				run = at + 1;
			} else if (at + 1 < end && plane->box[at + 1].left - right >= 2 * half) {
				append(out, plane, row_end, view, run, at + 1 - run, true);
				run = at + 1;
			}
		}
	if (run < end)
		append(out, plane, row_end, view, run, end - run, true);
	settle(out, view.cols * EIGHTHS);
}

/* Cuts a cell into pieces; *strip_inout is the first strip that ends inside it or after it. */
static int
cut_cell(const struct strips *strips, int32_t cell_begin, size_t *strip_inout, struct piece pieces[MOST_PIECES])
{
	int at = 0, count = 0;

	while (*strip_inout < strips->len && strips->at[*strip_inout].end <= cell_begin)
		++*strip_inout;
	for (size_t i = *strip_inout; i < strips->len && strips->at[i].begin < cell_begin + EIGHTHS; i++) {
		int begin = strips->at[i].begin - cell_begin, end = strips->at[i].end - cell_begin;

		begin = begin < 0 ? 0 : begin;
		end = end > EIGHTHS ? EIGHTHS : end;
		if (at < begin)
			pieces[count++] = (struct piece){ STRIP_GAP, at, begin };
		pieces[count++] = (struct piece){ (uint32_t)i, begin, end };
		at = end;
	}
	if (at < EIGHTHS)
		pieces[count++] = (struct piece){ STRIP_GAP, at, EIGHTHS };
	return count;
}

/* Its width where it is a strip (or a gap), -1 where it is not or is the piece already chosen. */
static int
piece_width(const struct piece *pieces, int index, bool gap, int chosen)
{
	if (index < 0 || index == chosen || (pieces[index].strip == STRIP_GAP) != gap)
		return -1;
	return pieces[index].end - pieces[index].begin;
}

/* The widest piece of its kind, the first of equals; of gaps the last.  -1 if there is none. */
static int
widest(const struct piece *pieces, int count, bool gap, int chosen)
{
	int best = -1;

	for (int i = 0; i < count; i++) {
		int width = piece_width(pieces, i, gap, chosen), most = best < 0 ? -1 : pieces[best].end - pieces[best].begin;

		if (width > most || (gap && width >= 0 && width == most))
			best = i;
	}
	return best;
}

/* Whether no cell has more of the strip than this one (the first of equals): a gap must not hide it here, or it might be in no cell. */
static bool
is_home(const struct strips *strips, struct piece piece, int32_t cell_begin)
{
	int32_t before = cell_begin - strips->at[piece.strip].begin, after = strips->at[piece.strip].end - (cell_begin + EIGHTHS);
	int32_t here = piece.end - piece.begin;

	return before < here && after <= here;
}

/* Which two pieces a cell shows, as the header says; *second_out is -1 when there is only one. */
static void
choose(const struct strips *strips, int32_t cell_begin, const struct piece *pieces, int count, int *first_out, int *second_out)
{
	int first = widest(pieces, count, false, -1), second = widest(pieces, count, false, first), gap = widest(pieces, count, true, -1);
	int gap_width = piece_width(pieces, gap, true, -1), strip_count = 0;

	for (int i = 0; i < count; i++)
		strip_count += pieces[i].strip != STRIP_GAP;
	if (first < 0)
		first = gap;
	else if (second < 0)
		second = gap;
	else if (strip_count == 2 && gap_width > piece_width(pieces, second, false, -1) && !is_home(strips, pieces[second], cell_begin))
		second = gap;
	else if (strip_count == 2 && gap_width > piece_width(pieces, first, false, -1) && !is_home(strips, pieces[first], cell_begin))
		first = gap;
	*first_out = second >= 0 && second < first ? second : first;
	*second_out = second >= 0 && second < first ? first : second;
}

static int
border_of(struct piece left, struct piece right)
{
	if (left.strip == STRIP_GAP)
		return right.begin;
	if (right.strip == STRIP_GAP)
		return left.end;
	return (left.end + right.begin) / 2;
}

void
strips_to_cells(const struct strips *strips, int cols, struct strip_cell *cells)
{
	struct piece pieces[MOST_PIECES];
	size_t strip = 0;

	for (int cell = 0; cell < cols; cell++) {
		int count = cut_cell(strips, cell * EIGHTHS, &strip, pieces), left, right;

		choose(strips, cell * EIGHTHS, pieces, count, &left, &right);
		if (right >= 0) {
			cells[cell].left = pieces[left].strip;
			cells[cell].right = pieces[right].strip;
			cells[cell].eighths = (uint8_t)border_of(pieces[left], pieces[right]);
			continue;
		}
		cells[cell].left = cells[cell].right = pieces[left].strip;
		cells[cell].eighths = 0;
		if (pieces[left].strip != STRIP_GAP && strip > 0 && strips->at[strip].begin == cell * EIGHTHS &&
		    strips->at[strip - 1].end == cell * EIGHTHS) {
			cells[cell].left = STRIP_GAP;
			cells[cell].eighths = 1;
		}
	}
}
