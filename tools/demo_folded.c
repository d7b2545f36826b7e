/* SPDX-License-Identifier: MIT
 * A CPU profile of a server: walks over a call graph, each ending where the graph says that time is spent, counted by stack. */
#include "config.h"

#include "demo.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"
#include "util/vec.h"

enum { SEED = 20260312, SAMPLES = 32000, DEPTH_MAX = 60, CALLS_MAX = 6 };

/* A function, the weight of being found in it itself, and what it calls by weight.
 * What has no row of its own calls nothing. */
struct call { const char *name; uint16_t weight; };
struct function { const char *name; uint16_t self; struct call calls[CALLS_MAX]; };

static const struct function graph[] = {
	{ "teahouse", 0, { { "runtime.goexit", 940 }, { "runtime.mcall", 38 }, { "runtime.gcBgMarkWorker", 120 }, { "[unknown]", 3 } } },
	{ "runtime.goexit", 0, { { "net/http.(*conn).serve", 860 }, { "main.(*flusher).loop", 70 }, { "metrics.(*sampler).run", 26 } } },
	{ "runtime.mcall", 1, { { "runtime.schedule", 60 } } },
	{ "runtime.schedule", 6, { { "runtime.findRunnable", 52 }, { "runtime.execute", 5 } } },
	{ "runtime.findRunnable", 14, { { "runtime.netpoll", 17 }, { "runtime.stealWork", 12 }, { "runtime.futexsleep", 14 } } },
	{ "runtime.netpoll", 2, { { "runtime.epollwait", 18 } } },
	{ "runtime.epollwait", 3, { { "__x64_sys_epoll_wait_[k]", 20 } } },
	{ "runtime.futexsleep", 2, { { "runtime.futex", 12 } } },
	{ "runtime.futex", 3, { { "__x64_sys_futex_[k]", 22 } } },
	{ "__x64_sys_epoll_wait_[k]", 2, { { "do_epoll_wait_[k]", 30 } } },
	{ "__x64_sys_futex_[k]", 2, { { "do_futex_[k]", 30 } } },
	{ "__x64_sys_write_[k]", 2, { { "ksys_write_[k]", 30 } } },
	{ "__x64_sys_read_[k]", 2, { { "ksys_read_[k]", 30 } } },
	{ "do_epoll_wait_[k]", 5, { { "schedule_[k]", 8 } } },
	{ "do_futex_[k]", 3, { { "schedule_[k]", 7 } } },
	{ "schedule_[k]", 4, { { "finish_task_switch_[k]", 9 } } },
	{ "ksys_write_[k]", 1, { { "vfs_write_[k]", 20 } } },
	{ "vfs_write_[k]", 2, { { "sock_write_iter_[k]", 20 }, { "ext4_file_write_iter_[k]", 5 } } },
	{ "sock_write_iter_[k]", 1, { { "tcp_sendmsg_[k]", 22 } } },
	{ "tcp_sendmsg_[k]", 4, { { "tcp_write_xmit_[k]", 15 }, { "copy_from_user_[k]", 5 } } },
	{ "tcp_write_xmit_[k]", 3, { { "ip_queue_xmit_[k]", 14 } } },
	{ "ip_queue_xmit_[k]", 3, { { "dev_queue_xmit_[k]", 8 }, { "nf_hook_slow_[k]", 5 } } },
	{ "ksys_read_[k]", 1, { { "vfs_read_[k]", 14 } } },
	{ "vfs_read_[k]", 2, { { "sock_read_iter_[k]", 9 }, { "ext4_file_read_iter_[k]", 4 } } },
	{ "sock_read_iter_[k]", 2, { { "tcp_recvmsg_[k]", 10 } } },
	{ "runtime.gcBgMarkWorker", 0, { { "runtime.systemstack", 100 } } },
	{ "runtime.systemstack", 1, { { "runtime.gcDrain", 96 } } },
	{ "runtime.gcDrain", 12, { { "runtime.scanobject", 70 }, { "runtime.markroot", 12 } } },
	{ "runtime.scanobject", 46, { { "runtime.greyobject", 22 }, { "runtime.findObject", 16 } } },
	{ "runtime.markroot", 2, { { "runtime.scanblock", 9 } } },
	{ "net/http.(*conn).serve", 6, { { "net/http.serverHandler.ServeHTTP", 800 }, { "net/http.(*conn).readRequest", 48 }, { "net/http.(*response).finishRequest", 40 } } },
	{ "net/http.(*conn).readRequest", 4, { { "net/textproto.(*Reader).ReadMIMEHeader", 26 }, { "net.(*conn).Read", 18 } } },
	{ "net.(*conn).Read", 2, { { "syscall.Read", 20 } } },
	{ "net.(*conn).Write", 2, { { "syscall.Write", 30 } } },
	{ "syscall.Read", 1, { { "__x64_sys_read_[k]", 20 } } },
	{ "syscall.Write", 1, { { "__x64_sys_write_[k]", 30 } } },
	{ "net/http.(*response).finishRequest", 2, { { "bufio.(*Writer).Flush", 36 } } },
	{ "bufio.(*Writer).Flush", 1, { { "net.(*conn).Write", 34 } } },
	{ "net/http.serverHandler.ServeHTTP", 1, { { "web.withRecover", 800 } } },
	{ "web.withRecover", 1, { { "web.withDeadline", 800 } } },
	{ "web.withDeadline", 3, { { "web.withTrace", 790 } } },
	{ "web.withTrace", 5, { { "web.(*Router).ServeHTTP", 780 }, { "runtime.mallocgc", 6 } } },
	{ "web.(*Router).ServeHTTP", 8, { { "web.withLogging", 760 }, { "web.(*Router).match", 32 } } },
	{ "web.withLogging", 3, { { "web.withSession", 720 }, { "log.(*Logger).line", 30 } } },
	{ "log.(*Logger).line", 9, { { "fmt.Fprintf", 16 }, { "syscall.Write", 9 } } },
	{ "web.withSession", 2, { { "web.withGzip", 640 }, { "session.(*Store).Open", 72 } } },
	{ "session.(*Store).Open", 4, { { "crypto/hmac.Verify", 40 }, { "encoding/base64.Decode", 12 }, { "cache.(*Shard).Get", 20 } } },
	{ "crypto/hmac.Verify", 1, { { "crypto/sha256.block", 38 } } },
	{ "web.withGzip", 2, { { "handlers.Menu", 230 }, { "handlers.Search", 210 }, { "handlers.Order", 170 }, { "compress/gzip.(*Writer).Close", 80 } } },
	{ "compress/gzip.(*Writer).Close", 1, { { "compress/flate.(*compressor).deflate", 76 } } },
	{ "compress/flate.(*compressor).deflate", 32, { { "compress/flate.(*compressor).findMatch", 28 }, { "compress/flate.(*huffmanEncoder).write", 18 } } },
	{ "handlers.Menu", 4, { { "store.(*Catalog).List", 110 }, { "html/template.(*Template).Execute", 120 } } },
	{ "html/template.(*Template).Execute", 1, { { "text/template.(*state).walk", 120 } } },
	{ "text/template.(*state).walk", 5, { { "text/template.(*state).walkList", 150 }, { "text/template.(*state).evalPipeline", 34 } } },
	{ "text/template.(*state).walkList", 3, { { "text/template.(*state).walk", 70 }, { "text/template.(*state).walkRange", 34 } } },
	{ "text/template.(*state).walkRange", 4, { { "text/template.(*state).walk", 70 } } },
	{ "text/template.(*state).evalPipeline", 6, { { "reflect.Value.Call", 20 }, { "html/template.htmlEscaper", 22 } } },
	{ "html/template.htmlEscaper", 14, { { "runtime.growslice", 6 } } },
	{ "reflect.Value.Call", 9, { { "runtime.mallocgc", 9 } } },
	{ "handlers.Search", 6, { { "search.(*Index).Query", 170 }, { "encoding/json.Marshal", 44 } } },
	{ "search.(*Index).Query", 5, { { "search.(*Parser).Parse", 22 }, { "search.(*andNode).next", 110 }, { "search.rank", 46 } } },
	{ "search.(*andNode).next", 16, { { "search.(*postings).seek", 64 }, { "search.(*orNode).next", 44 } } },
	{ "search.(*orNode).next", 12, { { "search.(*andNode).next", 16 }, { "search.(*postings).seek", 26 } } },
	{ "search.(*postings).seek", 20, { { "libpack.so`pack_decode_block", 40 } } },
	{ "libpack.so`pack_decode_block", 30, { { "asm_exc_page_fault_[k]", 6 } } },
	{ "asm_exc_page_fault_[k]", 1, { { "do_user_addr_fault_[k]", 10 } } },
	{ "do_user_addr_fault_[k]", 1, { { "handle_mm_fault_[k]", 10 } } },
	{ "handle_mm_fault_[k]", 3, { { "filemap_map_pages_[k]", 6 }, { "clear_page_erms_[k]", 4 } } },
	{ "search.(*Parser).Parse", 5, { { "search.(*Parser).expression", 16 } } },
	{ "search.(*Parser).expression", 4, { { "search.(*Parser).term", 14 } } },
	{ "search.(*Parser).term", 5, { { "search.(*Parser).expression", 9 } } },
	{ "search.rank", 24, { { "math.Log", 9 }, { "sort.Slice", 18 } } },
	{ "sort.Slice", 2, { { "sort.pdqsort", 16 } } },
	{ "sort.pdqsort", 9, { { "sort.pdqsort", 9 }, { "search.rank.func1", 6 } } },
	{ "encoding/json.Marshal", 2, { { "encoding/json.structEncoder.encode", 42 } } },
	{ "encoding/json.structEncoder.encode", 8, { { "encoding/json.arrayEncoder.encode", 18 }, { "encoding/json.stringEncoder", 14 } } },
	{ "encoding/json.arrayEncoder.encode", 4, { { "encoding/json.structEncoder.encode", 16 } } },
	{ "handlers.Order", 3, { { "store.(*Orders).Put", 96 }, { "encoding/json.Unmarshal", 60 }, { "pricing.Total", 18 } } },
	{ "encoding/json.Unmarshal", 3, { { "encoding/json.(*decodeState).object", 30 } } },
	{ "encoding/json.(*decodeState).object", 5, { { "encoding/json.(*decodeState).value", 24 }, { "runtime.mallocgc", 4 } } },
	{ "encoding/json.(*decodeState).value", 4, { { "encoding/json.(*decodeState).object", 22 }, { "encoding/json.unquote", 5 } } },
	{ "pricing.Total", 8, { { "math/big.(*Int).Mul", 6 } } },
	{ "store.(*Catalog).List", 6, { { "store.(*BTree).Scan", 70 }, { "cache.(*Shard).Get", 26 } } },
	{ "cache.(*Shard).Get", 10, { { "sync.(*Mutex).Lock", 8 }, { "runtime.mapaccess2_faststr", 12 } } },
	{ "sync.(*Mutex).Lock", 2, { { "runtime.futex", 6 } } },
	{ "store.(*BTree).Scan", 8, { { "store.(*BTree).descend", 50 }, { "store.decodeRow", 26 } } },
	{ "store.(*BTree).descend", 10, { { "store.(*BTree).descend", 16 }, { "store.(*Page).find", 26 }, { "store.(*Pager).load", 12 } } },
	{ "store.(*Page).find", 18, { { "bytes.Compare", 9 } } },
	{ "store.(*Pager).load", 2, { { "syscall.Read", 12 } } },
	{ "store.decodeRow", 12, { { "runtime.mallocgc", 12 } } },
	{ "runtime.mallocgc", 14, { { "runtime.nextFreeFast", 8 }, { "runtime.(*mcache).refill", 5 } } },
	{ "runtime.(*mcache).refill", 1, { { "runtime.(*mheap).alloc", 6 } } },
	{ "store.(*Orders).Put", 4, { { "store.(*BTree).insert", 34 }, { "store.(*WAL).append", 52 } } },
	{ "store.(*BTree).insert", 6, { { "store.(*BTree).descend", 22 }, { "store.(*Page).split", 7 } } },
	{ "store.(*WAL).append", 4, { { "hash/crc32.update", 14 }, { "syscall.Write", 20 }, { "sync.(*Mutex).Lock", 7 } } },
	{ "main.(*flusher).loop", 2, { { "store.(*WAL).checkpoint", 60 } } },
	{ "store.(*WAL).checkpoint", 4, { { "libpack.so`pack_encode_block", 34 }, { "syscall.Write", 20 } } },
	{ "libpack.so`pack_encode_block", 26, { { "__memmove_avx_unaligned_erms", 8 } } },
	{ "metrics.(*sampler).run", 3, { { "metrics.(*histogram).merge", 14 }, { "fmt.Fprintf", 6 } } },
};

