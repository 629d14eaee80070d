-- Copyright (c) 2026 The Todo App authors
-- SPDX-License-Identifier: MIT
--
-- The first schema: tasks with their dependencies and search index, the tallies, the journal,
-- templates, idempotency records. Instants are milliseconds since 1970, dates are days since
-- 1970-01-01; 2932897 is "no date", which sorts after every date.

CREATE TABLE task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    archived INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    category INTEGER NOT NULL,
    due_date INTEGER NOT NULL,
    parent_id INTEGER REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
    recur_type INTEGER NOT NULL,
    recur_interval INTEGER NOT NULL,
    recur_anchor INTEGER NOT NULL,
    recur_index INTEGER NOT NULL,
    next_id INTEGER,
    sub_total INTEGER NOT NULL DEFAULT 0,
    sub_done INTEGER NOT NULL DEFAULT 0,
    dep_total INTEGER NOT NULL DEFAULT 0,
    dep_done INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    completed_at INTEGER,
    -- Every filter that has few values, one bit for each value: open, completed; active, archived;
    -- high, medium, low; work, personal, shopping, other; once, recurring; free, blocked; root,
    -- subtask; dated, undated. A task passes such filters when it has none of the bits they forbid.
    facets INTEGER NOT NULL GENERATED ALWAYS AS (
        (1 << completed) | (4 << archived) | (8 << priority) | (64 << category)
        | (2048 << (recur_type <> 0)) | (8192 << (completed = 0 AND dep_done < dep_total))
        | (32768 << (parent_id IS NOT NULL)) | (131072 << (due_date = 2932897))) STORED,
    description TEXT NOT NULL,
    description_fold TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;

