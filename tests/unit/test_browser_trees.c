/* SPDX-License-Identifier: MIT
 * Profiles of browsers and Node against the trees that speedscope builds of the same files: the self weight of every path.
 * Where the two are meant to differ the reason stands here and in doc/formats.md. */
#include "config.h"

#include "load/load.h"

#include <unistd.h>
#include <zlib.h>

#include "tests/tap.h"
#include "tests/unit/files.h"
#include "util/strtab.h"

struct weights {
	struct strtab *paths;
	struct { VEC(double); } at;    /* by path */
};

static void
weights_init(struct weights *weights)
{
	*weights = (struct weights){ .paths = strtab_new() };
}

static void
weights_fini(struct weights *weights)
{
	strtab_free(weights->paths);
	vec_fini(&weights->at);
}

static void
weights_add(struct weights *weights, struct str path, double weight)
{
	str_id id = strtab_intern(weights->paths, path);

	while (weights->at.len <= id)
		vec_push(&weights->at, 0);
	weights->at.at[id] += weight;
}

/* "path weight" a line; lines that begin with # are left out. */
static void
read_weights(struct str text, struct weights *out)
{
	while (text.len) {
		const char *newline = memchr(text.at, '\n', text.len);
		size_t len = newline ? (size_t)(newline - text.at) : text.len, space = len;
		while (space > 0 && text.at[space - 1] != ' ')
			space--;
		if (text.at[0] != '#' && space > 0)
			weights_add(out, (struct str){ text.at, space - 1 }, strtod(text.at + space, NULL));
		len += newline != NULL;
		text.at += len;
		text.len -= len;
	}
}

static double
weight_of(const struct weights *weights, struct str path)
{
	str_id id = strtab_find(weights->paths, path);

	return id < weights->at.len ? weights->at.at[id] : 0;
}

static int
count_wrong(const struct weights *got, const struct weights *want)
{
	const struct weights *both[] = { got, want };
	int wrong = 0;

	for (size_t k = 0; k < 2; k++)
		for (str_id id = 1; id < both[k]->at.len; id++) {
			struct str path = strtab_get(both[k]->paths, id);
			double difference = weight_of(got, path) - weight_of(want, path);
			if (fabs(difference) > 1e-5 && wrong++ < 5)
				diag("%s: got %.17g, want %.17g", path.at, weight_of(got, path), weight_of(want, path));
		}
	return wrong;
}

typedef void frame_name_fn(const struct dataset *ds, frame_id frame, struct buf *out);

/* The path of a sample as speedscope names it; frames without a name are left out. */
static void
path_of(const struct dataset *ds, stack_id stack, frame_name_fn *name, struct buf *out)
{
	struct { VEC(frame_id); } frames = { 0 };

	buf_clear(out);
	for (; stack != ID_NONE; stack = ds->stacks.parent[stack])
		vec_push(&frames, ds->stacks.frame[stack]);
	while (frames.len) {
		size_t len = out->len;
		if (len)
			buf_addc(out, ';');
		size_t begin = out->len;
		name(ds, vec_pop(&frames), out);
		if (out->len == begin)
			out->len = len;
	}
	vec_fini(&frames);
}

static void
plain_name(const struct dataset *ds, frame_id frame, struct buf *out)
{
	buf_add(out, frame_name(ds, frame));
}

/* Lines count from 1 here; speedscope leaves those of a heap profile as they are in the file. */
static void
heap_name(const struct dataset *ds, frame_id frame, struct buf *out)
{
	struct str name = frame_name(ds, frame);
	const char *colon = name.len ? memrchr(name.at, ':', name.len) : NULL;

	if (!str_starts(name, STR("(anonymous ")) || !colon) {
		buf_add(out, name);
		return;
	}
	buf_add(out, (struct str){ name.at, (size_t)(colon + 1 - name.at) });
	buf_addf(out, "%ld)", strtol(colon + 1, NULL, 10) - 1);
}

/* Of Firefox's stacks speedscope keeps the functions of pages only. */
static void
page_name(const struct dataset *ds, frame_id frame, struct buf *out)
{
	struct str file = dataset_str(ds, ds->frames[frame].file), name = frame_name(ds, frame);

	if (ds->frames[frame].kind == FRAME_JIT && !str_starts(file, STR("resource:")) && !str_starts(file, STR("self-hosted")) &&
	    !str_starts(name, file))
		buf_add(out, name);
}

