/* SPDX-License-Identifier: MIT
 * One checkout through ten services: parallel calls, retries, an N+1 query, errors with exceptions, a message that is handled later. */
#include "config.h"

#include "demo.h"

#define EPOCH_NS INT64_C(1773131402118000000)

enum { SEED = 20260310, ITEMS = 24, CARRIERS = 3 };

static const struct demo_service frontend = { "frontend", "nodejs", "7.14.2", "shop.http", "web-6c9d-x2kfp" };
static const struct demo_service auth = { "auth", "rust", "2.3.0", "tower.trace", "auth-58b4-q7wzn" };
static const struct demo_service cart = { "cart", "dotnet", "5.1.8", "Cart.Api", "cart-7d4f-m8r2c" };
static const struct demo_service checkout = { "checkout", "go", "1.42.0", "shop/checkout", "checkout-84cc-5bvtd" };
static const struct demo_service pricing = { "pricing", "go", "1.9.3", "shop/pricing", "pricing-66f7-lk9sj" };
static const struct demo_service inventory = { "inventory", "java", "11.0.4", "io.shop.inventory", "inventory-9bd5-w4hxg" };
static const struct demo_service payment = { "payment", "java", "4.20.1", "io.shop.payment", "payment-5f8e-zt6vn" };
static const struct demo_service shipping = { "shipping", "python", "3.2.5", "shop.shipping", "shipping-7c44-d2pqm" };
static const struct demo_service email = { "email", "ruby", "0.8.1", "ShopMailer", "email-6b9f-r5ncw" };
static const struct demo_service orders_db = { "orders-db", "c", "15.6", "pg_tracer", "orders-db-0" };

static const char *const skus[ITEMS] = {
	"TEA-0417", "MUG-1190", "POT-0032", "CUP-2204", "JAR-0871", "LID-0871", "TIN-3306", "BOX-0005",
	"TRY-4410", "SPN-0129", "WSK-7001", "NET-0663", "CLO-9318", "KIT-2027", "SIE-5150", "HON-0088",
	"LEM-0301", "BIS-1812", "CAD-0640", "KET-3003", "MAT-9009", "SCA-4747", "TIM-0103", "BAG-2500",
};

static void
query_attrs(struct demo *d, const char *operation, const char *table, const char *text)
{
	demo_attr(d, "db.system.name", "postgresql");
	demo_attr(d, "db.namespace", "orders");
	demo_attr(d, "db.operation.name", "%s", operation);
	demo_attr(d, "db.collection.name", "%s", table);
	demo_attr(d, "db.query.text", "%s", text);
}

/* A query as the caller and the database see it. */
static void
query(struct demo *d, const char *operation, const char *table, const char *text, const char *plan, int64_t us)
{
	demo_begin(d, DEMO_CLIENT, "%s %s", operation, table);
	query_attrs(d, operation, table, text);
	demo_work(d, 180);
	demo_serve(d, &orders_db, DEMO_SERVER, "%s", plan);
	demo_attr_int(d, "pg.rows", 1 + demo_pick(d, 4));
	demo_attr_int(d, "pg.shared_hit", 3 + demo_pick(d, 9));
	demo_work(d, us);
	demo_end(d);
	demo_work(d, 140);
	demo_end(d);
}

