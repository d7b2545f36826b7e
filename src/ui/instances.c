/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/instances.h"

struct instances
instances_of(struct app *app, node_id node)
{
	const struct tree *tree = app_scene(app)->tree;

	if (!tree->span || node == NODE_ALL || tree->span[node] == ID_NONE)
		return (struct instances){ 0 };
	return (struct instances){ &tree->span[node], 1 };
}
