/* SPDX-License-Identifier: MIT
 * The parts of the reader of Firefox profiles: raw ones as Firefox records them, processed ones as its profiler and samply write them.
 * Both are tables; a table is an object of columns, or a schema and rows.  Everything that refers is a number into another table, which
 * may stand later in the file: a thread is kept until all it needs is there. */
#ifndef LOAD_GECKO_H
#define LOAD_GECKO_H

#include "load/json_column.h"
#include "util/error.h"
#include "util/strtab.h"

enum gecko_kind {
	GECKO_SAMPLES, GECKO_JS_ALLOCATIONS, GECKO_NATIVE_ALLOCATIONS, GECKO_MARKERS, GECKO_STACKS, GECKO_FRAMES, GECKO_FUNCS,
	GECKO_RESOURCES, GECKO_SOURCES, GECKO_NATIVES,
	GECKO_KINDS,
};

/* Columns of whole numbers, by table. */
enum { SAMPLE_STACK };
enum { MARKER_NAME, MARKER_PHASE, MARKER_CATEGORY };
enum { STACK_FRAME, STACK_PREFIX, STACK_OFFSET, STACK_CATEGORY };
enum { FRAMES_FUNC, FRAMES_LOCATION, FRAMES_CATEGORY, FRAMES_LINE, FRAMES_LIB, FRAMES_DEPTH, FRAMES_NATIVE, FRAMES_IMPLEMENTATION };
enum { FUNC_NAME, FUNC_IS_JS, FUNC_RESOURCE, FUNC_SOURCE, FUNC_FILE, FUNC_LINE };
enum { RESOURCE_LIB };
enum { SOURCE_FILE };
enum { NATIVE_LIB };
#define GECKO_IDS 8u

/* Columns of other numbers. */
enum { SAMPLE_TIME, SAMPLE_DELTA, SAMPLE_WEIGHT, SAMPLE_CPU };
enum { MARKER_START, MARKER_END };
#define GECKO_NUMBERS 4u

/* Of markers, for the rows that have it: where the data is, and what it says where columns do not. */
struct gecko_data { uint64_t at; uint32_t row, len; };
struct gecko_told { double start, end; uint32_t row; uint8_t phase; };    /* ms; NaN: not told */

struct gecko_table {
	bool                 present, complete;
	struct id_column     id[GECKO_IDS];
	struct packed_doubles number[GECKO_NUMBERS];
	str_id               weight_type;    /* STR_EMPTY: not told */
	uint64_t             at;             /* where it begins in the input; 0 in a text inside it */
	struct { VEC(struct gecko_data); } data;
	struct { VEC(struct gecko_told); } told;
};

struct gecko_lib { str_id name, build; uint64_t start, end; };    /* end 0: it is not known where it was */
struct gecko_libs {
	VEC(struct gecko_lib);
	bool sorted;                                /* the others are filled */
	struct { VEC(struct gecko_lib); } by_start; /* of those whose place is known; for gecko_lib_at() */
};

struct gecko_tables {
	bool                        has_strings;
	struct { VEC(str_id); }     strings;
	struct gecko_table          table[GECKO_KINDS];
	struct { VEC(frame_id); }   frames;     /* of the sink, per row of the table of frames; ID_NONE: not yet */
	struct { VEC(stack_id); }   stacks;     /* likewise */
	struct { VEC(uint8_t); }    states;     /* of stacks */
};

struct gecko_thread {
	struct gecko_tables own;
	struct gecko_libs   libs;               /* the oldest processed form has them here */
	size_t              process;            /* index */
	str_id              name, process_name, process_type, pid, tid;
};

/* A profile; those of child processes are profiles inside their parent's. */
struct gecko_process {
	bool                has_meta, has_libs, has_shared;
	double              start_ms, interval_ms;    /* NaN: not told */
	str_id              cpu_unit;
	struct { VEC(str_id); } categories;
	struct gecko_libs   libs;
	struct gecko_tables shared;
};

