# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""FastCGI records, and a client that talks to the program without lighttpd in between."""

import socket
import struct

HEADER = struct.Struct("!BBHHBB")
BEGIN_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT = 1, 3, 4, 5, 6
RESPONDER_ROLE = b"\0\1\0" + bytes(5)
CONTENT_MAX = 65535
TIMEOUT = 60


def record(kind, content):
    return HEADER.pack(1, kind, 1, len(content), 0, 0) + content


def records(kind, data):
    """The records of a part of a stream."""
    return b"".join(record(kind, data[at:at + CONTENT_MAX])
                    for at in range(0, len(data), CONTENT_MAX))


def stream(kind, data):
    """The records of a whole stream, with the empty one that ends it."""
    return records(kind, data) + record(kind, b"")


def read_record(file):
    """(kind, content), or None at the end."""
    head = file.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    _, kind, _, length, padding, _ = HEADER.unpack(head)
    content = file.read(length)
    file.read(padding)
    return kind, content


def encode_params(params):
    """Names and values are bytes."""
    data = b""
    for name, value in params.items():
        for text in (name, value):
            size = len(text)
            data += bytes((size,)) if size < 128 else struct.pack("!I", size | 0x80000000)
        data += name + value
    return data


def _read_size(data, at):
    if data[at] < 128:
        return data[at], at + 1
    return struct.unpack_from("!I", data, at)[0] & 0x7FFFFFFF, at + 4


def decode_params(data):
    params, at = {}, 0
    while at < len(data):
        name_size, at = _read_size(data, at)
        value_size, at = _read_size(data, at)
        name = data[at:at + name_size].decode("latin-1")
        at += name_size
        params[name] = data[at:at + value_size].decode("latin-1")
        at += value_size
    return params


def request(path, params, body=b""):
    """One request to the socket at path; the whole of the program's output (header and body)."""
    data = (record(BEGIN_REQUEST, RESPONDER_ROLE) + stream(PARAMS, encode_params(params))
            + stream(STDIN, body))
    output = b""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(TIMEOUT)
        connection.connect(str(path))
        connection.sendall(data)
        with connection.makefile("rb") as file:
            while got := read_record(file):
                if got[0] == STDOUT:
                    output += got[1]
                if got[0] == END_REQUEST:
                    break
    return output


def get(path, target, **headers):
    """A GET as lighttpd would forward it; headers are HTTP_... parameters with values in bytes."""
    params = {b"REQUEST_METHOD": b"GET", b"SCRIPT_NAME": b"", b"PATH_INFO": target,
              b"REQUEST_URI": target, b"QUERY_STRING": b"", b"CONTENT_LENGTH": b"0",
              b"SERVER_PROTOCOL": b"HTTP/1.1", b"REMOTE_ADDR": b"127.0.0.1"}
    params |= {name.encode("ascii"): value for name, value in headers.items()}
    return request(path, params)
