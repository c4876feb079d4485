"""What a phone loads to see the form: few requests and few bytes."""

import gzip
import re
from datetime import date
from secrets import token_urlsafe

import pytest

from skm.store import instruments
from skm.store.database import writing
from skm.survey.improvement import SENTENCE_LIMIT
from skm.survey.instrument_file import builtin_source
from skm.usecases.city.devices import make_code
from skm.usecases.closing import freezing, publishing
from skm.usecases.improving import improvements
from skm.usecases.improving.improvements import ImprovementDraft
from tests.builders import a_counter, a_past_year, a_period, a_service, answered
from tests.conftest import DEED

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
def test_the_thanks_with_all_that_is_told_are_light(tamu, city, db, lang):
    receipt = a_unit_that_tells_all(db, city)
    loaded = parts(tamu, f"/terima-kasih/{receipt}?lang={lang}")
    assert tamu.page.xpath("count(//main//li)") == 3
    assert tamu.page.xpath("//section//strong")
    assert len(loaded) <= REQUESTS
    assert sum(len(gzip.compress(part, 6)) for part in loaded) <= BYTES


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_the_front_door_is_light(tamu, city, lang):
    loaded = parts(tamu, f"/?lang={lang}")
    assert len(loaded) <= REQUESTS
    assert sum(len(gzip.compress(part, 6)) for part in loaded) <= BYTES


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_the_choice_of_a_service_is_light(tamu, city, db, lang):
    loaded = parts(tamu, f"/s/{a_counter_that_asks_first(db, city)}?lang={lang}")
    assert len(tamu.page.xpath("//ul[@class='choices']/li")) == 2
    assert len(loaded) <= REQUESTS
    assert sum(len(gzip.compress(part, 6)) for part in loaded) <= BYTES


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_the_explanation_of_a_code_that_nobody_has_is_light(tamu, lang):
    page = tamu.get(f"/s/AAAA?lang={lang}", 404).data
    loaded = [page, *(tamu.get(other).data for other in sorted(set(NAMED.findall(page.decode()))))]
    assert len(loaded) <= REQUESTS
    assert sum(len(gzip.compress(part, 6)) for part in loaded) <= BYTES


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_the_kiosk_with_style_and_script_is_light(tamu, city, lang):
    loaded = parts(tamu, f"/kios/{city.wide_token}?lang={lang}")
    assert len(loaded) == REQUESTS
    assert sum(len(gzip.compress(part, 6)) for part in loaded) <= BYTES


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_the_kiosk_of_a_registered_device_is_light(tamu, city, db, lang):
    tablet, code = tamu.again(), make_code(db, DEED, city.unit.slug, city.wide_counter.id, "Tablet").code
    tablet.post(f"/kios/{city.wide_token}/daftar", {"kode": code}, 204)
    loaded = parts(tablet, f"/kios/{city.wide_token}?lang={lang}")
    assert "terdaftar sebagai kios" in tablet.words
    assert len(loaded) == REQUESTS
    assert sum(len(gzip.compress(part, 6)) for part in loaded) <= BYTES


@pytest.mark.parametrize("lang", ["id", "en", "ban"])
def test_the_television_is_light(tamu, city, lang):
    loaded = parts(tamu, f"/layar/{city.token}?lang={lang}")
    assert len(loaded) == REQUESTS
    assert sum(len(gzip.compress(part, 6)) for part in loaded) <= BYTES


def test_a_phone_does_not_load_the_kiosk(tamu, city):
    loaded = b"".join(parts(tamu, f"/s/{city.token}"))
    assert not [sign for sign in (b"PBKDF2", b"#begin", b"Sentuh") if sign in loaded]


def test_a_phone_does_not_load_the_style_of_officers(tamu, city):
    loaded = b"".join(parts(tamu, f"/s/{city.token}"))
    assert b".card{" in loaded
    assert not [sign for sign in (b"thead", b".crumbs", b"--heat-a") if sign in loaded]


def a_unit_that_tells_all(db, city):
    """A published year and three improvements of the longest kind; the receipt of an answer."""
    year = a_past_year(db, city)
    for _ in range(5):
        answered(db, city, "344434334", "2025-05-05")
    freezing.freeze_period(db, DEED, year.id)
    publishing.publish_period(db, DEED, year.id, 1)
    for number in range(3):
        draft = ImprovementDraft("", f"{number} {token_urlsafe(120)[: SENTENCE_LIMIT - 2]}", date(2026, 5, 4))
        made = improvements.add_improvement(db, DEED, city.unit.slug, draft)
        improvements.publish_improvement(db, DEED, made.id)
    return answered(db, city, "344434334").receipt


def a_counter_that_asks_first(db, city):
    """The token of a counter with a service over the internet beside one at the counter."""
    with writing(db):
        ids = instruments.add(db, builtin_source("skm-online-16"))
        a_period(db, city.unit, ids["skm-online-16"])
        services = (city.services[0], a_service(db, city.unit, "Izin praktik daring", "online"))
        return a_counter(db, city.unit, "Meja Izin", services)[1]


def test_a_form_with_faults_is_light_too(tamu, city):
    hidden = tamu.open_form(city.token)
    tamu.post(f"/s/{city.token}", hidden, 422)
    assert len(gzip.compress(tamu.response.data, 6)) <= BYTES / 2


def test_the_worker_sends_as_the_form_does_and_is_never_old(tamu, city):
    worker = tamu.get("/sw.js")
    (queue,) = re.findall(rb"const \$queue = .*?\n\}\)\(\);\n", worker.data, re.DOTALL)
    assert queue in tamu.get("/bundles/form.js").data
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
