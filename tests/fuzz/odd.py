"""An offer, spoiled in one to three ways by a seeded hand; as the environment of a WSGI server, or as bytes."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from urllib.parse import quote_from_bytes

from tests.fuzz.pool import Offer

METHODS = [
    "GET",
    "POST",
    "HEAD",
    "OPTIONS",
    "PUT",
    "DELETE",
    "PATCH",
    "TRACE",
    "PROPFIND",
    "CONNECT",
    "get",
    "X" * 40,
]
HOSTS = [
    "",
    "a" * 64 + ".id",
    "a..b",
    "[::1",
    "[::1]:8000",
    "é.id",
    "xn--zz\x80",
    "a b",
    "a:b",
    "a:99999",
    "\x00",
    "evil.test",
    "127.0.0.1:8000",
    "skm.example.go.id:443",
    "a@b",
    "%00",
    "." * 300,
]
TYPES = [
    "",
    "text/plain",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 300,
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=no-such",
    "a",
    "/",
    ";;;=",
    "text/html; charset=\xff",
]
HEADERS = {
    "HTTP_ACCEPT_LANGUAGE": ["", "ban", "xx;q=9", "en-" * 200, "*;q=nan", ",,;;==", "id;q=1e400", "\xff"],
    "HTTP_COOKIE": ["skm=x", "__Host-skm=" + "A" * 4000, "=;=;", "\xff=\xff", "skm=.eJ.x.y", "a" * 100],
    "HTTP_IF_NONE_MATCH": ["*", '"', 'W/"x', "\xff", '"a", ' * 100],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Thu, 31 Feb 9999 99:99:99 GMT", ""],
    "HTTP_RANGE": ["bytes=-1", "bytes=9-1", "bytes=0-0,1-1,2-2", "lines=1", "bytes=" + "9" * 400],
    "HTTP_X_FORWARDED_FOR": ["", "nobody", "1.2.3.4, 5.6.7.8", "::1%eth0", "\xff", "," * 50, "9" * 500],
    "HTTP_X_FORWARDED_PROTO": ["", "gopher", "https,http", "\xff"],
    "HTTP_X_FORWARDED_HOST": ["", "evil.test", "a b", "\xff"],
    "HTTP_ORIGIN": ["null", "https://evil.test", "\xff", "https://" + "a" * 300],
    "HTTP_REFERER": ["\xff", "https://evil.test/", "/", "javascript:1"],
    "HTTP_SEC_FETCH_SITE": ["cross-site", "same-origin", "none", "?", ""],
    "HTTP_CONTENT_LENGTH": ["x"],
    "HTTP_TRANSFER_ENCODING": ["chunked", "gzip"],
    "HTTP_EXPECT": ["100-continue", "?"],
    "HTTP_USER_AGENT": ["", "\xff", "x" * 5000],
    "CONTENT_LENGTH": ["", "-1", "x", "9" * 30, "0", "1"],
    "SERVER_PROTOCOL": ["HTTP/1.0", "HTTP/9"],
    "REMOTE_ADDR": ["", "nobody", "::ffff:1.2.3.4", "fe80::1%eth0"],
}
TEXTS: list[bytes] = [
    b"",
    b" ",
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc3",
    "٣".encode(),
    "²".encode(),
    "½".encode(),
    "‮‏".encode(),
    "😀".encode() * 50,
    b"=1+1",
    b"%00",
    b"%",
    b"%zz",
    b"+",
    b"-",
    b"-1",
    b"0",
    b"1e3",
    b"nan",
    b"inf",
    b"9" * 400,
    b"1" * 5000,
    b"0x10",
    b"1_000",
    b"2026-02-30",
    b"9999-12-31",
    b"0001-01-01",
    b"10000-01-01",
    b"2026-13",
    b"2026-W53",
    b"2026-Q5",
    b"0000",
    b"..",
    b"../../etc/passwd",
    b"/",
    b"//evil.test",
    b"\\",
    b"'",
    b'"',
    b"' OR 1=1 --",
    b"<script>",
    b"{{7*7}}",
    b"${x}",
    b"\r\n",
    b"a\r\nSet-Cookie: x=y",
    b"\t",
    b"a" * 70_000,
    b"[]",
    b"{}",
    b"null",
    b"true",
    b"~",
    b"~2",
    b"~20",
    b"~21",
    b"~" + b"f" * 32,
    b"@",
    b"a@",
    b"a@b",
    b"a@" + b"b" * 300 + b".id",
    b"http://[",
    b"id",
    b"en",
    b"ban",
    b"xx",
    b"year",
    b"agency",
    b"unit",
    "İ".encode(),
    "ß".encode(),
    "\u2028\u00a0\u200d".encode(),
    b"_x0041_",
    b"2026",
    b"999999",
    b"-999999",
    b"1.5",
    b"1,5",
]


@dataclass(frozen=True)
class Request:
    """A request as it comes over the wire."""

    method: str
    path: bytes
    query: bytes
    fields: list[tuple[bytes, bytes]]
    files: list[tuple[bytes, bytes, bytes]]
    multipart: bool
    more: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


def spoiled(hand: Random, offer: Offer) -> Request:
    """An offer of the house, spoiled in one to three ways."""
    path, _, query = offer.address.partition("?")
    fields = [(name.encode(), value.encode()) for name, value in offer.fields]
    if offer.method == "GET" and fields:
        query, fields = b"&".join(name + b"=" + _quoted(value) for name, value in fields).decode(), []
    files = [(name.encode(), b"a.csv", b"a,b\n1,2\n") for name in offer.files]
    request = Request(offer.method, path.encode(), query.encode(), fields, files, bool(files))
    for _ in range(hand.randint(1, 3)):
        request = hand.choice(WAYS)(hand, request)
    return request


def environ(request: Request, cookie: str) -> dict[str, Any]:
    """The environment that a server makes of a request; `cookie` is the one that a browser would send."""
    body, kind = _body(request)
    made: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _latin(request.path),
        "QUERY_STRING": _latin(request.query),
        "SERVER_NAME": "skm.example.go.id",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "10.0.0.1",
        "HTTP_HOST": "skm.example.go.id",
        "HTTP_REFERER": "https://skm.example.go.id/",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": kind,
        "HTTP_COOKIE": cookie,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    return made | request.more


def on_the_wire(request: Request, cookie: str) -> bytes:
    """The bytes that a browser would send to a server, which ends the connection after it."""
    made = environ(request, cookie)
    path = (
        quote_from_bytes(request.path, "/%")
        if made["REQUEST_METHOD"] != "CONNECT"
        else "skm.example.go.id:443"
    )
    target = path + ("?" + made["QUERY_STRING"] if made["QUERY_STRING"] else "")
    heads = {name[5:].replace("_", "-"): value for name, value in made.items() if name.startswith("HTTP_")}
    heads |= {
        "CONTENT-TYPE": made["CONTENT_TYPE"],
        "CONTENT-LENGTH": made["CONTENT_LENGTH"],
        "CONNECTION": "close",
    }
    lines = [f"{request.method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in heads.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + made["wsgi.input"].getvalue()


def _text(hand: Random) -> bytes:
    text = hand.choice(TEXTS)
    return text if hand.random() < 0.8 else hand.randbytes(hand.randint(1, 40))


def _another_value(hand: Random, request: Request) -> Request:
    if not request.fields:
        return _another_query(hand, request)
    fields = list(request.fields)
    place = hand.randrange(len(fields))
    if fields[place][0] == b"csrf_token" and hand.random() < 0.9:
        place = hand.randrange(len(fields))  # behind it nothing would be reached
    fields[place] = fields[place][0], _text(hand)
    return replace(request, fields=fields)


def _another_field(hand: Random, request: Request) -> Request:
    fields = list(request.fields)
    what = hand.randrange(3)
    if what == 0 and fields:
        fields.append(hand.choice(fields))
    elif what == 1 and fields:
        fields.pop(hand.randrange(len(fields)))
    else:
        fields.append((_text(hand), _text(hand)))
    return replace(request, fields=fields)


def _file_for_text(hand: Random, request: Request) -> Request:
    if not request.fields:
        return replace(request, files=[(b"file", _text(hand), _text(hand))], multipart=True)
    name = hand.choice(request.fields)[0]
    kept = [each for each in request.fields if each[0] != name]
    return replace(request, fields=kept, files=[(name, _text(hand), _text(hand))], multipart=True)


def _another_file(hand: Random, request: Request) -> Request:
    if not request.files:
        return _another_value(hand, request)
    name, _, _ = hand.choice(request.files)
    ending = hand.choice([b"csv", b"xlsx", b"png", b"toml", b"ods", b"", b"\x00"])
    content = hand.choice(
        [
            b"PK\x03\x04" + hand.randbytes(99),
            b"\x89PNG\r\n\x1a\n" + hand.randbytes(99),
            b"",
            b"\xff\xfe",
            b"a;b\n1;2",
        ]
    )
    return replace(request, files=[(name, b"a." + ending, content)])


def _another_query(hand: Random, request: Request) -> Request:
    parts = [part for part in request.query.split(b"&") if part]
    names = [part.partition(b"=")[0] for part in parts] or [
        b"lang",
        b"year",
        b"kode",
        b"service",
        b"period",
        b"page",
        b"by",
        b"next",
    ]
    parts.append(hand.choice(names) + b"=" + _quoted(_text(hand)[:4000]))
    return replace(request, query=b"&".join(parts) if hand.random() < 0.9 else _text(hand)[:4000])


def _another_path(hand: Random, request: Request) -> Request:
    steps = request.path.split(b"/")
    place = hand.randrange(len(steps))
    what = hand.randrange(4)
    if what == 0:
        steps[place] = _text(hand)[:3000]
    elif what == 1:
        steps.insert(place, _text(hand)[:3000])
    elif what == 2:
        steps.pop(place)
    else:
        steps[-1] += hand.choice([b"/", b".", b")", b"%20", b"\x00", b".csv", b"//"])
    return replace(request, path=b"/".join(steps) or b"/")


def _another_method(hand: Random, request: Request) -> Request:
    return replace(request, method=hand.choice(METHODS))


def _another_host(hand: Random, request: Request) -> Request:
    return replace(request, more=request.more | {"HTTP_HOST": _latin(hand.choice(HOSTS).encode())})


def _another_header(hand: Random, request: Request) -> Request:
    name = hand.choice(list(HEADERS))
    return replace(request, more=request.more | {name: hand.choice(HEADERS[name])})


def _another_type(hand: Random, request: Request) -> Request:
    return replace(request, more=request.more | {"CONTENT_TYPE": hand.choice(TYPES)})


def _another_body(hand: Random, request: Request) -> Request:
    whole, _ = _body(request)
    cut = whole[: hand.randrange(len(whole) + 1)]
    return replace(request, body=hand.choice([cut, whole + _text(hand), _text(hand), hand.randbytes(200)]))


WAYS: list[Callable[[Random, Request], Request]] = [
    *[_another_value] * 5,
    *[_another_query] * 2,
    *[_another_path] * 2,
    _another_field,
    _file_for_text,
    _another_file,
    _another_method,
    _another_host,
    *[_another_header] * 2,
    _another_type,
    _another_body,
]


def _body(request: Request) -> tuple[bytes, str]:
    """The body, and its kind as a browser would say it."""
    if not request.multipart:
        body = b"&".join(_quoted(name) + b"=" + _quoted(value) for name, value in request.fields)
        kind = "application/x-www-form-urlencoded"
    else:
        parts = [_part(name, b"", value) for name, value in request.fields]
        parts += [
            _part(name, b'; filename="' + filename + b'"', content)
            for name, filename, content in request.files
        ]
        body, kind = b"".join(parts) + b"--XyX--\r\n", "multipart/form-data; boundary=XyX"
    return (body if request.body is None else request.body), kind


def _part(name: bytes, filename: bytes, content: bytes) -> bytes:
    return (
        b'--XyX\r\nContent-Disposition: form-data; name="'
        + name
        + b'"'
        + filename
        + b"\r\n\r\n"
        + content
        + b"\r\n"
    )


def _quoted(text: bytes) -> bytes:
    return quote_from_bytes(text).encode()


def _latin(text: bytes) -> str:
    """As WSGI has it: a sign for each byte."""
    return text.decode("latin-1")
