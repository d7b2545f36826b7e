/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/builder.h"

#include "ui/background.h"
#include "util/alloc.h"

struct builder {
	struct session  *session;
	struct scene_key key;
	struct recipe_start start;
	bool             has_start;
	struct job       job;
	pthread_t        thread;
	_Atomic bool     done;
	struct wanted    wanted;
	struct scene    *scene;
	bool             is_new;
	struct extras    extras;
};

static void *
build(void *self)
{
	struct builder *builder = self;
	const struct session *session = builder->session;

	if (builder->is_new) {
		builder->scene = scene_new(session->cache, &builder->key, session->patterns, builder->has_start ? &builder->start : NULL,
		                           &builder->job);
		builder->wanted.top &= builder->scene && !builder->scene->top;
	}
	if (builder->scene)
		builder->extras = extras_make(builder->scene, &builder->wanted, session->cache, &builder->job);
	atomic_store(&builder->done, true);
	return NULL;
}

struct builder *
builder_start(struct session *session, const struct scene_key *key, struct wanted wanted)
{
	struct builder *builder = xcalloc(1, sizeof *builder);

	builder->session = session;
	builder->key = *key;
	builder->wanted = wanted;
	builder->scene = session_find(session, key);
	builder->is_new = !builder->scene;
	builder->has_start = builder->is_new && session_start(session, key, &builder->start);
	builder->thread = background_start(build, builder);
	return builder;
}

bool
builder_is_done(const struct builder *builder)
{
	return atomic_load(&builder->done);
}

struct job *
builder_job(struct builder *builder)
{
	return &builder->job;
}

struct scene *
builder_finish(struct builder *builder, bool *is_new_out)
{
	pthread_join(builder->thread, NULL);
	struct scene *scene = builder->scene;
	bool dropped = atomic_load(&builder->job.wish) == JOB_DROP;
	if (scene && !dropped)
		extras_give(builder->session, scene, &builder->extras);
	if (scene && dropped && builder->is_new)
		scene_free(scene);
	*is_new_out = builder->is_new;
	extras_fini(&builder->extras);
	wanted_fini(&builder->wanted);
	free(builder);
	return dropped ? NULL : scene;
}
