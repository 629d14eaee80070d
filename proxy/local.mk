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
	proxy/site/index.html proxy/site/style.css proxy/site/docs/index.html \
	proxy/site/docs/problems/index.html

nobase_dist_pkgdata_DATA = proxy/lighttpd.conf proxy/settings.conf.example $(PROXY_ERRORS) \
	$(PROXY_SITE)
