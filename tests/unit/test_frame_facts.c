/* SPDX-License-Identifier: MIT
 * What is known about frames beside their identity: the address where one was met first, and the build of its module. */
#include "config.h"

#include "load/format.h"
#include "load/pprof.h"
#include "tests/unit/document.h"
#include "tests/unit/pprof_write.h"

static struct dataset *
load(struct str bytes)
{
	struct sink *sink = sink_new(STR("profile.pb"));
	struct input in = { .begin = bytes.at, .end = bytes.at + bytes.len, .last = true, .mapped = true };

	load_pprof.read(&in, sink);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

static const struct frame *
frame_called(const struct dataset *ds, const char *name)
{
	static const struct frame none;

	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		if (str_equal(frame_name(ds, frame), str_of(name)))
			return &ds->frames[frame];
	return &none;
}

/* Of one function at two addresses, and of a module with the id of its build. */
static void
test_pprof(void)
{
	struct profile p = { 0 };
	struct buf mapping = { 0 };

	put_type(&p, "samples", "count");
	put_varint(&mapping, 1, 1);
	put_varint(&mapping, 5, string(&p, "/usr/bin/app"));
	put_varint(&mapping, 6, string(&p, "8d9a55"));
	put_message(&p.out, 3, &mapping);
	put_location(&p, 1, 1, 0x400010, NUMBERS(1));
	put_location(&p, 2, 1, 0x400020, NUMBERS(1));
	put_location(&p, 3, 0, 0, NUMBERS(2));
	put_function(&p, 1, "main", "main", "app.c");
	put_function(&p, 2, "other", "other", "app.c");
	put_sample(&p, NUMBERS(1), NUMBERS(1));
	put_sample(&p, NUMBERS(2), NUMBERS(1));
	put_sample(&p, NUMBERS(3), NUMBERS(1));
	put_strings(&p);
	struct dataset *ds = load(buf_str(&p.out));
	is_int((long long)frame_called(ds, "main")->address, 0x400010, "a function has the address where it was met first");
	is_text(dataset_str(ds, frame_called(ds, "main")->build).at, "8d9a55", "and the id of its module's build");
	ok(frame_called(ds, "other")->address == 0 && frame_called(ds, "other")->build == STR_EMPTY, "without a mapping it has neither");
	dataset_free(ds);
	buf_fini(&p.out);
}

/* Enough records for several pieces, whose first addresses differ. */
static void
test_perf(void)
{
	struct buf text = { 0 };

	for (int i = 0; i < 2000; i++)
		buf_addf(&text, "app 1 [000] %d.0: cycles: \n\t    %x main+0x10 (/usr/bin/app)\n\t    7fff0001 start (/lib/libc.so)\n\n", i + 1, 0x400000 + i);
	struct dataset *ds = read_document(text.at);
	is_int((long long)frame_called(ds, "main")->address, 0x400000, "perf: the address of the first sample");
	is_int((long long)frame_called(ds, "start")->address, 0x7fff0001, "and that of its caller");
	dataset_free(ds);
	buf_fini(&text);
}

int
main(void)
{
	test_pprof();
	test_perf();
	return done();
}
