/* SPDX-License-Identifier: MIT
 * Names of functions as programmers write them, from names as compilers of C++ and Rust write them.
 * C++ of the common ABI without arguments and result, as perf shows them; Rust in its old and its new form, without hashes.
 * Also names of Rust that a C++ demangler got half way: "core::ops::function::FnOnce::call_once::h0123456789abcdef". */
#ifndef LOAD_DEMANGLE_H
#define LOAD_DEMANGLE_H

#include <stdbool.h>

#include "util/buf.h"

/* Whether a name may be a mangled one: cheap, and true for some that are not. */
bool demangle_may(struct str name);

/* Adds the written form of name to out.  False when it is not mangled, or too long to tell: nothing is added.
 * Safe for any bytes and from any thread. */
bool demangle(struct str name, struct buf *out);

#endif
