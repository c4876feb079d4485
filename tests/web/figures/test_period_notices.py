"""Where no period follows, it is said weeks before, and loudly after, to who can do something about it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from skm.store import organisations
from skm.store.database import writing
from tests.builders import a_period, an_organisation

UNIT = "/units/uptd-puskesmas-i-denpasar-barat"
LAST_WEEKS = datetime(2026, 12, 2, 16, 30, tzinfo=UTC)  # 00.30 on 3 December, WITA
AFTER = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # 00.30 on 1 January 2027, WITA


@pytest.fixture
def settings(settings):
    return replace(settings, open_pages=False)


def notice(visitor, address):
    visitor.get(address)
    return " ".join(visitor.page.xpath("string(//ul[@aria-label='Periode survei'])").split())


def loud(visitor):
    return visitor.page.xpath("//li[@class='loud']")


@pytest.fixture
def at(clock, db):
    """Sets the clock; the sessions of officers go on."""

    def set_clock(moment):
        clock.moment = moment
        with writing(db):
            db.execute("UPDATE sessions SET seen = :now, started = :now", {"now": moment.isoformat()})

    return set_clock


def test_a_month_before_the_last_day_nothing_is_said(at, sari):
    at(LAST_WEEKS - timedelta(days=2))
    assert notice(sari, "/city") == ""


@pytest.mark.parametrize("address", ["/city", "/agencies/dinas-kesehatan", "/setup"])
def test_bagian_organisasi_is_warned_with_the_way_to_the_next_period(at, sari, address):
    at(LAST_WEEKS)
    said = notice(sari, address)
    assert (
        "Survei semua unit berakhir 31 Desember 2026, 28 hari lagi, dan belum ada periode sesudahnya." in said
    )
    link = sari.page.xpath("//ul[@aria-label='Periode survei']//a/@href")
    assert link == ["/setup/organisations/pemerintah-kota-denpasar/periods/add"]
    assert not loud(sari)


def test_a_unit_head_is_told_whom_to_ask(at, budi):
    at(LAST_WEEKS)
    said = notice(budi, UNIT)
    assert "Survei di unit ini berakhir 31 Desember 2026" in said
    assert "Mintalah Bagian Organisasi menambahkan periode." in said
    assert not budi.page.xpath("//ul[@aria-label='Periode survei']//a")


def test_so_is_who_serves_at_a_counter_in_the_summary(at, wati):
    at(LAST_WEEKS)
    said = notice(wati, "/organisations/uptd-puskesmas-i-denpasar-barat/summary")
    assert "Survei di unit ini berakhir 31 Desember 2026" in said
    assert "Mintalah Bagian Organisasi menambahkan periode." in said


@pytest.mark.parametrize(("who", "address"), [("sari", "/city"), ("admin", "/setup"), ("budi", UNIT)])
def test_after_the_last_day_it_is_said_loudly(at, request, who, address):
    visitor = request.getfixturevalue(who)
    at(AFTER)
    assert "tutup sejak 1 Januari 2027: tidak ada periode yang berlaku" in notice(visitor, address)
    assert loud(visitor)


def test_a_period_that_follows_leaves_nothing_to_say(at, db, city, sari):
    with writing(db):
        days = {"opens": date(2027, 1, 1), "closes": date(2027, 12, 31)}
        a_period(db, city.government, city.period.instrument_id, **days)
    at(LAST_WEEKS)
    assert notice(sari, "/city") == ""


def test_a_gap_before_the_next_period_is_named_without_alarm(at, db, city, sari):
    with writing(db):
        days = {"opens": date(2027, 3, 1), "closes": date(2027, 12, 31)}
        a_period(db, city.government, city.period.instrument_id, **days)
    at(LAST_WEEKS)
    assert "dan baru dibuka lagi 1 Maret 2027." in notice(sari, "/city")
    at(AFTER)
    assert "sedang tutup dan baru dibuka lagi 1 Maret 2027." in notice(sari, "/city")
    assert not loud(sari)


def test_each_unit_goes_by_its_own_clock(at, db, city, sari):
    with writing(db):
        west = an_organisation(db, city.agency, "unit", "Perwakilan Jakarta")
        organisations.change(db, [replace(west, time_zone="Asia/Jakarta")])
    at(AFTER)  # 23.30 on 31 December, WIB
    said = notice(sari, "/city")
    assert "Survei 1 unit (UPTD Puskesmas I Denpasar Barat) tutup sejak 1 Januari 2027" in said
    assert "Survei 1 unit (Perwakilan Jakarta) berakhir 31 Desember 2026, hari ini" in said


def test_the_guide_asks_for_a_period_again(at, sari):
    at(AFTER)
    sari.get("/setup")
    assert "Periode survei Kapan survei dibuka, dan dengan kuesioner yang mana. belum ada" in sari.words


@pytest.mark.parametrize(("lang", "words"), [("id", "Survei sedang tutup."), ("en", "The survey is closed.")])
def test_the_television_invites_nobody_when_nothing_is_open(at, city, tamu, lang, words):
    at(AFTER)
    tamu.get(f"/layar/{city.token}?lang={lang}")
    assert words in tamu.words
    assert not tamu.page.xpath("//aside//img | //*[@class='address']")
    assert "Jadilah" not in tamu.words


def test_the_television_says_when_it_opens(at, db, city, tamu):
    with writing(db):
        days = {"opens": date(2027, 3, 1), "closes": date(2027, 12, 31)}
        a_period(db, city.government, city.period.instrument_id, **days)
    at(AFTER)
    tamu.get(f"/layar/{city.token}")
    assert "Survei sedang tutup. Penilaian dibuka mulai 1 Maret 2027." in tamu.words


def test_the_posters_page_has_no_qr_when_nothing_is_open(at, budi):
    at(AFTER)
    budi.get(f"{UNIT}/counters")
    assert "Kode QR tidak ditampilkan selama survei tutup." in budi.words
    assert not budi.page.xpath("//img[@class='qr'] | //a[contains(@href, '.pdf')]")


def test_posters_can_be_printed_before_the_opening(at, db, city, budi):
    with writing(db):
        days = {"opens": date(2027, 3, 1), "closes": date(2027, 12, 31)}
        a_period(db, city.government, city.period.instrument_id, **days)
    at(AFTER)
    budi.get(f"{UNIT}/counters")
    assert "Kode QR di bawah ini baru menerima jawaban mulai 1 Maret 2027." in budi.words
    assert budi.page.xpath("//img[@class='qr']")
