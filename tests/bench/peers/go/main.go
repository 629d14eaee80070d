// Copyright (c) 2026 The Todo App authors
// SPDX-License-Identifier: MIT

// A peer for the benchmark: three of the service's endpoints on the same schema, written as one
// writes a small service with Go's standard library. Usage: peer DATABASE PORT
package main

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
)

const (
	tasksPath    = "/api/v1/tasks"
	defaultLimit = 50
	maxLimit     = 200
	bodyMax      = 1 << 20
)

type server struct {
	store *store
}

func answer(w http.ResponseWriter, status int, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		status, data = http.StatusInternalServerError, []byte(`{"status":500}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(data)
}

func problem(w http.ResponseWriter, status int, detail string) {
	answer(w, status, map[string]any{
		"title": http.StatusText(status), "status": status, "detail": detail})
}

func internal(w http.ResponseWriter, err error) {
	log.Print(err)
	problem(w, http.StatusInternalServerError, "")
}

func answerTask(w http.ResponseWriter, status int, t *task) {
	w.Header().Set("ETag", `"`+strconv.FormatInt(t.Version, 10)+`"`)
	answer(w, status, t)
}

func (s *server) read(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(strings.TrimPrefix(r.URL.Path, tasksPath+"/"), 10, 64)
	if err != nil {
		problem(w, http.StatusNotFound, "there is nothing at this path")
		return
	}
	t, err := scan(s.store.get.QueryRow(id))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		problem(w, http.StatusNotFound, "there is no task with this id")
	case err != nil:
		internal(w, err)
	default:
		answerTask(w, http.StatusOK, &t)
	}
}

func (s *server) list(w http.ResponseWriter, r *http.Request) {
	limit, after := defaultLimit, int64(0)
	query := r.URL.Query()
	if text := query.Get("limit"); text != "" {
		var err error
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > maxLimit {
			problem(w, http.StatusBadRequest, "limit: must be 1 to 200")
			return
		}
	}
	if cursor := query.Get("cursor"); cursor != "" {
		text, err := base64.RawURLEncoding.DecodeString(cursor)
		if err == nil {
			after, err = strconv.ParseInt(string(text), 10, 64)
		}
		if err != nil {
			problem(w, http.StatusBadRequest, "cursor: is damaged")
			return
		}
	}
	tasks, more, err := s.store.page(after, limit)
	if err != nil {
		internal(w, err)
		return
	}
	page := taskList{Tasks: tasks, Today: date(today())}
	if more {
		last := strconv.FormatInt(tasks[len(tasks)-1].ID, 10)
		cursor := base64.RawURLEncoding.EncodeToString([]byte(last))
		page.NextCursor = &cursor
	}
	answer(w, http.StatusOK, page)
}

func (s *server) create(w http.ResponseWriter, r *http.Request) {
	body := newTask{Priority: "medium", Category: "other"}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, bodyMax))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&body); err != nil {
		problem(w, http.StatusBadRequest, err.Error())
		return
	}
	stored, err := body.validate()
	if err != nil {
		problem(w, http.StatusBadRequest, err.Error())
		return
	}
	t, err := s.store.create(stored)
	if err != nil {
		internal(w, err)
		return
	}
	w.Header().Set("Location", tasksPath+"/"+strconv.FormatInt(t.ID, 10))
	answerTask(w, http.StatusCreated, &t)
}

func (s *server) collection(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		s.list(w, r)
	case http.MethodPost:
		s.create(w, r)
	default:
		w.Header().Set("Allow", "GET, POST")
		problem(w, http.StatusMethodNotAllowed, "")
	}
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: peer DATABASE PORT")
	}
	store, err := openStore(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	s := &server{store}
	mux := http.NewServeMux()
	mux.HandleFunc(tasksPath, s.collection)
	mux.HandleFunc(tasksPath+"/", s.read)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[2], mux))
}