static void
cache(struct demo *d, const char *command, const char *key, int64_t us)
{
	demo_begin(d, DEMO_CLIENT, "%s", command);
	demo_attr(d, "db.system.name", "redis");
	demo_attr(d, "db.query.text", "%s %s", command, key);
	demo_work(d, us);
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
http_attrs(struct demo *d, const char *method, const char *path, int64_t status)
{
	demo_attr(d, "http.request.method", "%s", method);
	demo_attr(d, "url.path", "%s", path);
	demo_attr_int(d, "http.response.status_code", status);
}

static void
rpc_attrs(struct demo *d, const char *service, const char *method, int64_t status)
{
	demo_attr(d, "rpc.system", "grpc");
	demo_attr(d, "rpc.service", "%s", service);
	demo_attr(d, "rpc.method", "%s", method);
	demo_attr_int(d, "rpc.grpc.status_code", status);
}

static void
verify_session(struct demo *d)
{
	demo_enter(d, &auth, "POST /session/verify");
	http_attrs(d, "POST", "/session/verify", 200);
	cache(d, "GET", "session:7f31c0", 900);
	step(d, "decode token", 650);
	demo_begin(d, DEMO_INTERNAL, "check signature");
	demo_attr(d, "token.alg", "EdDSA");
	demo_event(d, "key rotated", "key.id", "2026-03");
	demo_work(d, 2100);
	demo_end(d);
	query(d, "SELECT", "customers", "SELECT id, tier, locale FROM customers WHERE id = $1", "Index Scan customers_pkey", 1700);
	demo_leave(d);
}

/* The N+1 query: one for the list, then one for every line. */
static void
load_cart(struct demo *d)
{
	demo_enter(d, &cart, "GET /cart");
	http_attrs(d, "GET", "/cart", 200);
	demo_attr(d, "cart.id", "c-884120");
	demo_work(d, 600);
	cache(d, "HGETALL", "cart:884120", 1300);
	demo_event(d, "cache.miss", "cache.key", "cart:884120:view");
	demo_begin(d, DEMO_INTERNAL, "Cart.Load");
	query(d, "SELECT", "cart_lines", "SELECT sku, qty FROM cart_lines WHERE cart_id = $1 ORDER BY line_no", "Index Scan cart_lines_cart_idx", 2900);
	for (int i = 0; i < ITEMS; i++) {
		query(d, "SELECT", "products", "SELECT sku, title, weight_g, price_minor FROM products WHERE sku = $1", "Index Scan products_pkey",
			7800 + 900 * (int64_t)demo_pick(d, 5));
		demo_work(d, 260);
	}
	demo_end(d);
	demo_begin(d, DEMO_INTERNAL, "Cart.Serialize");
	demo_attr_int(d, "cart.lines", ITEMS);
	demo_work(d, 3400);
	demo_end(d);
	demo_leave(d);
}

static void
quote_item(struct demo *d, int item)
{
	bool promo = item % 5 == 3;

	demo_begin(d, DEMO_INTERNAL, "priceLine");
	demo_attr(d, "sku", "%s", skus[item]);
	demo_attr_int(d, "qty", 1 + demo_pick(d, 3));
	demo_work(d, 1200);
	cache(d, "GET", "price:eur", 700);
	if (promo) {
		demo_begin(d, DEMO_INTERNAL, "evaluatePromotions");
		demo_event(d, "rule matched", "promo.code", "SPRING-TEA");
		demo_work(d, 9800);
		demo_end(d);
	}
	step(d, "applyTax", 2600);
	demo_end(d);
}

/* Four workers take the lines in turn. */
static void
quote(struct demo *d)
{
	struct demo_fork fork;

	demo_enter(d, &pricing, "Pricing/Quote");
	rpc_attrs(d, "shop.Pricing", "Quote", 0);
	demo_attr(d, "currency", "EUR");
	demo_work(d, 700);
	step(d, "loadRates", 4200);
	fork = demo_fork(d);
	for (int worker = 0; worker < 4; worker++) {
		demo_branch(d, &fork);
		for (int item = worker; item < ITEMS; item += 4)
			quote_item(d, item);
	}
	demo_join(d, &fork);
	step(d, "sumLines", 800);
	demo_leave(d);
}

static void
reserve_stock(struct demo *d)
{
	static const int64_t lock_us[] = { 31000, 42000, 5200 };

	demo_enter(d, &inventory, "Inventory/Reserve");
	rpc_attrs(d, "shop.Inventory", "Reserve", 0);
	demo_work(d, 800);
	step(d, "groupByWarehouse", 1900);
	for (int attempt = 0; attempt < 3; attempt++) {
		demo_begin(d, DEMO_INTERNAL, "reserve attempt");
		demo_attr_int(d, "retry.attempt", attempt + 1);
		query(d, "UPDATE", "stock", "UPDATE stock SET reserved = reserved + $2 WHERE sku = $1 AND on_hand - reserved >= $2",
			attempt < 2 ? "Lock stock" : "Update stock", lock_us[attempt]);
		if (attempt < 2)
			demo_error(d, "io.shop.inventory.LockTimeout", "row of stock is locked by another reservation (MUG-1190)");
		demo_end(d);
		if (attempt < 2)
			step(d, "backoff", attempt ? 16000 : 8000);
	}
	demo_begin(d, DEMO_PRODUCER, "stock.reserved publish");
	demo_attr(d, "messaging.system", "nats");
	demo_attr(d, "messaging.destination.name", "stock.reserved");
	demo_work(d, 1500);
	demo_end(d);
	demo_leave(d);
}

static void
ask_carriers(struct demo *d)
{
	static const char *const carriers[CARRIERS] = { "northpost", "swiftbox", "parcelline" };
	static const int64_t carrier_us[CARRIERS] = { 78000, 131000, 200000 };
	struct demo_fork fork;

	demo_enter(d, &shipping, "Shipping/Quote");
	rpc_attrs(d, "shop.Shipping", "Quote", 0);
	demo_work(d, 1500);
	step(d, "pack boxes", 19000);
	fork = demo_fork(d);
	for (int i = 0; i < CARRIERS; i++) {
		demo_branch(d, &fork);
		demo_begin(d, DEMO_CLIENT, "POST /rates");
		demo_attr(d, "server.address", "rates.%s.example", carriers[i]);
		http_attrs(d, "POST", "/rates", i == 2 ? 504 : 200);
		demo_work(d, carrier_us[i]);
		if (i == 2)
			demo_error(d, "requests.ReadTimeout", "parcelline did not answer within 200 ms");
		demo_end(d);
	}
	demo_join(d, &fork);
	step(d, "choose rate", 2300);
	demo_leave(d);
}

/* Every attempt links to the one before it. */
static uint32_t
charge_attempt(struct demo *d, int attempt, uint32_t before)
{
	static const int64_t gateway_us[] = { 96000, 148000, 103000 };
	static const int64_t status[] = { 503, 503, 201 };

	demo_begin(d, DEMO_CLIENT, "POST /v2/charges");
	demo_attr(d, "server.address", "api.cardbridge.example");
	http_attrs(d, "POST", "/v2/charges", status[attempt]);
	demo_attr_int(d, "retry.attempt", attempt + 1);
	if (attempt)
		demo_link(d, before);
	demo_begin(d, DEMO_INTERNAL, "tls handshake");
	demo_work(d, attempt ? 900 : 13500);
	demo_end(d);
	demo_work(d, gateway_us[attempt]);
	if (attempt < 2)
		demo_error(d, "io.shop.payment.GatewayUnavailable", "cardbridge answered 503: upstream pool is exhausted");
	uint32_t here = demo_here(d);
	demo_end(d);
	return here;
}

static void
charge(struct demo *d)
{
	uint32_t before = 0;

	demo_enter(d, &payment, "Payment/Charge");
	rpc_attrs(d, "shop.Payment", "Charge", 0);
	demo_attr(d, "payment.method", "card");
	demo_attr_int(d, "payment.amount_minor", 18794);
	demo_work(d, 2200);
	step(d, "load merchant key", 3100);
	demo_begin(d, DEMO_INTERNAL, "score fraud");
	demo_attr(d, "model", "fraud-trees-9");
	demo_event(d, "feature missing", "feature", "device.age");
	demo_work(d, 27000);
	demo_end(d);
	for (int attempt = 0; attempt < 3; attempt++) {
		before = charge_attempt(d, attempt, before);
		if (attempt < 2)
			step(d, "backoff", attempt ? 60000 : 30000);
	}
	query(d, "INSERT", "payments", "INSERT INTO payments (order_id, amount_minor, currency, gateway_ref) VALUES ($1, $2, $3, $4)", "Insert payments", 3900);
	demo_leave(d);
}

/* The message is handled while the parcel is being booked: the consumer outlives the producer, its parent. */
static void
publish_order(struct demo *d)
{
	demo_begin(d, DEMO_PRODUCER, "orders publish");
	demo_attr(d, "messaging.system", "nats");
	demo_attr(d, "messaging.destination.name", "orders");
	demo_work(d, 2700);
	uint32_t published = demo_here(d);
	struct demo_fork fork = demo_fork(d);
	demo_wait(d, 3000);
	demo_serve(d, &email, DEMO_CONSUMER, "orders process");
	demo_attr(d, "messaging.system", "nats");
	demo_attr(d, "messaging.destination.name", "orders");
	demo_link(d, published);
	step(d, "render mail", 15000);
	demo_begin(d, DEMO_CLIENT, "smtp send");
	demo_attr(d, "server.address", "mx1.post.example");
	demo_event(d, "queued", "smtp.reply", "250 2.0.0 accepted");
	demo_work(d, 27000);
	demo_end(d);
	demo_end(d);
	demo_branch(d, &fork);
	demo_end(d);
}

static void
place_order(struct demo *d)
{
	struct demo_fork fork;

	demo_enter(d, &checkout, "PlaceOrder");
	rpc_attrs(d, "shop.Checkout", "PlaceOrder", 0);
	demo_attr(d, "order.id", "o-2026-0310-5571");
	demo_attr(d, "customer.tier", "gold");
	demo_work(d, 2600);
	demo_begin(d, DEMO_INTERNAL, "prepareOrder");
	demo_work(d, 1400);
	fork = demo_fork(d);
	demo_branch(d, &fork);
	quote(d);
	demo_branch(d, &fork);
	reserve_stock(d);
	demo_branch(d, &fork);
	ask_carriers(d);
	demo_join(d, &fork);
	demo_event(d, "order priced", "order.total", "187.94 EUR");
	demo_end(d);
	demo_work(d, 3300);
	charge(d);
	demo_work(d, 1700);
	demo_begin(d, DEMO_INTERNAL, "storeOrder");
	demo_work(d, 1900);
	query(d, "BEGIN", "orders", "BEGIN", "Begin", 300);
	query(d, "INSERT", "orders", "INSERT INTO orders (id, customer_id, total_minor, currency) VALUES ($1, $2, $3, $4)", "Insert orders", 5200);
	query(d, "INSERT", "order_lines", "INSERT INTO order_lines (order_id, sku, qty, price_minor) SELECT * FROM unnest($1, $2, $3, $4)", "Insert order_lines", 9100);
	query(d, "COMMIT", "orders", "COMMIT", "Flush WAL", 29500);
	demo_end(d);
	publish_order(d);
	demo_enter(d, &shipping, "Shipping/Book");
	rpc_attrs(d, "shop.Shipping", "Book", 0);
	step(d, "render label", 37000);
	query(d, "INSERT", "parcels", "INSERT INTO parcels (order_id, carrier, label_url) VALUES ($1, $2, $3)", "Insert parcels", 4100);
	demo_leave(d);
	demo_enter(d, &cart, "DELETE /cart");
	http_attrs(d, "DELETE", "/cart", 204);
	query(d, "DELETE", "cart_lines", "DELETE FROM cart_lines WHERE cart_id = $1", "Delete cart_lines", 6400);
	cache(d, "DEL", "cart:884120", 900);
	demo_leave(d);
	demo_work(d, 2100);
	demo_leave(d);
}

static void
render_page(struct demo *d)
{
	demo_begin(d, DEMO_INTERNAL, "render confirmation");
	step(d, "load template", 2200);
	demo_enter(d, &pricing, "Pricing/Suggest");
	rpc_attrs(d, "shop.Pricing", "Suggest", 0);
	query(d, "SELECT", "pairs", "SELECT other, weight FROM pairs WHERE sku = ANY($1) ORDER BY weight DESC LIMIT 8", "Bitmap Heap Scan pairs", 67500);
	step(d, "scoreCandidates", 12800);
	demo_leave(d);
	for (int i = 0; i < 3; i++) {
		demo_begin(d, DEMO_INTERNAL, "render partial");
		demo_attr(d, "template", "%s", i == 0 ? "summary" : i == 1 ? "address" : "suggestions");
		demo_work(d, 9500 + 6500 * i);
		demo_end(d);
	}
	step(d, "compress", 5200);
	demo_end(d);
}

void
demo_checkout(struct buf *out)
{
	struct demo *d = demo_new(SEED, EPOCH_NS);

	demo_serve(d, &frontend, DEMO_SERVER, "POST /checkout");
	http_attrs(d, "POST", "/checkout", 200);
	demo_attr(d, "user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) shop-app/9");
	demo_attr(d, "enduser.id", "u-20411");
	demo_work(d, 1100);
	step(d, "parse body", 1800);
	verify_session(d);
	load_cart(d);
	demo_begin(d, DEMO_INTERNAL, "validate form");
	demo_event(d, "address normalised", "postal_code", "10115");
	demo_work(d, 5400);
	demo_end(d);
	demo_work(d, 800);
	place_order(d);
	demo_work(d, 1300);
	render_page(d);
	demo_work(d, 2400);
	demo_end(d);
	demo_print(d, true, out);
	demo_free(d);
}
