"""What a phone loads to see the form: few requests and few bytes."""

import gzip
import re

import pytest

REQUESTS = 3
BYTES = 20_000
NAMED = re.compile(r'<(?:link|script|img|use|source)\b[^>]*?\b(?:href|src)="(?!data:)([^"#]+)')


def parts(tamu, address):
    """The page and everything that it names."""
    page = tamu.get(address).data
    return [page, *(tamu.get(other).data for other in sorted(set(NAMED.findall(page.decode()))))]


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_the_form_with_style_and_script_is_light(tamu, city, lang):
    loaded = parts(tamu, f"/s/{city.wide_token}?lang={lang}")
    assert len(loaded) == REQUESTS
    assert sum(len(gzip.compress(part, 6)) for part in loaded) <= BYTES


def test_a_form_with_faults_is_light_too(tamu, city):
    hidden = tamu.open_form(city.token)
    tamu.post(f"/s/{city.token}", hidden, 422)
    assert len(gzip.compress(tamu.response.data, 6)) <= BYTES / 2


def test_the_worker_is_the_script_of_the_form_and_never_old(tamu, city):
    tamu.get(f"/s/{city.token}")
    (script,) = tamu.page.xpath("//script/@src")
    worker = tamu.get("/sw.js")
    assert worker.data == tamu.get(script).data
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"
