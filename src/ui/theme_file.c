/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/theme_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ui/palette.h"
#include "util/alloc.h"
#include "util/datadir.h"
#include "util/jsonc.h"

enum { ANSI_COLORS = 16, NAME_CHARS = 40 };

const char *const theme_role_names[ROLE_COUNT] = {
	[ROLE_BACKGROUND] = "background", [ROLE_BAR] = "bar", [ROLE_TEXT] = "text", [ROLE_DIM] = "dim", [ROLE_ACCENT] = "accent",
	[ROLE_INK] = "ink", [ROLE_BOX] = "box", [ROLE_CURSOR] = "cursor", [ROLE_SAME] = "same", [ROLE_UNMATCHED] = "unmatched",
	[ROLE_UNMATCHED_INK] = "unmatched-ink", [ROLE_ANCESTOR] = "ancestor", [ROLE_ANCESTOR_INK] = "ancestor-ink", [ROLE_SMALL] = "small",
	[ROLE_SMALL_INK] = "small-ink", [ROLE_PILL] = "pill", [ROLE_PILL_INK] = "pill-ink", [ROLE_CRITICAL] = "critical",
	[ROLE_ERROR] = "error", [ROLE_WARNING] = "warning", [ROLE_MINIMAP] = "minimap", [ROLE_MINIMAP_VIEW] = "minimap-view",
	[ROLE_POPUP] = "popup", [ROLE_POPUP_TEXT] = "popup-text", [ROLE_SELECTED] = "selected", [ROLE_SELECTED_TEXT] = "selected-text",
	[ROLE_BAR_FILL] = "bar-fill", [ROLE_HUE_TEXT] = "hue-text",
};

/* One value for both shades, or a list of two.  False: neither. */
static bool
read_shades(const cJSON *item, bool (*read)(const cJSON *item, double *out), double out[PAINT_SHADES])
{
	if (!cJSON_IsArray(item)) {
		bool good = read(item, &out[0]);
		out[1] = out[0];
		return good;
	}
	return cJSON_GetArraySize(item) == PAINT_SHADES && read(cJSON_GetArrayItem(item, 0), &out[0]) &&
	       read(cJSON_GetArrayItem(item, 1), &out[1]);
}

