/* SPDX-License-Identifier: MIT
 * A coding agent at work: rounds of planning and acting, model calls with their tokens, tools that fail and are tried again,
 * two helpers side by side.  The agent's own token counts are the sums of its calls, as agents report them. */
#include "config.h"

#include "demo.h"

#include "util/alloc.h"

#define EPOCH_NS INT64_C(1773137650442000000)

enum { SEED = 20260311 };

static const struct demo_service agent = { "agent", "python", "0.31.0", "loom.agent", "runner-17" };
static const struct demo_service gateway = { "model-gateway", "rust", "3.8.2", "tower.trace", "gw-eu-2" };
static const struct demo_service tools = { "tool-runner", "go", "1.12.5", "sandbox/exec", "sandbox-4" };
static const struct demo_service index_service = { "code-index", "rust", "0.9.0", "index.search", "index-1" };

struct usage { int64_t input, output; };

/* One call of a model: the longer the answer, the longer it takes.  Adds to the sum. */
static void
chat(struct demo *d, const char *model, int64_t input, int64_t output, const char *finish, struct usage *sum)
{
	demo_begin(d, DEMO_CLIENT, "chat %s", model);
	demo_attr(d, "gen_ai.operation.name", "chat");
	demo_attr(d, "gen_ai.provider.name", "heronworks");
	demo_attr(d, "gen_ai.request.model", "%s", model);
	demo_attr_int(d, "gen_ai.usage.input_tokens", input);
	demo_attr_int(d, "gen_ai.usage.output_tokens", output);
	demo_attr(d, "gen_ai.response.finish_reasons", "%s", finish);
	demo_work(d, 9000);
	demo_serve(d, &gateway, DEMO_SERVER, "POST /v1/generate");
	demo_attr(d, "http.request.method", "POST");
	demo_begin(d, DEMO_INTERNAL, "prefill");
	demo_work(d, 60000 + input * 28);
	demo_end(d);
	demo_event(d, "first token", NULL, NULL);
	demo_begin(d, DEMO_INTERNAL, "decode");
	demo_work(d, output * 6100);
	demo_end(d);
	demo_end(d);
	demo_work(d, 7000);
	demo_end(d);
	sum->input += input;
	sum->output += output;
}

/* A call turned away: too many requests.  Tokens are not counted for it. */
static void
chat_refused(struct demo *d, const char *model)
{
	demo_begin(d, DEMO_CLIENT, "chat %s", model);
	demo_attr(d, "gen_ai.operation.name", "chat");
	demo_attr(d, "gen_ai.provider.name", "heronworks");
	demo_attr(d, "gen_ai.request.model", "%s", model);
	demo_work(d, 9000);
	demo_serve(d, &gateway, DEMO_SERVER, "POST /v1/generate");
	demo_attr_int(d, "http.response.status_code", 429);
	demo_work(d, 31000);
	demo_error(d, "RateLimited", "tokens per minute are used up; try again in 2 s");
	demo_end(d);
	demo_error(d, "loom.RateLimitError", "429 from model-gateway");
	demo_end(d);
	demo_begin(d, DEMO_INTERNAL, "wait for rate limit");
	demo_wait(d, 2000000);
	demo_end(d);
}

static void
begin_tool(struct demo *d, const char *tool, const char *arguments)
{
	demo_begin(d, DEMO_INTERNAL, "execute_tool %s", tool);
	demo_attr(d, "gen_ai.operation.name", "execute_tool");
	demo_attr(d, "gen_ai.tool.name", "%s", tool);
	demo_attr(d, "gen_ai.tool.call.arguments", "%s", arguments);
	demo_work(d, 14000);
}

static void
search_code(struct demo *d, const char *pattern, int64_t us)
{
	begin_tool(d, "search_code", pattern);
	demo_enter(d, &index_service, "Search");
	demo_begin(d, DEMO_INTERNAL, "embed query");
	demo_attr(d, "gen_ai.request.model", "wren-embed-2");
	demo_attr_int(d, "gen_ai.usage.input_tokens", 14);
	demo_work(d, 46000);
	demo_end(d);
	demo_begin(d, DEMO_INTERNAL, "scan postings");
	demo_work(d, us);
	demo_end(d);
	demo_leave(d);
	demo_end(d);
}

static void
read_file(struct demo *d, const char *path)
{
	begin_tool(d, "read_file", path);
	demo_work(d, 11000);
	demo_end(d);
}

static void
run_in_sandbox(struct demo *d, const char *command, int64_t start_us, int64_t run_us, const char *failure)
{
	begin_tool(d, "run_command", command);
	demo_enter(d, &tools, "Exec/Run");
	demo_begin(d, DEMO_INTERNAL, "start container");
	demo_work(d, start_us);
	demo_end(d);
	demo_begin(d, DEMO_INTERNAL, "%s", command);
	demo_work(d, run_us);
	if (failure)
		demo_error(d, "ExitStatus", failure);
	demo_end(d);
	demo_leave(d);
	if (failure)
		demo_error(d, "loom.ToolError", failure);
	demo_end(d);
}

