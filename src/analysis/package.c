/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/label.h"
#include "analysis/package_core.h"

/* Rules are tried in turn. */

enum { NAMESPACE_PARTS = 2, DOMAIN_PARTS = 3, DEEP = 3 };

/* "libc.so.6", "[libc.so.6]", "libfoo.dylib`bar": a shared library rather than a function. */
static struct str
from_library(struct str name)
{
	size_t tick = str_find_char(name, '`');

	/* Behind a digit it counts the parameters of a type of .NET. */
	if (tick > 0 && tick + 1 < name.len && !char_is_digit(name.at[tick + 1]))
		return str_head(name, tick);
	if (name.len > 2 && name.at[0] == '[' && name.at[name.len - 1] == ']')
		name = str_head(str_tail(name, 1), name.len - 2);
	name = str_tail(name, after_last(name, '/'));
	size_t dot = str_find(name, STR(".so"));
	if (dot < name.len && (dot + 3 == name.len || name.at[dot + 3] == '.'))
		return name;
	if (str_ends(name, STR(".dll")) || str_ends(name, STR(".dylib")))
		return name;
	return (struct str){ 0 };
}

/* Where code lies that was compiled while the program ran: "perf-3236.map", "jitted-3236-4.so", "//anon". */
static bool
is_of_jit(struct str file)
{
	return (str_starts(file, STR("perf-")) && str_ends(file, STR(".map"))) || str_starts(file, STR("jitted-")) ||
	       str_equal(file, STR("anon")) || str_equal(file, STR("[anon]"));
}

/* "System.Threading!Thread.Start", "ntdll!RtlUserThreadStart": what is before the mark; where there is nothing, the whole. */
static struct str
from_mark(struct str name)
{
	size_t mark = str_find_char(name, '!');

	if (mark == 0)
		return name;
	if (mark + 1 >= name.len || !(char_is_upper(name.at[mark + 1]) || char_is_lower(name.at[mark + 1]) || strchr("_.<", name.at[mark + 1])))
		return (struct str){ 0 };
	for (size_t i = 0; i < mark; i++)
		if (!char_is_upper(name.at[i]) && !char_is_lower(name.at[i]) && !char_is_digit(name.at[i]) && !strchr("_.-", name.at[i]))
			return (struct str){ 0 };
	return str_head(name, mark);
}

/* The name without what a lambda's class has behind it: "Foo$$Lambda$123/0x00000.apply". */
static struct str
without_lambda(struct str name)
{
	size_t lambda = str_find(name, STR("$$Lambda"));

	return str_head(name, lambda);
}

/* A class of the JVM, "io/netty/channel/Foo:.bar" or "Lio/netty/channel/Foo;.bar()V": its package. */
static struct str
from_class(struct str path)
{
	size_t colon = str_find(path, STR(":.")), semicolon = str_find_char(path, ';');
	size_t end = colon < semicolon ? colon : semicolon;
	struct str folder = str_head(path, end);

	folder = str_head(folder, after_last(folder, '/'));
	if (end == path.len || folder.len < 2)
		return (struct str){ 0 };
	bool signature = end == semicolon && folder.at[0] == 'L';
	return components(str_tail(folder, signature), '/', NAMESPACE_PARTS);
}

/* "net/http.(*conn).serve", "github.com/user/repo/pkg.Func", "java/lang/Thread.run", "type..eq.net/http.Request". */
static struct str
from_slashes(struct str name)
{
	static const char *const before[] = { "type..eq.", "type..hash.", "type:.eq.", "type:.hash.", "go:itab.*", "go.itab.*" };

	name = without_lambda(name);
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (str_begins(name, before[i]))
			name = str_tail(name, strlen(before[i]));
	struct str path = str_head(name, str_find_char(name, '('));
	path = str_head(path, str_find_char(path, ' '));
	size_t last = after_last(path, '/');
	struct str domain = str_head(path, str_find_char(path, '/'));
	if (last < 2 || path.at[0] == '/' || str_has(domain, STR("::")))
		return (struct str){ 0 };
	struct str class = from_class(path);
	if (class.len || last >= path.len)
		return class;
	struct str leaf = str_tail(path, last), folder = str_head(path, last - 1);
	if (str_find_char(domain, '.') < domain.len)
		return components(str_head(path, last + str_find_char(leaf, '.')), '/', DOMAIN_PARTS);
	/* A class, or the begin of one: names of perf end where its buffer did. */
	int slashes = 0;
	for (size_t i = 0; i < path.len; i++)
		slashes += path.at[i] == '/';
	bool signature = folder.len > 1 && folder.at[0] == 'L' && char_is_lower(folder.at[1]);
	if (char_is_upper(leaf.at[0]) || (slashes >= DEEP && str_find_char(leaf, '.') == leaf.len))
		return components(str_tail(folder, signature), '/', NAMESPACE_PARTS);
	if (str_find_char(leaf, '.') < leaf.len)
		return str_head(path, last + str_find_char(leaf, '.'));
	return (struct str){ 0 };
}

