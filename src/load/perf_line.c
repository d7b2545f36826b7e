/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/perf_line.h"

#include "util/chars.h"

#define COMM_MAX      15u    /* the kernel keeps no more of a name */
#define ID_MAX        10u    /* digits of a process number */
#define PERIOD_WIDTH  10u    /* columns that a period is written in at least */
#define PERIOD_MAX    20u    /* digits: 64 bits */
#define ADDRESS_MAX   16u    /* hexadecimal digits */
#define NS_PER_S      INT64_C(1000000000)

static bool
is_hex(char c)
{
	return char_is_digit(c) || (c >= 'a' && c <= 'f');
}

struct str
perf_trim_end(struct str line)
{
	while (line.len && (char_is_blank(line.at[line.len - 1]) || line.at[line.len - 1] == '\r'))
		line.len--;
	return line;
}

static size_t
skip_blanks(struct str text, size_t at)
{
	while (at < text.len && char_is_blank(text.at[at]))
		at++;
	return at;
}

static size_t
skip_digits(struct str text, size_t at)
{
	while (at < text.len && char_is_digit(text.at[at]))
		at++;
	return at;
}

/* The token that begins behind blanks; *at moves behind it.  Empty at the end. */
static struct str
next_token(struct str text, size_t *at)
{
	size_t begin = skip_blanks(text, *at), end = begin;

	while (end < text.len && !char_is_blank(text.at[end]))
		end++;
	*at = end;
	return (struct str){ text.at + begin, end - begin };
}

static bool
all_digits(struct str token)
{
	return token.len && skip_digits(token, 0) == token.len;
}

/* "123", "123/456", "-1", "-1/-1". */
static bool
is_ids(struct str token)
{
	for (int part = 0; part < 2; part++) {
		size_t sign = token.len && token.at[0] == '-', end = skip_digits(token, sign);
		if (end == sign || end - sign > ID_MAX)
			return false;
		if (end == token.len)
			return true;
		if (token.at[end] != '/')
			return false;
		token.at += end + 1;
		token.len -= end + 1;
	}
	return false;
}

/* "[001]" */
static bool
is_cpu(struct str token)
{
	return token.len > 2 && token.at[0] == '[' && token.at[token.len - 1] == ']' &&
	       all_digits((struct str){ token.at + 1, token.len - 2 });
}

/* "12.345678:", seconds; a number too large for us has no time. */
static bool
is_time(struct str token, struct perf_event *out)
{
	size_t point = skip_digits(token, 0), end = skip_digits(token, point + 1);
	int64_t ns = 0, scale = NS_PER_S;
	bool fits = true;

	if (point == 0 || point + 1 >= token.len || token.at[point] != '.' || end + 1 != token.len || token.at[end] != ':')
		return false;
	for (size_t i = 0; i < point; i++)
		fits = fits && !__builtin_mul_overflow(ns, 10, &ns) && !__builtin_add_overflow(ns, token.at[i] - '0', &ns);
	fits = fits && !__builtin_mul_overflow(ns, NS_PER_S, &ns);
	for (size_t i = point + 1; i < end && scale > 1; i++) {
		scale /= 10;
		fits = fits && !__builtin_add_overflow(ns, scale * (token.at[i] - '0'), &ns);
	}
	out->has_time = fits;
	out->time_ns = fits ? ns : 0;
	return true;
}

/* The letters of the misc field: user, kernel, hypervisor ... */
static bool
is_misc(struct str token)
{
	for (size_t i = 0; i < token.len; i++)
		if (!char_is_letter(token.at[i]))
			return false;
	return token.len > 0 && token.len <= 3;
}

/* A part of a wall clock time, such as "2024-02-29" or "12:00:00.123456". */
static bool
is_wall_clock(struct str token)
{
	for (size_t i = 0; i < token.len; i++)
		if (!char_is_digit(token.at[i]) && !memchr(":-.T/", token.at[i], 5))
			return false;
	return token.len >= 8 && !all_digits(token);
}

static double
digits_value(struct str digits)
{
	double value = 0;

	for (size_t i = 0; i < digits.len; i++)
		value = value * 10 + (digits.at[i] - '0');
	return value;
}

static struct str
behind(struct str text, size_t at)
{
	at = skip_blanks(text, at);
	return str_tail(text, at);
}

/* The event's name and what follows it; without a name nothing or a stack line may. */
static bool
parse_name(struct str line, size_t at, struct perf_event *out)
{
	size_t end = at;
	struct str token = next_token(line, &end);

	out->no_sample = str_starts(token, STR("PERF_RECORD_"));
	if (token.len > 1 && token.at[token.len - 1] == ':') {
		out->event = (struct str){ token.at, token.len - 1 };
		out->text = behind(line, end);
		return true;
	}
	out->event = (struct str){ line.at + at, 0 };
	out->text = behind(line, at);
	return out->no_sample || (out->certain && (out->text.len == 0 || perf_address_end(out->text)));
}

/* What follows the ids. */
static bool
parse_rest(struct str line, size_t at, struct perf_event *out)
{
	size_t next = at;
	struct str token = next_token(line, &next);

	out->certain = out->has_time = out->has_period = false;
	if (is_cpu(token)) {
		out->certain = true;
		at = next;
		token = next_token(line, &next);
	}
	if (is_misc(token)) {
		at = next;
		token = next_token(line, &next);
	}
	for (int part = 0; part < 2 && is_wall_clock(token) && !is_time(token, out); part++) {
		at = next;
		token = next_token(line, &next);
	}
	if (is_time(token, out)) {
		out->certain = true;
		at = next;
		token = next_token(line, &next);
	}
	if (all_digits(token) && token.len <= PERIOD_MAX && parse_name(line, next, out)) {
		out->has_period = true;
		out->period = digits_value(token);
		out->period = out->period > 0 ? out->period : 1;
		return true;
	}
	return parse_name(line, at, out);
}

