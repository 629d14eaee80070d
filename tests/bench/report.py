# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""The outcome as tables in Markdown, and the bars that it is held against."""

import dataclasses
import statistics

import everything
import importing

MET, MISSED, UNKNOWN = "✓", "✗", "?"
GROWTH_MAX = 2.0
SWEEP_SHOWN = 5
BEHIND = " behind lighttpd"


@dataclasses.dataclass(frozen=True)
class Bar:
    what: str
    required: str
    measured: str
    mark: str


def bar_at_least(what, floor, value, unit=" x"):
    return Bar(what, f">= {floor:g}{unit}", f"{value:.2f}{unit}", MET if value >= floor else MISSED)


def bar_at_most(what, ceiling, value, unit):
    return Bar(what, f"<= {ceiling:g}{unit}", f"{value:.2f}{unit}",
               MET if value <= ceiling else MISSED)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(["---"] * len(head)) + "|"]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows])


# --- The bars ------------------------------------------------------------------------------------

# (what, our cell, the other cell, at least so many times as fast)
READ_RATIOS = (
    ("read one / hello", "read one", "hello", 0.90),
    ("read one / Go behind lighttpd", "read one", "read one: Go" + BEHIND, 2.0),
    ("read one / FastAPI behind lighttpd", "read one", "read one: FastAPI" + BEHIND, 3.5),
    ("read one / FastAPI with no proxy", "read one", "read one: FastAPI", 1.6),
    ("read one, everything on / hello", "read one, everything on", "hello", 0.85),
    ("list 50 / hello", "list 50", "hello", 0.50),
    ("list 50 / Go with no proxy", "list 50", "list 50: Go", 1.3),
    ("list 50 / FastAPI with no proxy", "list 50", "list 50: FastAPI", 4.5),
)
CREATE_RATIOS = (
    ("create / raw commits of the task row", "create", "raw commit: task row", 2.0),
    ("create / Go with no proxy", "create", "create: Go", 2.5),
    ("create / FastAPI with no proxy", "create", "create: FastAPI", 5.0),
)
CREATE_P99_MS = 10.0
# (what, key of the results, at most so many ms)
BULK_TIMES = (
    ("bulk completion of 1,000 new tasks", ("new", "complete"), 50.0),
    ("undo of that bulk completion", ("new", "undo"), 100.0),
)
IDLE_MIB, LOADED_MIB, PROXY_MIB = 15.0, 40.0, 10.0
START_MS, STOP_S = 100.0, 2.0


def ratio_bars(results, ratios, missing):
    for what, ours, other, floor in ratios:
        if ours in results and other in results:
            yield bar_at_least(what, floor, results[ours].over(results[other]))
        else:
            reason = next((text for name, text in missing.items() if name in other), "left out")
            yield Bar(what, f">= {floor:g} x", f"not measured: {reason}", UNKNOWN)


def error_bar(results):
    ours = [name for name in results if ":" not in name and name != "hello"]
    return Bar("errors in all that", "0", str(sum(results[name].errors for name in ours)),
               MISSED if any(results[name].errors for name in ours) else MET)


def growth_bars(growth):
    names = dict.fromkeys(name for name, _ in growth)
    for name in names:
        yield bar_at_most(f"growth of {name}", GROWTH_MAX,
                          growth[(name, "small")].over(growth[(name, "large")]), " x")


def sweep_bar(sweep):
    ratio, query, *_ = sweep[0]
    return bar_at_most(f"growth of the worst single query, `{query}`", GROWTH_MAX, ratio, " x")


def bulk_bars(bulk):
    for what, key, ceiling in BULK_TIMES:
        yield bar_at_most(what, ceiling, 1000 * statistics.median(bulk[key]), " ms")


def life_bars(life):
    yield bar_at_most("app, idle", IDLE_MIB, life["idle"], " MiB")
    yield bar_at_most("app, most under load, large", LOADED_MIB, life["loaded"], " MiB")
    yield bar_at_most("lighttpd, most under load", PROXY_MIB, life["proxy"], " MiB")
    yield bar_at_most("start to ready, large, slowest", START_MS, life["starts"][-1] * 1000, " ms")
    yield bar_at_most("stop under load, large", STOP_S, life["stop"], " s")


def bars(run):
    """All bars that the parts of the run allow."""
    found = []
    if run.reads:
        found += ratio_bars(run.reads, READ_RATIOS, run.missing)
    if run.creates:
        found += ratio_bars(run.creates, CREATE_RATIOS, run.missing)
        found.append(bar_at_most("create, 99th percentile, 32 clients", CREATE_P99_MS,
                                 run.creates["create"].p99_us / 1000, " ms"))
    if run.growth:
        found += growth_bars(run.growth)
        found.append(sweep_bar(run.sweep))
    if run.bulk:
        found += bulk_bars(run.bulk)
    if run.life:
        found += life_bars(run.life)
    if run.reads or run.creates:
        found.append(error_bar(run.reads | run.creates))
    return found


