/* SPDX-License-Identifier: MIT
 * The tables of a pprof profile, gathered in one walk over the message, before samples are read.
 * Everything refers to the message's own bytes, which must outlive the tables. */
#ifndef LOAD_PPROF_TABLES_H
#define LOAD_PPROF_TABLES_H

#include "load/proto.h"
#include "util/buf.h"
#include "util/hash.h"
#include "util/job.h"
#include "util/vec.h"

/* Field numbers of profile.proto. */
enum {
	PROFILE_SAMPLE_TYPE = 1, PROFILE_SAMPLE = 2, PROFILE_MAPPING = 3, PROFILE_LOCATION = 4, PROFILE_FUNCTION = 5,
	PROFILE_STRING = 6, PROFILE_DROP_FRAMES = 7, PROFILE_KEEP_FRAMES = 8, PROFILE_TIME = 9, PROFILE_DURATION = 10,
	PROFILE_PERIOD_TYPE = 11, PROFILE_PERIOD = 12, PROFILE_COMMENT = 13, PROFILE_DEFAULT_TYPE = 14, PROFILE_DOC_URL = 15,
};

enum { SAMPLE_LOCATION = 1, SAMPLE_VALUE = 2, SAMPLE_LABEL = 3 };

/* A record with an id: its bytes are read when it is used. */
struct pprof_record {
	uint64_t   id;
	struct str bytes;
};

struct pprof_table {
	VEC(struct pprof_record);
	uint32_t     dense;    /* records at the start whose ids are their places from 1 */
	struct idmap by_id;    /* of the others */
};

struct pprof_value_type {
	uint64_t type, unit;    /* string indices */
};

struct pprof_tables {
	struct { VEC(struct str); } strings;
	struct { VEC(struct pprof_value_type); } types;
	struct { VEC(uint64_t); } comments;    /* string indices */
	struct pprof_table locations, functions, mappings;
	uint64_t drop_frames, keep_frames, default_type;    /* string indices, 0: none */
	uint64_t doc_url;
	int64_t  time_ns, duration_ns, period;    /* 0: not told */
	struct pprof_value_type period_type;
	uint64_t samples;                  /* how many there are */
	uint64_t duplicates;               /* records whose id was there already: the first counts */
	uint64_t unnumbered;               /* records without an id: numbered by their place from 1 */
	struct proto end;                  /* how the walk ended */
};

/* Fills zeroed tables from a message; ends early when the job is stopped. */
void pprof_tables_read(struct pprof_tables *tables, struct str message, struct job *job);
void pprof_tables_fini(struct pprof_tables *tables);

/* The record with this id, or NULL. */
const struct pprof_record *pprof_find(const struct pprof_table *table, uint64_t id);
uint32_t                   pprof_index(const struct pprof_table *table, uint64_t id);    /* ID_NONE when there is none */

/* String index -> bytes.  False when it is out of range: the text is empty then. */
bool pprof_string(const struct pprof_tables *tables, uint64_t index, struct str *out);

/* The same for names: "<bad string N>" stands for a string that is not there.  False then. */
bool pprof_add_string(const struct pprof_tables *tables, uint64_t index, struct buf *out);

#endif
