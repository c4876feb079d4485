"""The national questionnaire: services given face to face, online or both have questions of their own."""

import pytest

from skm.store.database import writing
from tests.applications import an_application
from tests.builders import a_city, a_counter, a_service
from tests.client import Visitor


@pytest.fixture
def online_city(db):
    """A city on skm-online-16, with one service of each channel at one counter."""
    with writing(db):
        city = a_city(db, "skm-online-16")
        online = a_service(db, city.unit, "Pendaftaran daring", "online")
        hybrid = a_service(db, city.unit, "Rekam medis", "hybrid")
        services = (city.services[0], online, hybrid)
        _, token = a_counter(db, city.unit, "Loket campuran", services)
    return services, token


@pytest.fixture
def warga(settings, online_city, clock):
    return Visitor(an_application(settings, clock).test_client(use_cookies=False))


def test_a_counter_with_different_questions_asks_for_the_service_first(warga, online_city):
    services, token = online_city
    warga.get(f"/s/{token}")
    links = warga.page.xpath("//main//a/@href")
    assert [services[n].id in links[n] for n in range(3)] == [True, True, True]


def test_at_a_kiosk_the_officer_chooses_the_service_for_the_device(warga, online_city):
    services, token = online_city
    warga.get(f"/kios/{token}")
    assert "Untuk pelayanan apa perangkat ini?" in warga.words
    warga.get(f"/kios/{token}{warga.page.xpath('//main//a/@href')[1]}")
    assert f"service={services[1].id}" in warga.page.xpath("//form[@id='form']/@action")[0]


@pytest.mark.parametrize(
    ("which", "items", "instrument"), [(0, 16, ""), (1, 16, "-daring"), (2, 19, "-hybrid")]
)
def test_each_channel_has_its_variant(warga, online_city, db, which, items, instrument):
    services, token = online_city
    warga.get(f"/s/{token}?service={services[which].id}")
    codes = dict.fromkeys(warga.page.xpath("//input[@type='radio']/@name"))
    stamp = warga.page.xpath("string(//input[@name='stamp']/@value)")
    form = {"stamp": stamp} | dict.fromkeys(codes, "3")
    warga.post(f"/s/{token}?service={services[which].id}", form, 303)
    (row,) = db.query("SELECT * FROM responses")
    assert row["scores"] == "3" * items
    assert row["instrument_id"] == f"skm-online-16{instrument}/1"
    assert row["service_id"] == services[which].id


def test_the_unit_page_joins_the_variants_on_the_nine_elements(warga, online_city):
    services, token = online_city
    for service in services:
        warga.get(f"/s/{token}?service={service.id}")
        form = {"stamp": warga.page.xpath("string(//input[@name='stamp']/@value)")}
        form |= dict.fromkeys(warga.page.xpath("//input[@type='radio']/@name"), "4")
        warga.post(f"/s/{token}?service={service.id}", form, 303)
    warga.get("/units/uptd-puskesmas-i-denpasar-barat")
    assert "IKM 100,00" in warga.words
    assert "Dari 3 jawaban" in warga.words
