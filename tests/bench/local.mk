# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The benchmark that scripts/bench.sh runs. Its programs are built only on request.

EXTRA_PROGRAMS = bench-hello bench-rawcommit bench-seed
bench_hello_SOURCES = tests/bench/hello.c
bench_hello_LDADD = $(FCGI_LIBS)
bench_rawcommit_SOURCES = tests/bench/rawcommit.c
bench_rawcommit_LDADD = $(SQLITE_LIBS)
bench_seed_SOURCES = tests/bench/seed.c
bench_seed_LDADD = $(APP_LIBS)
CLEANFILES += $(EXTRA_PROGRAMS)

EXTRA_DIST += \
	tests/bench/peers/fastapi/app.py tests/bench/peers/fastapi/models.py \
	tests/bench/peers/fastapi/requirements.txt tests/bench/peers/fastapi/store.py \
	tests/bench/peers/go/go.mod tests/bench/peers/go/go.sum tests/bench/peers/go/main.go \
	tests/bench/peers/go/store.go tests/bench/peers/go/task.go \
	tests/bench/bench.py tests/bench/bulk.py tests/bench/everything.py tests/bench/growth.py \
	tests/bench/importing.py tests/bench/instructions.py tests/bench/life.py \
	tests/bench/load.lua tests/bench/sections.py tests/bench/soak.py \
	tests/bench/load.py tests/bench/machine.py tests/bench/peers.py tests/bench/report.py \
	tests/bench/service.py tests/bench/workloads.py scripts/bench.sh docs/performance.md
