/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/odd.h"

#include "util/bits.h"
#include "util/unit.h"

struct odd_text {
	const char *one, *one_after;      /* around the amount, where there is one */
	const char *many, *many_one;      /* behind the count of spans, and of a single one */
	const char *word;
	bool        has_amount, grave;
};

static const struct odd_text texts[ODD_KINDS] = {
	[ODD_NO_START] = { "has no start of its own: that of its parent stands in", "", "have no start of their own", "has no start of its own", "no start", false, true },
	[ODD_UNFINISHED] = { "has no end: drawn as far as is known", "", "have no end", "has no end", "unfinished", false, true },
	[ODD_NEGATIVE] = { "ended before it started: drawn without length", "", "ended before they started", "ended before it started", "negative", false, true },
	[ODD_ORPHAN] = { "names a parent that is not in the input: drawn as a root", "", "name a parent that is not in the input", "names a parent that is not in the input", "orphan", false, true },
	[ODD_CYCLE] = { "is its own ancestor: cut loose from its parent", "", "were their own ancestors", "was its own ancestor", "cycle", false, true },
	[ODD_SAME_ID] = { "has the id of another span, which got the children", "", "have the id of another span", "has the id of another span", "same id", false, true },
	[ODD_SHARED] = { "shares its id with the other side of the call", "", "share their id with the other side of the call", "shares its id with the other side of the call", "shared id", false, false },
	[ODD_BEFORE_PARENT] = { "starts ", " before its parent", "start before their parent", "starts before its parent", "before parent", true, true },
	[ODD_BEYOND_PARENT] = { "ends ", " after its parent", "end after their parent", "ends after its parent", "outlives parent", true, false },
	[ODD_AFTER_PARENT] = { "starts ", " after its parent has ended", "start after their parent has ended", "starts after its parent has ended", "after parent", true, false },
	[ODD_AHEAD_OF_PARENT] = { "ends ", " before its parent starts", "end before their parent starts", "ends before its parent starts", "before parent", true, true },
	[ODD_PARENT_ELSEWHERE] = { "its parent is in another file", "", "have their parent in another file", "has its parent in another file", "other file", false, false },
	[ODD_PARENT_LATER] = { "its parent comes later in the input", "", "come before their parent in the input", "comes before its parent in the input", "late parent", false, false },
	[ODD_ZERO] = { "takes no time", "", "take no time", "takes no time", "no time", false, false },
	[ODD_LINKS] = { "links to other spans", "", "link to others: together they are more than a tree", "links to others: together they are more than a tree", "links", false, false },
};

static const struct { uint8_t flag; enum odd odd; } of_flags[] = {
	{ SPAN_NO_START, ODD_NO_START }, { SPAN_UNFINISHED, ODD_UNFINISHED }, { SPAN_NEGATIVE, ODD_NEGATIVE }, { SPAN_ORPHAN, ODD_ORPHAN },
	{ SPAN_CYCLE, ODD_CYCLE }, { SPAN_SAME_ID, ODD_SAME_ID }, { SPAN_SHARED, ODD_SHARED },
};

static void
add(struct oddities *odd, enum odd kind, uint64_t ns)
{
	odd->set |= UINT32_C(1) << kind;
	odd->ns[kind] = ns > INT64_MAX ? INT64_MAX : (int64_t)ns;
}

/* Where it lies beside its parent.  A span that begins where its parent ends is inside only when neither has a length. */
static void
compare(struct oddities *odd, const struct dataset *ds, span_id span, span_id parent)
{
	int64_t start = ds->spans.start_ns[span], end = span_end(ds, span);
	int64_t from = ds->spans.start_ns[parent], to = span_end(ds, parent);

	if (start > to)
		add(odd, ODD_AFTER_PARENT, time_since(start, to));
	else if (end < from)
		add(odd, ODD_AHEAD_OF_PARENT, time_since(from, end));
	else {
		if (start < from)
			add(odd, ODD_BEFORE_PARENT, time_since(from, start));
		if (end > to)
			add(odd, ODD_BEYOND_PARENT, time_since(end, to));
	}
}

