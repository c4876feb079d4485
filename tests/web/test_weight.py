"""What a phone loads to see the form: few requests and few bytes."""

import gzip
import re

import pytest

from skm.web.filters import STATIC

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


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_the_kiosk_with_style_and_script_is_light(tamu, city, lang):
    loaded = parts(tamu, f"/kios/{city.wide_token}?lang={lang}")
    assert len(loaded) == REQUESTS
    assert sum(len(gzip.compress(part, 6)) for part in loaded) <= BYTES


def test_a_phone_does_not_load_the_kiosk(tamu, city):
    loaded = b"".join(parts(tamu, f"/s/{city.token}"))
    assert not [sign for sign in (b"PBKDF2", b"#begin", b"Sentuh") if sign in loaded]


def test_a_form_with_faults_is_light_too(tamu, city):
    hidden = tamu.open_form(city.token)
    tamu.post(f"/s/{city.token}", hidden, 422)
    assert len(gzip.compress(tamu.response.data, 6)) <= BYTES / 2


def test_the_worker_sends_as_the_form_does_and_is_never_old(tamu, city):
    worker = tamu.get("/sw.js")
    assert worker.data.startswith((STATIC / "js/queue.js").read_bytes())
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"


def test_the_script_of_the_form_is_kept_by_a_browser_for_good(tamu, city):
    tamu.get(f"/s/{city.token}")
    (address,) = tamu.page.xpath("//script/@src")
    script = tamu.get(address)
    assert script.mimetype == "text/javascript"
    assert "immutable" in script.headers["Cache-Control"]


def test_there_is_no_bundle_of_another_name(tamu):
    assert tamu.get("/bundles/queue.js", 404)