struct gecko_reader {
	struct json_reader base;                /* first: the functions of json_reader.h are given it */
	struct strtab     *strings;
	struct { VEC(struct gecko_process); } processes;
	struct { VEC(size_t); }              open;       /* processes that we are inside of */
	bool               in_text;             /* the JSON that is read stood in a text */
	bool               is_recording;        /* of the older developer tools, with the profile inside */
	size_t             first_open;          /* processes around that text */
	struct { VEC(struct gecko_thread); } waiting;    /* for tables behind them */
	struct { VEC(double); }              weights;    /* one per sample type of the source, of all its documents */
	struct { VEC(uint32_t); }            used;       /* how many threads of this document have this name, by string */
	struct { VEC(uint32_t); }            path;
	struct buf         text;
};

/* gecko_table.c: what stands under the cursor. */
bool gecko_member(struct gecko_reader *reader, struct gecko_tables *tables, struct str key);    /* false: not a table; nothing is read */
void gecko_tables_fini(struct gecko_tables *tables);
str_id gecko_string(struct gecko_reader *reader);                                               /* a string or number */
void gecko_count(struct gecko_reader *reader, const char *note);                                /* notes the elements of a list */
void gecko_libs(struct gecko_reader *reader, struct gecko_libs *libs);
void gecko_libs_fini(struct gecko_libs *libs);
const struct gecko_lib *gecko_lib_at(struct gecko_libs *libs, uint64_t address);                /* NULL: none is known to lie there */

/* gecko_frame.c: the tables of a thread, its own or the shared ones. */
struct gecko_view {
	struct gecko_reader        *reader;
	const struct gecko_process *process;
	struct gecko_table         *table[GECKO_KINDS];
	struct gecko_libs          *libs;
	const struct gecko_tables  *strings;
	struct gecko_tables        *known;      /* where frames and stacks are kept */
};

struct gecko_view gecko_view(struct gecko_reader *reader, struct gecko_thread *thread);
stack_id          gecko_stack(const struct gecko_view *view, uint32_t stack, bool *good_out);    /* not good: there is no such stack */

/* gecko_location.c: the text of a raw frame: "f (in lib) + 12", "f (url:12:3)", "0x1234", or any other. */
struct gecko_location {
	struct str name, lib, file;
	uint32_t   line;
	bool       is_js;
};

struct gecko_location gecko_location(struct str text);
bool                  gecko_address(struct str text, uint64_t *out);

/* gecko_push.c */
void gecko_push(struct gecko_reader *reader, struct gecko_thread *thread);
void gecko_thread_fini(struct gecko_thread *thread);
bool gecko_time(const struct gecko_process *process, double ms, int64_t *ns_out);    /* as all times are; false: it is none */

/* gecko_marker.c.  The data under the cursor of the marker in this row, of any type. */
void gecko_marker_data(struct gecko_reader *reader, struct gecko_table *table, uint32_t row);
void gecko_push_markers(const struct gecko_view *view, const struct gecko_thread *thread, track_id track);

/* gecko_detail.c.  A marker without data has the first byte of its table alone for its record. */
#define GECKO_NO_DATA 1u
struct details;
struct detail_ref;
bool gecko_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err);
bool gecko_record(const struct dataset *ds, const struct detail_ref *ref, struct details *out, struct error *err);

/* The value of a row; ID_NONE or NaN when the column is shorter or not there. */
static inline uint32_t
gecko_id(const struct gecko_table *table, unsigned column, size_t row)
{
	return row < table->id[column].len ? table->id[column].at[row] : ID_NONE;
}

static inline double
gecko_number(const struct gecko_table *table, unsigned column, size_t row)
{
	return row < packed_doubles_len(&table->number[column]) ? packed_doubles_get(&table->number[column], row) : __builtin_nan("");
}

#endif
