# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""What the same request costs on a small and on a large database."""

import time

import load
import workloads

SMALL_FAR_PAGE = 11  # of the 20 that 1,000 tasks fill
SWEEP_REPEATS = 15


def far_page_number(tasks):
    """The page in the middle: 10,000 at a million tasks."""
    return tasks // (2 * workloads.PAGE)


def plan(small, large, tasks):
    """{workload: (paths on the small database, paths on the large one)}."""
    clients = (small, large)
    filters = workloads.full_everywhere(clients, workloads.filter_paths())
    searches = workloads.full_everywhere(clients, workloads.search_paths(small))
    number = far_page_number(tasks)
    return {
        "list 50": (workloads.LIST, workloads.LIST),
        "filtered lists": (filters, filters),
        "search": (searches, searches),
        f"page {number:,} by cursor": (
            [workloads.far_page(small, SMALL_FAR_PAGE)], [workloads.far_page(large, number)]),
        "/stats": (workloads.STATS, workloads.STATS),
        "/metrics": (workloads.METRICS, workloads.METRICS),
    }


def cells(service, planned, paths_file):
    """For load.interleave: the two sizes of a workload stand side by side."""
    found = {}
    for name, both in planned.items():
        for size, paths in zip(("small", "large"), both, strict=True):
            file = paths_file(f"{name} {size}", paths)
            port = service.ports[size]
            found[(name, size)] = lambda seconds, port=port, file=file: load.wrk(
                port, seconds, "get", file)
    return found


def best_time(client, path):
    best = float("inf")
    for _ in range(SWEEP_REPEATS):
        before = time.perf_counter()
        client.get(path)
        best = min(best, time.perf_counter() - before)
    return best


def sweep(small, large):
    """[(ratio, query, ms on the small, ms on the large)], worst first: each filter and each order
    alone, one request at a time, where both databases fill a page."""
    paths = workloads.filter_paths() + workloads.sort_paths() + workloads.search_paths(small)
    rows = []
    for path in workloads.full_everywhere((small, large), paths):
        times = [best_time(client, path) * 1000 for client in (small, large)]
        rows.append((times[1] / times[0], path.split("&", 1)[1], *times))
    return sorted(rows, reverse=True)
