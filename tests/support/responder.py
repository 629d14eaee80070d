#!/usr/bin/env python3
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A FastCGI responder that stands in for todo-app where only the proxy is tested.

    responder.py --socket PATH [ignored options]

Any path answers 200 and a JSON object: the FastCGI parameters, the body's length and SHA-256, and
the number of open connections. The query `status=N` sets the status, `silent=1` makes it close the
connection without an answer, `garbage=1` makes it send bytes that are not FastCGI, `hang=1` makes it
never answer. SIGTERM ends it with status 0."""

import argparse
import hashlib
import json
import os
import signal
import socketserver
import struct
import sys
import threading
import urllib.parse

HEADER = struct.Struct("!BBHHBB")
END_REQUEST, PARAMS, STDIN, STDOUT = 3, 4, 5, 6


def read_record(stream):
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    _, kind, _, length, padding, _ = HEADER.unpack(head)
    content = stream.read(length)
    stream.read(padding)
    return kind, content


def read_size(data, at):
    if data[at] < 128:
        return data[at], at + 1
    return struct.unpack_from("!I", data, at)[0] & 0x7FFFFFFF, at + 4


def read_params(data):
    params, at = {}, 0
    while at < len(data):
        name_size, at = read_size(data, at)
        value_size, at = read_size(data, at)
        name = data[at:at + name_size].decode("latin-1")
        at += name_size
        params[name] = data[at:at + value_size].decode("latin-1")
        at += value_size
    return params


def read_request(stream):
    parts = {PARAMS: [], STDIN: []}
    while record := read_record(stream):
        kind, content = record
        if kind in parts:
            parts[kind].append(content)
        if kind == STDIN and not content:
            return read_params(b"".join(parts[PARAMS])), b"".join(parts[STDIN])
    return None, None


def record(kind, content):
    return HEADER.pack(1, kind, 1, len(content), 0, 0) + content


def answer(status, body):
    head = (f"Status: {status}\r\nContent-Type: application/json\r\n"
            "X-Request-ID: stand-in\r\n\r\n").encode()
    data = head + body
    parts = [record(STDOUT, data[i:i + 65535]) for i in range(0, len(data), 65535)]
    return b"".join(parts) + record(STDOUT, b"") + record(END_REQUEST, bytes(8))


class Handler(socketserver.StreamRequestHandler):
    connections = 0
    lock = threading.Lock()

    def setup(self):
        super().setup()
        with Handler.lock:
            Handler.connections += 1

    def finish(self):
        with Handler.lock:
            Handler.connections -= 1
        super().finish()

    def handle(self):
        params, body = read_request(self.rfile)
        if params is None:
            return
        query = dict(urllib.parse.parse_qsl(params.get("QUERY_STRING", "")))
        if "silent" in query:
            return
        if "hang" in query:
            self.rfile.read()
            return
        if "garbage" in query:
            self.wfile.write(b"this is no FastCGI record at all")
            return
        text = {"params": params, "size": len(body), "sha256": hashlib.sha256(body).hexdigest(),
                "connections": Handler.connections}
        self.wfile.write(answer(query.get("status", "200"), json.dumps(text).encode()))


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--socket", required=True)
    path = parser.parse_known_args()[0].socket
    server = Server(path, Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    print(json.dumps({"level": "INFO", "message": "started"}), file=sys.stderr, flush=True)
    server.serve_forever(poll_interval=0.01)
    os.unlink(path)


if __name__ == "__main__":
    main()
