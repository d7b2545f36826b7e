/* SPDX-License-Identifier: MIT
 * Names of C++ and Rust as they are written; what is no mangled name; names made to write without end. */
#include "config.h"

#include "load/demangle.h"

#include <unistd.h>

#include "load/load.h"
#include "load/sink.h"
#include "tests/tap.h"
#include "util/alloc.h"

/* NULL: it stays. */
static const struct { const char *name, *want; } compiled[] = {
	{ "_ZN3foo3barEv", "foo::bar" },
	{ "_ZN3foo3barEi", "foo::bar" },
	{ "__ZN3foo3barEv", "foo::bar" },
	{ "_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector<int, std::allocator<int> >::push_back" },
	{ "_ZN12_GLOBAL__N_13runEv", "(anonymous namespace)::run" },
	{ "_ZZ4mainENKUlvE_clEv", "main::{lambda()#1}::operator()" },
	{ "_ZN3FooC2Ev", "Foo::Foo" },
	{ "_ZplRK1AS1_", "operator+" },
	{ "_Z3runv.isra.0", "run" },
	{ "_RNvC6_123foo3bar", "123foo::bar" },
	{ "_RNvNtCs1234_7mycrate3mod3run", "mycrate::mod::run" },
	{ "_RINvCs1234_7mycrate4callhE", "mycrate::call::<u8>" },
	{ "_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y", "utf8_idents::საჭმელად_გემრიელი_სადილი" },
	{ "_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE", "core::fmt::Write::write_fmt" },
	{ "_ZN47_$LT$std..fs..File$u20$as$u20$std..io..Read$GT$4read17habcdef0123456789E", "<std::fs::File as std::io::Read>::read" },
	{ "_ZN3foo3barEv@plt", "foo::bar@plt" },
	{ "_ZN3foo3barEv@@LIB_1.0", "foo::bar@@LIB_1.0" },
	{ "_Z", NULL },
	{ "_ZN3fo", NULL },
	{ "_Zfoo", NULL },
	{ "_R", NULL },
	{ "_Rust", NULL },
	{ "_ZN3foo3barEv;", NULL },
};

static const struct { const char *name, *want; } half_way[] = {
	{ "core::ops::function::FnOnce::call_once::h0123456789abcdef", "core::ops::function::FnOnce::call_once" },
	{ "_$LT$std..fs..File$u20$as$u20$std..io..Read$GT$::read::habcdef0123456789", "<std::fs::File as std::io::Read>::read" },
	{ "run::_$u7b$$u7b$closure$u7d$$u7d$::h00000000000000ff", "run::{{closure}}" },
	{ "a::_$RF$T$C$$BP$u8$SP$::b::h0123456789abcdef", "a::&T,*u8@::b" },
	{ "a$unknown$b::h0123456789abcdef", "a$unknown$b" },
	{ "a$::h0123456789abcdef", "a$" },
	{ "main", NULL },
	{ "", NULL },
	{ "::h0123456789abcdef", NULL },
	{ "a::h0123456789abcdeg", NULL },
	{ "a::h0123456789ABCDEF", NULL },
	{ "a::h0123456789abcde", NULL },
	{ "java.lang.Thread.run", NULL },
	{ "__libc_start_main", NULL },
};

static void
check(const char *name, const char *want)
{
	struct buf out = { 0 };

	buf_add(&out, STR("> "));
	bool changed = demangle(str_of(name), &out);
	ok(changed == (want != NULL) && str_starts(buf_str(&out), STR("> ")), "%s: %s", name, want ? "written otherwise" : "stays");
	is_text(out.at + 2, want ? want : "", name);
	ok(!changed || demangle_may(str_of(name)), "%s: is looked at", name);
	buf_fini(&out);
}

/* A template of the template before twice, by its place. */
static void
repeated_cpp(int levels, struct buf *out)
{
	static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	buf_add(out, STR("_Z1fI1AIiiE"));
	for (int i = 1; i <= levels; i++) {
		char place[3] = { digits[i / 36], digits[i % 36], '\0' };
		const char *number = place[0] == '0' ? place + 1 : place;
		buf_addf(out, "S0_IS%s_S%s_E", number, number);
	}
	buf_add(out, STR("Evv"));
}

/* A tuple of the tuple before twice, by its place. */
static void
repeated_rust(int levels, struct buf *out)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

	buf_add(out, STR("_RINvC1a1b"));
	size_t last = out->len - 2;
	buf_add(out, STR("TyyE"));
	for (int i = 0; i < levels; i++) {
		char place[3] = { digits[(last - 1) / 62], digits[(last - 1) % 62], '\0' };
		const char *number = place[0] == '0' ? place + 1 : place;
		last = out->len - 2;
		buf_addf(out, "TB%s_B%s_E", number, number);
	}
	buf_addc(out, 'E');
}