static bool
read_color(const cJSON *item, double *out)
{
	const char *text = cJSON_GetStringValue(item);

	if (!text || text[0] != '#' || strlen(text) != 7 || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
		return false;
	*out = (double)strtoul(text + 1, NULL, 16);
	return true;
}

static bool
read_between(const cJSON *item, double low, double high, double *out)
{
	*out = cJSON_IsNumber(item) ? item->valuedouble : low - 1;
	return *out >= low && *out <= high;
}

static bool
read_lightness(const cJSON *item, double *out)
{
	return read_between(item, 0, 1, out);
}

static bool
read_ansi(const cJSON *item, double *out)
{
	return read_between(item, 0, ANSI_COLORS - 1, out) && *out == (double)(int)*out;
}

static uint8_t
nearest_ansi(uint32_t rgb)
{
	double least = 1e9;
	uint8_t best = 0;

	for (uint8_t i = 0; i < ANSI_COLORS; i++) {
		double distance = palette_distance(palette_oklab(rgb), palette_oklab(palette_256_rgb(i)));
		if (distance < least) {
			least = distance;
			best = i;
		}
	}
	return best;
}

/* Lightness, chroma and hue, or two colours.  NULL when the item says what belongs there. */
static const char *
read_look(const cJSON *item, struct look *look)
{
	const cJSON *color = cJSON_IsObject(item) ? cJSON_GetObjectItemCaseSensitive(item, "color") : item;
	const cJSON *hue = cJSON_GetObjectItemCaseSensitive(item, "hue"), *ansi = cJSON_GetObjectItemCaseSensitive(item, "ansi");
	double shades[PAINT_SHADES];

	if (color) {
		if (!read_shades(color, read_color, shades))
			return "is no color such as \"#14151c\"";
		look->kind = LOOK_RGB;
	} else {
		if (!read_shades(cJSON_GetObjectItemCaseSensitive(item, "lightness"), read_lightness, shades))
			return "needs a color, or a lightness from 0 to 1";
		if (!read_between(cJSON_GetObjectItemCaseSensitive(item, "chroma"), 0, 0.5, &look->chroma))
			return "needs a chroma from 0 to 0.5";
		if (hue && !read_between(hue, 0, 360, &look->hue))
			return "needs a hue from 0 to 360";
		look->kind = hue ? LOOK_LCH : LOOK_HUED;
	}
	for (int i = 0; i < PAINT_SHADES; i++) {
		look->rgb[i] = color ? (uint32_t)shades[i] : 0;
		look->light[i] = shades[i];
		look->ansi[i] = look->kind == LOOK_HUED ? LOOK_BY_HUE : nearest_ansi(color ? look->rgb[i] : palette_oklch(shades[i], look->chroma, look->hue));
	}
	if (ansi && !read_shades(ansi, read_ansi, shades))
		return "has an ansi that is no number from 0 to 15";
	for (int i = 0; ansi && i < PAINT_SHADES; i++)
		look->ansi[i] = (uint8_t)shades[i];
	return NULL;
}

static int
role_find(const char *name)
{
	for (int i = 0; i < ROLE_COUNT; i++)
		if (strcmp(theme_role_names[i], name) == 0)
			return i;
	return -1;
}

/* The angles in turn, as many as there are. */
static bool
read_hues(const cJSON *list, double hues[PAINT_HUES])
{
	int count = cJSON_GetArraySize(list);

	if (!cJSON_IsArray(list) || count < 1 || count > PAINT_HUES)
		return false;
	for (int i = 0; i < PAINT_HUES; i++)
		if (!read_between(cJSON_GetArrayItem(list, i % count), 0, 360, &hues[i]))
			return false;
	return true;
}

static bool
read_roles(const struct jsonc *json, const char *path, struct look looks[ROLE_COUNT], struct error *err)
{
	const cJSON *roles = cJSON_GetObjectItemCaseSensitive(json->root, "roles"), *item;
	unsigned index = 0;

	cJSON_ArrayForEach(item, roles) {
		int role = role_find(item->string);
		const char *wrong = role < 0 ? "is no role" : read_look(item, &looks[role]);
		if (wrong) {
			error_set(err, ERROR_INPUT, "\"%.60s\" %s", item->string, wrong);
			return error_at_line(err, path, jsonc_line(json, "roles", index));
		}
		index++;
	}
	return true;
}

static bool
read_members(const struct jsonc *json, const char *path, double hues[PAINT_HUES], bool *light, struct error *err)
{
	const cJSON *item;
	unsigned index = 0;

	cJSON_ArrayForEach(item, json->root) {
		bool good = false;
		if (strcmp(item->string, "light") == 0) {
			good = cJSON_IsBool(item);
			*light = cJSON_IsTrue(item);
		} else if (strcmp(item->string, "hues") == 0) {
			good = read_hues(item, hues);
		} else if (strcmp(item->string, "roles") == 0) {
			good = cJSON_IsObject(item);
		}
		if (!good) {
			error_set(err, ERROR_INPUT, "\"%.60s\" means nothing in a theme, or not this", item->string);
			return error_at_line(err, path, jsonc_line(json, NULL, index));
		}
		index++;
	}
	return true;
}

static const struct theme *
make_theme(const struct jsonc *json, const char *name, const char *path, struct error *err)
{
	struct look looks[ROLE_COUNT];
	double hues[PAINT_HUES] = { 0 };
	bool light = false;

	if (!read_members(json, path, hues, &light, err))
		return NULL;
	memcpy(looks, theme_looks(light), sizeof looks);
	if (!read_roles(json, path, looks, err))
		return NULL;
	const struct theme *theme = theme_add(name, light, looks, hues);
	if (!theme)
		error_set(err, ERROR_INPUT, "there are too many themes");
	return theme;
}

const struct theme *
theme_parse(struct str text, const char *name, const char *path, struct error *err)
{
	struct jsonc json;

	if (!jsonc_parse(text, path, &json, err))
		return NULL;
	const struct theme *theme = make_theme(&json, name, path, err);
	jsonc_free(&json);
	return theme;
}

static char *
find_file(const char *name, const char *folder)
{
	char *own = folder ? xasprintf("%s/%s.json", folder, name) : NULL;

	if (own && access(own, R_OK) == 0)
		return own;
	free(own);
	char *file = xasprintf("themes/%s.json", name);
	char *path = datadir_find(file);
	free(file);
	return path;
}

bool
theme_is_name(const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[i]) && name[i] != '-' && name[i] != '_')
			return false;
	return len > 0 && len <= NAME_CHARS;
}

const struct theme *
theme_load(const char *name, const char *folder, struct error *err)
{
	char *path = theme_is_name(name) ? find_file(name, folder) : NULL;
	const struct theme *theme = NULL;
	struct jsonc json;

	if (path && jsonc_read(path, &json, err)) {
		theme = make_theme(&json, name, path, err);
		jsonc_free(&json);
	} else if (!path) {
		theme = theme_find(str_of(name));
		if (!theme && (strcmp(name, "color-blind") == 0 || strcmp(name, "mono") == 0))
			error_set(err, ERROR_SYSTEM, "the theme '%s' is not installed: there is no %s/themes/%s.json", name, PKGDATADIR, name);
		else if (!theme)
			error_set(err, ERROR_USAGE, "there is no theme '%.60s'; dark, light, color-blind and mono come with the program", name);
	}
	free(path);
	return theme;
}
