/* SPDX-License-Identifier: MIT
 * Function names without what repeats and explains: template arguments and generics, parameter lists, paths of packages. */
#ifndef ANALYSIS_SHORT_NAME_H
#define ANALYSIS_SHORT_NAME_H

#include "util/buf.h"
#include "util/str.h"

/* Appends the short form of a name as its language writes it: "std::vector<int>::push_back(int const&)" is "vector::push_back",
 * "net/http.(*conn).serve" is "http.(*conn).serve", "java.util.concurrent.FutureTask.run" is "FutureTask.run".
 * So is "Lio/netty/Foo;.run()V" of perf's maps "Foo.run"; what older Rust compilers escaped is read.
 * Operators, closures and lambdas stay.  Never empty: a name of which nothing would be left is appended whole. */
void short_name(struct str name, struct buf *out);

#endif