/* Behind "[VM:12 VCPU:0] ", which stands before the names of a guest's threads. */
static size_t
skip_guest(struct str line, size_t at)
{
	struct str rest = { line.at + at, line.len - at };

	if (!str_starts(rest, STR("[VM:")))
		return at;
	const char *close = memchr(rest.at, ']', rest.len);
	return close ? skip_blanks(line, at + (size_t)(close + 1 - rest.at)) : at;
}

/* A name may hold blanks and numbers.  Of the numbers behind which the rest reads as it should, the last one is the thread's, as long
 * as the name does not get too long; one where the rest begins with a cpu or a time wins over others. */
bool
perf_event_parse(struct str line, struct perf_event *out)
{
	size_t begin, at;
	bool found = false;

	line = perf_trim_end(line);
	begin = at = skip_guest(line, skip_blanks(line, 0));
	next_token(line, &at);
	while (at < line.len) {
		size_t gap = at, ids = skip_blanks(line, at);
		struct str token = next_token(line, &at);
		struct perf_event event;
		if (token.len == 0 || (found && gap - begin > COMM_MAX))
			break;
		if (!is_ids(token) || !parse_rest(line, at, &event))
			continue;
		bool period_rather = !event.certain && at - gap > PERIOD_WIDTH;
		if (found && (event.certain < out->certain || period_rather))
			continue;
		event.comm = (struct str){ line.at + begin, gap - begin };
		event.thread = (struct str){ line.at + begin, ids + token.len - begin };
		*out = event;
		found = true;
	}
	return found;
}

size_t
perf_address_end(struct str line)
{
	size_t begin = skip_blanks(line, 0), at = begin;

	while (at < line.len && at - begin < ADDRESS_MAX && is_hex(line.at[at]))
		at++;
	return at > begin && at < line.len && char_is_blank(line.at[at]) ? at : 0;
}

static bool
opens_group(struct str text, size_t at)
{
	return text.at[at] == '(' && (at == 0 || char_is_blank(text.at[at - 1]));
}

/* The parenthesis that the last one closes and that a blank stands before; text.len if there is none. */
static size_t
opening(struct str text)
{
	size_t depth = 0;

	for (size_t at = text.len; at-- > 0;) {
		if (text.at[at] == ')')
			depth++;
		else if (text.at[at] == '(' && depth > 1)
			depth--;
		else if (opens_group(text, at))
			return at;
	}
	/* More close than open. */
	for (size_t at = text.len; at-- > 0;)
		if (opens_group(text, at))
			return at;
	return text.len;
}

static struct str
without_offset(struct str name)
{
	size_t at = name.len;

	while (at > 0 && is_hex(name.at[at - 1]))
		at--;
	if (at < name.len && at >= 3 && memcmp(name.at + at - 3, "+0x", 3) == 0)
		name.len = at - 3;
	return name;
}

struct str
perf_before_arrow(struct str text)
{
	const char *arrow = text.len ? memmem(text.at, text.len, " => ", 4) : NULL;

	if (arrow && perf_address_end((struct str){ arrow + 4, (size_t)(text.at + text.len - arrow) - 4 }))
		text.len = (size_t)(arrow - text.at);
	return text;
}

struct perf_symbol
perf_symbol_parse(struct str text)
{
	struct perf_symbol symbol = { .dso = { "", 0 } };
	size_t open;

	text = perf_trim_end(text);
	open = skip_blanks(text, 0);
	text.at += open;
	text.len -= open;
	symbol.closed = text.len && text.at[text.len - 1] == ')';
	open = symbol.closed ? opening(text) : text.len;
	if (open < text.len) {
		symbol.dso = (struct str){ text.at + open + 1, text.len - open - 2 };
		symbol.inlined = str_equal(symbol.dso, STR("inlined"));
		if (symbol.inlined)
			symbol.dso.len = 0;
	}
	symbol.name = without_offset(perf_trim_end((struct str){ text.at, open }));
	return symbol;
}

/* Behind the colon of ":12" at the end; 0 when there is no such end. */
static size_t
number_at_end(struct str text)
{
	size_t at = text.len;

	while (at > 0 && char_is_digit(text.at[at - 1]))
		at--;
	return at > 0 && at < text.len && text.at[at - 1] == ':' ? at : 0;
}

/* "[1f]" */
static bool
ends_in_offset(struct str text)
{
	size_t at = text.len - 1;

	while (at > 0 && is_hex(text.at[at - 1]))
		at--;
	return text.at[text.len - 1] == ']' && at > 0 && at < text.len - 1 && text.at[at - 1] == '[';
}

bool
perf_source_parse(struct str line, struct str *file_out, uint32_t *line_out)
{
	struct str text = perf_trim_end(line);
	uint64_t number = 0;

	*file_out = (struct str){ line.at, 0 };
	*line_out = 0;
	if (line.len < 2 || line.at[0] != ' ' || line.at[1] != ' ')
		return false;
	if (text.len == 0)
		return true;
	if (text.len < 3 || char_is_blank(text.at[2]))
		return false;
	if (ends_in_offset(text))
		return true;
	size_t digits = number_at_end(text);
	if (digits < 4)
		return false;
	for (size_t i = digits; i < text.len && number <= UINT32_MAX; i++)
		number = number * 10 + (uint64_t)(text.at[i] - '0');
	*line_out = number <= UINT32_MAX ? (uint32_t)number : 0;
	*file_out = (struct str){ text.at + 2, digits - 3 };
	if (str_equal(*file_out, STR("??")))
		file_out->len = 0;
	return true;
}
