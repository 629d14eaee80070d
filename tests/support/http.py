# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A small HTTP client: one request, the whole answer."""

import http.client
import json
import socket

TIMEOUT = 60


class Response:
    """Status, headers (case-insensitive, http.client's) and the body."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"<{self.status} {self.body[:300]!r}>"


def request(port, method, path, body=None, headers=None, host="127.0.0.1"):
    """One request on a connection of its own. A dict or list as body is sent as JSON; the
    Content-Type is application/json unless the headers name another."""
    sent = dict(headers or {})
    if isinstance(body, (dict, list)):
        body = json.dumps(body)
    if isinstance(body, str):
        body = body.encode("utf-8")
    if body is not None and "content-type" not in (name.lower() for name in sent):
        sent["Content-Type"] = "application/json"
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    try:
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return Response(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def raw(port, data, shutdown=True):
    """Sends bytes as they are and returns all that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", port), TIMEOUT) as connection:
        try:
            connection.sendall(data)
            if shutdown:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # The server may refuse before it has read everything; its answer is still there.
        received = b""
        try:
            while chunk := connection.recv(65536):
                received += chunk
        except ConnectionResetError:
            pass
        return received


def raw_status(port, data):
    """The status of the answer to raw bytes; 0 if there was none."""
    answer = raw(port, data)
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0
