/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/build.h"
#include "analysis/label.h"
#include "analysis/match.h"
#include "analysis/path.h"
#include "tests/make.h"
#include "tests/tap.h"

static const struct { const char *name, *package; } packages[] = {
	{ "io/netty/channel/DefaultChannelPipeline:.fireChannelRead", "io/netty" },
	{ "Lio/netty/channel/nio/NioEventLoop;::run", "io/netty" },
	{ "java/lang/Thread.run", "java/lang" },
	{ "io.netty.channel.Foo.bar", "io.netty" },
	{ "java.lang.Thread.run", "java.lang" },
	{ "shop.Cart.add", "shop" },
	{ "ns::Class::fn(std::string const&)", "ns" },
	{ "void ns::fn<int>(int)", "ns" },
	{ "std::vector<int, std::allocator<int> >::push_back(int)", "std" },
	{ "(anonymous namespace)::helper()", "(anonymous namespace)" },
	{ "free_function(std::string)", "free_function(std::string)" },
	{ "core::ptr::drop_in_place<alloc::string::String>", "core" },
	{ "<core::iter::adapters::Map<I,F> as Iterator>::next", "core" },
	{ "<&mut alloc::vec::Vec<T> as Read>::read", "alloc" },
	{ "net/http.(*conn).serve", "net/http" },
	{ "github.com/user/repo/pkg.Func", "github.com/user/repo" },
	{ "golang.org/x/net/http2.(*Framer).ReadFrame", "golang.org/x/net" },
	{ "runtime.mallocgc", "runtime" },
	{ "main.(*server).run", "main" },
	{ "System.Threading!ThreadPoolWorkQueue.Dispatch", "System.Threading" },
	{ "System!Number.UInt64ToDecStr", "System" },
	{ "ntdll!RtlUserThreadStart", "ntdll" },
	{ "!.Concat", "!.Concat" },
	{ "operator!=", "operator!=" },
	{ "save!", "save!" },
	{ "fn (pkg/file.py:12)", "pkg" },
	{ "get (/usr/lib/python3/site-packages/requests/api.py:73)", "requests" },
	{ "<module> (app.py:3)", "app.py" },
	{ "handle (/srv/shop/views.py)", "shop" },
	{ "handle /srv/app/node_modules/express/lib/router/index.js:284:7", "express" },
	{ "x /srv/node_modules/@scope/name/index.js:1", "@scope/name" },
	{ "processTicksAndRejections node:internal/process/task_queues:95:5", "node" },
	{ "emit (node:events:513:28)", "node" },
	{ "libc.so.6", "libc.so.6" },
	{ "[libpthread-2.31.so]", "libpthread-2.31.so" },
	{ "/usr/lib/libssl.so.3", "libssl.so.3" },
	{ "libsystem_kernel.dylib`__read", "libsystem_kernel.dylib" },
	{ "[kernel.kallsyms]", "kernel" },
	{ "_ZN4core3ptr13drop_in_place17h0123456789abcdefE", "core" },
	{ "_$LT$alloc..vec..Vec$LT$T$C$A$GT$$u20$as$u20$core..ops..drop..Drop$GT$::drop::h0123456789abcdef", "alloc" },
	{ "_RNvC6_123foo3bar", "123foo" },
	{ "<(A, B) as foo::Bar>::baz", "foo" },
	{ "<fn() as core::ops::function::FnOnce<()>>::call_once", "core" },
	{ "alloc..vec..Vec$LT$T$GT$::push", "alloc" },
	{ "<unnamed>::Foo", "<unnamed>" },
	{ "decltype(auto) foo::bar<int>()", "foo" },
	{ "type..eq.foo/bar.Baz", "foo/bar" },
	{ "Lorg/mozilla/javascript/gen/file__home_js_1;.call(Lorg/x;)V", "org/mozilla" },
	{ "org/mozilla/javascript/gen/file__home_vhello_js_1:.anonymous", "org/mozilla" },
	{ "com.example.Foo$$Lambda$123/0x00000.apply", "com.example" },
	{ "read (/usr/lib/python3.8/socket.py:12)", "socket.py" },
	{ "/usr/lib/python3/dist-packages/requests/api.py:get:12", "requests" },
	{ "flask/app.py:wsgi_app:2446", "flask" },
	{ "<frozen importlib._bootstrap>", "importlib" },
	{ "gems/puma-5.6.7/lib/puma/server.rb:-1 - run", "puma" },
	{ "(unknown):-1 - new [c function]", "ruby" },
	{ "<internal:timev>:-1 - initialize", "ruby" },
	{ "app/helpers/application_helper.rb:-1 - block in find", "app" },
	{ "/usr/local/bundle/gems/activesupport-7.0.8/lib/x.rb:12 - foo", "activesupport" },
	{ "Array#each", "Array" },
	{ "foo [app/models/user.rb:12]", "app" },
	{ "net/http.rb:-1 - connect", "net" },
	{ "/var/www/html/vendor/symfony/http-kernel/Kernel.php:handle", "symfony/http-kernel" },
	{ "App\\Http\\Controllers\\Foo::bar", "App\\Http" },
	{ "Illuminate\\Database\\Eloquent\\Model->save", "Illuminate\\Database" },
	{ "\\App\\foo", "App" },
	{ "System.Threading.Tasks.Task.Execute", "System.Threading" },
	{ "MyApp.Controllers.HomeController.Index(int)", "MyApp.Controllers" },
	{ "System.Collections.Generic.List`1[System.__Canon].Add(!0)", "System.Collections" },
	{ "App.Program.Main(class System.String[])", "App" },
	{ "LazyCompile:~foo /srv/app/lib/x.js:12", "app" },
	{ "Builtin:ArrayMap", "v8" },
	{ "./node_modules/express/lib/router/layer.js:handle:95", "express" },
	{ "GHC.Base.map", "GHC" },
	{ "Lorg/mozilla/javascript/gen/file__cut_of", "org/mozilla" },
	{ "_ZNSt6vectorIiE9push_backEi", "std" },
	{ "_ZNK2ns5Class2fnEv", "ns" },
	{ "x /srv/node_modules/a/node_modules/b/index.js:1", "b" },
	{ "malloc", "malloc" },
	{ "foo.constprop.0", "foo.constprop.0" },
	{ "foo.isra.3", "foo.isra.3" },
	{ "[unknown]", "[unknown]" },
	{ "-", "-" },
	{ "", "<unnamed>" },
	{ "(", "(" },
	{ "::", "::" },
	{ "/", "/" },
	{ ".", "." },
	{ "`", "`" },
	{ "<<<", "<<<" },
	{ "a/", "a/" },
};

