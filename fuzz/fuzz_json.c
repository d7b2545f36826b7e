/* SPDX-License-Identifier: MIT
 * The scanner: reading and skipping agree in strict mode, every kernel skips alike, and a window that grows in small steps
 * changes nothing. */
#include "config.h"

#include "fuzz/fuzz.h"
#include "load/json.h"
#include "tests/unit/json_walk.h"
#include "tests/unit/window.h"

/* Where skipping every value ends, and with which fault. */
struct end { const char *fault; uint64_t at; };

static struct end
skip_all(struct json *json)
{
	while (json_next(json))
		json_skip(json);
	return (struct end){ json->fault, json->fault ? json->fault_at : json_offset(json) };
}

static void
check_strict(struct str text)
{
	struct json json;
	struct buf log = { 0 };
	bool taken;

	json_init_memory(&json, text, 0, JSON_STRICT);
	walk(&json, &log);
	taken = !json.fault;
	json_reset_memory(&json, text, 0);
	skip_all(&json);
	CHECK(taken == !json.fault);
	json_fini(&json);
	buf_fini(&log);
}

static void
check_kernels(struct str text)
{
	struct end first = { 0 };

	for (enum json_kernel kernel = 0; kernel < JSON_KERNEL_COUNT; kernel++) {
		struct json json;
		struct end end;

		if (!json_kernel_works(kernel))
			continue;
		json_init_memory(&json, text, 0, JSON_LOAD);
		json.kernel = kernel;
		json.line_framed = true;
		end = skip_all(&json);
		if (kernel == 0)
			first = end;
		CHECK(end.at == first.at && end.fault == first.fault);
		json_fini(&json);
	}
}

static void
check_window(struct str text, size_t step, enum json_mode mode)
{
	struct window all, parts;
	struct json json;
	struct buf want = { 0 }, got = { 0 };

	window_open(&all, text, text.len + 1);
	json_init(&json, &all.in, mode);
	walk(&json, &want);
	json_fini(&json);
	window_close(&all);
	window_open(&parts, text, step);
	json_init(&json, &parts.in, mode);
	walk(&json, &got);
	json_fini(&json);
	window_close(&parts);
	CHECK(str_equal(buf_str(&want), buf_str(&got)));
	buf_fini(&want);
	buf_fini(&got);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = fuzz_text(data, size);
	size_t step = size ? 1 + data[size - 1] % 7 : 1;

	if (size > 4096)
		return 0;
	check_strict(text);
	check_kernels(text);
	check_window(text, step, JSON_LOAD);
	check_window(text, step, JSON_STRICT);
	return 0;
}
