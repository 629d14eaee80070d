#!/usr/bin/env python3
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Writes Grafana's dashboard, observability/dashboard.json, from the table of panels below, and the
chart's copies of it and of the rules.

    generate-observability.py [--check]

With --check it changes nothing and fails if a file is not what would be written."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
DASHBOARD = ROOT / "observability/dashboard.json"
RULES = ROOT / "observability/rules"
COPIES = ROOT / "helm/todo-app-chart/files"

WIDTH, HEIGHT = 24, 8
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
WHOSE = 'namespace=~"$namespace",job=~"$job"'
WORK = WHOSE + ',endpoint!~"/health|/ready|/metrics"'
REQUESTS = "todo_api_requests_total"
SECONDS = "todo_api_request_duration_seconds"


def rate(metric, labels=WHOSE):
    return f"rate({metric}{{{labels}}}[$__rate_interval])"


def quantile(number, metric, labels=WHOSE, by="le"):
    return f"histogram_quantile({number}, sum by ({by}) ({rate(metric + '_bucket', labels)}))"


def quantiles(metric, labels=WHOSE):
    return [(quantile(number, metric, labels), f"p{number * 100:g}") for number in (0.5, 0.95, 0.99)]


def gauge(metric, by="instance"):
    return f"max by ({by}) ({metric}{{{WHOSE}}})"


# (title of the row, [(title, unit, kind, width, [(query, legend)])])
ROWS = [
    ("At a glance", [
        ("Requests", "reqps", "stat", 4, [(f"sum({rate(REQUESTS, WORK)})", "")]),
        ("Failed with 5xx, 5 min", "percentunit", "stat", 4,
         [(f"max(todo:request_errors:ratio_rate5m{{{WHOSE}}})", "")]),
        ("95th percentile, 5 min", "s", "stat", 4,
         [(f"max(todo:request_duration_seconds:p95_5m{{{WHOSE}}})", "")]),
        ("Free disk", "percentunit", "stat", 4, [(f"min(todo:store_disk_free:ratio{{{WHOSE}}})", "")]),
        ("Age of the last backup", "s", "stat", 4,
         [(f"time() - max(todo_last_backup_timestamp_seconds{{{WHOSE}}})", "")]),
        ("Processes", "short", "stat", 4, [(f"count(todo_build_info{{{WHOSE}}})", "")]),
    ]),
    ("Requests", [
        ("Requests by status", "reqps", "timeseries", 12,
         [(f"sum by (status) ({rate(REQUESTS, WORK)})", "{{status}}")]),
        ("Requests by endpoint", "reqps", "timeseries", 12,
         [(f"topk(10, sum by (method, endpoint) ({rate(REQUESTS, WORK)}))", "{{method}} {{endpoint}}")]),
        ("Time of requests", "s", "timeseries", 12, quantiles(SECONDS, WORK)),
        ("95th percentile by endpoint", "s", "timeseries", 12,
         [(quantile(0.95, SECONDS, WORK, "le, method, endpoint"), "{{method}} {{endpoint}}")]),
        ("Budget: failed requests", "percentunit", "timeseries", 12,
         [(f"todo:request_errors:ratio_rate{window}{{{WHOSE}}}", window)
          for window in ("5m", "1h", "6h", "3d")]),
        ("Budget: slow requests", "percentunit", "timeseries", 12,
         [(f"todo:request_slow:ratio_rate{window}{{{WHOSE}}}", window)
          for window in ("5m", "1h", "6h", "3d")]),
        ("Refused", "reqps", "timeseries", 12,
         [(f"sum({rate('todo_rate_limited_total')})", "rate limit"),
          (f"sum({rate('todo_authentication_failures_total')})", "credentials"),
          (f"sum({rate('todo_store_queue_refused_total')})", "queue full")]),
        ("Lines of the log", "short", "timeseries", 12,
         [(f"sum by (level) ({rate('todo_log_lines_total')})", "{{level}}")]),
    ]),
    ("Tasks and data", [
        ("Tasks", "short", "timeseries", 8,
         [(f"max by (status) (todo_tasks_total{{{WHOSE}}})", "{{status}}")]),
        ("Database", "bytes", "timeseries", 8,
         [(gauge("todo_store_database_bytes"), "database {{instance}}"),
          (gauge("todo_store_wal_bytes"), "write-ahead log {{instance}}")]),
        ("Disk", "bytes", "timeseries", 8,
         [(gauge("todo_store_disk_free_bytes"), "free {{instance}}"),
          (gauge("todo_store_disk_bytes"), "size {{instance}}")]),
    ]),
    ("Writer", [
        ("Time of a commit", "s", "timeseries", 8, quantiles("todo_store_commit_duration_seconds")),
        ("Time in the queue", "s", "timeseries", 8, quantiles("todo_store_queue_wait_seconds")),
        ("Time of a checkpoint", "s", "timeseries", 8,
         quantiles("todo_store_checkpoint_duration_seconds")),
        ("Writes in a commit", "short", "timeseries", 8,
         [(f"sum({rate('todo_store_batch_size_sum')}) / sum({rate('todo_store_batch_size_count')})",
           "mean"), (quantile(0.95, "todo_store_batch_size"), "p95")]),
        ("Writes waiting", "short", "timeseries", 8,
         [(gauge("todo_store_queue_length"), "waiting {{instance}}"),
          (gauge("todo_store_queue_limit"), "limit {{instance}}"),
          (f"max(todo:store_queue_use:ratio{{{WHOSE}}})", "share")]),
        ("Failures", "short", "timeseries", 8,
         [(f"sum(increase(todo_store_errors_total{{{WHOSE}}}[$__rate_interval]))", "writes"),
          (f"sum(increase(todo_store_fsync_errors_total{{{WHOSE}}}[$__rate_interval]))", "syncs")]),
    ]),
    ("Processes", [
        ("Workers", "short", "timeseries", 8,
         [(gauge("todo_workers_busy"), "busy {{instance}}"), (gauge("todo_workers"), "all {{instance}}"),
          (gauge("todo_http_requests_in_flight"), "requests in flight {{instance}}"),
          (f"max(todo:workers_use:ratio{{{WHOSE}}})", "share")]),
        ("Processor", "percentunit", "timeseries", 8,
         [(f"sum by (instance) ({rate('process_cpu_seconds_total')})", "{{instance}}")]),
        ("Memory", "bytes", "timeseries", 8, [(gauge("process_memory_bytes"), "{{instance}}")]),
        ("Open descriptors", "short", "timeseries", 8, [(gauge("process_open_fds"), "{{instance}}")]),
        ("Uptime", "s", "timeseries", 8,
         [(gauge("process_uptime_seconds"), "todo-app {{instance}}"),
          (gauge("todo_proxy_uptime_seconds"), "lighttpd {{instance}}"),
          (f"time() - {gauge('process_start_time_seconds')}", "since start {{instance}}")]),
        ("Versions", "short", "table", 8,
         [(f"max by (instance, version, sqlite) (todo_build_info{{{WHOSE}}})", "")]),
    ]),
    ("lighttpd", [
        ("Figures are there", "short", "timeseries", 6, [(gauge("todo_proxy_up"), "{{instance}}")]),
        ("Requests", "reqps", "timeseries", 6, [(f"sum({rate('todo_proxy_requests_total')})", "")]),
        ("Bytes sent", "Bps", "timeseries", 6, [(f"sum({rate('todo_proxy_sent_bytes_total')})", "")]),
        ("Connections", "short", "timeseries", 6,
         [(gauge("todo_proxy_connections_busy"), "busy {{instance}}"),
          (gauge("todo_proxy_connections_idle"), "idle {{instance}}")]),
    ]),
]


