/* SPDX-License-Identifier: MIT
 * Where in an unfinished query one is, for completion. */
#include "config.h"

#include "analysis/query_core.h"

static bool
is_text(enum token_kind kind)
{
	return kind == TOKEN_WORD || kind == TOKEN_QUOTED || kind == TOKEN_UNCLOSED;
}

/* What may follow a token at a place of this kind. */
static enum query_place
place_after(enum query_place place, enum token_kind kind)
{
	switch (kind) {
	case TOKEN_WORD:
	case TOKEN_QUOTED:  return place == QUERY_VALUE ? QUERY_JOIN : QUERY_OPERATOR;
	case TOKEN_OP:      return QUERY_VALUE;
	case TOKEN_EXISTS:
	case TOKEN_CLOSE:   return QUERY_JOIN;
	default:            return QUERY_OPERAND;
	}
}

struct query_spot
query_spot(struct str text, struct buf *scratch)
{
	struct query_spot spot = { .place = QUERY_OPERAND, .from = text.len };
	struct token token = { .kind = TOKEN_END };
	size_t at = 0;

	for (;; at = token.at + token.len) {
		token = query_token(text, at, spot.place == QUERY_VALUE);
		if (token.kind == TOKEN_END)
			return spot;
		bool word = token.kind != TOKEN_OP && token.kind != TOKEN_OPEN && token.kind != TOKEN_CLOSE && token.kind != TOKEN_QUOTED;
		if (word && token.at + token.len == text.len) {
			spot.from = token.at;
			spot.quoted = token.kind == TOKEN_UNCLOSED;
			/* A word after a word is the beginning of AND, OR or exists. */
			return spot;
		}
		if (is_text(token.kind) && spot.place == QUERY_OPERAND) {
			buf_clear(scratch);
			query_token_text(text, &token, scratch);
			spot.field = buf_str(scratch);
		}
		spot.place = place_after(spot.place, token.kind);
	}
}
