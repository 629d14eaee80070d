// Copyright (c) 2026 The Todo App authors
// SPDX-License-Identifier: MIT

package main

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	dateLayout     = "2006-01-02"
	instantLayout  = "2006-01-02T15:04:05.000Z"
	noDate         = 2932897
	secondsPerDay  = 24 * 60 * 60
	descriptionMax = 1000
	notesMax       = 20000
)

var (
	priorities  = []string{"", "high", "medium", "low"}
	categories  = []string{"", "work", "personal", "shopping", "other"}
	recurrences = []string{"", "daily", "weekly", "monthly"}
)

type progress struct {
	Total     int64 `json:"total"`
	Completed int64 `json:"completed"`
}

type recurrence struct {
	Type     string `json:"type"`
	Interval int    `json:"interval"`
}

// task is the answer of the API.
type task struct {
	ID           int64       `json:"id"`
	Description  string      `json:"description"`
	Completed    bool        `json:"completed"`
	Priority     string      `json:"priority"`
	Category     string      `json:"category"`
	DueDate      *string     `json:"due_date"`
	Notes        string      `json:"notes"`
	ParentID     *int64      `json:"parent_id"`
	DependsOn    []int64     `json:"depends_on"`
	Recurring    *recurrence `json:"recurring"`
	Archived     bool        `json:"archived"`
	CreatedAt    string      `json:"created_at"`
	UpdatedAt    string      `json:"updated_at"`
	CompletedAt  *string     `json:"completed_at"`
	Version      int64       `json:"version"`
	Overdue      bool        `json:"overdue"`
	DaysOverdue  int64       `json:"days_overdue"`
	Blocked      bool        `json:"blocked"`
	Subtasks     progress    `json:"subtasks"`
	Dependencies progress    `json:"dependencies"`
}

type taskList struct {
	Tasks      []task  `json:"tasks"`
	NextCursor *string `json:"next_cursor"`
	Today      string  `json:"today"`
}

// newTask is the body of a create.
type newTask struct {
	Description string  `json:"description"`
	Priority    string  `json:"priority"`
	Category    string  `json:"category"`
	DueDate     *string `json:"due_date"`
	Notes       string  `json:"notes"`
}

// row is what is stored of a new task.
type row struct {
	description string
	notes       string
	priority    int
	category    int
	dueDate     int64
}

func indexOf(names []string, name string) int {
	for i, candidate := range names[1:] {
		if candidate == name {
			return i + 1
		}
	}
	return 0
}

func (n *newTask) validate() (row, error) {
	r := row{description: strings.TrimSpace(n.Description), notes: n.Notes, dueDate: noDate}
	if size := utf8.RuneCountInString(r.description); size < 1 || size > descriptionMax {
		return r, errors.New("description: must have 1 to 1000 characters")
	}
	if utf8.RuneCountInString(r.notes) > notesMax {
		return r, errors.New("notes: must have at most 20000 characters")
	}
	if r.priority = indexOf(priorities, n.Priority); r.priority == 0 {
		return r, errors.New("priority: must be high, medium or low")
	}
	if r.category = indexOf(categories, n.Category); r.category == 0 {
		return r, errors.New("category: must be work, personal, shopping or other")
	}
	if n.DueDate != nil {
		date, err := time.Parse(dateLayout, *n.DueDate)
		if err != nil {
			return r, errors.New("due_date: must be a date")
		}
		r.dueDate = date.Unix() / secondsPerDay
	}
	return r, nil
}

func instant(milliseconds int64) string {
	return time.UnixMilli(milliseconds).UTC().Format(instantLayout)
}

func date(days int64) string {
	return time.Unix(days*secondsPerDay, 0).UTC().Format(dateLayout)
}

func today() int64 {
	return time.Now().Unix() / secondsPerDay
}
