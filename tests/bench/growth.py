# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""What the same request costs on a small and on a large database."""

import time

import load
import workloads

SMALL_FAR_PAGE = 11  # of the 20 that 1,000 tasks fill
SWEEP_REPEATS = 15
SWEEP_SECONDS = 0.5  # fewer repeats of a query that takes long


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
    best, spent = float("inf"), 0
    for turn in range(SWEEP_REPEATS):
        if turn > 1 and spent > SWEEP_SECONDS:
            break
        before = time.perf_counter()
        client.get(path)
        taken = time.perf_counter() - before
        best, spent = min(best, taken), spent + taken
    return best


def single(small, large, paths):
    """[(ratio, path, ms on the small, ms on the large)], one request at a time."""
    rows = []
    for path in paths:
        times = [best_time(client, path) * 1000 for client in (small, large)]
        rows.append((times[1] / times[0], path, *times))
    return rows


def sweep(small, large):
    """The rows of single(), worst ratio first, with the query instead of the path: each filter and
    each order alone, where both databases fill a page."""
    paths = workloads.filter_paths() + workloads.sort_paths() + workloads.search_paths(small)
    full = workloads.full_everywhere((small, large), paths)
    return sorted(((ratio, path.split("&", 1)[1], *times)
                   for ratio, path, *times in single(small, large, full)), reverse=True)


def stats_sweep(small, large):
    """The same for the statistics with each filter, slowest on the large first."""
    rows = ((ratio, path.split("?", 1)[1], *times)
            for ratio, path, *times in single(small, large, workloads.stats_paths(small)))
    return sorted(rows, key=lambda row: row[-1], reverse=True)