static void
check(const char *corpus, const char *folder, const char *file, uint32_t type, frame_name_fn *name, const struct weights *more)
{
	char *path = xasprintf("%s/%s/%s", corpus, folder, file);
	char *expected = xasprintf("%s/%s/expected/%s.speedscope.folded", corpus, folder, file);
	struct error err = { 0 };
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, &err);
	struct weights got, want;
	struct buf text = { 0 };

	weights_init(&got);
	weights_init(&want);
	if (!ok(ds && file_read(expected, &text), "%s is read: %s", file, err.text))
		goto out;
	read_weights(buf_str(&text), &want);
	for (str_id id = 1; more && id < more->at.len; id++)
		weights_add(&want, strtab_get(more->paths, id), more->at.at[id]);
	for (sample_id i = 0; i < ds->samples.count; i++) {
		path_of(ds, samples_stack(&ds->samples, i), name, &text);
		weights_add(&got, buf_str(&text), samples_weight(&ds->samples, i, type));
	}
	is_int(count_wrong(&got, &want), 0, "paths with another weight");
	ok(want.at.len > 2, "of %zu", want.at.len);
out:
	dataset_free(ds);
	weights_fini(&got);
	weights_fini(&want);
	buf_fini(&text);
	free(path);
	free(expected);
}

/* Firefox saves its profiles compressed. */
static void
check_compressed(void)
{
	const char *top = getenv("top_srcdir");
	char *path = xasprintf("%s/tests/data/gecko/own_tables.json", top ? top : "."), packed[] = "/tmp/spanfire-test.XXXXXX";
	int fd = mkstemp(packed);
	gzFile gz = gzdopen(fd, "wb");
	struct buf text = { 0 };
	struct error err = { 0 };

	CHECK(fd >= 0 && gz && file_read(path, &text));
	ok(gzwrite(gz, text.at, (unsigned)text.len) == (int)text.len && gzclose(gz) == Z_OK, "compressed");
	struct dataset *plain = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, &err);
	struct dataset *ds = load_files((const char *const[]){ packed }, 1, &(struct load_options){ 0 }, &err);
	if (ok(plain && ds && ds->samples.count == plain->samples.count && ds->samples.count > 0, "and read: %s", err.text)) {
		is_text(dataset_str(ds, ds->sources[0].format).at, "gecko", "as the same format");
		unsigned wrong = 0;
		for (size_t i = 0; i < (size_t)ds->samples.count * ds->sample_type_count; i++)
			wrong += samples_weight(&ds->samples, (sample_id)(i / ds->sample_type_count), (uint32_t)(i % ds->sample_type_count)) !=
			         samples_weight(&plain->samples, (sample_id)(i / ds->sample_type_count), (uint32_t)(i % ds->sample_type_count));
		is_int(wrong, 0, "with the same weights");
	}
	unlink(packed);
	dataset_free(plain);
	dataset_free(ds);
	buf_fini(&text);
	free(path);
}

int
main(void)
{
	const char *corpus = corpus_path();
	struct weights last;

	check_compressed();
	if (!corpus) {
		skip(1, "no corpus");
		return done();
	}
	/* The last sample lasts until the end of the profile here; there it has no time. */
	weights_init(&last);
	weights_add(&last, STR("(anonymous);a;c;d"), 47892 - 45920);
	check(corpus, "cpuprofile", "speedscope-65-simple.cpuprofile", 0, plain_name, &last);
	weights_fini(&last);
	check(corpus, "cpuprofile", "firefox-hello.cjs-20231120T211435.cpuprofile", 0, plain_name, NULL);
	check(corpus, "heapprofile", "speedscope-69-Heap-20181005T144546.heapprofile", 0, heap_name, NULL);
	check(corpus, "gecko", "speedscope-59-simple-firefox.json", 1, page_name, NULL);
	check(corpus, "gecko", "speedscope-61-recursion.json", 1, page_name, NULL);
	check(corpus, "gecko", "speedscope-59-firefox.json", 1, page_name, NULL);
	return done();
}
