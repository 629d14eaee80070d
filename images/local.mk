# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The container images. `make images` and its like run the scripts in the source tree.

noinst_PROGRAMS += proxy-start
proxy_start_SOURCES = images/proxy/start.c

.PHONY: images push-images load-images
images:
	$(srcdir)/scripts/build-images.sh $(IMAGE_OPTIONS)
push-images:
	$(srcdir)/scripts/push-images.sh $(IMAGE_OPTIONS)
load-images:
	$(srcdir)/scripts/load-images.sh $(IMAGE_OPTIONS)

EXTRA_DIST += .containerignore .dockerignore \
	images/build.sh images/app/Containerfile images/app/collect.sh \
	images/proxy/Containerfile images/proxy/collect.sh images/proxy/proxy.conf \
	scripts/build-images.sh scripts/load-images.sh scripts/push-images.sh scripts/sbom.sh \
	scripts/smoke-test.sh scripts/lib/images.sh
