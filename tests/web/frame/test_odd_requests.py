"""What no person's browser sends is answered with a page of ours, and never with a fault of ours."""

import ast
import io

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from skm.settings import ROOT
from skm.web.frame.odd_requests import FILE_FIELDS, UNREAD

ODD_HOSTS = [
    "a" * 64 + ".example",
    "a..b",
    "[::1",
    "xn--" + "a" * 70,
    "xn--zz\x80",
    "é.example",
    "a b",
    "a/b",
    "a:b",
]
HOSTS = [
    "skm.example.go.id",
    "127.0.0.1:8000",
    "[::1]:8000",
    "localhost",
    "xn--bcher-kva.example",
    "a.example.",
]


def status(app, address: str, host: str) -> tuple[int, bytes]:
    environ = create_environ(address) | {"HTTP_HOST": host.encode().decode("latin-1")}
    body, line, _ = run_wsgi_app(app, environ, buffered=True)
    return int(line.split()[0]), b"".join(body)


@pytest.mark.parametrize("host", ODD_HOSTS)
@pytest.mark.parametrize("address", ["/", "/sign-in", "/no-such-page", "/city"])
def test_a_host_that_is_no_name_gets_the_page_for_it(app, address, host):
    code, page = status(app, address, host)
    assert (code, b"Permintaan tidak terbaca" in page) == (400, True)


@pytest.mark.parametrize("address", ["/", "/sign-in", "/no-such-page", "/city"])
def test_a_query_that_is_no_text_gets_the_page_for_it(app, address):
    environ = create_environ(address) | {"QUERY_STRING": "lang=\xff"}
    body, line, _ = run_wsgi_app(app, environ, buffered=True)
    assert (line[:3], b"Permintaan tidak terbaca" in b"".join(body)) == ("400", True)


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_is_served_under_any_name(app, host):
    assert status(app, "/", host)[0] == 200


@pytest.mark.parametrize(
    ("unread", "words"),
    [(408, "Kiriman terlalu lama di jalan"), (411, "Permintaan tidak terbaca"), (503, "Sistem sedang sibuk")],
)
def test_a_body_that_was_not_read_is_answered_in_words(app, city, unread, words):
    environ = create_environ(f"/s/{city.token}", method="POST") | {UNREAD: unread}
    body, line, headers = run_wsgi_app(app, environ, buffered=True)
    assert (int(line.split()[0]), words in b"".join(body).decode()) == (unread, True)
    assert headers["SKM-Reply"] == "1"  # so a phone knows that the server has nothing of its answer


@pytest.mark.parametrize("who", ["sari", "admin", "budi", "wati", "tamu"])
def test_a_file_where_text_belongs_is_no_fault_of_ours(request, app, who):
    visitor = request.getfixturevalue(who)
    statuses = set()
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and not rule.arguments:
            file = {"name": (io.BytesIO(b"x"), "a.txt")}
            statuses.add(visitor.open(rule.rule, "POST", data=file).status_code)
    assert 400 in statuses
    assert max(statuses) < 500


def test_a_citizens_form_takes_no_file(tamu, city):
    answer = tamu.open(f"/s/{city.token}", "POST", data={"stamp": (io.BytesIO(b"x"), "a.txt")})
    assert answer.status_code == 400


def test_every_field_for_a_file_is_known():
    fields = {
        node.targets[0].id
        for file in (ROOT / "skm" / "web").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("FileField(")
    }
    assert fields == FILE_FIELDS
