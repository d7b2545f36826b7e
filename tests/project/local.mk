# SPDX-License-Identifier: MIT
# What holds for the project as a whole.
dist_check_SCRIPTS += \
	tests/project/corpus.sh \
	tests/project/demo.sh \
	tests/project/dist.sh \
	tests/project/features.sh \
	tests/project/floors.sh \
	tests/project/fuzzers.sh \
	tests/project/installed.sh \
	tests/project/pictures.sh \
	tests/project/words.sh
EXTRA_DIST += tests/project/tap.sh
