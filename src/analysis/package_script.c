/* SPDX-License-Identifier: MIT
 * Packages of scripts, by where their files lie. */
#include "config.h"

#include "analysis/package_core.h"

enum { NAME_PARTS = 1, OWNER_AND_NAME = 2 };

/* Folders that hold a folder for each package. */
static const struct folder {
	const char *name;
	int         parts;         /* of the path that name a package */
	bool        versioned;     /* "puma-5.6.7" */
} folders[] = {
	{ "node_modules/",  NAME_PARTS,     false },
	{ "site-packages/", NAME_PARTS,     false },
	{ "dist-packages/", NAME_PARTS,     false },
	{ "gems/",          NAME_PARTS,     true },
	{ "vendor/",        OWNER_AND_NAME, false },
};

/* Folders that say nothing of what is in them. */
static bool
is_common(struct str folder)
{
	static const char *const names[] = { "lib", "src", "dist", "build", "bin", "out", "js" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal(folder, str_of(names[i])))
			return true;
	return false;
}

/* "puma" of "puma-5.6.7". */
static struct str
without_version(struct str name)
{
	for (size_t at = 1; at + 1 < name.len; at++)
		if (name.at[at] == '-' && char_is_digit(name.at[at + 1]))
			return str_head(name, at);
	return name;
}

/* Where a folder was last named, one past it; 0: it was not. */
static size_t
after_folder(struct str path, struct str folder)
{
	size_t found = 0;

	for (size_t at = 0; at + folder.len < path.len; at++)
		if ((at == 0 || path.at[at - 1] == '/') && memcmp(path.at + at, folder.at, folder.len) == 0)
			found = at + folder.len;
	return found;
}

/* "express" of ".../node_modules/express/lib/x.js", "@scope/name" likewise, and what lies in a folder of installed packages. */
static struct str
installed_package(struct str path)
{
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		size_t at = after_folder(path, str_of(folders[i].name));
		if (at == 0)
			continue;
		struct str rest = str_tail(path, at);
		struct str package = components(rest, '/', rest.at[0] == '@' ? OWNER_AND_NAME : folders[i].parts);
		return folders[i].versioned ? without_version(package) : package;
	}
	return (struct str){ 0 };
}

/* The path behind "/lib/python3.8/" or "/lib/ruby/3.0.0/": of what comes with the language. */
static struct str
standard_library(struct str path)
{
	size_t python = str_find(path, STR("/python")), ruby = str_find(path, STR("/ruby/"));
	size_t at = python < path.len ? python + STR("/python").len : ruby + STR("/ruby/").len;

	if (at >= path.len || !char_is_digit(path.at[at]))
		return (struct str){ 0 };
	at += str_find_char(str_tail(path, at), '/') + 1;
	return at < path.len ? str_tail(path, at) : (struct str){ 0 };
}

/* The last folder of an absolute path that says something. */
static struct str
last_folder(struct str folders_of)
{
	struct str left = folders_of, last = str_tail(left, after_last(left, '/')), first_seen = last;

	while (is_common(last) && left.len > last.len + 1) {
		left = str_head(left, left.len - last.len - 1);
		struct str above = str_tail(left, after_last(left, '/'));
		if (above.len == 0 || above.at[0] == '.')
			return first_seen;
		last = above;
	}
	return last;
}

/* The first folder of a relative path that says something. */
static struct str
first_folder(struct str folders_of)
{
	struct str first = components(folders_of, '/', 1);

	while (is_common(first) && first.len + 1 < folders_of.len) {
		folders_of = str_tail(folders_of, first.len + 1);
		first = components(folders_of, '/', 1);
	}
	return first;
}

/* The first folder that says something, or the last one when the path is absolute; without any, the file. */
static struct str
package_of_path(struct str path)
{
	struct str installed = installed_package(path), standard = standard_library(path);

	if (installed.len)
		return installed;
	if (standard.len)
		path = standard;
	size_t scheme = str_find(path, STR("://"));
	if (scheme < path.len)
		path = str_tail(path, scheme + 2);
	struct str folder = str_head(path, after_last(path, '/'));
	if (!folder.len)
		return path;
	folder.len--;
	if (path.at[0] != '/' && path.at[0] != '.')
		return first_folder(folder);
	struct str last = last_folder(folder);
	return last.len && last.at[0] != '.' ? last : str_tail(path, folder.len + 1);
}

/* The end of the first file of a script that is named: of "a/b.rb" in "a/b.rb:12 - run"; 0: none is. */
static size_t
end_of_script(struct str name)
{
	static const char *const suffixes[] = { ".py", ".pyx", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".rb", ".php", ".lua", ".ex" };

	for (size_t at = 1; at < name.len; at++) {
		if (name.at[at] != '.')
			continue;
		for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
			size_t end = at + strlen(suffixes[i]);
			if (str_starts(str_tail(name, at), str_of(suffixes[i])) && (end == name.len || strchr(":)] ", name.at[end])))
				return end;
		}
	}
	return 0;
}

/* What comes with the language, and has no file. */
static struct str
built_in(struct str name)
{
	static const struct { const char *mark, *package; } marks[] = {
		{ "node:", "node" }, { "<internal:", "ruby" }, { "(unknown):-1 - ", "ruby" },
		{ "Builtin:", "v8" }, { "RegExp:", "v8" }, { "Stub:", "v8" }, { "BytecodeHandler:", "v8" },
	};
	static const struct str frozen = { "<frozen ", 8 };
	struct str place = str_tail(name, after_last(name, ' '));

	if (str_starts(name, frozen)) {
		struct str module = str_tail(name, frozen.len);
		module = str_head(module, str_find_char(module, '>'));
		return str_head(module, str_find_char(module, '.'));
	}
	if (place.len > 1 && place.at[0] == '(')
		place = str_tail(place, 1);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_begins(name, marks[i].mark) || str_begins(place, marks[i].mark))
			return str_of(marks[i].package);
	return (struct str){ 0 };
}

/* "read (pkg/file.py:12)", "read /srv/app/file.js:12:3", "pkg/file.rb:12 - read", "pkg/file.py:read:12": a name beside a place. */
struct str
package_of_script(struct str name)
{
	size_t end = end_of_script(name);

	if (name.len == 0)
		return name;
	if (end == 0)
		return built_in(name);
	size_t begin = end;
	while (begin > 0 && !strchr(" ([", name.at[begin - 1]))
		begin--;
	struct str path = { name.at + begin, end - begin };
	return path.len ? package_of_path(path) : (struct str){ 0 };
}
