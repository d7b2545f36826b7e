# SPDX-License-Identifier: MIT
# Written by tools/demogen; tests/project/demo.sh holds them to it.
dist_pkgdata_DATA = \
	data/agent.json \
	data/checkout.json \
	data/server.folded \
	data/traces.json