static void
endless(void)
{
	static void (*const makers[])(int levels, struct buf *out) = { repeated_cpp, repeated_rust };
	struct buf name = { 0 }, out = { 0 }, deep = { 0 };

	for (size_t i = 0; i < 2; i++) {
		buf_clear(&name);
		buf_clear(&out);
		makers[i](5, &name);
		ok(demangle(buf_str(&name), &out) && out.len > 200, "parts by their place double (%zu bytes)", out.len);
		buf_clear(&name);
		buf_clear(&out);
		makers[i](60, &name);
		ok(!demangle(buf_str(&name), &out) && out.len == 0, "a name that would have no end stays");
	}
	buf_clear(&out);
	buf_add(&deep, STR("_Z1f"));
	for (int i = 0; i < 900; i++)
		buf_addc(&deep, 'P');
	buf_addc(&deep, 'i');
	ok(demangle(buf_str(&deep), &out), "a deep type in a short name");
	buf_clear(&out);
	for (int i = 0; i < 100000; i++)
		buf_addc(&deep, 'P');
	ok(!demangle(buf_str(&deep), &out), "a very long name stays");
	buf_fini(&name);
	buf_fini(&deep);
	buf_fini(&out);
}

static void
mutations(void)
{
	uint32_t seed = 17;
	size_t changed = 0;

	for (int i = 0; i < 20000; i++) {
		char *copy = xstrdup(compiled[(unsigned)i % (sizeof compiled / sizeof *compiled)].name);
		size_t len = strlen(copy);
		struct buf out = { 0 };
		for (int k = 0; k < 1 + i % 3; k++) {
			seed = seed * 1664525 + 1013904223;
			copy[2 + (seed >> 8) % (len - 1) % (len > 2 ? len - 2 : 1)] = "0123456789ESTIJLNZ_$ivPRKCu"[seed % 27];
		}
		changed += demangle((struct str){ copy, len }, &out);
		buf_fini(&out);
		free(copy);
	}
	ok(changed > 1000, "changed names do no harm (%zu of 20000 are names)", changed);
}

static void
in_the_sink(void)
{
	static const struct frame_in frames[] = {
		{ .name = { "_ZN3foo3barEv", 13 }, .symbol = true }, { .name = { "foo::bar", 8 }, .symbol = true },
		{ .name = { "_ZN3foo3barEv", 13 } }, { .name = { "_ZN3foo3barEi", 13 }, .symbol = true },
	};

	for (int keep = 0; keep < 2; keep++) {
		struct sink *whole = sink_new(STR("names"));
		if (keep)
			sink_keep_mangled(whole);
		struct sink *sink = sink_part(whole);
		frame_id ids[4];
		for (int i = 0; i < 4; i++)
			ids[i] = sink_frame(sink, &frames[i]);
		for (int i = 0; i < 4; i++)
			ok(sink_frame(sink, &frames[i]) == ids[i], "%s: the same frame again", frames[i].name.at);
		const struct dataset *ds = sink_dataset(sink);
		if (keep) {
			is_int(ds->frame_count, 3, "mangled names are kept apart");
			ok(str_equal(frame_name(ds, ids[0]), frames[0].name), "as they were");
		} else {
			is_int(ds->frame_count, 2, "names that are written alike are one function");
			ok(ids[0] == ids[1] && ids[1] == ids[3], "whichever way they came");
			ok(str_equal(frame_name(ds, ids[2]), frames[2].name), "what is no symbol stays");
		}
		sink_free(sink);
		sink_free(whole);
	}
}

/* The symbols of a file, by several threads; as they are with the option. */
static void
in_a_file(void)
{
	static const char text[] = "app 1 1.0: 1 cycles:\n\t10 _RNvC6_123foo3bar+0x1 (/bin/app)\n"
		"\t20 core::ops::function::FnOnce::call_once::h0123456789abcdef (/bin/app)\n\n"
		"app 1 2.0: 1 cycles:\n\t10 _ZN3foo3barEv+0x1 (/bin/app)\n\n";
	static const char *const names[2][3] = {
		{ "123foo::bar", "core::ops::function::FnOnce::call_once", "foo::bar" },
		{ "_RNvC6_123foo3bar", "core::ops::function::FnOnce::call_once::h0123456789abcdef", "_ZN3foo3barEv" },
	};
	char path[] = "/tmp/spanfire-test-XXXXXX";
	int fd = mkstemp(path);

	CHECK(fd >= 0 && write(fd, text, sizeof text - 1) == (ssize_t)sizeof text - 1);
	for (int mangled = 0; mangled < 2; mangled++) {
		struct load_options options = { .threads = 2, .mangled = mangled };
		struct error err = { 0 };
		struct dataset *ds = load_files((const char *const[]){ path }, 1, &options, &err);
		int found = 0;
		for (frame_id i = 0; ds && i < ds->frame_count; i++)
			for (int k = 0; k < 3; k++)
				found += str_equal(frame_name(ds, i), str_of(names[mangled][k]));
		is_int(found, 3, mangled ? "symbols as they are" : "symbols as they are written");
		dataset_free(ds);
	}
	close(fd);
	unlink(path);
}

int
main(void)
{
#ifdef HAVE_DEMANGLE
	for (size_t i = 0; i < sizeof compiled / sizeof *compiled; i++)
		check(compiled[i].name, compiled[i].want);
	endless();
	mutations();
	in_the_sink();
	in_a_file();
#else
	skip(1, "built without libiberty");
	(void)endless;
	(void)mutations;
	(void)in_the_sink;
	(void)in_a_file;
	(void)compiled;
#endif
	for (size_t i = 0; i < sizeof half_way / sizeof *half_way; i++)
		check(half_way[i].name, half_way[i].want);
	return done();
}
