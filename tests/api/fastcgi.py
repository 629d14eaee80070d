# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# A FastCGI client (specification 1.0) for what lighttpd would never send, and for tests that need
# no web server in between.

import json
import socket
import struct

from apitest import Answer, strict_json

BEGIN_REQUEST, ABORT_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT, STDERR = 1, 2, 3, 4, 5, 6, 7
RESPONDER = 1
TIMEOUT = 60


def record(kind, content, number=1):
    return struct.pack("!BBHHBB", 1, kind, number, len(content), 0, 0) + content


def stream(kind, data):
    """The records of a stream, without the empty one that ends it."""
    return b"".join(record(kind, data[at:at + 65535]) for at in range(0, len(data), 65535))


def length(size):
    return bytes([size]) if size < 128 else struct.pack("!I", size | 0x80000000)


def parameters(values):
    pairs = ((name.encode(), value if isinstance(value, bytes) else str(value).encode())
             for name, value in values.items())
    return b"".join(length(len(name)) + length(len(value)) + name + value for name, value in pairs)


def begin():
    return record(BEGIN_REQUEST, struct.pack("!HB5x", RESPONDER, 0))


def environment(method, target, body=None, **more):
    """The parameters as a web server sends them."""
    path, _, query = target.partition("?")
    values = {"GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1",
              "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path,
              "QUERY_STRING": query, "REQUEST_URI": target, "REMOTE_ADDR": "127.0.0.1"}
    if body is not None:
        values |= {"CONTENT_LENGTH": len(body), "CONTENT_TYPE": "application/json"}
    return values | more


def read_answer(connection, method, target):
    """The answer on a connection to its end; None if there was none."""
    received = b""
    try:
        while chunk := connection.recv(65536):
            received += chunk
    except ConnectionResetError:
        pass
    output, at = b"", 0
    while at + 8 <= len(received):
        _, kind, _, size, padding, _ = struct.unpack_from("!BBHHBB", received, at)
        if kind == STDOUT:
            output += received[at + 8:at + 8 + size]
        at += 8 + size + padding
    if not output:
        return None
    head, _, body = output.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n"))
    status = int(headers.pop("Status", "200").split()[0])
    return Answer(method, target, status, headers, body)


def connect(path):
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(TIMEOUT)
    try:
        connection.connect(str(path))
    except OSError:
        connection.close()
        raise
    return connection


def request(path, method, target, body=None, sent=None, end=True, **more):
    """One request to the program at the Unix socket. sent: the part of the body that is really
    sent; end: whether the end of the body is told; more: parameters over those made from the
    rest (None: left out)."""
    values = environment(method, target, body, **more)
    values = {name: value for name, value in values.items() if value is not None}
    data = (body or b"") if sent is None else sent
    with connect(path) as connection:
        connection.sendall(begin() + stream(PARAMS, parameters(values)) + record(PARAMS, b"")
                           + stream(STDIN, data) + (record(STDIN, b"") if end else b""))
        if not end:
            connection.shutdown(socket.SHUT_WR)
        return read_answer(connection, method, target)


def create(path, description, notes=""):
    """Creates a task; its id once it is acknowledged, None if the program went away before."""
    body = json.dumps({"description": description, "notes": notes}).encode()
    try:
        answer = request(path, "POST", "/api/v1/tasks", body)
    except OSError:
        return None
    if answer is None or answer.status != 201:
        return None
    try:
        return strict_json(answer.body)["id"]
    except ValueError:  # cut off: not acknowledged
        return None
