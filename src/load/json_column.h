/* SPDX-License-Identifier: MIT
 * Lists of numbers read as columns: one array each, whatever their length, and one entry for each element.
 * A broken element ends the column; what precedes it is there, and the reader's scanner has the fault. */
#ifndef LOAD_JSON_COLUMN_H
#define LOAD_JSON_COLUMN_H

#include "load/json_reader.h"
#include "model/packed.h"
#include "util/hash.h"
#include "util/vec.h"

struct id_column { VEC(uint32_t); };
struct number_column { VEC(double); };
struct ns_column { VEC(int64_t); };

/* The value under the cursor, appended.  False: it is no list (null, another type), which is passed over and noted unless it is null. */
bool column_ids(struct json_reader *reader, struct id_column *out);            /* ID_NONE: no whole number from 0; booleans are 0, 1 */
bool column_micros(struct json_reader *reader, struct ns_column *out);         /* microseconds as ns; 0: no number */

/* The same in as few bytes as they need: ids plus one, 0 for ID_NONE; NaN: null, no number; microseconds as they are. */
bool column_packed_ids(struct json_reader *reader, struct packed *out);
bool column_packed_numbers(struct json_reader *reader, struct packed_doubles *out);
bool column_packed_micros(struct json_reader *reader, struct packed_doubles *out);

/* The number of a field that is none of a list: what is none, or too large, is noted, unless it is null; NaN then. */
double   column_field(struct json_reader *reader);

/* The number under the cursor, or in a string there, as column_packed_numbers() has it; one as column_ids() has it. */
double   column_number(struct json_reader *reader);
uint32_t column_id(struct json_reader *reader);

#endif
