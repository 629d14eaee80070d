# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The suite of the container images.

EXTRA_DIST += tests/images/containers.py tests/images/pod.yaml tests/images/setup.sh \
	tests/images/test_images.py tests/images/test_pod.py tests/images/test_scripts.py