def variable(name, label, query):
    return {"name": name, "type": "query", "label": label, "datasource": SOURCE, "query": query,
            "includeAll": True, "multi": True, "allValue": ".*", "refresh": 2}


def target(index, query, legend, kind):
    made = {"refId": chr(ord("A") + index), "expr": query, "legendFormat": legend, "datasource": SOURCE}
    return made | ({"instant": True, "format": "table"} if kind == "table" else {})


def panel(number, place, title, unit, kind, queries):
    return {"id": number, "title": title, "type": kind, "gridPos": place, "datasource": SOURCE,
            "fieldConfig": {"defaults": {"unit": unit}, "overrides": []}, "options": {},
            "targets": [target(i, query, legend, kind) for i, (query, legend) in enumerate(queries)]}


def panels():
    made, y = [], 0
    for row, contents in ROWS:
        made.append({"id": len(made) + 1, "title": row, "type": "row", "collapsed": False, "panels": [],
                     "gridPos": {"h": 1, "w": WIDTH, "x": 0, "y": y}})
        x, y = 0, y + 1
        for title, unit, kind, width, queries in contents:
            if x + width > WIDTH:
                x, y = 0, y + HEIGHT
            place = {"h": HEIGHT, "w": width, "x": x, "y": y}
            made.append(panel(len(made) + 1, place, title, unit, kind, queries))
            x += width
        y += HEIGHT
    return made


def dashboard():
    source = {"name": "datasource", "type": "datasource", "query": "prometheus", "label": "Data source"}
    return {
        "title": "Todo App", "uid": "todo-app", "schemaVersion": 39, "version": 1, "editable": True,
        "tags": ["todo-app"], "refresh": "30s", "time": {"from": "now-1h", "to": "now"},
        "templating": {"list": [
            source,
            variable("namespace", "Namespace", "label_values(todo_build_info, namespace)"),
            variable("job", "Job", "label_values(todo_build_info, job)"),
        ]},
        "panels": panels(),
    }


def wanted():
    """What each file should hold."""
    text = json.dumps(dashboard(), indent=2) + "\n"
    files = {DASHBOARD: text, COPIES / "dashboard.json": text}
    for path in sorted(RULES.glob("*.yaml")):
        files[COPIES / "rules" / path.name] = path.read_text(encoding="utf-8")
    return files


def stale(files):
    """Files that are missing or differ, and copies of rules that are no more."""
    left = [path for path in (COPIES / "rules").glob("*") if path not in files]
    return left + [path for path, text in files.items()
                   if not path.exists() or path.read_text(encoding="utf-8") != text]


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    files = wanted()
    differing = stale(files)
    if sys.argv[1:]:
        sys.exit("\n".join(f"{path.relative_to(ROOT)} is not what scripts/generate-observability.py writes"
                           for path in differing) or None)
    for path in differing:
        if path in files:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[path], encoding="utf-8")
        else:
            path.unlink()


if __name__ == "__main__":
    main()
