/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/attr_keys.h"

#include <stdlib.h>

void
attr_keys_free(struct attr_keys *keys)
{
	if (!keys)
		return;
	strtab_free(keys->names);
	free(keys->keys);
	free(keys);
}

bool
attr_keys_find(const struct attr_keys *keys, struct str name, uint32_t *begin_out, uint32_t *end_out)
{
	str_id id = strtab_find(keys->names, name);
	uint32_t begin = 0, end;

	while (begin < keys->count && keys->keys[begin].name != id)
		begin++;
	for (end = begin; end < keys->count && keys->keys[end].name == id;)
		end++;
	*begin_out = begin;
	*end_out = end;
	return begin < end;
}