struct stack { char *text; uint32_t samples; };
struct stacks { VEC(struct stack); };

static const struct function *
find_function(const char *name)
{
	for (size_t i = 0; i < sizeof(graph) / sizeof(*graph); i++)
		if (strcmp(graph[i].name, name) == 0)
			return &graph[i];
	return NULL;
}

/* One step of the walk; NULL when the sample lies in the function itself. */
static const char *
next_call(struct demo *d, const struct function *from)
{
	uint32_t sum = from->self;

	for (int i = 0; i < CALLS_MAX && from->calls[i].name; i++)
		sum += from->calls[i].weight;
	uint32_t at = demo_pick(d, sum);
	for (int i = 0; i < CALLS_MAX && from->calls[i].name; i++) {
		if (at < from->calls[i].weight)
			return from->calls[i].name;
		at -= from->calls[i].weight;
	}
	return NULL;
}

static void
walk(struct demo *d, struct buf *out)
{
	const char *name = graph[0].name;

	buf_clear(out);
	for (int depth = 0; name && depth < DEPTH_MAX; depth++) {
		const struct function *function = find_function(name);

		buf_addf(out, depth ? ";%s" : "%s", name);
		name = function ? next_call(d, function) : NULL;
	}
}

static int
by_text(const void *a, const void *b)
{
	const struct stack *one = a, *other = b;

	return strcmp(one->text, other->text);
}

