/* SPDX-License-Identifier: MIT
 * The call tree of a V8 profile: nodes with a call frame, as a list whose nodes name their children or their parent by id, or nested.
 * Everything is gathered first, since nodes come in any order; v8_nodes_link() then finds the parents. */
#ifndef LOAD_V8_NODES_H
#define LOAD_V8_NODES_H

#include "load/json_reader.h"
#include "util/strtab.h"
#include "util/vec.h"

enum v8_kind {
	V8_PLAIN,
	V8_ROOT,      /* "(root)", without a parent */
	V8_IDLE,      /* "(idle)": nothing runs */
	V8_ON_TOP,    /* "(garbage collector)", "(program)": interrupts what ran before */
};

struct v8_node {
	uint64_t id;          /* valid with has_id */
	double   weight;      /* hitCount or selfSize */
	uint32_t parent;      /* index; ID_NONE: none.  Valid once linked */
	str_id   name, url;
	uint32_t line;        /* from 1; 0: not known */
	stack_id stack;       /* for v8_nodes_stack() */
	uint32_t place;       /* for the reader that needs one; 0 at first */
	uint8_t  kind;        /* enum v8_kind; valid once linked */
	uint8_t  state;
	bool     has_id, has_name;
};

/* As the file says it: a child by id, or (up) the parent by id. */
struct v8_edge { uint64_t id; uint32_t node; bool up; };

struct v8_nodes {
	VEC(struct v8_node);
	struct { VEC(struct v8_edge); } edges;
	struct { VEC(uint32_t); } path;
	struct strtab *strings;
	struct idmap   by_id;
	struct buf     name;
	bool           plain;         /* set by the reader before linking: "(root)" and its like are frames as others are */
};

void v8_nodes_init(struct v8_nodes *nodes);
void v8_nodes_fini(struct v8_nodes *nodes);

/* The members of the object that was entered, which may lie in "profile" and "result" inside it: read is called for each of the others. */
void v8_members(struct json_reader *reader, void (*read)(struct json_reader *reader, struct str key));

/* The value under the cursor: a list of nodes, or the root of nested ones.  A broken node is left out. */
void v8_nodes_read_list(struct v8_nodes *nodes, struct json_reader *reader);
void v8_nodes_read_tree(struct v8_nodes *nodes, struct json_reader *reader);

/* Finds parents and kinds; what is odd is noted. */
void v8_nodes_link(struct v8_nodes *nodes, struct sink *sink);

uint32_t v8_nodes_find(const struct v8_nodes *nodes, uint64_t id);    /* ID_NONE: not there.  Only once linked */
frame_id v8_nodes_frame(struct v8_nodes *nodes, struct sink *sink, uint32_t node);

/* The stack that ends with the node; ID_NONE for the root and for idle time. */
stack_id v8_nodes_stack(struct v8_nodes *nodes, struct sink *sink, uint32_t node);

/* How long the last sample of a profile lasts that goes on for so long behind it, by the longest of those before it; 0: there is none.
 * What is many times longer than any of them is noted, and not the sample's: others are missing there. */
int64_t v8_last_ns(int64_t left_ns, int64_t longest_ns, struct sink *sink);

#endif
