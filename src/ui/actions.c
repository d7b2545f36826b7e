/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/actions.h"

const struct action_info action_infos[ACTION_COUNT] = {
#define X(id, name_, places_, group_, word_, sentence_) \
	[ACT_##id] = { .name = name_, .places = places_, .group = GROUP_##group_, .word = word_, .sentence = sentence_ },
	ACTION_LIST(X)
#undef X
};

const char *const action_group_titles[GROUP_COUNT] = {
#define X(id, title) [GROUP_##id] = title,
	ACTION_GROUPS(X)
#undef X
};

enum action
action_find(struct str name)
{
	for (int i = ACT_NONE + 1; i < ACTION_COUNT; i++)
		if (str_equal(name, str_of(action_infos[i].name)))
			return (enum action)i;
	return ACT_NONE;
}
