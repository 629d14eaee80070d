# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Documents. The contract is installed where the proxy's example settings look for it, and as JSON
# among the proxy's static files.

dist_pkgdata_DATA = docs/openapi.yaml

noinst_PROGRAMS += openapi-json
openapi_json_SOURCES = docs/openapi_json.c
openapi_json_LDADD = libtodo.a $(YAML_LIBS)

# For a cross build: the path of an openapi-json that the building machine can run.
OPENAPI_JSON = ./openapi-json$(EXEEXT)

nobase_pkgdata_DATA = proxy/site/openapi.json
CLEANFILES += proxy/site/openapi.json
proxy/site/openapi.json: docs/openapi.yaml openapi-json$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) proxy/site && \
	$(OPENAPI_JSON) <$(srcdir)/docs/openapi.yaml >$@.tmp && mv $@.tmp $@
EXTRA_DIST += CONTRIBUTING.md docs/admin.md docs/migration.md docs/operations.md docs/tracing.md \
	docs/adr/0009-import-and-backup.md docs/adr/0012-tracing.md tests/docs/test_operations.py
