/* SPDX-License-Identifier: MIT
 * pprof profiles of the corpus beside the call trees that speedscope makes of them.
 * Two things are taken out of the profile first: speedscope shows of a location only the function that was not inlined, and of the
 * sample types the last one, also where the profile names another as its default. */
#include "config.h"

#include "load/pprof.h"

#include <unistd.h>

#include "load/format.h"
#include "load/proto.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/proto_write.h"
#include "util/strtab.h"

enum { PROFILE_LOCATION = 4, PROFILE_DEFAULT_TYPE = 14, LOCATION_LINE = 4 };

/* Paths, one name after another, with their weights. */
struct paths {
	struct strtab *texts;
	struct { VEC(double); } weights;
};

static void
paths_add(struct paths *paths, struct str text, double weight)
{
	str_id id = strtab_intern(paths->texts, text);

	while (paths->weights.len <= id)
		vec_push(&paths->weights, 0);
	paths->weights.at[id] += weight;
}

static double
paths_weight(const struct paths *paths, struct str text)
{
	str_id id = strtab_find(paths->texts, text);

	return id == STR_NONE || id >= paths->weights.len ? 0 : paths->weights.at[id];
}

static void
paths_fini(struct paths *paths)
{
	strtab_free(paths->texts);
	vec_fini(&paths->weights);
}

static void
read_expected(struct str text, struct paths *out)
{
	while (text.len) {
		const char *newline = memchr(text.at, '\n', text.len);
		size_t len = newline ? (size_t)(newline - text.at) : text.len;
		const char *space = memrchr(text.at, ' ', len);
		if (space && *text.at != '#')
			paths_add(out, (struct str){ text.at, (size_t)(space - text.at) }, strtod(space, NULL));
		len += newline != NULL;
		text.at += len;
		text.len -= len;
	}
}

/* A location with its last line only. */
static struct buf
without_inlined(struct str location)
{
	struct buf out = { 0 };
	struct str last = { 0 };
	struct proto message = proto_of(location);
	struct proto_field field;

	for (const char *from = message.at; proto_next(&message, &field); from = message.at)
		if (field.number == LOCATION_LINE)
			last = field.bytes;
		else
			buf_add(&out, (struct str){ from, (size_t)(message.at - from) });
	if (last.at)
		put_bytes(&out, LOCATION_LINE, last);
	return out;
}

static struct buf
plain_profile(const char *path, int *inlined_out)
{
	struct input_options options = { .spool_limit = UINT64_C(1) << 30 };
	struct error err = { 0 };
	struct input *in = input_open(path, &options, &err);
	struct buf out = { 0 };
	struct proto_field field;

	*inlined_out = 0;
	if (!ok(in && input_whole(in), "%s can be read", path))
		return out;
	struct proto message = proto_of((struct str){ in->begin, (size_t)(in->end - in->begin) });
	for (const char *from = message.at; proto_next(&message, &field); from = message.at) {
		if (field.number == PROFILE_DEFAULT_TYPE)
			continue;
		if (field.number != PROFILE_LOCATION) {
			buf_add(&out, (struct str){ from, (size_t)(message.at - from) });
			continue;
		}
		struct buf location = without_inlined(field.bytes);
		*inlined_out += location.len < field.bytes.len;
		put_message(&out, PROFILE_LOCATION, &location);
	}
	input_close(in);
	return out;
}

static void
read_ours(struct str profile, struct paths *out)
{
	struct sink *sink = sink_new(STR("profile"));
	struct input in = { .begin = profile.at, .end = profile.at + profile.len, .last = true, .mapped = true };
	struct { VEC(frame_id); } way = { 0 };
	struct buf path = { 0 };

	load_pprof.read(&in, sink);
	const struct dataset *ds = sink_dataset(sink);
	for (sample_id i = 0; i < ds->samples.count; i++) {
		buf_clear(&path);
		for (stack_id at = samples_stack(&ds->samples, i); at != ID_NONE; at = ds->stacks.parent[at])
			vec_push(&way, ds->stacks.frame[at]);
		while (way.len) {
			buf_add(&path, path.len ? STR(";") : STR(""));
			buf_add(&path, frame_name(ds, vec_pop(&way)));
		}
		paths_add(out, buf_str(&path), samples_weight(&ds->samples, i, 0));
	}
	vec_fini(&way);
	buf_fini(&path);
	sink_free(sink);
}

static int
count_differing(const struct paths *these, const struct paths *others, const char *what)
{
	int differing = 0;

	for (str_id i = 0; i < these->weights.len; i++) {
		struct str path = strtab_get(these->texts, i);
		double here = these->weights.at[i], there = paths_weight(others, path);
		if (here == there)
			continue;
		if (differing++ < 3)
			diag("%s: %.0f, not %.0f, at %.*s", what, here, there, (int)path.len, path.at);
	}
	return differing;
}

/* Paths of the name "NAME.speedscope.folded" for a profile NAME, without its .gz.  How many locations lost functions. */
static int
check_file(const char *corpus, const char *expected_path)
{
	const char *base = strrchr(expected_path, '/') + 1;
	int len = (int)(strlen(base) - strlen(".speedscope.folded")), inlined = 0;
	char *path = xasprintf("%s/pprof/%.*s", corpus, len, base);
	struct paths ours = { strtab_new(), { 0 } }, theirs = { strtab_new(), { 0 } };
	struct buf text = { 0 };

	if (access(path, R_OK) != 0) {
		free(path);
		path = xasprintf("%s/pprof/%.*s.gz", corpus, len, base);
	}
	CHECK(file_read(expected_path, &text));
	read_expected(buf_str(&text), &theirs);
	/* It shows the last sample type even where that is zero throughout. */
	if (theirs.weights.len > 0) {
		struct buf profile = plain_profile(path, &inlined);
		read_ours(buf_str(&profile), &ours);
		is_int(count_differing(&ours, &theirs, "ours") + count_differing(&theirs, &ours, "theirs"), 0, base);
		buf_fini(&profile);
	}
	paths_fini(&ours);
	paths_fini(&theirs);
	buf_fini(&text);
	free(path);
	return inlined;
}

int
main(void)
{
	const char *corpus = corpus_path();
	struct names names = { 0 };
	int inlined = 0;

	if (!corpus) {
		skip(1, "no corpus");
		return done();
	}
	char *folder = xasprintf("%s/pprof/expected", corpus);
	folder_list(folder, ".speedscope.folded", &names);
	ok(names.len > 15, "there are trees to compare with");
	for (size_t i = 0; i < names.len; i++)
		inlined += check_file(corpus, names.at[i]);
	ok(inlined > 100, "inlined functions were taken out");
	names_free(&names);
	free(folder);
	return done();
}
