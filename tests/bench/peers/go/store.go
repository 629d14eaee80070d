// Copyright (c) 2026 The Todo App authors
// SPDX-License-Identifier: MIT

package main

import (
	"database/sql"
	"encoding/json"
	"net/url"
	"runtime"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

const (
	columns = `id, version, completed, archived, priority, category, due_date, parent_id,
		recur_type, recur_interval, sub_total, sub_done, dep_total, dep_done, created_at, updated_at,
		completed_at, description, notes`
	dependencies = `(SELECT json_group_array(depends_on_id) FROM dependency WHERE task_id = task.id)`
)

// store has a pool of connections that read and one connection that writes, as SQLite wants it.
type store struct {
	readers *sql.DB
	writer  *sql.DB

	get        *sql.Stmt
	list       *sql.Stmt
	insertTask *sql.Stmt
	insertText *sql.Stmt
	clearText  *sql.Stmt
	change     *sql.Stmt
	changeRow  *sql.Stmt
}

func open(path string, connections int, options url.Values) (*sql.DB, error) {
	options.Set("_journal_mode", "WAL")
	options.Set("_synchronous", "FULL")
	options.Set("_secure_delete", "FAST")
	options.Set("_busy_timeout", "5000")
	db, err := sql.Open("sqlite3", "file:"+path+"?"+options.Encode())
	if err == nil {
		db.SetMaxOpenConns(connections)
		db.SetMaxIdleConns(connections)
	}
	return db, err
}

func openStore(path string) (*store, error) {
	s := &store{}
	var err error
	if s.readers, err = open(path, 2*runtime.NumCPU(), url.Values{"_query_only": {"1"}}); err != nil {
		return nil, err
	}
	if s.writer, err = open(path, 1, url.Values{"_txlock": {"immediate"}}); err != nil {
		return nil, err
	}
	for _, statement := range []struct {
		target **sql.Stmt
		db     *sql.DB
		text   string
	}{
		{&s.get, s.readers, "SELECT " + columns + ", " + dependencies + " FROM task WHERE id = ?"},
		{&s.list, s.readers, "SELECT " + columns + ", " + dependencies + ` FROM task
			WHERE id > ? AND +archived = 0 ORDER BY id LIMIT ?`},
		{&s.insertTask, s.writer, `INSERT INTO task (version, completed, archived, priority, category,
			due_date, recur_type, recur_interval, recur_anchor, recur_index, created_at, updated_at,
			description, description_fold, notes)
			VALUES (1, 0, 0, ?, ?, ?, 0, 0, 2932897, 0, ?, ?, ?, ?, ?)`},
		{&s.insertText, s.writer, "INSERT INTO task_text (rowid, description, notes) VALUES (?, ?, ?)"},
		{&s.clearText, s.writer, "DELETE FROM touched WHERE id = ?"},
		{&s.change, s.writer, "INSERT INTO change (at, action, summary) VALUES (?, 'create', ?)"},
		{&s.changeRow, s.writer, `INSERT INTO change_row (id, kind, row_id, after)
			VALUES (? << 24, 'task', ?, ?)`},
	} {
		if *statement.target, err = statement.db.Prepare(statement.text); err != nil {
			return nil, err
		}
	}
	return s, nil
}

type scanner interface {
	Scan(...any) error
}

func scan(from scanner) (task, error) {
	var (
		t                                      task
		priority, category, recurType, recurIn int
		due, created, updated                  int64
		parent, completedAt                    sql.NullInt64
		dependsOn                              []byte
	)
	err := from.Scan(&t.ID, &t.Version, &t.Completed, &t.Archived, &priority, &category, &due, &parent,
		&recurType, &recurIn, &t.Subtasks.Total, &t.Subtasks.Completed, &t.Dependencies.Total,
		&t.Dependencies.Completed, &created, &updated, &completedAt, &t.Description, &t.Notes,
		&dependsOn)
	if err != nil {
		return t, err
	}
	t.Priority, t.Category = priorities[priority], categories[category]
	t.CreatedAt, t.UpdatedAt = instant(created), instant(updated)
	if due != noDate {
		text := date(due)
		t.DueDate = &text
		if days := today() - due; days > 0 && !t.Completed && !t.Archived {
			t.Overdue, t.DaysOverdue = true, days
		}
	}
	if parent.Valid {
		t.ParentID = &parent.Int64
	}
	if completedAt.Valid {
		text := instant(completedAt.Int64)
		t.CompletedAt = &text
	}
	if recurType != 0 {
		t.Recurring = &recurrence{recurrences[recurType], recurIn}
	}
	t.Blocked = !t.Completed && t.Dependencies.Completed < t.Dependencies.Total
	return t, json.Unmarshal(dependsOn, &t.DependsOn)
}

// page gives up to limit tasks after the id, and whether more follow.
func (s *store) page(after int64, limit int) ([]task, bool, error) {
	rows, err := s.list.Query(after, limit+1)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	tasks := make([]task, 0, limit+1)
	for rows.Next() {
		t, err := scan(rows)
		if err != nil {
			return nil, false, err
		}
		tasks = append(tasks, t)
	}
	if len(tasks) > limit {
		return tasks[:limit], true, rows.Err()
	}
	return tasks, false, rows.Err()
}

// create stores the task, its search index entry and its journal in one durable transaction.
func (s *store) create(r row) (task, error) {
	tx, err := s.writer.Begin()
	if err != nil {
		return task{}, err
	}
	defer tx.Rollback()
	now := time.Now().UnixMilli()
	folded := strings.ToLower(r.description)
	result, err := tx.Stmt(s.insertTask).Exec(r.priority, r.category, r.dueDate, now, now,
		r.description, folded, r.notes)
	if err != nil {
		return task{}, err
	}
	t := r.task(now)
	if t.ID, err = result.LastInsertId(); err != nil {
		return t, err
	}
	if _, err = tx.Stmt(s.insertText).Exec(t.ID, folded, strings.ToLower(r.notes)); err != nil {
		return t, err
	}
	if _, err = tx.Stmt(s.clearText).Exec(t.ID); err != nil {
		return t, err
	}
	if err = s.journal(tx, now, &t); err != nil {
		return t, err
	}
	return t, tx.Commit()
}

func (s *store) journal(tx *sql.Tx, now int64, t *task) error {
	image, err := json.Marshal(t)
	if err != nil {
		return err
	}
	result, err := tx.Stmt(s.change).Exec(now, "Created "+t.Description)
	if err != nil {
		return err
	}
	seq, err := result.LastInsertId()
	if err != nil {
		return err
	}
	_, err = tx.Stmt(s.changeRow).Exec(seq, t.ID, string(image))
	return err
}

func (r *row) task(now int64) task {
	t := task{Description: r.description, Notes: r.notes, Priority: priorities[r.priority],
		Category: categories[r.category], CreatedAt: instant(now), UpdatedAt: instant(now),
		Version: 1, DependsOn: []int64{}}
	if r.dueDate != noDate {
		text := date(r.dueDate)
		t.DueDate = &text
		if days := today() - r.dueDate; days > 0 {
			t.Overdue, t.DaysOverdue = true, days
		}
	}
	return t
}
