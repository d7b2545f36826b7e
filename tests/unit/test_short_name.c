/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/short_name.h"

#include <math.h>

#include "tests/tap.h"
#include "tests/unit/random_tree.h"

static const struct { const char *language, *name, *want; } names[] = {
	{ "C", "main", "main" },
	{ "C", "do_syscall_64", "do_syscall_64" },
	{ "C", "ngx_http_process_request.part.0", "ngx_http_process_request" },
	{ "C", "[unknown]", "[unknown]" },
	{ "C", "[libc.so.6]", "[libc.so.6]" },
	{ "C++", "std::vector<int, std::allocator<int> >::push_back(int const&)", "vector::push_back" },
	{ "C++", "void foo::bar<std::map<a, b>>(int, char)", "foo::bar" },
	{ "C++", "std::ostream& operator<<(std::ostream&, X const&)", "operator<<" },
	{ "C++", "ns::Thing::operator()(int) const", "Thing::operator()" },
	{ "C++", "(anonymous namespace)::run(int)", "(anonymous namespace)::run" },
	{ "C++", "a::b::C::~C()", "C::~C" },
	{ "C++", "f(int)", "f" },
	{ "Rust", "core::ops::function::FnOnce::call_once", "FnOnce::call_once" },
	{ "Rust", "<alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop", "Vec::drop" },
	{ "Rust", "tokio::runtime::task::raw::poll::h0123456789abcdef", "raw::poll" },
	{ "Rust", "std::rt::lang_start::{{closure}}", "lang_start::{{closure}}" },
	{ "Rust", "serde_json::de::from_str::<app::Config>", "de::from_str" },
	{ "Rust", "_$LT$alloc..vec..Vec$LT$T$C$A$GT$$u20$as$u20$core..ops..drop..Drop$GT$::drop::h0123456789abcdef", "Vec::drop" },
	{ "Rust", "core::ptr::drop_in_place$LT$alloc..string..String$GT$::h0123456789abcdef", "ptr::drop_in_place" },
	{ "Go", "net/http.(*conn).serve", "http.(*conn).serve" },
	{ "Go", "github.com/acme/shop/cart.Add", "cart.Add" },
	{ "Go", "main.main.func1", "main.func1" },
	{ "Go", "slices.SortFunc[go.shape.[]uint8]", "slices.SortFunc" },
	{ "Java", "java.util.concurrent.ThreadPoolExecutor.runWorker", "ThreadPoolExecutor.runWorker" },
	{ "Java", "com.acme.Shop$$Lambda$14.run(Object, int)", "Shop$$Lambda$14.run" },
	{ "Java", "Lio/netty/channel/nio/NioEventLoop;.run()V", "NioEventLoop.run" },
	{ "Java", "Lio/netty/channel/nio/NioEventLoop;.processSelectedKey(Ljava/nio/channels/SelectionKey;Lio/netty/ch", "NioEventLoop.processSelectedKey" },
	{ "Java", "Ljava/lang/Thread;::run", "Thread.run" },
	{ "Java", "java/util/HashMap:.get", "HashMap.get" },
	{ "Java", "java/lang/Thread.run", "Thread.run" },
	{ "Kotlin", "kotlinx.coroutines.DispatchedTask.run", "DispatchedTask.run" },
	{ "Python", "<module>", "<module>" },
	{ "Python", "django.core.handlers.base.BaseHandler.get_response", "BaseHandler.get_response" },
	{ "Python", "<lambda>", "<lambda>" },
	{ "Node", "processTicksAndRejections", "processTicksAndRejections" },
	{ "Node", "(anonymous)", "(anonymous)" },
	{ "Node", "Server.<anonymous>", "Server.<anonymous>" },
	{ "Ruby", "ActiveRecord::Base#save", "ActiveRecord::Base#save" },
	{ "Ruby", "ActiveRecord::ConnectionAdapters::Pool#with", "ConnectionAdapters::Pool#with" },
	{ "Ruby", "gems/puma-5.6.7/lib/puma/server.rb:-1 - run", "run" },
	{ "Ruby", "(unknown):-1 - new [c function]", "new [c function]" },
	{ "Python", "lib/utility.py:12 - find_vehicle", "find_vehicle" },
	{ "PHP", "App\\Http\\Controllers\\Cart::add", "Cart::add" },
	{ ".NET", "System.Collections.Generic.List`1.Add(T)", "List`1.Add" },
	{ "kernel", "entry_SYSCALL_64_after_hwframe", "entry_SYSCALL_64_after_hwframe" },
	{ "odd", "", "" },
	{ "odd", "()", "()" },
	{ "odd", "<<<", "<<<" },
	{ "odd", "::", "::" },
	{ "odd", ")(", ")(" },
};

int
main(void)
{
	static const char letters[] = "ab.:<>()[] /\\*-=oh0;$\xff";
	struct rng rng = { 3 };
	int bad = 0;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf got = { 0 };
		short_name(str_of(names[i].name), &got);
		buf_addc(&got, '\0');
		if (strcmp(got.at, names[i].want) != 0)
			diag("%s", names[i].name);
		is_text(got.at, names[i].want, names[i].language);
		buf_fini(&got);
	}
	for (int i = 0; i < 100000; i++) {
		char text[32];
		size_t len = rng_below(&rng, sizeof text);
		struct buf got = { 0 };
		for (size_t j = 0; j < len; j++)
			text[j] = letters[rng_below(&rng, sizeof letters - 1)];
		short_name((struct str){ text, len }, &got);
		bad += got.len > len || (len > 0 && got.len == 0);
		buf_fini(&got);
	}
	is_int(bad, 0, "whatever the name, it gets no longer and does not go away");
	return done();
}