-- One index for each sort key, led by what lists are nearly always restricted to; facets and due_date
-- at the end let the other filters be judged without a look at the row. DESC in front puts what is
-- open and active last: where the sort key grows with time, new tasks then fill page after page at
-- the very end.
CREATE INDEX task_by_facets ON task (facets);
CREATE INDEX task_by_due_date ON task (archived, completed, due_date, id, facets);
CREATE INDEX task_by_created_at ON task (archived DESC, completed DESC, created_at, id, facets, due_date);
CREATE INDEX task_by_updated_at ON task (archived DESC, completed DESC, updated_at, id, facets, due_date);
CREATE INDEX task_by_description ON task (archived, completed, description_fold, id, facets, due_date);
CREATE INDEX task_by_parent ON task (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX task_with_subtasks ON task (id) WHERE sub_total > 0;
CREATE INDEX task_by_completed_at ON task (completed_at, facets, due_date)
    WHERE completed_at IS NOT NULL;

CREATE TABLE dependency (
    task_id INTEGER NOT NULL REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
    depends_on_id INTEGER NOT NULL REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (task_id, depends_on_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX dependency_reversed ON dependency (depends_on_id, task_id);

-- What is counted beforehand, so that neither lists nor statistics count rows: how many tasks there are
-- of each combination of facets, and the same of those that have dependencies; how many of each due
-- date, and how many were created and completed in each quarter of an hour (slot 1 begins at 00:15
-- on 1970-01-01, UTC): the days of all present time zones are made of these. Rows whose n has become
-- 0 may stay.
CREATE TABLE tally (
    facets INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;

CREATE TABLE dependent_tally (
    facets INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;

-- The id is the due date and, in the lowest bits, archived (2) and completed (1): a table with a
-- rowid overwrites its rows in place.
CREATE TABLE due_tally (
    id INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;

CREATE TABLE created_tally (
    slot INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;

CREATE TABLE completed_tally (
    slot INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;

-- The tasks that have a due date, by combination of facets and 16 days at a time: all of them (n), and
-- those of each day. A year is some 20 such blocks, so what is due in any range is summed up from few
-- rows, whatever is asked of the facets. The lower 20 bits of an id are facets, and in bit 19 whether
-- the tasks have dependencies; the block is above them.
CREATE TABLE calendar (
    id INTEGER PRIMARY KEY,
    n INTEGER NOT NULL,
    d0 INTEGER NOT NULL,
    d1 INTEGER NOT NULL,
    d2 INTEGER NOT NULL,
    d3 INTEGER NOT NULL,
    d4 INTEGER NOT NULL,
    d5 INTEGER NOT NULL,
    d6 INTEGER NOT NULL,
    d7 INTEGER NOT NULL,
    d8 INTEGER NOT NULL,
    d9 INTEGER NOT NULL,
    d10 INTEGER NOT NULL,
    d11 INTEGER NOT NULL,
    d12 INTEGER NOT NULL,
    d13 INTEGER NOT NULL,
    d14 INTEGER NOT NULL,
    d15 INTEGER NOT NULL
) STRICT;

-- The search index: which trigrams the folded texts have, not where (detail = none, which makes it
-- less than half as large). It finds candidates; that a text really contains what is looked for is
-- then seen in the text. The view is for FTS5's own integrity check and rebuild.
CREATE VIEW task_folded (id, description, notes) AS
    SELECT id, description_fold, todo_fold(notes) FROM task;

CREATE VIRTUAL TABLE task_text USING fts5 (
    description, notes,
    content = 'task_folded', content_rowid = 'id', columnsize = 0, detail = none,
    tokenize = 'trigram case_sensitive 1'
);

-- The writer merges the parts of the index itself, in small steps: FTS5 alone would now and then
-- hold up a transaction by many milliseconds. It still merges when there are too many for a search.
INSERT INTO task_text (task_text, rank)
    VALUES ('automerge', 0), ('usermerge', 16), ('crisismerge', 64);

-- The tasks that the present transaction has touched, as they were at its begin (facets NULL: not yet
-- there; texts NULL: they are as they were). Before COMMIT the writer brings the tallies and the search
-- index up to date with them, once for all that was done to a task and with one write for all that
-- concerns a row of a tally; and FTS5, which writes out what it collected at every savepoint, would
-- cost more at each write than all the rest of it.
--
-- No statement on task, and none of its triggers, may need a statement journal, which the default
-- ON CONFLICT ABORT and immediate foreign keys would: its end costs as much as the savepoint around
-- it has changed so far. Hence OR FAIL, no DO UPDATE (it is OR ABORT within), and the deferred keys;
-- the savepoint undoes what fails.
CREATE TABLE touched (
    id INTEGER PRIMARY KEY,
    facets INTEGER,
    due_date INTEGER,
    created_at INTEGER,
    completed_at INTEGER,
    dependent INTEGER,
    description_fold TEXT,
    notes TEXT
) STRICT;

CREATE TRIGGER task_insert_touched AFTER INSERT ON task BEGIN
    INSERT OR FAIL INTO touched (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER task_delete_touched AFTER DELETE ON task BEGIN
    INSERT OR FAIL INTO touched VALUES (OLD.id, OLD.facets, OLD.due_date, OLD.created_at,
        OLD.completed_at, OLD.dep_total > 0, OLD.description_fold, OLD.notes)
        ON CONFLICT DO NOTHING;
    UPDATE OR FAIL touched SET description_fold = OLD.description_fold, notes = OLD.notes
        WHERE id = OLD.id AND facets IS NOT NULL AND description_fold IS NULL;
END;

CREATE TRIGGER task_update_touched AFTER UPDATE ON task
WHEN OLD.facets <> NEW.facets OR OLD.due_date <> NEW.due_date OR OLD.created_at <> NEW.created_at
    OR OLD.completed_at IS NOT NEW.completed_at
    OR (OLD.dep_total > 0) <> (NEW.dep_total > 0) BEGIN
    INSERT OR FAIL INTO touched VALUES (OLD.id, OLD.facets, OLD.due_date, OLD.created_at,
        OLD.completed_at, OLD.dep_total > 0, NULL, NULL)
        ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER task_update_text_touched AFTER UPDATE OF description_fold, notes ON task
WHEN OLD.description_fold <> NEW.description_fold OR OLD.notes <> NEW.notes BEGIN
    INSERT OR FAIL INTO touched VALUES (OLD.id, OLD.facets, OLD.due_date, OLD.created_at,
        OLD.completed_at, OLD.dep_total > 0, OLD.description_fold, OLD.notes)
        ON CONFLICT DO NOTHING;
    UPDATE OR FAIL touched SET description_fold = OLD.description_fold, notes = OLD.notes
        WHERE id = OLD.id AND facets IS NOT NULL AND description_fold IS NULL;
END;

-- The journal: what undo, history and the change feed are made of. Images are JSON.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    summary TEXT NOT NULL,
    request_id TEXT,
    actor TEXT,
    undoes INTEGER,
    undone_by INTEGER,
    -- Of an undo: the change at the bottom, whatever number of times it was undone and done again.
    origin INTEGER
) STRICT;

-- The latest one in here is what undo takes next; a long tail of undone changes is not in its way.
CREATE INDEX change_undoable ON change (seq) WHERE undone_by IS NULL AND action <> 'undo';

-- The id has the ordinal in its lower 24 bits and seq above them: rows in this order need no index.
-- WITHOUT ROWID would put most images on an overflow page of their own.
CREATE TABLE change_row (
    id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL GENERATED ALWAYS AS (id >> 24) VIRTUAL,
    ordinal INTEGER NOT NULL GENERATED ALWAYS AS (id & 16777215) VIRTUAL,
    kind TEXT NOT NULL CHECK (kind IN ('task', 'template')),
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;

CREATE INDEX change_row_by_row ON change_row (row_id, kind, seq);

CREATE TABLE template (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    priority INTEGER NOT NULL,
    category INTEGER NOT NULL,
    notes TEXT NOT NULL,
    recur_type INTEGER NOT NULL,
    recur_interval INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE idempotency (
    key TEXT PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- The documents that were imported: to import one again must not store its tasks twice.
CREATE TABLE import (
    digest BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    first_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When the last backup succeeded: one row.
CREATE TABLE backup (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