static void
add_usage(struct demo *d, struct usage own, struct usage *sum)
{
	demo_attr_int(d, "gen_ai.usage.input_tokens", own.input);
	demo_attr_int(d, "gen_ai.usage.output_tokens", own.output);
	sum->input += own.input;
	sum->output += own.output;
}

static void
helper(struct demo *d, const char *name, const char *pattern, int rounds, struct usage *sum)
{
	struct usage own = { 0, 0 };

	demo_begin(d, DEMO_INTERNAL, "invoke_agent %s", name);
	demo_attr(d, "gen_ai.operation.name", "invoke_agent");
	demo_attr(d, "gen_ai.agent.name", "%s", name);
	for (int round = 0; round < rounds; round++) {
		chat(d, "heron-small", 1900 + 1450 * round, 60 + 45 * round, "tool_calls", &own);
		search_code(d, pattern, 90000 + 60000 * round);
		read_file(d, round ? "src/queue/lease.py" : "src/queue/worker.py");
	}
	chat(d, "heron-small", 5200, 310, "stop", &own);
	add_usage(d, own, sum);
	demo_end(d);
}

static void
explore(struct demo *d, struct usage *sum)
{
	struct demo_fork fork;

	demo_begin(d, DEMO_INTERNAL, "act explore");
	fork = demo_fork(d);
	demo_branch(d, &fork);
	helper(d, "finder", "lease expiry", 2, sum);
	demo_branch(d, &fork);
	helper(d, "historian", "git log worker", 1, sum);
	demo_join(d, &fork);
	demo_end(d);
}

static void
edit(struct demo *d, int round, struct usage *sum)
{
	demo_begin(d, DEMO_INTERNAL, "act edit");
	demo_attr_int(d, "loop.round", round);
	chat(d, "heron-large", 9800 + 2100 * round, 640 - 120 * round, "tool_calls", sum);
	begin_tool(d, "apply_patch", round ? "src/queue/lease.py @@ -88,7 +88,9" : "src/queue/lease.py @@ -61,9 +61,14");
	demo_work(d, 18000);
	if (round == 1) {
		demo_error(d, "loom.PatchRejected", "hunk 1 does not apply: line 90 differs");
		demo_end(d);
		read_file(d, "src/queue/lease.py");
		chat(d, "heron-small", 6100, 180, "tool_calls", sum);
		begin_tool(d, "apply_patch", "src/queue/lease.py @@ -90,7 +90,9");
		demo_work(d, 17000);
	}
	demo_end(d);
	demo_end(d);
}

static void
test(struct demo *d, int round)
{
	static const char *const failures[] = {
		"2 failed: test_lease_survives_restart, test_two_workers", "1 failed: test_two_workers", NULL,
	};

	demo_begin(d, DEMO_INTERNAL, "act test");
	demo_attr_int(d, "loop.round", round);
	if (round == 0) {
		run_in_sandbox(d, "pytest -q tests/queue", 2400000, 300000, "exit status 4: no module named 'freezer'");
		run_in_sandbox(d, "pip install freezer", 210000, 2900000, NULL);
	}
	run_in_sandbox(d, "pytest -q tests/queue", 210000, 3100000 - 350000 * round, failures[round]);
	demo_end(d);
}

void
demo_agent(struct buf *out)
{
	struct demo *d = demo_new(SEED, EPOCH_NS);
	struct usage sum = { 0, 0 };

	demo_serve(d, &agent, DEMO_INTERNAL, "invoke_agent fix-flaky-queue");
	demo_attr(d, "gen_ai.operation.name", "invoke_agent");
	demo_attr(d, "gen_ai.agent.name", "fix-flaky-queue");
	demo_work(d, 120000);
	demo_begin(d, DEMO_INTERNAL, "plan");
	demo_work(d, 45000);
	chat(d, "heron-large", 4200, 420, "stop", &sum);
	demo_end(d);
	explore(d, &sum);
	for (int round = 0; round < 3; round++) {
		demo_work(d, 80000);
		demo_begin(d, DEMO_INTERNAL, "plan");
		demo_work(d, 45000);
		if (round == 1)
			chat_refused(d, "heron-large");
		chat(d, "heron-large", 8100 + 1900 * round, 260 - 60 * round, "stop", &sum);
		demo_end(d);
		edit(d, round, &sum);
		test(d, round);
	}
	demo_begin(d, DEMO_INTERNAL, "summarise");
	chat(d, "heron-small", 7400, 230, "stop", &sum);
	demo_end(d);
	struct usage total = { 0, 0 };
	add_usage(d, sum, &total);
	demo_end(d);
	demo_print(d, true, out);
	demo_free(d);
}