/* Adds equal neighbours together; returns how many are left. */
static size_t
count_equal(struct stacks *stacks)
{
	size_t kept = 0;

	for (size_t i = 0; i < stacks->len; i++) {
		if (kept && strcmp(stacks->at[kept - 1].text, stacks->at[i].text) == 0) {
			stacks->at[kept - 1].samples += stacks->at[i].samples;
			free(stacks->at[i].text);
		} else {
			stacks->at[kept++] = stacks->at[i];
		}
	}
	return kept;
}

void
demo_folded(struct buf *out)
{
	enum { LEAST_SAMPLES = 5 };
	struct demo *d = demo_new(SEED, 0);
	struct stacks stacks = { 0 };
	struct buf text = { 0 };

	for (int i = 0; i < SAMPLES; i++) {
		walk(d, &text);
		vec_push(&stacks, (struct stack){ xstrdup(text.at), 1 });
	}
	qsort(stacks.at, stacks.len, sizeof(*stacks.at), by_text);
	stacks.len = count_equal(&stacks);
	for (size_t i = 0; i < stacks.len; i++) {
		if (stacks.at[i].samples >= LEAST_SAMPLES)
			buf_addf(out, "%s %u\n", stacks.at[i].text, stacks.at[i].samples);
		free(stacks.at[i].text);
	}
	vec_fini(&stacks);
	buf_fini(&text);
	demo_free(d);
}
