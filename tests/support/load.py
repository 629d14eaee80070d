# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Clients that send requests without pause, and remember what became of each."""

import dataclasses
import http.client
import itertools
import json
import threading

TIMEOUT = 60


@dataclasses.dataclass
class Sent:
    """One request. status None: no byte of an answer came; `broken`: an answer came, but not whole."""
    request_id: str
    method: str
    description: str
    status: int | None = None
    headers: object = None
    body: bytes = b""
    broken: bool = False
    error: str = ""

    @property
    def acknowledged(self):
        return self.method == "POST" and self.status == 201


class Load:
    """Threads that alternately create a task and read the list, each request on a connection of its
    own, until stop()."""

    def __init__(self, port, threads=12, host="127.0.0.1"):
        self.sent = []
        self._host = host
        self.port = port  # May be changed: later requests go there.
        self._numbers = itertools.count(1)
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def answered(self):
        return sum(1 for sent in list(self.sent) if sent.status is not None)

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join()
        return self.sent

    def _run(self):
        while not self._stop.is_set():
            number = next(self._numbers)
            method = "POST" if number % 2 else "GET"
            sent = Sent(f"load-{number}", method, f"Task {number}")
            self._request(sent)
            self.sent.append(sent)

    def _request(self, sent):
        connection = http.client.HTTPConnection(self._host, self.port, timeout=TIMEOUT)
        headers = {"X-Request-ID": sent.request_id, "Connection": "close"}
        body = None
        if sent.method == "POST":
            headers["Content-Type"] = "application/json"
            body = json.dumps({"description": sent.description})
        try:
            connection.request(sent.method, "/api/v1/tasks", body, headers)
            answer = connection.getresponse()
            sent.status, sent.headers = answer.status, answer.headers
            sent.body = answer.read()
        except http.client.RemoteDisconnected:
            pass  # Closed before any byte of an answer.
        except http.client.HTTPException:
            sent.broken = True
        except OSError as error:
            sent.error = repr(error)
            sent.broken = sent.status is not None
        finally:
            connection.close()
