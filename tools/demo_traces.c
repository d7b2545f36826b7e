/* SPDX-License-Identifier: MIT
 * Two hundred requests of a shop, one export request a line: mostly quick, some slow, a few failed. */
#include "config.h"

#include "demo.h"

#define EPOCH_NS INT64_C(1773140400000000000)

enum { SEED = 20260313, TRACES = 200 };

static const struct demo_service frontend = { "frontend", "nodejs", "7.14.2", "shop.http", "web-1" };
static const struct demo_service catalog = { "catalog", "go", "2.6.1", "shop/catalog", "catalog-1" };
static const struct demo_service search = { "search", "rust", "0.14.0", "search.http", "search-1" };
static const struct demo_service cart = { "cart", "dotnet", "5.1.8", "Cart.Api", "cart-1" };
static const struct demo_service orders = { "orders", "java", "8.2.0", "io.shop.orders", "orders-1" };

/* How a request goes: a factor on the time of its slow part, in tenths, and whether it fails there. */
struct luck { int64_t tenths; bool fails; };

static struct luck
draw_luck(struct demo *d)
{
	uint32_t at = demo_pick(d, 1000);

	if (at < 700)
		return (struct luck){ 7 + demo_pick(d, 7), false };
	if (at < 930)
		return (struct luck){ 15 + demo_pick(d, 25), at > 915 };
	if (at < 985)
		return (struct luck){ 60 + demo_pick(d, 90), at > 960 };
	return (struct luck){ 220 + demo_pick(d, 200), at > 992 };
}

static void
query(struct demo *d, const char *text, int64_t us, struct luck luck)
{
	demo_begin(d, DEMO_CLIENT, "%.6s", text);
	demo_attr(d, "db.system.name", "postgresql");
	demo_attr(d, "db.query.text", "%s", text);
	demo_work(d, us * luck.tenths / 10);
	if (luck.fails)
		demo_error(d, "QueryCanceled", "canceling statement due to statement timeout");
	demo_end(d);
}

static void
step(struct demo *d, const char *name, int64_t us)
{
	demo_begin(d, DEMO_INTERNAL, "%s", name);
	demo_work(d, us);
	demo_end(d);
}

static void
enter(struct demo *d, const struct demo_service *service, const char *name, struct luck luck)
{
	demo_enter(d, service, "%s", name);
	demo_attr_int(d, "http.response.status_code", luck.fails ? 500 : 200);
}

static void
show_product(struct demo *d, struct luck luck)
{
	static const struct luck usual = { 10, false };
	struct demo_fork fork = demo_fork(d);

	demo_branch(d, &fork);
	enter(d, &catalog, "GET /products/{sku}", luck);
	query(d, "SELECT * FROM products WHERE sku = $1", 3200, luck);
	if (demo_chance(d, 35))
		query(d, "SELECT * FROM reviews WHERE sku = $1 ORDER BY written_at DESC LIMIT 10", 5400, usual);
	demo_leave(d);
	demo_branch(d, &fork);
	enter(d, &search, "GET /similar", usual);
	step(d, "nearest vectors", 6100);
	demo_leave(d);
	demo_join(d, &fork);
}

static void
find_products(struct demo *d, struct luck luck)
{
	static const struct luck usual = { 10, false };
	uint32_t shards = 2 + demo_pick(d, 3);
	struct demo_fork fork;

	enter(d, &search, "GET /search", luck);
	step(d, "parse query", 500);
	fork = demo_fork(d);
	for (uint32_t shard = 0; shard < shards; shard++) {
		demo_branch(d, &fork);
		demo_begin(d, DEMO_INTERNAL, "scan shard %u", shard);
		demo_work(d, shard ? 7200 : 7200 * luck.tenths / 10);
		if (shard == 0 && luck.fails)
			demo_error(d, "ShardTimeout", "shard 0 did not answer in time");
		demo_end(d);
	}
	demo_join(d, &fork);
	step(d, "merge results", 900);
	demo_leave(d);
	enter(d, &catalog, "POST /products/batch", usual);
	query(d, "SELECT * FROM products WHERE sku = ANY($1)", 4300, usual);
	demo_leave(d);
}

static void
change_cart(struct demo *d, struct luck luck)
{
	enter(d, &cart, "POST /cart/lines", luck);
	query(d, "UPDATE cart_lines SET qty = qty + $3 WHERE cart_id = $1 AND sku = $2", 2600, luck);
	step(d, "Cart.Recalculate", 1500);
	demo_leave(d);
}

static void
list_orders(struct demo *d, struct luck luck)
{
	static const struct luck usual = { 10, false };
	uint32_t count = 1 + demo_pick(d, 4);

	enter(d, &orders, "GET /orders", luck);
	query(d, "SELECT id, placed_at, total_minor FROM orders WHERE customer_id = $1", 5200, luck);
	for (uint32_t i = 0; i < count; i++)
		query(d, "SELECT sku, qty FROM order_lines WHERE order_id = $1", 1700, usual);
	demo_leave(d);
}

static void
place_order(struct demo *d, struct luck luck)
{
	static const struct luck usual = { 10, false };

	enter(d, &cart, "GET /cart", usual);
	query(d, "SELECT sku, qty FROM cart_lines WHERE cart_id = $1", 2400, usual);
	demo_leave(d);
	enter(d, &orders, "POST /orders", luck);
	step(d, "OrderService.validate", 1900);
	query(d, "INSERT INTO orders (id, customer_id, total_minor) VALUES ($1, $2, $3)", 4800, usual);
	demo_begin(d, DEMO_CLIENT, "POST /charges");
	demo_attr(d, "server.address", "api.cardbridge.example");
	demo_work(d, 21000 * luck.tenths / 10);
	if (luck.fails)
		demo_error(d, "GatewayTimeout", "the card gateway did not answer");
	demo_end(d);
	demo_leave(d);
}

static const struct route {
	const char *name;
	void      (*play)(struct demo *d, struct luck luck);
	uint32_t    share;    /* of a hundred */
} routes[] = {
	{ "GET /products/:sku", show_product, 38 },
	{ "GET /search", find_products, 27 },
	{ "POST /cart", change_cart, 15 },
	{ "GET /orders", list_orders, 12 },
	{ "POST /checkout", place_order, 8 },
};

static const struct route *
draw_route(struct demo *d)
{
	uint32_t at = demo_pick(d, 100), i = 0;

	while (at >= routes[i].share)
		at -= routes[i++].share;
	return &routes[i];
}

void
demo_one_trace(struct demo *d, struct buf *out)
{
	const struct route *route = draw_route(d);
	struct luck luck = draw_luck(d);
	struct demo_fork arrival = demo_fork(d);

	demo_serve(d, &frontend, DEMO_SERVER, "%s", route->name);
	demo_attr_int(d, "http.response.status_code", luck.fails ? 500 : 200);
	step(d, "session", 700);
	route->play(d, luck);
	if (luck.fails)
		demo_error(d, "UpstreamError", "a call failed; see below");
	else
		step(d, "render", 2300);
	demo_end(d);
	demo_print(d, false, out);
	demo_branch(d, &arrival);
	demo_wait(d, 40000 + 1000 * (int64_t)demo_pick(d, 560));
}

void
demo_traces(struct buf *out)
{
	struct demo *d = demo_new(SEED, EPOCH_NS);

	for (int i = 0; i < TRACES; i++)
		demo_one_trace(d, out);
	demo_free(d);
}
