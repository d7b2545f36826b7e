/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/label.h"

/* Rules are tried in turn; each gives a part of the name, or nothing when the name is not of its language. */

static struct str
head(struct str text, size_t len)
{
	return (struct str){ text.at, len };
}

static struct str
tail(struct str text, size_t from)
{
	return (struct str){ text.at + from, text.len - from };
}

/* The offset of the first c, or len. */
static size_t
find(struct str text, char c)
{
	const char *at = text.len ? memchr(text.at, c, text.len) : NULL;

	return at ? (size_t)(at - text.at) : text.len;
}

/* One past the last c, or 0. */
static size_t
after_last(struct str text, char c)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != c)
		at--;
	return at;
}

/* The offset of the first occurrence of part, or len. */
static size_t
find_part(struct str text, struct str part)
{
	for (size_t at = 0; at + part.len <= text.len; at++)
		if (text.at[at] == part.at[0] && memcmp(text.at + at, part.at, part.len) == 0)
			return at;
	return text.len;
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The first count components of a path: "a/b" of "a/b/c". */
static struct str
components(struct str path, char between, int count)
{
	size_t at = 0;

	for (; count > 0 && at < path.len; count--) {
		at += find(tail(path, at), between);
		if (count > 1 && at < path.len)
			at++;
	}
	while (at > 0 && path.at[at - 1] == between)
		at--;
	return head(path, at);
}

/* "express" of ".../node_modules/express/lib/x.js", "@scope/name" likewise, and what lies in a folder of installed packages. */
static struct str
installed_package(struct str path)
{
	static const char *const folders[] = { "node_modules/", "site-packages/", "dist-packages/" };

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		struct str folder = str_of(folders[i]);
		size_t at = find_part(path, folder);

		if (at < path.len) {
			struct str rest = tail(path, at + folder.len);
			return components(rest, '/', rest.len && rest.at[0] == '@' ? 2 : 1);
		}
	}
	return (struct str){ 0 };
}

/* A source file with its line, as in "pkg/file.py:12": the first folder, or the last one when the path is absolute, or the file. */
static struct str
package_of_path(struct str path)
{
	struct str installed = installed_package(path);

	if (installed.len)
		return installed;
	if (str_starts(path, STR("node:")))
		return head(path, 4);
	size_t scheme = find_part(path, STR("://"));
	if (scheme < path.len)
		path = tail(path, scheme + 2);
	struct str folder = head(path, after_last(path, '/'));
	if (!folder.len)
		return head(path, find(path, ':'));
	folder.len--;
	if (path.at[0] != '/' && path.at[0] != '.')
		return components(folder, '/', 1);
	struct str last = tail(folder, after_last(folder, '/'));
	return last.len && last.at[0] != '.' ? last : tail(path, folder.len + 1);
}

/* "read (pkg/file.py:12)", "read /srv/app/file.js:12", "read pkg/file.rb:12": a name followed by a place. */
static struct str
from_place(struct str name)
{
	static const char *const suffixes[] = { ".py", ".pyx", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".rb", ".php", ".lua", ".ex" };
	size_t space = after_last(name, ' ');
	struct str path = tail(name, space);

	if (path.len > 2 && path.at[0] == '(' && path.at[path.len - 1] == ')')
		path = (struct str){ path.at + 1, path.len - 2 };
	if (str_starts(path, STR("node:")))
		return head(path, 4);
	struct str file = path;
	/* Line and column. */
	for (int i = 0; i < 2; i++) {
		size_t digits = file.len;

		while (digits > 0 && is_digit(file.at[digits - 1]))
			digits--;
		if (digits > 1 && digits < file.len && file.at[digits - 1] == ':')
			file.len = digits - 1;
	}
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
		if (file.len > strlen(suffixes[i]) && str_ends(file, str_of(suffixes[i])))
			return package_of_path(file);
	return (struct str){ 0 };
}

/* "libc.so.6", "[libc.so.6]", "libfoo.dylib`bar": a shared library rather than a function. */
static struct str
from_library(struct str name)
{
	size_t tick = find(name, '`');

	if (tick > 0 && tick < name.len)
		return head(name, tick);
	if (name.len > 2 && name.at[0] == '[' && name.at[name.len - 1] == ']')
		name = (struct str){ name.at + 1, name.len - 2 };
	name = tail(name, after_last(name, '/'));
	size_t dot = find_part(name, STR(".so"));
	if (dot < name.len && (dot + 3 == name.len || name.at[dot + 3] == '.'))
		return name;
	if (str_ends(name, STR(".dll")) || str_ends(name, STR(".dylib")))
		return name;
	return (struct str){ 0 };
}

