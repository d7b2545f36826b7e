# SPDX-License-Identifier: MIT
# The manual page and the completions are written by docgen from the tables of commands, options and formats.
noinst_PROGRAMS += doc/docgen
doc_docgen_SOURCES = doc/docgen.c
doc_docgen_LDADD = $(LIBS_ALL)

man_MANS = doc/spanfire.1
bashcompletiondir = $(datadir)/bash-completion/completions
nodist_bashcompletion_DATA = doc/completions/spanfire
zshcompletiondir = $(datadir)/zsh/site-functions
nodist_zshcompletion_DATA = doc/completions/_spanfire
fishcompletiondir = $(datadir)/fish/vendor_completions.d
nodist_fishcompletion_DATA = doc/completions/spanfire.fish
dist_doc_DATA = \
	doc/features.md \
	doc/formats.md \
	doc/json.md \
	doc/query.md \
	doc/traces.md

doc/spanfire.1: doc/docgen$(EXEEXT) doc/spanfire.1.in
	$(AM_V_GEN)doc/docgen$(EXEEXT) man $(srcdir)/doc/spanfire.1.in >$@.new && mv $@.new $@
doc/completions/spanfire: doc/docgen$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) doc/completions && doc/docgen$(EXEEXT) bash >$@.new && mv $@.new $@
doc/completions/_spanfire: doc/docgen$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) doc/completions && doc/docgen$(EXEEXT) zsh >$@.new && mv $@.new $@
doc/completions/spanfire.fish: doc/docgen$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) doc/completions && doc/docgen$(EXEEXT) fish >$@.new && mv $@.new $@
CLEANFILES += \
	doc/completions/_spanfire \
	doc/completions/spanfire \
	doc/completions/spanfire.fish \
	doc/spanfire.1

EXTRA_DIST += \
	doc/spanfire.1.in