static void
package_names(void)
{
	struct dataset *ds = make_dataset();

	for (size_t i = 0; i < sizeof packages / sizeof *packages; i++) {
		frame_id frame = make_frame(ds, "", packages[i].name);
		struct str package = label_package(ds, frame);
		char *text = xstrndup(package.at, package.len);

		is_text(text, packages[i].package, packages[i].name);
		free(text);
	}
	frame_id kernel = make_frame(ds, "", "do_syscall_64_[k]");
	ds->frames[kernel].kind = FRAME_KERNEL;
	ok(str_equal(label_package(ds, kernel), STR("kernel")), "kernel frames");
	ok(str_equal(label_package(ds, make_frame(ds, "/usr/lib/libc.so.6", "ns::read")), STR("libc.so.6")), "the module's last part");
	ok(str_equal(label_package(ds, make_frame(ds, "/usr/bin/shop", "net/http.serve")), STR("net/http")), "in a program, the name's own package");
	ok(str_equal(label_package(ds, make_frame(ds, "/tmp/perf-12.map", "Lio/netty/Foo;.run")), STR("io/netty")), "and in what was compiled while it ran");
	ok(str_equal(label_package(ds, make_frame(ds, "/tmp/perf-12.map", "call_stub")), STR("jit")), "the same in every run");
	ok(str_equal(label_package(ds, make_frame(ds, "/tmp/jitted-12-3.so", "call_stub")), STR("jit")), "however it was written down");
	frame_id script = make_frame(ds, "", "Layer.handle");
	ds->frames[script].file = strtab_intern(ds->strings, STR("/srv/app/node_modules/express/lib/router/layer.js"));
	ok(str_equal(label_package(ds, script), STR("express")), "of a script where it lies");
	ok(str_equal(label_package(ds, make_frame(ds, "/usr/bin/shop", "read_line")), STR("shop")), "the program, where the name has none");
	dataset_free(ds);
}

