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
-- at the end let the other filters be judged without a look at the row.
CREATE INDEX task_by_facets ON task (facets);
CREATE INDEX task_by_due_date ON task (archived, completed, due_date, id, facets);
CREATE INDEX task_by_created_at ON task (archived, completed, created_at, id, facets, due_date);
CREATE INDEX task_by_updated_at ON task (archived, completed, updated_at, id, facets, due_date);
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

-- How many tasks there are of each combination of facets, and of each due date.
--
-- No statement on task, and none of its triggers, may need a statement journal, which the default
-- ON CONFLICT ABORT and immediate foreign keys would: its end costs as much as the savepoint around
-- it has changed so far. Hence OR FAIL, no DO UPDATE (it is OR ABORT within), and the deferred keys;
-- the savepoint undoes what fails.
CREATE TABLE tally (
    facets INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;

-- The id is the due date and, in the lowest bits, archived (2) and completed (1): a table with a
-- rowid overwrites its rows in place.
CREATE TABLE due_tally (
    id INTEGER PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;

CREATE TRIGGER task_insert_tally AFTER INSERT ON task BEGIN
    INSERT OR FAIL INTO tally (facets, n) VALUES (NEW.facets, 0) ON CONFLICT DO NOTHING;
    UPDATE OR FAIL tally SET n = n + 1 WHERE facets = NEW.facets;
    INSERT OR FAIL INTO due_tally (id, n)
        VALUES (NEW.due_date * 4 + NEW.archived * 2 + NEW.completed, 0) ON CONFLICT DO NOTHING;
    UPDATE OR FAIL due_tally SET n = n + 1
        WHERE id = NEW.due_date * 4 + NEW.archived * 2 + NEW.completed;
END;

CREATE TRIGGER task_delete_tally AFTER DELETE ON task BEGIN
    UPDATE OR FAIL tally SET n = n - 1 WHERE facets = OLD.facets;
    UPDATE OR FAIL due_tally SET n = n - 1
        WHERE id = OLD.due_date * 4 + OLD.archived * 2 + OLD.completed;
END;

CREATE TRIGGER task_update_tally AFTER UPDATE ON task WHEN OLD.facets <> NEW.facets BEGIN
    UPDATE OR FAIL tally SET n = n - 1 WHERE facets = OLD.facets;
    INSERT OR FAIL INTO tally (facets, n) VALUES (NEW.facets, 0) ON CONFLICT DO NOTHING;
    UPDATE OR FAIL tally SET n = n + 1 WHERE facets = NEW.facets;
END;

CREATE TRIGGER task_update_due_tally AFTER UPDATE OF archived, completed, due_date ON task
WHEN OLD.archived <> NEW.archived OR OLD.completed <> NEW.completed OR OLD.due_date <> NEW.due_date
BEGIN
    UPDATE OR FAIL due_tally SET n = n - 1
        WHERE id = OLD.due_date * 4 + OLD.archived * 2 + OLD.completed;
    INSERT OR FAIL INTO due_tally (id, n)
        VALUES (NEW.due_date * 4 + NEW.archived * 2 + NEW.completed, 0) ON CONFLICT DO NOTHING;
    UPDATE OR FAIL due_tally SET n = n + 1
        WHERE id = NEW.due_date * 4 + NEW.archived * 2 + NEW.completed;
END;

-- The same for the tasks that have dependencies alone, and how many tasks were created and completed
-- in each quarter of an hour (slot 1 begins at 00:15 on 1970-01-01, UTC): the days of all present
-- time zones are made of these.
CREATE TABLE dependent_tally (
    facets INTEGER PRIMARY KEY,
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

CREATE TRIGGER task_insert_created_tally AFTER INSERT ON task BEGIN
    INSERT OR FAIL INTO created_tally (slot, n) VALUES (NEW.created_at / 900000, 0)
        ON CONFLICT DO NOTHING;
    UPDATE OR FAIL created_tally SET n = n + 1 WHERE slot = NEW.created_at / 900000;
END;

CREATE TRIGGER task_delete_created_tally AFTER DELETE ON task BEGIN
    UPDATE OR FAIL created_tally SET n = n - 1 WHERE slot = OLD.created_at / 900000;
END;

CREATE TRIGGER task_update_created_tally AFTER UPDATE OF created_at ON task
WHEN OLD.created_at <> NEW.created_at BEGIN
    UPDATE OR FAIL created_tally SET n = n - 1 WHERE slot = OLD.created_at / 900000;
    INSERT OR FAIL INTO created_tally (slot, n) VALUES (NEW.created_at / 900000, 0)
        ON CONFLICT DO NOTHING;
    UPDATE OR FAIL created_tally SET n = n + 1 WHERE slot = NEW.created_at / 900000;
END;

CREATE TRIGGER task_insert_completed_tally AFTER INSERT ON task WHEN NEW.completed_at IS NOT NULL
BEGIN
    INSERT OR FAIL INTO completed_tally (slot, n) VALUES (NEW.completed_at / 900000, 0)
        ON CONFLICT DO NOTHING;
    UPDATE OR FAIL completed_tally SET n = n + 1 WHERE slot = NEW.completed_at / 900000;
END;

CREATE TRIGGER task_delete_completed_tally AFTER DELETE ON task WHEN OLD.completed_at IS NOT NULL
BEGIN
    UPDATE OR FAIL completed_tally SET n = n - 1 WHERE slot = OLD.completed_at / 900000;
END;

CREATE TRIGGER task_update_completed_tally AFTER UPDATE OF completed_at ON task
WHEN OLD.completed_at IS NOT NEW.completed_at BEGIN
    UPDATE OR FAIL completed_tally SET n = n - 1 WHERE slot = OLD.completed_at / 900000;
    INSERT OR FAIL INTO completed_tally (slot, n)
        SELECT NEW.completed_at / 900000, 0 WHERE NEW.completed_at IS NOT NULL
        ON CONFLICT DO NOTHING;
    UPDATE OR FAIL completed_tally SET n = n + 1 WHERE slot = NEW.completed_at / 900000;
END;

CREATE TRIGGER task_insert_dependent_tally AFTER INSERT ON task WHEN NEW.dep_total > 0 BEGIN
    INSERT OR FAIL INTO dependent_tally (facets, n) VALUES (NEW.facets, 0) ON CONFLICT DO NOTHING;
    UPDATE OR FAIL dependent_tally SET n = n + 1 WHERE facets = NEW.facets;
END;

CREATE TRIGGER task_delete_dependent_tally AFTER DELETE ON task WHEN OLD.dep_total > 0 BEGIN
    UPDATE OR FAIL dependent_tally SET n = n - 1 WHERE facets = OLD.facets;
END;

CREATE TRIGGER task_update_dependent_tally AFTER UPDATE ON task
WHEN (OLD.dep_total > 0 OR NEW.dep_total > 0)
    AND (OLD.facets <> NEW.facets OR (OLD.dep_total > 0) <> (NEW.dep_total > 0)) BEGIN
    UPDATE OR FAIL dependent_tally SET n = n - 1 WHERE OLD.dep_total > 0 AND facets = OLD.facets;
    INSERT OR FAIL INTO dependent_tally (facets, n)
        SELECT NEW.facets, 0 WHERE NEW.dep_total > 0 ON CONFLICT DO NOTHING;
    UPDATE OR FAIL dependent_tally SET n = n + 1 WHERE NEW.dep_total > 0 AND facets = NEW.facets;
END;

-- The tasks that have a due date, by combination of facets and 16 days at a time: all of them (n), and
-- those of each day. A year is some 20 such blocks, so what is due in any range is summed up from few
-- rows, whatever is asked of the facets. The lower 20 bits of an id are facets, and in bit 19 whether
-- the tasks have dependencies; the block is above them. One number, since a table with a rowid
-- overwrites its rows in place.
CREATE TABLE calendar (
    id INTEGER PRIMARY KEY,
    n INTEGER NOT NULL DEFAULT 0,
    d0 INTEGER NOT NULL DEFAULT 0,
    d1 INTEGER NOT NULL DEFAULT 0,
    d2 INTEGER NOT NULL DEFAULT 0,
    d3 INTEGER NOT NULL DEFAULT 0,
    d4 INTEGER NOT NULL DEFAULT 0,
    d5 INTEGER NOT NULL DEFAULT 0,
    d6 INTEGER NOT NULL DEFAULT 0,
    d7 INTEGER NOT NULL DEFAULT 0,
    d8 INTEGER NOT NULL DEFAULT 0,
    d9 INTEGER NOT NULL DEFAULT 0,
    d10 INTEGER NOT NULL DEFAULT 0,
    d11 INTEGER NOT NULL DEFAULT 0,
    d12 INTEGER NOT NULL DEFAULT 0,
    d13 INTEGER NOT NULL DEFAULT 0,
    d14 INTEGER NOT NULL DEFAULT 0,
    d15 INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TRIGGER task_insert_calendar AFTER INSERT ON task WHEN NEW.due_date < 2932897 BEGIN
    INSERT OR FAIL INTO calendar (id)
        VALUES (NEW.due_date / 16 * 1048576 + NEW.facets + 524288 * (NEW.dep_total > 0))
        ON CONFLICT DO NOTHING;
    UPDATE OR FAIL calendar SET
        n = n + 1, d0 = d0 + (NEW.due_date % 16 = 0), d1 = d1 + (NEW.due_date % 16 = 1),
        d2 = d2 + (NEW.due_date % 16 = 2), d3 = d3 + (NEW.due_date % 16 = 3),
        d4 = d4 + (NEW.due_date % 16 = 4), d5 = d5 + (NEW.due_date % 16 = 5),
        d6 = d6 + (NEW.due_date % 16 = 6), d7 = d7 + (NEW.due_date % 16 = 7),
        d8 = d8 + (NEW.due_date % 16 = 8), d9 = d9 + (NEW.due_date % 16 = 9),
        d10 = d10 + (NEW.due_date % 16 = 10), d11 = d11 + (NEW.due_date % 16 = 11),
        d12 = d12 + (NEW.due_date % 16 = 12), d13 = d13 + (NEW.due_date % 16 = 13),
        d14 = d14 + (NEW.due_date % 16 = 14), d15 = d15 + (NEW.due_date % 16 = 15)
        WHERE id = NEW.due_date / 16 * 1048576 + NEW.facets + 524288 * (NEW.dep_total > 0);
END;

CREATE TRIGGER task_delete_calendar AFTER DELETE ON task WHEN OLD.due_date < 2932897 BEGIN
    UPDATE OR FAIL calendar SET
        n = n - 1, d0 = d0 - (OLD.due_date % 16 = 0), d1 = d1 - (OLD.due_date % 16 = 1),
        d2 = d2 - (OLD.due_date % 16 = 2), d3 = d3 - (OLD.due_date % 16 = 3),
        d4 = d4 - (OLD.due_date % 16 = 4), d5 = d5 - (OLD.due_date % 16 = 5),
        d6 = d6 - (OLD.due_date % 16 = 6), d7 = d7 - (OLD.due_date % 16 = 7),
        d8 = d8 - (OLD.due_date % 16 = 8), d9 = d9 - (OLD.due_date % 16 = 9),
        d10 = d10 - (OLD.due_date % 16 = 10), d11 = d11 - (OLD.due_date % 16 = 11),
        d12 = d12 - (OLD.due_date % 16 = 12), d13 = d13 - (OLD.due_date % 16 = 13),
        d14 = d14 - (OLD.due_date % 16 = 14), d15 = d15 - (OLD.due_date % 16 = 15)
        WHERE id = OLD.due_date / 16 * 1048576 + OLD.facets + 524288 * (OLD.dep_total > 0);
END;

CREATE TRIGGER task_update_calendar AFTER UPDATE ON task
WHEN (OLD.due_date < 2932897 OR NEW.due_date < 2932897)
    AND (OLD.facets <> NEW.facets OR OLD.due_date <> NEW.due_date
        OR (OLD.dep_total > 0) <> (NEW.dep_total > 0)) BEGIN
    UPDATE OR FAIL calendar SET
        n = n - 1, d0 = d0 - (OLD.due_date % 16 = 0), d1 = d1 - (OLD.due_date % 16 = 1),
        d2 = d2 - (OLD.due_date % 16 = 2), d3 = d3 - (OLD.due_date % 16 = 3),
        d4 = d4 - (OLD.due_date % 16 = 4), d5 = d5 - (OLD.due_date % 16 = 5),
        d6 = d6 - (OLD.due_date % 16 = 6), d7 = d7 - (OLD.due_date % 16 = 7),
        d8 = d8 - (OLD.due_date % 16 = 8), d9 = d9 - (OLD.due_date % 16 = 9),
        d10 = d10 - (OLD.due_date % 16 = 10), d11 = d11 - (OLD.due_date % 16 = 11),
        d12 = d12 - (OLD.due_date % 16 = 12), d13 = d13 - (OLD.due_date % 16 = 13),
        d14 = d14 - (OLD.due_date % 16 = 14), d15 = d15 - (OLD.due_date % 16 = 15)
        WHERE OLD.due_date < 2932897
            AND id = OLD.due_date / 16 * 1048576 + OLD.facets + 524288 * (OLD.dep_total > 0);
    INSERT OR FAIL INTO calendar (id)
        SELECT NEW.due_date / 16 * 1048576 + NEW.facets + 524288 * (NEW.dep_total > 0)
        WHERE NEW.due_date < 2932897 ON CONFLICT DO NOTHING;
    UPDATE OR FAIL calendar SET
        n = n + 1, d0 = d0 + (NEW.due_date % 16 = 0), d1 = d1 + (NEW.due_date % 16 = 1),
        d2 = d2 + (NEW.due_date % 16 = 2), d3 = d3 + (NEW.due_date % 16 = 3),
        d4 = d4 + (NEW.due_date % 16 = 4), d5 = d5 + (NEW.due_date % 16 = 5),
        d6 = d6 + (NEW.due_date % 16 = 6), d7 = d7 + (NEW.due_date % 16 = 7),
        d8 = d8 + (NEW.due_date % 16 = 8), d9 = d9 + (NEW.due_date % 16 = 9),
        d10 = d10 + (NEW.due_date % 16 = 10), d11 = d11 + (NEW.due_date % 16 = 11),
        d12 = d12 + (NEW.due_date % 16 = 12), d13 = d13 + (NEW.due_date % 16 = 13),
        d14 = d14 + (NEW.due_date % 16 = 14), d15 = d15 + (NEW.due_date % 16 = 15)
        WHERE NEW.due_date < 2932897
            AND id = NEW.due_date / 16 * 1048576 + NEW.facets + 524288 * (NEW.dep_total > 0);
END;

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
    VALUES ('automerge', 0), ('usermerge', 8), ('crisismerge', 64);

-- FTS5 writes out what it collected at every savepoint, which would cost more than all the rest of
-- an insert. So the texts that the index has and should no longer have wait here (NULL: it has
-- none), and the writer brings the index up to date once per transaction, before COMMIT.
CREATE TABLE text_pending (
    id INTEGER PRIMARY KEY,
    description_fold TEXT,
    notes TEXT
) STRICT;

CREATE TRIGGER task_insert_text AFTER INSERT ON task BEGIN
    INSERT OR FAIL INTO text_pending (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER task_delete_text AFTER DELETE ON task BEGIN
    INSERT OR FAIL INTO text_pending (id, description_fold, notes)
        VALUES (OLD.id, OLD.description_fold, OLD.notes) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER task_update_text AFTER UPDATE OF description_fold, notes ON task
WHEN OLD.description_fold <> NEW.description_fold OR OLD.notes <> NEW.notes BEGIN
    INSERT OR FAIL INTO text_pending (id, description_fold, notes)
        VALUES (OLD.id, OLD.description_fold, OLD.notes) ON CONFLICT DO NOTHING;
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

CREATE TABLE change_row (
    seq INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('task', 'template')),
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (seq, ordinal)
) STRICT; -- with a rowid: WITHOUT ROWID would put most images on an overflow page of their own

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
