-- Copyright (c) 2026 The Todo App authors
-- SPDX-License-Identifier: MIT
--
-- The load, for wrk. Arguments: "get FILE" (the paths in FILE, one after the other) or "create TAG"
-- (new tasks, each with a text of its own). The headers given to wrk go with each request. Prints
-- the outcome as one line of JSON.

local CREATE_PATH = "/api/v1/tasks"
local PRIORITIES = { "high", "medium", "low" }
local CATEGORIES = { "work", "personal", "shopping", "other" }
local NOTES = "Written by the benchmark, to be as long as notes usually are: a line or two."

local made = 0
local tag
local requests = {}

local function next_create()
    made = made + 1
    local body = string.format(
        '{"description":"Benchmark task %d of %s","priority":"%s","category":"%s",' ..
        '"due_date":"2026-%02d-%02d","notes":"%s"}',
        made, tag, PRIORITIES[made % 3 + 1], CATEGORIES[made % 4 + 1], made % 12 + 1, made % 28 + 1,
        NOTES)
    return wrk.format("POST", CREATE_PATH, nil, body)
end

local function next_get()
    made = made % #requests + 1
    return requests[made]
end

local next_request

function init(args)
    if args[1] == "create" then
        tag = args[2]
        wrk.headers["Content-Type"] = "application/json"
        next_request = next_create
        return
    end
    for path in io.lines(args[2]) do
        requests[#requests + 1] = wrk.format("GET", path)
    end
    next_request = next_get
end

function request()
    return next_request()
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "seconds": %.6f, "p99_us": %d, "refused": %d, "broken": %d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(99), errors.status,
        errors.connect + errors.read + errors.write + errors.timeout))
end