/* "ns::Class::fn(int)", "<core::iter::Map<I, F> as Iterator>::next", "void ns::fn<int>()": the outermost namespace. */
static struct str
from_colons(struct str name)
{
	static const char *const before[] = { "<", "&", "*", "mut ", "dyn ", "const ", "_<" };
	size_t round = find(name, '(');

	if (str_starts(name, STR("(anonymous namespace)::")))
		return head(name, sizeof "(anonymous namespace)" - 1);
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		if (str_starts(name, str_of(before[i]))) {
			name = tail(name, strlen(before[i]));
			round = find(name, '(');
			i = SIZE_MAX;
		}
	}
	size_t colons = find_part(head(name, round), STR("::"));
	if (colons == 0 || colons >= round)
		return (struct str){ 0 };
	struct str outermost = head(name, colons);
	/* A return type before it, a template's arguments or a type's parameters after it. */
	outermost = head(outermost, find(outermost, '<'));
	return tail(outermost, after_last(outermost, ' '));
}

/* "System.Threading!Thread.Start", "ntdll!RtlUserThreadStart": what is before the mark; where there is nothing, the whole. */
static struct str
from_mark(struct str name)
{
	size_t mark = find(name, '!');

	if (mark == 0)
		return name;
	if (mark + 1 >= name.len || !(is_upper(name.at[mark + 1]) || is_lower(name.at[mark + 1]) || strchr("_.<", name.at[mark + 1])))
		return (struct str){ 0 };
	for (size_t i = 0; i < mark; i++)
		if (!is_upper(name.at[i]) && !is_lower(name.at[i]) && !is_digit(name.at[i]) && !strchr("_.-", name.at[i]))
			return (struct str){ 0 };
	return head(name, mark);
}

/* "io/netty/channel/Foo:.bar", "java/lang/Thread.run", "net/http.(*conn).serve", "github.com/user/repo/pkg.Func". */
static struct str
from_slashes(struct str name)
{
	struct str path = head(name, find(name, '('));

	path = head(path, find(path, ' '));
	size_t last = after_last(path, '/');
	struct str domain = head(path, find(path, '/'));
	if (last < 2 || last >= path.len || path.at[0] == '/' || find_part(domain, STR("::")) < domain.len)
		return (struct str){ 0 };
	struct str leaf = tail(path, last);
	if (find(domain, '.') < domain.len)
		return components(head(path, last + find(leaf, '.')), '/', 3);
	if (is_upper(leaf.at[0])) {
		struct str folder = head(path, last - 1);
		/* The letter before class names in signatures. */
		return components(folder.len > 1 && folder.at[0] == 'L' && is_lower(folder.at[1]) ? tail(folder, 1) : folder, '/', 2);
	}
	if (find(leaf, '.') < leaf.len)
		return head(path, last + find(leaf, '.'));
	return (struct str){ 0 };
}

/* Whether what follows a dot is what a compiler adds to a copy of a function: "foo.constprop.0", "foo.isra.3", "foo.cold". */
static bool
is_clone_suffix(struct str rest)
{
	static const char *const words[] = { "constprop", "isra", "part", "cold", "llvm", "lto_priv", "clone", "0", "localalias" };

	rest = head(rest, find(rest, '.'));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(rest, str_of(words[i])))
			return true;
	return rest.len && is_digit(rest.at[0]);
}

/* "io.netty.channel.Foo.bar" has packages in lower case before a class; "runtime.mallocgc", "main.(*T).run" and "os.path.join" a module. */
static struct str
from_dots(struct str name)
{
	size_t first = find(name, '.');
	size_t word = 0;
	int packages = 0;

	if (first == 0 || first + 1 >= name.len || find(head(name, first), ' ') < first || is_clone_suffix(tail(name, first + 1)))
		return (struct str){ 0 };
	while (word < name.len && is_lower(name.at[word]) && find(tail(name, word), '.') < name.len - word) {
		word += find(tail(name, word), '.') + 1;
		packages++;
	}
	bool before_class = word < name.len && is_upper(name.at[word]);
	if (packages >= 2 && before_class)
		return components(name, '.', 2);
	return head(name, first);
}

static struct str
from_name(struct str name)
{
	static struct str (*const rules[])(struct str) = { from_place, from_mark, from_slashes, from_colons, from_dots };
	struct str package = { 0 };

	for (size_t i = 0; i < sizeof rules / sizeof *rules && !package.len; i++)
		package = rules[i](name);
	return package;
}

struct str
label_package(const struct dataset *ds, frame_id frame)
{
	struct str module = frame_module(ds, frame), name = frame_short(ds, frame);

	if (frame_is_of_span(ds, frame) && module.len)
		return module;
	if (ds->frames[frame].kind == FRAME_KERNEL || str_starts(name, STR("[kernel")) || str_starts(module, STR("[kernel")))
		return STR("kernel");
	struct str file = tail(module, after_last(module, '/'));
	if (from_library(file).len)
		return file;
	struct str library = from_library(name);
	if (library.len)
		return library;
	struct str script = from_place(strtab_get(ds->strings, ds->frames[frame].file));
	if (script.len)
		return script;
	/* A program holds many packages: its own file says less than a name that tells its own. */
	struct str package = from_name(name);
	return package.len ? package : file.len ? file : module.len ? module : name;
}