/* "App\\Http\\Controllers\\Cart::add", "\\App\\run" of PHP: the outer namespaces. */
static struct str
from_backslashes(struct str name)
{
	size_t last = after_last(name, '\\');
	struct str space = str_head(name, last ? last - 1 : 0);

	if (space.len && space.at[0] == '\\')
		space = str_tail(space, 1);
	for (size_t i = 0; i < space.len; i++)
		if (!is_word(space.at[i]) && space.at[i] != '\\')
			return (struct str){ 0 };
	return components(space, '\\', NAMESPACE_PARTS);
}

/* "Array#each" of Ruby: the class. */
static struct str
from_hash(struct str name)
{
	size_t hash = str_find_char(name, '#'), space = after_last(str_head(name, hash), ' ');
	struct str class = (struct str){ name.at + space, hash - space };

	if (hash + 1 >= name.len || class.len == 0 || !char_is_upper(class.at[0]))
		return (struct str){ 0 };
	for (size_t i = 0; i < class.len; i++)
		if (!is_word(class.at[i]))
			return (struct str){ 0 };
	return class;
}

/* Whether what follows a dot is what a compiler adds to a copy of a function: "foo.constprop.0", "foo.isra.3", "foo.cold". */
static bool
is_clone_suffix(struct str rest)
{
	static const char *const words[] = { "constprop", "isra", "part", "cold", "llvm", "lto_priv", "clone", "0", "localalias" };

	rest = str_head(rest, str_find_char(rest, '.'));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(rest, str_of(words[i])))
			return true;
	return rest.len && char_is_digit(rest.at[0]);
}

/* "io.netty.channel.Foo.bar" has packages in lower case before a class, "System.Threading.Tasks.Task.Run" namespaces before class and
 * method; "runtime.mallocgc", "main.(*T).run" and "os.path.join" a module. */
static struct str
from_dots(struct str name)
{
	size_t word = 0;
	int lower = 0, upper = 0;

	name = without_lambda(name);
	size_t first = str_find_char(name, '.');
	if (first == 0 || first + 1 >= name.len || str_find_char(str_head(name, first), ' ') < first || is_clone_suffix(str_tail(name, first + 1)))
		return (struct str){ 0 };
	for (size_t dot; word < name.len && (dot = str_find_char(str_tail(name, word), '.')) < name.len - word; word += dot + 1) {
		bool small = char_is_lower(name.at[word]);
		if (!(small ? upper == 0 : lower == 0 && char_is_upper(name.at[word])) || str_find_char(str_head(name, word + dot), '(') < word + dot)
			break;
		lower += small;
		upper += !small;
	}
	bool before_class = word < name.len && char_is_upper(name.at[word]);
	/* The last of those with a capital is the class; the method follows it. */
	if ((lower >= NAMESPACE_PARTS && before_class) || upper > NAMESPACE_PARTS)
		return components(name, '.', NAMESPACE_PARTS);
	return str_head(name, first);
}

/* A rule needs to be asked only of names that have one of these characters. */
static const struct rule {
	struct str (*cut)(struct str name);
	const char *needs;
} rules[] = {
	{ package_of_script, ".:<" }, { package_of_mangled, "_" }, { from_mark, "!" }, { from_slashes, "/" }, { from_backslashes, "\\" },
	{ from_hash, "#" }, { package_of_native, ":$" }, { from_dots, "." },
};

static struct str
from_name(struct str name)
{
	struct char_set has = chars_of(name);
	struct str package = { 0 };

	for (const struct rule *rule = rules; rule < rules + sizeof rules / sizeof *rules && !package.len; rule++)
		for (const char *c = rule->needs; *c; c++)
			if (chars_have(&has, *c)) {
				package = rule->cut(name);
				break;
			}
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
	struct str file = str_tail(module, after_last(module, '/'));
	bool jit = ds->frames[frame].kind == FRAME_JIT || is_of_jit(file);
	if (!jit && from_library(file).len)
		return file;
	struct str library = from_library(name);
	if (library.len)
		return library;
	struct str script = package_of_script(strtab_get(ds->strings, ds->frames[frame].file));
	if (script.len)
		return script;
	/* A program holds many packages: its own file says less than a name that tells its own. */
	struct str package = from_name(name);
	/* The file of such code has another number each time. */
	if (!package.len && jit && file.len)
		return STR("jit");
	return package.len ? package : file.len ? file : module.len ? module : name;
}