/* Pieces of names of all languages in any order: whatever the name, it has a package. */
static void
package_of_anything(void)
{
	static const char *const pieces[] = {
		"a", "Foo", "::", "/", ".", ";", ":", "$LT$", "$u20$as$u20$", "..", "_ZN", "_R", "C", "12", "3core", "`", "[", "]", "(", ")", "<", ">",
		" ", "#", "\\", "!", "$$Lambda", "node_modules/", "gems/", "vendor/", "/python", "/ruby/", ".py", ".rb:", " - ", "://", "<frozen ",
		"node:", "L", "type..eq.", "9999999999999999999999", ".so", " as ",
	};
	struct dataset *ds = make_dataset();
	uint32_t seed = 5;
	int without = 0;

	for (int i = 0; i < 20000; i++) {
		struct buf name = { 0 };
		for (uint32_t left = 1 + (uint32_t)i % 7; left > 0; left--) {
			seed = seed * 1664525 + 1013904223;
			buf_add(&name, str_of(pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]));
		}
		buf_addc(&name, '\0');
		without += label_package(ds, make_frame(ds, "", name.at)).len == 0;
		buf_fini(&name);
	}
	is_int(without, 0, "whatever the name, it has a package");
	dataset_free(ds);
}

static void
labels(void)
{
	struct dataset *ds = make_dataset();
	struct buf out = { 0 };
	frame_id kernel = make_frame(ds, "vmlinux", "read_[k]");

	ds->frames[kernel].kind = FRAME_KERNEL;
	make_span(ds, "shop", "GET /", 1, 0, 0, 9);
	make_span(ds, "shop", "", 2, 0, 0, 9);
	dataset_seal(ds);
	label_show(ds, kernel, &out);
	is_text(out.at, "read", "a profile's frame is shown by its short name");
	buf_clear(&out);
	label_export(ds, kernel, &out);
	is_text(out.at, "read_[k]", "and exported as it was");
	buf_clear(&out);
	label_show(ds, 1, &out);
	is_text(out.at, "shop GET /", "a span's frame is shown with its service");
	buf_clear(&out);
	label_export(ds, 1, &out);
	is_text(out.at, "shop: GET /", "and exported with it");
	buf_clear(&out);
	label_export(ds, 2, &out);
	is_text(out.at, "shop: <unnamed>", "a span without a name");
	ok(str_equal(label_package(ds, 1), STR("shop")), "a span's package is its service");
	uint32_t *rank = label_ranks(ds);
	ok(rank[kernel] < rank[2] && rank[2] < rank[1], "labels by bytes");
	free(rank);
	buf_fini(&out);
	dataset_free(ds);
}

static struct tree *
build(const struct dataset *ds)
{
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = tree_spec_default(ds);
	struct tree *tree = tree_build(cache, &spec, NULL);

	build_cache_free(cache);
	return tree;
}

static void
matches(void)
{
	struct dataset *ds = make_dataset();

	make_sample(ds, "main;read;copy", 4);
	make_sample(ds, "main;reader;read", 3);
	make_sample(ds, "idle", 2);
	make_sample(ds, "read", 1);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	struct search *pattern = search_parse(STR("^read")), *none = search_parse(STR("xyz"));
	struct match *match = match_build(tree, ds, pattern);
	is_int(match->frame_count, 2, "frames that match");
	is_int(match->node_count, 4, "boxes that match");
	is_double(match_weight(match, tree, NODE_ALL), 8, 0, "nested matches weigh once");
	is_double(match_weight(match, tree, 5), 3, 0, "inside a part that matches itself");
	is_double(match_weight(match, tree, 3), 0, 0, "inside one where nothing does");
	is_int(match_next(match, NODE_ALL, false), 2, "the first");
	is_int(match_next(match, 2, false), 4, "the next");
	is_int(match_next(match, match->nodes[3], false), 2, "going round");
	is_int(match_next(match, 2, true), match->nodes[3], "and round backwards");
	is_int(match_next(match, 5, true), 4, "backwards");
	ok(match_has_frame(match, tree->frame[2]) && !match_has_frame(match, tree->frame[1]), "by frame");
	ok(!match_has_frame(match, ID_NONE), "all has no frame to match");
	match_free(match);
	match = match_build(tree, ds, none);
	is_int(match_next(match, 2, false), NODE_NONE, "nothing matches");
	is_double(match_weight(match, tree, NODE_ALL), 0, 0, "and weighs nothing");
	match_free(match);
	match_free(NULL);
	search_free(pattern);
	search_free(none);
	tree_free(tree);
	dataset_free(ds);
}

