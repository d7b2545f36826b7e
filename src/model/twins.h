/* SPDX-License-Identifier: MIT
 * A part of dataset_seal(): spans of one track that share an id.
 * When there is a server among them, and a client, they are the halves of a call: every server is the client's child, and children go to
 * the half of their own process or service, else to the first server.  Of others the first gets the children. */
#ifndef MODEL_TWINS_H
#define MODEL_TWINS_H

#include "model/dataset.h"
#include "util/vec.h"

/* Spans with one id, known by the first of them. */
struct twins {
	span_id first;
	span_id client, server;   /* ID_NONE: it is no call; otherwise the first of each kind */
};

struct twin { uint32_t twins; span_id span; };

/* Of one track.  A zeroed one, with its maps initialised, is empty. */
struct twin_table {
	struct dataset *ds;
	uint64_t        seed;          /* ids are chosen by whoever wrote the file */
	struct { VEC(struct twins); } twins;
	struct { VEC(struct twin); } members;    /* of all twins, in the order of their coming */
	struct idmap    by_first;      /* twins by their first span */
	struct idmap    servers;       /* server halves by id, service and process, and by id and service */
};

void twins_init(struct twin_table *table, struct dataset *ds, uint64_t seed);
void twins_fini(struct twin_table *table);
void twins_clear(struct twin_table *table);

/* A further span with the id of first. */
void twins_add(struct twin_table *table, span_id first, span_id span);

/* Once all are there: finds the halves, flags and notes. */
void twins_settle(struct twin_table *table);

/* Which of the spans with the id of first is the parent of a child that names the id. */
span_id twins_parent(struct twin_table *table, span_id first, span_id child);

/* The client half of the call that first's id stands for. */
span_id twins_client(struct twin_table *table, span_id first);

#endif
