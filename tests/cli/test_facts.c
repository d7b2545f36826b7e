/* SPDX-License-Identifier: MIT
 * spanfire info --json on every file of the corpus's folders for this version, against facts.txt. */
#include "config.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <inttypes.h>

#include "load/load.h"
#include "tests/cli/run.h"
#include "tests/tap.h"
#include "util/error.h"

/* A member of the object as text: strings of an array joined by commas, numbers with all their digits as they stand in the text. */
static void
member_text(const char *json, const cJSON *object, const char *key, struct buf *out)
{
	const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
	char quoted[64];

	buf_clear(out);
	if (cJSON_IsArray(member)) {
		const cJSON *item;
		cJSON_ArrayForEach(item, member)
			buf_addf(out, "%s%s", out->len ? "," : "", cJSON_IsString(item) ? item->valuestring : "?");
		return;
	}
	if (!cJSON_IsNumber(member))
		return;
	snprintf(quoted, sizeof quoted, "\"%s\": ", key);
	const char *number = strstr(json, quoted);
	if (number) {
		number += strlen(quoted);
		buf_add(out, (struct str){ number, strspn(number, "-.0123456789") });
	}
}

/* "sum:cpu/nanoseconds": the total of the metric with that name and unit. */
static void
check_sum(const cJSON *object, const char *file, const char *key, const char *want)
{
	const cJSON *metric, *found = NULL;
	char *wanted = xstrdup(key + strlen("sum:")), *unit = strchr(wanted, '/');

	*unit++ = '\0';
	cJSON_ArrayForEach(metric, cJSON_GetObjectItemCaseSensitive(object, "metrics"))
		if (strcmp(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(metric, "name")), wanted) == 0 &&
		    strcmp(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(metric, "unit")), unit) == 0)
			found = cJSON_GetObjectItemCaseSensitive(metric, "total");
	if (!ok(cJSON_IsNumber(found) && found->valuedouble == strtod(want, NULL), "%s: %s", file, key))
		diag("want %s", want);
	free(wanted);
}

/* How long all spans of threads last together; lanes of asynchronous events are none. */
static void
check_thread_ns(const char *path, const char *file, const char *want)
{
	struct error err = { 0 };
	struct dataset *ds = load_files(&path, 1, &(struct load_options){ 0 }, &err);
	int64_t sum = 0;

	for (span_id span = 0; ds && span < ds->spans.count; span++)
		if (!str_starts(dataset_str(ds, ds->tracks[ds->spans.track[span]].name), STR("async")))
			sum += ds->spans.duration_ns[span];
	if (!ok(sum == strtoll(want, NULL, 10), "%s: thread_ns", file))
		diag("got %" PRId64 ", want %s", sum, want);
	dataset_free(ds);
}

static void
check_fact(const char *json, const cJSON *object, const char *file, const char *key, const char *want)
{
	struct buf got = { 0 };

	if (strcmp(key, "total") == 0) {
		const cJSON *metrics = cJSON_GetObjectItemCaseSensitive(object, "metrics");
		const cJSON *total = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(metrics, 0), key);
		if (!ok(cJSON_IsNumber(total) && fabs(total->valuedouble - strtod(want, NULL)) <= 1e-12 * total->valuedouble, "%s: total", file))
			diag("want %s", want);
		return;
	}
	if (strncmp(key, "sum:", 4) == 0) {
		check_sum(object, file, key, want);
		return;
	}
	member_text(json, object, key, &got);
	if (!ok(strcmp(buf_str(&got).at, want) == 0, "%s: %s", file, key))
		diag("got %s, want %s", buf_str(&got).at, want);
	buf_fini(&got);
}

static void
check_file(const char *corpus, char *line)
{
	char *save = NULL, *file = strtok_r(line, " ", &save), *fact;
	char *path = xasprintf("%s/%s", corpus, file);
	struct buf out = { 0 };
	int status = run_spanfire((const char *const[]){ "info", "--json", path, NULL }, &out);
	cJSON *object = cJSON_Parse(buf_str(&out).at);

	if (strcmp(save, "refused") == 0) {
		is_int(status, ERROR_INPUT, file);
	} else if (ok(status == 0 && cJSON_IsObject(object), "%s: is read", file)) {
		while ((fact = strtok_r(NULL, " ", &save))) {
			char *equals = strchr(fact, '=');
			*equals = '\0';
			if (strcmp(fact, "thread_ns") == 0)
				check_thread_ns(path, file, equals + 1);
			else
				check_fact(out.at, object, file, fact, equals + 1);
		}
	}
	cJSON_Delete(object);
	buf_fini(&out);
	free(path);
}

static void
read_all(FILE *file, struct buf *out)
{
	char bytes[4096];
	size_t got;

	while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
		buf_add(out, (struct str){ bytes, got });
}

/* Every file of a folder has its line; expected results are in folders of their own. */
static void
check_folder(const char *corpus, const char *folder, const char *facts)
{
	char *path = xasprintf("%s/%s", corpus, folder);
	DIR *dir = opendir(path);
	const struct dirent *entry;
	int files = 0;

	while (dir && (entry = readdir(dir))) {
		char *line = xasprintf("\n%s/%s ", folder, entry->d_name);
		if (entry->d_name[0] != '.' && strcmp(entry->d_name, "expected") != 0) {
			files++;
			if (!strstr(facts, line))
				ok(false, "%s/%s has its facts", folder, entry->d_name);
		}
		free(line);
	}
	ok(files > 0, "the files of %s have their facts", folder);
	if (dir)
		closedir(dir);
	free(path);
}

static void
check_all(const char *corpus)
{
	static const char *const folders[] = {
		"chrome-trace", "cpuprofile", "flamebearer", "folded", "folded-diff", "gecko", "heapprofile", "jaeger", "nested-set", "otlp-json",
		"otlp-proto", "perf-script", "pprof", "speedscope", "zipkin",
	};
	const char *source = getenv("top_srcdir");
	char *path = xasprintf("%s/tests/cli/facts.txt", source ? source : "."), *save = NULL;
	FILE *file = fopen(path, "r");
	struct buf facts = { 0 };

	CHECK(file);
	read_all(file, &facts);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		check_folder(corpus, folders[i], buf_str(&facts).at);
	for (char *line = strtok_r(facts.at, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		if (line[0] != '#')
			check_file(corpus, line);
	fclose(file);
	buf_fini(&facts);
	free(path);
}

int
main(void)
{
	if (corpus_path())
		check_all(corpus_path());
	else
		skip(1, "no corpus");
	return done();
}
