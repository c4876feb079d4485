"""(e) What a phone downloads to see the form: the page and everything it names, each as gzip sends it."""

import gzip
import re
import tempfile
from http.client import HTTPConnection
from pathlib import Path

from bench import serving
from bench.city import city
from bench.report import Line

NAMED = re.compile(r'<(?:link|script|img|use|source)\b[^>]*?\b(?:href|src)="(?!data:)([^"#]+)')
LEVEL = 6


def measure() -> list[Line]:
    """Requests and bytes of the form page of the running server."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "skm.sqlite"
        path = f"/s/{city(database, 1)[0].token}"
        with serving.ours(database) as server:
            page = _fetch(server.port, path)
            others = sorted(set(NAMED.findall(page.decode())))
            parts = [page, *(_fetch(server.port, other) for other in others)]
    sizes = [len(gzip.compress(part, LEVEL)) for part in parts]
    plain = sum(len(part) for part in parts)
    return [
        Line("weight: requests of the form page", len(parts), "requests"),
        Line(
            "weight: the page and all it names, gzip",
            sum(sizes) / 1000,
            "kB",
            None,
            f"{plain / 1000:.1f} kB plain",
        ),
        Line("weight: the page alone, gzip", sizes[0] / 1000, "kB", None, f"{len(page) / 1000:.1f} kB plain"),
    ]


def _fetch(port: int, path: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status}")
    return response.read()
