# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""TLS in lighttpd, with certificates of a root that the test makes: which versions, HTTP/2, the
Strict-Transport-Security of every kind of answer, and a new certificate without a lost request."""

import http.client
import json
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest

from support.process import ROOT, wait_until
from support.proxy import Proxy
from support.stack import App

HSTS = "max-age=63072000"
MODULES = ("/usr/lib/lighttpd", "/usr/lib64/lighttpd", "/usr/lib/x86_64-linux-gnu/lighttpd")


def openssl(*words, cwd):
    subprocess.run(["openssl", *map(str, words)], cwd=cwd, check=True, capture_output=True)


class Authority:
    """A root and certificates of it for localhost."""

    def __init__(self, folder):
        self.folder = folder
        self.root = folder / "root.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", "root.key", "-out", self.root, "-subj", "/CN=root", "-days", "2", cwd=folder)

    def issue(self, serial):
        """Replaces certificate.pem and key.pem at once, one after the other."""
        folder = self.folder
        (folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n", encoding="ascii")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
                "new.key", "-out", "request", "-subj", "/CN=localhost", cwd=folder)
        openssl("x509", "-req", "-in", "request", "-CA", self.root, "-CAkey", "root.key", "-out",
                "new.pem", "-days", "1", "-set_serial", serial, "-extfile", "names", cwd=folder)
        (folder / "new.key").rename(folder / "key.pem")
        (folder / "new.pem").rename(folder / "certificate.pem")


class TlsProxy(Proxy):
    """The project's configuration with tls.conf after it."""

    def __init__(self, folder, app_socket, **settings):
        both = folder / "both.conf"
        both.write_text(f'include "{ROOT}/proxy/lighttpd.conf"\ninclude "{ROOT}/proxy/tls.conf"\n',
                        encoding="utf-8")
        values = {"tls_certificate": str(folder / "certificate.pem"),
                  "tls_key": str(folder / "key.pem"), "tls_least": "TLSv1.3", "hsts": HSTS}
        super().__init__(folder, app_socket, configuration=both, **(values | settings))


@unittest.skipUnless(any(pathlib.Path(folder, "mod_openssl.so").exists() for folder in MODULES),
                     "lighttpd has no mod_openssl here (Debian: lighttpd-mod-openssl)")
class TlsTest(unittest.TestCase):
    least = "TLSv1.3"

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="todo-tls-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.authority = Authority(cls.folder)
        cls.authority.issue(1)
        cls.app = App(cls.folder, cls.folder / "todo.db")
        cls.addClassCleanup(cls.app.process.kill)
        cls.proxy = TlsProxy(cls.folder, cls.app.socket, tls_least=cls.least)
        cls.addClassCleanup(cls.proxy.process.kill)

    @classmethod
    def tearDownClass(cls):
        cls.proxy.stop()
        cls.app.stop()

    def context(self, **bounds):
        context = ssl.create_default_context(cafile=str(self.authority.root))
        for name, version in bounds.items():
            setattr(context, name, version)
        return context

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPSConnection("localhost", self.proxy.port, timeout=60,
                                                 context=self.context())
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def connect(self, context):
        plain = socket.create_connection(("127.0.0.1", self.proxy.port), timeout=60)
        try:
            return context.wrap_socket(plain, server_hostname="localhost")
        except BaseException:
            plain.close()
            raise

    def serial(self):
        with self.connect(self.context()) as connection:
            return int(connection.getpeercert()["serialNumber"], 16)


class ModernTest(TlsTest):
    def test_an_answer_over_https(self):
        status, headers, body = self.ask("GET", "/api/v1/tasks")
        self.assertEqual(status, 200)
        self.assertEqual(json.loads(body)["tasks"], [])
        self.assertEqual(headers.get_all("Strict-Transport-Security"), [HSTS])

    def test_version_and_cipher(self):
        with self.connect(self.context()) as connection:
            self.assertEqual(connection.version(), "TLSv1.3")

    def test_http2_by_alpn(self):
        context = self.context()
        context.set_alpn_protocols(["h2", "http/1.1"])
        with self.connect(context) as connection:
            self.assertEqual(connection.selected_alpn_protocol(), "h2")

    def test_http2_answers(self):
        result = subprocess.run(
            ["curl", "-sS", "--http2", "--cacert", self.authority.root, "-o", "/dev/null", "-w",
             "%{http_version} %{http_code}", f"https://localhost:{self.proxy.port}/api/v1/tasks"],
            capture_output=True, text=True, check=False)
        self.assertEqual((result.stdout, result.stderr), ("2 200", ""))

    def test_older_versions_are_refused(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1):
            with self.subTest(version.name):
                context = self.context()
                context.set_ciphers("ALL:@SECLEVEL=0")
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = version
                with self.assertRaises((ssl.SSLError, ConnectionError)):
                    self.connect(context)

    def test_plain_http_is_refused(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.proxy.port, timeout=60)
        try:
            connection.request("GET", "/health")
            with self.assertRaises((http.client.HTTPException, ConnectionError)):
                status = connection.getresponse().status
                if status >= 400:
                    raise ConnectionError(status)
        finally:
            connection.close()

    def test_every_kind_of_answer_has_hsts(self):
        kinds = {"static": ("GET", "/", 200), "redirect": ("GET", "/problems/validation", 303),
                 "missing": ("GET", "/nothing", 404), "problem": ("GET", "/api/v1/tasks/9", 404),
                 "not allowed": ("POST", "/", 405), "options": ("OPTIONS", "/docs/", 200),
                 "probe": ("GET", "/health", 200)}
        for name, (method, path, expected) in kinds.items():
            with self.subTest(name):
                status, headers, _ = self.ask(method, path)
                self.assertEqual(status, expected)
                self.assertEqual(headers.get_all("Strict-Transport-Security"), [HSTS])
                self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                if expected == 405:
                    self.assertEqual(headers["Allow"], "GET, HEAD, OPTIONS")

    def test_a_new_certificate_and_no_request_lost(self):
        failures, stop = [], threading.Event()

        def work():
            while not stop.is_set():
                try:
                    status = self.ask("GET", "/api/v1/tasks")[0]
                except OSError as error:
                    status = error
                if status != 200:
                    failures.append(status)

        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        try:
            for serial in (self.serial() + 1, self.serial() + 2):
                self.authority.issue(serial)
                self.assertNotEqual(self.serial(), serial)
                self.proxy.process.send(signal.SIGUSR1)
                wait_until(lambda wanted=serial: self.serial() == wanted, "the new certificate")
        finally:
            stop.set()
            for worker in workers:
                worker.join()
        self.assertEqual(failures, [])


class OlderClientsTest(TlsTest):
    least = "TLSv1.2"

    def test_tls_1_2_with_forward_secrecy(self):
        with self.connect(self.context(maximum_version=ssl.TLSVersion.TLSv1_2)) as connection:
            self.assertEqual(connection.version(), "TLSv1.2")
            self.assertRegex(connection.cipher()[0], r"^ECDHE-.*(GCM|CHACHA20)")

    def test_weak_ciphers_are_refused(self):
        for ciphers in ("AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA"):
            with self.subTest(ciphers):
                context = self.context(maximum_version=ssl.TLSVersion.TLSv1_2)
                context.set_ciphers(ciphers + ":@SECLEVEL=0")
                with self.assertRaises((ssl.SSLError, ConnectionError)):
                    self.connect(context)

    def test_tls_1_1_is_refused(self):
        context = self.context()
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.connect(context)


if __name__ == "__main__":
    unittest.main()
