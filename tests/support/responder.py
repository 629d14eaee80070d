#!/usr/bin/env python3
# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""A FastCGI responder that stands in for todo-app where only the proxy is tested.

    responder.py --socket PATH [ignored options]

Any path answers 200 and a JSON object: the FastCGI parameters, the body's length and SHA-256, and
the number of open connections. The query `status=N` sets the status, `silent=1` makes it close the
connection without an answer, `cut=N` makes it close the connection after N bytes of a body without
the record that ends an answer, `large=N` makes it send N bytes of body, `garbage=1` makes it send bytes that are not FastCGI, `hang=1` makes it
never answer. SIGTERM ends it with status 0."""

import argparse
import hashlib
import json
import os
import signal
import socketserver
import sys
import threading
import time
import urllib.parse

import fastcgi

CUT_SECONDS = 0.5  # as the program does it, see fcgi-app/http/connection.c


def read_request(stream):
    parts = {fastcgi.PARAMS: [], fastcgi.STDIN: []}
    while record := fastcgi.read_record(stream):
        kind, content = record
        if kind in parts:
            parts[kind].append(content)
        if kind == fastcgi.STDIN and not content:
            params, body = (b"".join(part) for part in parts.values())
            return fastcgi.decode_params(params), body
    return None, None


def output(status, body):
    head = (f"Status: {status}\r\nContent-Type: application/json\r\n"
            "X-Request-ID: stand-in\r\n\r\n").encode()
    return fastcgi.records(fastcgi.STDOUT, head + body)


def answer(status, body):
    return (output(status, body) + fastcgi.record(fastcgi.STDOUT, b"")
            + fastcgi.record(fastcgi.END_REQUEST, bytes(8)))


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
        if "cut" in query:
            self.wfile.write(output("200", b"x" * int(query["cut"])))
            time.sleep(CUT_SECONDS)
            return
        if "large" in query:
            self.wfile.write(answer("200", b"x" * int(query["large"])))
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
