#!/bin/sh
# SPDX-License-Identifier: MIT
# The pictures of the documentation are what the program draws now; `make screenshots` draws them again.
PICTURES_EXACT=1
export PICTURES_EXACT
exec sh "$top_srcdir/tests/project/pictures.sh"
