# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The proxy's configuration and static files, installed below pkgdatadir with their folders.

PROXY_ERRORS = \
	proxy/errors/400.html proxy/errors/403.html proxy/errors/404.html proxy/errors/405.html \
	proxy/errors/408.html proxy/errors/411.html proxy/errors/412.html proxy/errors/413.html \
	proxy/errors/414.html proxy/errors/416.html proxy/errors/417.html proxy/errors/421.html \
	proxy/errors/431.html proxy/errors/500.html proxy/errors/501.html proxy/errors/502.html \
	proxy/errors/503.html proxy/errors/504.html proxy/errors/505.html
PROXY_SITE = \
	proxy/site/index.html proxy/site/icon.svg proxy/site/style.css proxy/site/docs/index.html \
	proxy/site/docs/problems/index.html
PROXY_FILES = proxy/lighttpd.conf proxy/status.conf proxy/tls.conf proxy/settings.conf.example \
	$(PROXY_ERRORS) $(PROXY_SITE)

nobase_dist_pkgdata_DATA = $(PROXY_FILES)
EXTRA_DIST += proxy/swagger-ui/index.html proxy/swagger-ui/initialise.js \
	proxy/swagger-ui/page.css scripts/fetch-swagger-ui.sh

# What a proxy serves that runs from the build folder: there var.share is share/.
all-local: share/complete
share/complete: $(PROXY_FILES) proxy/site/openapi.json
	$(AM_V_GEN)for file in $(PROXY_FILES) proxy/site/openapi.json; do \
		from=$$file; test -f "$$from" || from=$(srcdir)/$$file; to=share/$${file#proxy/}; \
		$(MKDIR_P) "$$(dirname "$$to")" && cp -p "$$from" "$$to" || exit 1; \
	done && touch $@

# Optional, since it needs npm: Swagger UI for /docs/, in the build folder and for make install. It may
# also have been fetched into the source folder, as for the images.
SWAGGER_UI = proxy/site/docs/swagger-ui
swagger-ui: share/complete
	@$(srcdir)/scripts/fetch-swagger-ui.sh $(SWAGGER_UI) && \
	$(MKDIR_P) share/site/docs/swagger-ui && cp -p $(SWAGGER_UI)/* share/site/docs/swagger-ui/
.PHONY: swagger-ui install-swagger-ui uninstall-swagger-ui clean-site

install-data-local: install-swagger-ui
install-swagger-ui:
	@from=$(SWAGGER_UI); test -d $$from || from=$(srcdir)/$(SWAGGER_UI); \
	if test -d $$from; then \
		$(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/$(SWAGGER_UI)" && \
		$(INSTALL_DATA) $$from/* "$(DESTDIR)$(pkgdatadir)/$(SWAGGER_UI)"; \
	else echo 'Swagger UI was not fetched (make swagger-ui): /docs/ is the plain list.'; fi
uninstall-local: uninstall-swagger-ui
uninstall-swagger-ui:
	rm -rf "$(DESTDIR)$(pkgdatadir)/$(SWAGGER_UI)"
clean-local: clean-site
clean-site:
	rm -rf share $(SWAGGER_UI)