struct oddities
odd_find(const struct dataset *ds, span_id span)
{
	const struct spans *spans = &ds->spans;
	struct oddities odd = { 0 };
	span_id parent = spans->parent[span];

	for (size_t i = 0; i < sizeof of_flags / sizeof *of_flags; i++)
		if (spans->flags[span] & of_flags[i].flag)
			add(&odd, of_flags[i].odd, 0);
	/* The halves of a call have one id by right. */
	if (odd_has(&odd, ODD_SHARED))
		odd.set &= ~(UINT32_C(1) << ODD_SAME_ID);
	if (spans->duration_ns[span] == 0 && !odd.set)
		add(&odd, ODD_ZERO, 0);
	if (spans->flags[span] & SPAN_LINKS)
		add(&odd, ODD_LINKS, 0);
	if (parent == ID_NONE)
		return odd;
	compare(&odd, ds, span, parent);
	if (ds->groups[spans->group[parent]].source != ds->groups[spans->group[span]].source)
		add(&odd, ODD_PARENT_ELSEWHERE, 0);
	else if (parent > span && ds->tracks[spans->track[span]].kind == TRACK_TRACE && !(spans->flags[span] & SPAN_SHARED))
		add(&odd, ODD_PARENT_LATER, 0);
	return odd;
}

bool
odd_is_grave(enum odd kind)
{
	return texts[kind].grave;
}

bool
odd_is_doubtful(const struct oddities *odd)
{
	for (int kind = 0; odd->set >> kind; kind++)
		if (odd_has(odd, (enum odd)kind) && texts[kind].grave)
			return true;
	return false;
}

const char *
odd_word(enum odd kind)
{
	return texts[kind].word;
}

void
odd_describe(enum odd kind, int64_t ns, bool ascii, struct buf *out)
{
	buf_add(out, str_of(texts[kind].one));
	if (texts[kind].has_amount)
		unit_duration(ns, ascii, out);
	buf_add(out, str_of(texts[kind].one_after));
}

void
odd_describe_many(enum odd kind, uint64_t count, int64_t ns, bool ascii, struct buf *out)
{
	unit_count(count, out);
	buf_addf(out, " %s %s", count == 1 ? "span" : "spans", count == 1 ? texts[kind].many_one : texts[kind].many);
	if (!texts[kind].has_amount)
		return;
	buf_add(out, count == 1 ? STR(", by ") : STR(", by up to "));
	unit_duration(ns, ascii, out);
}

static void
count_span(struct odd_counts *counts, const struct dataset *ds, span_id span, uint64_t *doubtful_out)
{
	struct oddities odd = odd_find(ds, span);

	if (odd_is_doubtful(&odd)) {
		counts->grave++;
		if (doubtful_out)
			bits_set(doubtful_out, span);
	}
	for (int kind = 0; odd.set >> kind; kind++) {
		if (!odd_has(&odd, (enum odd)kind))
			continue;
		if (counts->count[kind]++ == 0 || span < counts->first[kind])
			counts->first[kind] = span;
		if (odd.ns[kind] > counts->most_ns[kind])
			counts->most_ns[kind] = odd.ns[kind];
	}
}

static void
count_track(struct odd_counts *counts, const struct dataset *ds, const struct forest *forest, track_id track, uint64_t *doubtful_out)
{
	uint64_t roots = 0;

	for (uint32_t i = forest->track_start[track]; i < forest->track_start[track + 1]; i++) {
		count_span(counts, ds, forest->order[i], doubtful_out);
		roots += ds->spans.parent[forest->order[i]] == ID_NONE;
	}
	counts->roots += roots;
	counts->tracks += roots > 0;
	counts->many_rooted += roots > 1;
}

struct odd_counts
odd_count(const struct dataset *ds, const struct forest *forest, track_id track, uint64_t *doubtful_out)
{
	struct odd_counts counts = { 0 };

	for (int kind = 0; kind < ODD_KINDS; kind++)
		counts.first[kind] = ID_NONE;
	if (track != ID_NONE)
		count_track(&counts, ds, forest, track, doubtful_out);
	for (track_id i = 0; track == ID_NONE && i < ds->track_count; i++)
		count_track(&counts, ds, forest, i, doubtful_out);
	return counts;
}
