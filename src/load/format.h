/* SPDX-License-Identifier: MIT
 * A format that can be read: one const descriptor per file, listed in the table load_formats[].
 * A reader pushes into a sink and knows nothing of trees, screens or other readers. */
#ifndef LOAD_FORMAT_H
#define LOAD_FORMAT_H

#include "load/input.h"
#include "load/sink.h"
#include "util/buf.h"
#include "util/str.h"

/* What detection sees: the first bytes, unwrapped, and for JSON an outline of its first values. */
struct probe {
	struct str head;         /* up to 64 KiB; of text that is not JSON, more when the first line is longer */
	bool       whole;        /* head is all there is */
	bool       binary;       /* has bytes that text has not */
	bool       json;         /* begins like JSON */
	/* For JSON: the key paths met in its first values to four levels, each with a newline after it, arrays as [] with a path of their
	 * own: "resourceSpans", "resourceSpans[]", "resourceSpans[].scopeSpans", "[].ph".
	 * Values one after another (JSON lines) count as one list: their paths have no prefix. */
	struct str paths;
	bool       json_lines;   /* several complete values, each on a line of its own: line framing is proven */
};

/* True when the outline has this path; "a[].b" style, whole path only. */
bool probe_has(const struct probe *probe, const char *path);

/* What JSON of a format looks like: all of these paths, NULL where there are fewer. */
struct probe_shape {
	const char *paths[3];
	int         score;
	const char *why;
};

/* The score of the first shape that the outline has, and why; 0 when it has none. */
int probe_shape(const struct probe *probe, const struct probe_shape *shapes, size_t count, const char **why_out);

struct details;

#define LOAD_HEAD_MAX ((size_t)1 << 20)

struct load_format {
	const char *name;       /* as in --format and info */
	const char *summary;    /* a line for `formats` */
	/* 0..100: how sure; 0 not at all.  *why_out is set to a constant that says what was seen. */
	int  (*score)(const struct probe *probe, const char **why_out);
	/* Reads a whole document through the window.  NULL if convert is there. */
	void (*read)(struct input *in, struct sink *sink);
	/* For what only another program can read: gives its output, which is an input in the format becomes.  path is the file's.
	 * NULL with err when that cannot be.  NULL: no such format. */
	struct input *(*convert)(struct input *in, const char *path, const struct input_options *options, struct error *err);
	const struct load_format *becomes;
	/* For record-per-line inputs: reads complete lines [text], whose first byte is at offset and first line number is line.
	 * Called from several threads with sinks of their own.  NULL: the format has no such form. */
	void (*read_lines)(struct str text, uint64_t offset, uint64_t line, struct sink *sink);
	/* The same for records of several lines, cut where border() allows.  Every piece is told what preface() found, and whether it is
	 * the last one. */
	void (*read_blocks)(struct str text, uint64_t offset, uint64_t line, struct str preface, bool last, struct sink *sink);
	/* Whether a record may begin at this byte of text, which is the start of a line, whatever stands before text. */
	bool (*border)(struct str text, size_t at);
	/* Writes down what read_blocks must know of how the input begins: head is its first LOAD_HEAD_MAX bytes. */
	void (*preface)(struct str head, struct buf *out);
	/* Whether read_lines or read_blocks fits this input; NULL: always, if one is there. */
	bool (*by_lines)(const struct probe *probe);
	/* When the input is cut short its last line is left out: half a line would read as another. */
	bool whole_lines;
	/* It is of traces; a file of the others is a profile even where it holds no sample. */
	bool of_spans;
	/* The details of a span, read again as far as out->wish goes; NULL: the format has none. */
	bool (*detail)(const struct dataset *ds, span_id span, struct details *out, struct error *err);
	/* The same for a record that belongs to a span beside its own; event and link numbers begin at 0.  NULL: there are none. */
	bool (*record)(const struct dataset *ds, const struct detail_ref *ref, struct details *out, struct error *err);
	/* The details of both spans that a link connects have it. */
	bool links_at_both_ends;
	/* The parts of a dotted key may stand apart in a record, or with something else between them. */
	bool split_keys;
	/* Keys that details give to what a record calls otherwise, ends with NULL; NULL: there are none. */
	const char *const *given_keys;
};

extern const struct load_format load_cpuprofile;
extern const struct load_format load_folded;
extern const struct load_format load_gecko;
extern const struct load_format load_heapprofile;
extern const struct load_format load_jaeger;
extern const struct load_format load_otlp_json;
extern const struct load_format load_zipkin;

extern const struct load_format *const load_formats[];    /* ends with NULL */
const struct load_format *load_format_find(struct str name);    /* NULL if there is none */

#endif
