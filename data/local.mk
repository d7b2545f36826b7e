# SPDX-License-Identifier: MIT
# Written by tools/demogen; tests/project/demo.sh holds them to it.
dist_pkgdata_DATA = \
	data/agent.json \
	data/checkout.json \
	data/server.folded \
	data/traces.json

themesdir = $(pkgdatadir)/themes
dist_themes_DATA = \
	data/themes/color-blind.json \
	data/themes/dark.json \
	data/themes/light.json \
	data/themes/mono.json
