/* SPDX-License-Identifier: MIT
 * What readers of files with several profiles share: a track for each of them, and sample types by name and unit.
 *
 * A two-sided profile, a comparison of a baseline with something later, has these sample types:
 *	the normal one   with the name and unit that a profile of one side has: how wide a box is drawn
 *	PROFILES_BEFORE  the baseline
 *	PROFILES_AFTER   the other side; absent where the normal one is that */
#ifndef LOAD_PROFILES_H
#define LOAD_PROFILES_H

#include "load/sink.h"

#define PROFILES_BEFORE STR("before")
#define PROFILES_AFTER  STR("after")

#define PROFILES_TYPES_MAX 32u    /* sample types of one source: each one widens every sample */

/* Zeroed but for the sink: nothing yet. */
struct profiles {
	struct sink *sink;
	uint32_t     tracks;                        /* given so far */
	double       weights[PROFILES_TYPES_MAX];   /* of one sample, by sample type; whoever sets some takes them back to 0 */
	bool         full;                          /* no further sample type is taken */
};

/* A new track for the next profile; one whose name was there before has its number added. */
track_id profiles_track(struct profiles *profiles, struct str name);

/* A note that stands for several, the first of which is at this offset; none for a count of 0. */
void profiles_note(struct profiles *profiles, enum note_severity severity, const char *text, uint64_t count, uint64_t at);

/* The place of a sample type in weights, found or added.  False: there are too many, which is noted. */
bool profiles_type(struct profiles *profiles, struct str name, struct str unit, uint32_t *place_out);

#endif