/* Every node's path leads back to it. */
static bool
paths_return(const struct dataset *ds, const struct tree *tree)
{
	struct buf path = { 0 };
	bool good = true;

	for (node_id node = 0; node < tree->count; node++) {
		node_id found = NODE_NONE;

		buf_clear(&path);
		path_format(tree, ds, node, &path);
		good &= path_find(tree, ds, buf_str(&path), &found, NULL) && found == node;
	}
	buf_fini(&path);
	return good;
}

static void
paths(void)
{
	static const char *const names[] = { "a", "a#2", "#", "#7", "x;y", "back\\slash", "it's", "\x1b[31m", "\xff", "Foo#bar" };
	struct dataset *ds = make_dataset();
	uint64_t state = 5;

	for (uint32_t i = 0; i < 300; i++)
		make_span(ds, i % 3 ? "s" : "", names[random_below(&state, 10)], i + 1, i ? random_below(&state, i) : 0, i, i + 10);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	ok(tree->timed && paths_return(ds, tree), "paths lead back to their nodes, in time order");
	tree_free(tree);
	dataset_free(ds);

	ds = make_dataset();
	make_span(ds, "s", "a", 1, 0, 0, 100);
	make_span(ds, "s", "b;c#4", 2, 1, 0, 10);
	make_span(ds, "s", "b;c#4", 3, 1, 20, 30);
	dataset_seal(ds);
	tree = build(ds);
	struct buf path = { 0 };
	node_id node = NODE_NONE;
	struct error err = { 0 };
	path_format(tree, ds, 3, &path);
	is_text(path.at, "s a;s b\\x3bc\\x234#2", "escaped, with an ordinal");
	ok(path_find(tree, ds, STR(""), &node, &err) && node == NODE_ALL, "the empty path is all");
	ok(path_find(tree, ds, STR("s a"), &node, &err) && node == 1, "a root");
	ok(!path_find(tree, ds, STR("s a;s b"), &node, &err) && err.code == ERROR_USAGE && err.text[0], "a name that is not there");
	ok(!path_find(tree, ds, STR("s a#3"), &node, &err), "not so many");
	ok(!path_find(tree, ds, STR("s a#0"), &node, &err), "ordinals are from 1");
	ok(!path_find(tree, ds, STR("\\q"), &node, &err), "a broken escape");
	is_int(node, 1, "failing changes nothing");
	buf_fini(&path);
	tree_free(tree);
	dataset_free(ds);
}

/* Boxes anywhere, moment by moment. */
static void
cover(void)
{
	enum { ROUNDS = 300, NODES = 40, SPAN = 60 };
	uint64_t seed = 11;
	int wrong = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct tree *tree = tree_new(0, false);
		node_id nodes[NODES];
		struct match match = { .nodes = nodes };

		tree->timed = true;
		for (int i = 0; i < NODES; i++) {
			node_id node = tree_add(tree, 0, (uint32_t)(1 + random_below(&seed, tree->level[tree->count - 1] + 1)));
			tree->x0[node] = (double)random_below(&seed, SPAN);
			tree->total[node] = (double)random_below(&seed, 12);
			if (random_below(&seed, 3) == 0)
				nodes[match.node_count++] = node;
		}
		tree_finish(tree);
		node_id within = (node_id)random_below(&seed, NODES + 1);
		double from = (double)random_below(&seed, 20), to = from + (double)random_below(&seed, SPAN), want = 0;
		for (double at = from; at < to; at++) {
			bool any = false;
			for (uint32_t i = 0; i < match.node_count; i++)
				any |= tree_is_inside(tree, nodes[i], within) && at >= tree->x0[nodes[i]] && at < tree->x0[nodes[i]] + tree->total[nodes[i]];
			want += any;
		}
		wrong += match_cover(&match, tree, within, from, to) != want;
		tree_free(tree);
	}
	is_int(wrong, 0, "what overlaps is there as long as any of it is");
}

int
main(void)
{
	package_names();
	package_of_anything();
	labels();
	matches();
	cover();
	paths();
	return done();
}
