/* SPDX-License-Identifier: MIT
 * Which traces of a list a search finds. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>

#include "analysis/search.h"
#include "analysis/trace_list.h"
#include "analysis/trace_ref.h"
#include "util/alloc.h"
#include "util/bits.h"

enum answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

/* One term on its way through the rows: what it finds in a label or a service is asked once. */
struct seeker {
	const struct dataset *ds;
	const struct forest  *forest;
	const struct search  *search;
	size_t                term;
	uint8_t              *frames, *services;    /* enum answer, per frame and per string */
	char                  digits[TRACE_ID_DIGITS + 1];
	struct buf            scratch;
};

static bool
finds_frame(struct seeker *seeker, frame_id frame)
{
	uint8_t *answer = &seeker->frames[frame];

	if (*answer == ANSWER_UNKNOWN)
		*answer = search_term_finds(seeker->search, seeker->term, seeker->ds, frame, &seeker->scratch) ? ANSWER_YES : ANSWER_NO;
	return *answer == ANSWER_YES;
}

static bool
finds_service(struct seeker *seeker, str_id service)
{
	uint8_t *answer = &seeker->services[service];

	if (*answer == ANSWER_UNKNOWN)
		*answer = search_term_finds_text(seeker->search, seeker->term, dataset_str(seeker->ds, service), true) ? ANSWER_YES : ANSWER_NO;
	return *answer == ANSWER_YES;
}

static bool
finds_id(const struct seeker *seeker, const struct track *track)
{
	char text[TRACE_ID_DIGITS + 1];

	if (!seeker->digits[0] || track->kind != TRACK_TRACE)
		return false;
	trace_id_text(track, text);
	return strstr(text, seeker->digits) != NULL;
}

static bool
finds_row(struct seeker *seeker, const struct trace_row *row)
{
	const struct dataset *ds = seeker->ds;
	const struct track *track = &ds->tracks[row->track];

	if ((row->root != ID_NONE && finds_frame(seeker, ds->spans.frame[row->root])) || finds_id(seeker, track))
		return true;
	for (uint32_t i = seeker->forest->track_start[row->track]; i < seeker->forest->track_start[row->track + 1]; i++)
		if (finds_service(seeker, ds->groups[ds->spans.group[seeker->forest->order[i]]].service))
			return true;
	return (track->name != STR_EMPTY && search_term_finds_text(seeker->search, seeker->term, dataset_str(ds, track->name), false)) ||
	       (track->process != STR_EMPTY && search_term_finds_text(seeker->search, seeker->term, dataset_str(ds, track->process), false));
}

static void
begin_term(struct seeker *seeker, size_t term)
{
	struct str digits = search_term_digits(seeker->search, term);

	seeker->term = term;
	memset(seeker->frames, ANSWER_UNKNOWN, seeker->ds->frame_count);
	memset(seeker->services, ANSWER_UNKNOWN, strtab_count(seeker->ds->strings));
	seeker->digits[0] = '\0';
	if (digits.len > TRACE_ID_DIGITS)
		return;
	for (size_t i = 0; i < digits.len; i++)
		seeker->digits[i] = (char)tolower((unsigned char)digits.at[i]);
	seeker->digits[digits.len] = '\0';
}

uint64_t *
trace_list_search(const struct trace_list *list, const struct dataset *ds, const struct forest *forest, const struct search *search)
{
	uint64_t *found = bits_new(list->count);
	struct seeker seeker = {
		.ds = ds, .forest = forest, .search = search,
		.frames = xcalloc(ds->frame_count + 1, 1), .services = xcalloc(strtab_count(ds->strings) + 1, 1),
	};

	for (uint32_t i = 0; i < list->count && !search_is_empty(search); i++)
		bits_set(found, i);
	for (size_t term = 0; term < search_term_count(search); term++) {
		begin_term(&seeker, term);
		for (uint32_t i = 0; i < list->count; i++)
			if (bits_has(found, i) && finds_row(&seeker, &list->rows[i]) == search_term_is_negative(search, term))
				bits_clear(found, i);
	}
	buf_fini(&seeker.scratch);
	free(seeker.frames);
	free(seeker.services);
	return found;
}