# --- The tables ----------------------------------------------------------------------------------


def rate_rows(results, base):
    for name, result in results.items():
        yield (name, f"{result.rate:,.0f}", f"{result.over(results[base]):.2f}",
               f"{result.p99_us / 1000:.2f}", result.errors)


def rate_table(results, base, missing):
    head = ("what", "per second", f"x {base}", "99% under, ms", "errors")
    rows = [row for row in rate_rows(results, base) if row[0] not in everything.CELLS]
    rows += [(name, f"not measured: {reason}", "", "", "") for name, reason in missing.items()]
    return table(head, rows)


def everything_table(results, spans):
    """With what it is compared to."""
    head = ("what", "per second", "x hello", "x read one", "99% under, ms", "errors",
            "spans exported", "spans dropped")
    rows = []
    for name in ("hello", "read one", *everything.CELLS):
        result, counts = results[name], spans.get(name)
        rows.append((name, f"{result.rate:,.0f}", f"{result.over(results['hello']):.2f}",
                     f"{result.over(results['read one']):.2f}", f"{result.p99_us / 1000:.2f}",
                     result.errors, f"{counts['exported']:,}" if counts else "",
                     f"{counts['dropped'] + counts['failed']:,}" if counts else ""))
    return table(head, rows)


def growth_table(growth, tasks):
    head = ("what", "ms at 1,000 tasks", f"ms at {tasks:,} tasks", "ratio")
    rows = []
    for name in dict.fromkeys(name for name, _ in growth):
        small, large = growth[(name, "small")], growth[(name, "large")]
        rows.append((name, f"{1000 / small.rate:.3f}", f"{1000 / large.rate:.3f}",
                     f"{small.over(large):.2f}"))
    return table(head, rows)


def sweep_table(sweep, tasks):
    head = ("query", "ms at 1,000 tasks", f"ms at {tasks:,} tasks", "ratio")
    rows = [(f"`{query}`", f"{small:.2f}", f"{large:.2f}", f"{ratio:.2f}")
            for ratio, query, small, large in sweep[:SWEEP_SHOWN]]
    return table(head, rows)


def bulk_table(bulk):
    turns = len(bulk[("new", "complete")])
    head = ("what", f"median of {turns}, ms", "slowest, ms")
    rows = [(f"{what}, {kind} ids", f"{1000 * statistics.median(times):.1f}",
             f"{1000 * max(times):.1f}") for (kind, what), times in bulk.items()]
    return table(head, rows)


def import_table(samples):
    """The samples are of importing.measure."""
    head = ("what", f"median of {len(samples)}, s", "slowest, s",
            "app's memory at most until then, MiB")
    rows = []
    for what, seconds, peak in (("import", "seconds", "peak"),
                                ("its undo", "undo_seconds", "undo_peak")):
        times = [getattr(sample, seconds) for sample in samples]
        most = max(getattr(sample, peak) for sample in samples)
        rows.append((what, f"{statistics.median(times):.2f}", f"{max(times):.2f}", f"{most:.1f}"))
    return table(head, rows)


def bar_table(found):
    return table(("bar", "required", "measured", ""),
                 [(bar.what, bar.required, bar.measured, bar.mark) for bar in found])


def text(run):
    """The whole report."""
    parts = ["### The machine", table(("", ""), run.machine.items()),
             "### The bars", bar_table(bars(run))]
    if run.reads:
        parts += ["### Reads", rate_table(run.reads, "hello", run.missing),
                  "### With everything on", everything_table(run.reads, run.spans)]
    if run.creates:
        parts += ["### Durable creates",
                  rate_table(run.creates, "raw commit: task row", run.missing)]
    if run.growth:
        parts += ["### Growth: time per request of a saturated service",
                  growth_table(run.growth, run.tasks),
                  f"The {SWEEP_SHOWN} of {len(run.sweep)} single queries that grow most, one "
                  "request at a time:", sweep_table(run.sweep, run.tasks),
                  f"The {SWEEP_SHOWN} slowest of {len(run.stats_sweep)} queries of filtered "
                  "statistics, one request at a time:", sweep_table(run.stats_sweep, run.tasks)]
    if run.bulk:
        parts += [f"### Bulk of 1,000 tasks at {run.tasks:,} tasks", bulk_table(run.bulk)]
    if run.imports:
        parts += [f"### Import of {importing.TASKS:,} tasks into an empty database",
                  import_table(run.imports)]
    return "\n\n".join(parts)
