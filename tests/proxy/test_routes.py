# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
"""Which path goes where: to the program, to a static file, to nothing."""

import hashlib
import re

from support import http
from support.process import ROOT
from support.problems import problem_types
from support.standin import StandInCase


class Forwarded(StandInCase):
    def assert_forwarded(self, path, path_info):
        answer = self.request("GET", path)
        self.assertEqual(answer.status, 200, path)
        params = answer.json()["params"]
        self.assertEqual(params["SCRIPT_NAME"] + params["PATH_INFO"], path_info)

    def test_health_ready_and_metrics(self):
        for path in ("/health", "/ready", "/metrics"):
            self.assert_forwarded(path, path)

    def test_everything_below_api(self):
        for path in ("/api/", "/api/v1/tasks", "/api/v1/tasks/1/complete", "/api/v2/x"):
            self.assert_forwarded(path, path)

    def test_query_arrives_raw(self):
        params = self.request("GET", "/api/v1/tasks?q=%20a&limit=1").json()["params"]
        self.assertEqual(params["QUERY_STRING"], "q=%20a&limit=1")

    def test_path_is_normalised(self):
        self.assert_forwarded("/api/./v1//tasks/../%74asks", "/api/v1/tasks")
        self.assert_forwarded("/x/%2e%2e/health", "/health")

    def test_similar_paths_are_not_forwarded(self):
        for path in ("/healthx", "/health/", "/ready/x", "/readyz", "/metrics.txt", "/api", "/apis/",
                     "/API/v1/tasks", "/x/api/v1"):
            answer = self.request("GET", path)
            self.assert_problem(answer, 404, "not-found")

    def test_every_method_is_forwarded(self):
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = self.request(method, "/api/v1/tasks", b"" if method == "POST" else None)
            self.assertEqual(answer.json()["params"]["REQUEST_METHOD"], method)

    def test_bodies_arrive_whole(self):
        for size in (0, 1, 65535, 65536, 65537, 1_000_000):
            body = bytes(i * 7 % 251 for i in range(size))
            got = self.request("POST", "/api/v1/tasks", body).json()
            self.assertEqual(got["size"], size)
            self.assertEqual(got["sha256"], hashlib.sha256(body).hexdigest())

    def test_answers_are_whole_whatever_range_is_asked(self):
        for wanted in ("bytes=0-9", "bytes=999999-", "bytes=-1"):
            answer = self.request("GET", "/api/v1/tasks/1", headers={"Range": wanted})
            self.assertEqual(answer.status, 200, wanted)
            self.assertEqual(answer.json()["params"]["REQUEST_METHOD"], "GET")

    def test_chunked_body_arrives_with_its_length(self):
        answer = http.raw(self.proxy.port, b"POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\n"
                          b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                          b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        self.assertIn(b'"CONTENT_LENGTH": "5"', answer)

    def test_program_s_own_errors_pass_unchanged(self):
        for status in (400, 404, 409, 413, 500, 503, 507):
            answer = self.request("GET", f"/api/v1/tasks?status={status}")
            self.assertEqual(answer.status, status)
            self.assertIn("params", answer.json())


class Static(StandInCase):
    def test_landing_page(self):
        answer = self.request("GET", "/")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Content-Type"], "text/html; charset=utf-8")

    def test_links_of_the_pages_lead_somewhere(self):
        for page in ("/", "/docs/", "/docs/problems/"):
            links = re.findall(rb'href="([^"]+)"', self.request("GET", page).body)
            self.assertTrue(links)
            for link in links:
                self.assertEqual(self.request("GET", link.decode()).status, 200, link)

    def test_folder_without_slash_is_redirected(self):
        answer = self.request("GET", "/docs")
        self.assertIn(answer.status, (301, 308))
        self.assertEqual(answer.headers["Location"], "/docs/")

    def test_revalidation(self):
        tag = self.request("GET", "/docs/").headers["ETag"]
        self.assertEqual(self.request("GET", "/docs/", None, {"If-None-Match": tag}).status, 304)

    def test_pages_are_compressed_on_request(self):
        answer = self.request("GET", "/docs/problems/", None, {"Accept-Encoding": "gzip"})
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        plain = self.request("GET", "/docs/problems/")
        self.assertIsNone(plain.headers["Content-Encoding"])

    def test_api_is_not_compressed(self):
        answer = self.request("GET", "/api/v1/tasks", None, {"Accept-Encoding": "gzip"})
        self.assertIsNone(answer.headers["Content-Encoding"])

    def test_nothing_outside_the_site_is_reachable(self):
        for path in ("/../lighttpd.conf", "/..%2flighttpd.conf", "/%2e%2e/lighttpd.conf",
                     "/docs/../../lighttpd.conf", "/errors/404.html", "/settings.conf.example",
                     "/openapi.yaml/../lighttpd.conf", "/openapi.yaml../lighttpd.conf"):
            status = http.raw_status(
                self.proxy.port, f"GET {path} HTTP/1.0\r\n\r\n".encode())
            self.assertIn(status, (400, 403, 404), path)


class OpenApi(StandInCase):
    def test_media_type(self):
        answer = self.request("GET", "/openapi.yaml")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/yaml")
        self.assertEqual(answer.body, (ROOT / "docs/openapi.yaml").read_bytes())


    def test_page_lists_each_operation(self):
        page = self.request("GET", "/docs/").body.decode()
        contract = (ROOT / "docs/openapi.yaml").read_text(encoding="utf-8")
        paths = re.split(r"^  (/\S+):$", contract, flags=re.MULTILINE)[1:]
        self.assertGreater(len(paths), 10)
        for path, text in zip(paths[::2], paths[1::2]):
            if path.startswith("/api/"):
                for method in re.findall(r"^    (get|put|post|patch|delete):$", text, re.MULTILINE):
                    self.assertIn(f"<code>{method.upper()} {path}</code>", page)
            else:
                self.assertRegex(page, f"<code>(GET )?{path}</code>")


class ProblemTypes(StandInCase):
    def test_each_type_leads_to_its_description(self):
        page = self.request("GET", "/docs/problems/").body.decode()
        for slug, status, title in problem_types():
            answer = self.request("GET", f"/problems/{slug}")
            self.assertEqual(answer.status, 303, slug)
            self.assertEqual(answer.headers["Location"], f"/docs/problems/#{slug}")
            self.assertIn(f'<dt id="{slug}"><code>/problems/{slug}</code> <b>{status} {title}</b>',
                          page)

    def test_no_other_type_is_described(self):
        page = self.request("GET", "/docs/problems/").body.decode()
        self.assertEqual(re.findall(r'<dt id="([^"]+)"', page),
                         [slug for slug, _, _ in problem_types()])

    def test_unknown_type_is_not_found(self):
        for path in ("/problems/nope", "/problems/validation/", "/problems/validationx"):
            self.assert_problem(self.request("GET", path), 404, "not-found")
