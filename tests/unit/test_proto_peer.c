/* SPDX-License-Identifier: MIT
 * The wire reader beside protoc --decode_raw, field by field, on a message of every wire type and on real files.
 * protoc guesses which bytes are messages; where it takes some for a group, which is none of ours, that message is passed over. */
#include "config.h"

#include "load/proto.h"

#include <unistd.h>

#include "load/input.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/proto_write.h"

struct level { struct proto reader; bool lost; };

struct walk {
	struct { VEC(struct level); } levels;
	unsigned fields, lost, wrong;
};

/* A quoted text of protoc as bytes. */
static struct buf
unquoted(const char *at)
{
	static const char letters[] = "n\nr\rt\t\"\"''\\\\";
	struct buf out = { 0 };

	for (at++; *at && *at != '"'; at++) {
		if (*at != '\\') {
			buf_addc(&out, *at);
			continue;
		}
		const char *letter = strchr(letters, *++at);
		if (*at >= '0' && *at <= '7') {
			char digits[4] = { at[0], at[1], at[2], '\0' };
			buf_addc(&out, (char)strtol(digits, NULL, 8));
			at += 2;
		} else {
			buf_addc(&out, letter ? letter[1] : '?');
		}
	}
	return out;
}

static bool
same_value(const struct proto_field *field, const char *text)
{
	if (*text == '"') {
		struct buf bytes = unquoted(text);
		bool same = field->wire == PROTO_BYTES && str_equal(buf_str(&bytes), field->bytes);
		buf_fini(&bytes);
		return same;
	}
	size_t digits = strspn(text, "0123456789abcdefx");
	enum proto_wire wire = text[1] != 'x' ? PROTO_VARINT : digits == 18 ? PROTO_FIXED64 : PROTO_FIXED32;
	return field->wire == wire && strtoull(text, NULL, 0) == field->value;
}

/* "NUMBER: VALUE" or "NUMBER {" beside the next field of the innermost message. */
static void
check_field(struct walk *walk, const char *line)
{
	struct level *level = &vec_last(&walk->levels);
	struct proto_field field;
	char *end;
	unsigned long number = strtoul(line, &end, 10);
	bool opens = end[0] == ' ' && end[1] == '{', same = false;

	if (!level->lost) {
		bool got = proto_next(&level->reader, &field);
		level->lost = !got && level->reader.state == PROTO_BROKEN;
		walk->lost += level->lost;
		same = got && field.number == number && (opens ? field.wire == PROTO_BYTES : same_value(&field, end + 2));
		if (!same && !level->lost) {
			walk->wrong++;
			level->lost = true;
		}
		walk->fields += same;
	}
	if (opens)
		vec_push(&walk->levels, (struct level){ proto_of(same ? field.bytes : (struct str){ "", 0 }), !same });
}

static void
check_end(struct walk *walk)
{
	struct level level = vec_pop(&walk->levels);
	struct proto_field field;

	walk->wrong += !level.lost && (proto_next(&level.reader, &field) || level.reader.state != PROTO_OK);
}

static void
compare(FILE *theirs, struct str bytes, const char *what)
{
	struct walk walk = { 0 };
	char *line = NULL;
	size_t cap = 0;

	vec_push(&walk.levels, (struct level){ proto_of(bytes), false });
	while (getline(&line, &cap, theirs) > 0) {
		const char *text = line + strspn(line, " ");
		if (*text == '}' && walk.levels.len > 1)
			check_end(&walk);
		else
			check_field(&walk, text);
	}
	walk.wrong += walk.levels.len != 1;
	check_end(&walk);
	ok(walk.fields > 5 && walk.wrong == 0 && walk.lost * 50 <= walk.fields, "%s: %u fields (%u messages with a group)", what, walk.fields,
	   walk.lost);
	vec_fini(&walk.levels);
	free(line);
}

static void
check_bytes(struct str bytes, const char *what)
{
	char path[] = "/tmp/spanfire-test-XXXXXX";
	int fd = mkstemp(path);
	char *command = xasprintf("protoc --decode_raw <%s 2>/dev/null", path);

	CHECK(fd >= 0 && write(fd, bytes.at, bytes.len) == (ssize_t)bytes.len);
	FILE *theirs = popen(command, "r");
	CHECK(theirs);
	compare(theirs, bytes, what);
	ok(pclose(theirs) == 0, "%s: protoc takes it too", what);
	close(fd);
	unlink(path);
	free(command);
}

static void
check_file(const char *path)
{
	struct input_options options = { .spool_limit = UINT64_C(1) << 30 };
	struct error err = { 0 };
	struct input *in = input_open(path, &options, &err);

	if (ok(in && input_whole(in), "%s can be read", path))
		check_bytes((struct str){ in->begin, (size_t)(in->end - in->begin) }, strrchr(path, '/') + 1);
	input_close(in);
}

static void
every_type(void)
{
	static const uint64_t values[] = { 0, 1, 127, 128, 16383, 16384, UINT32_MAX, INT64_MAX, UINT64_MAX };
	struct buf out = { 0 }, inner = { 0 };

	for (uint32_t i = 0; i < sizeof values / sizeof *values; i++) {
		put_varint(&out, 1 + i * 1000, values[i]);
		put_fixed64(&out, 15 + i, values[i]);
		put_fixed32(&out, 16 + i, (uint32_t)values[i]);
	}
	put_packed(&out, 536870911, values, 9);
	put_text(&out, 2, "plain text");
	put_text(&out, 2, "");
	put_bytes(&out, 2, STR("\0\1\n\r\t\"'\\\xff"));
	put_varint(&inner, 1, 5);
	put_text(&inner, 2, "inside");
	put_message(&out, 3, &inner);
	check_bytes(buf_str(&out), "a message of every wire type");
	buf_fini(&out);
}

int
main(void)
{
	const char *corpus = corpus_path(), *top = getenv("top_srcdir");
	struct names names = { 0 };

	if (system("protoc --version >/dev/null 2>&1") != 0) {
		skip(1, "no protoc (protobuf-compiler)");
		return done();
	}
	every_type();
	char *folder = xasprintf("%s/tests/data/same", top ? top : ".");
	folder_list(folder, "otlp.pb", &names);
	folder_list(folder, "logs.pb", &names);
	free(folder);
	if (corpus) {
		static const char *const folders[] = { "pprof", "otlp-proto" };
		for (size_t i = 0; i < 2; i++) {
			folder = xasprintf("%s/%s", corpus, folders[i]);
			folder_list(folder, "", &names);
			free(folder);
		}
	} else {
		skip(1, "no corpus");
	}
	for (size_t i = 0; i < names.len; i++)
		if (!str_ends(str_of(names.at[i]), STR("/expected")))
			check_file(names.at[i]);
	names_free(&names);
	return done();
}
