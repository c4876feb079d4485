"""The log: readable, searchable, no further than the reader's own part, and complete when it is taken away."""

import csv
from io import StringIO

import pytest

from skm.store import audit
from skm.store.database import writing
from skm.usecases.log.audit import PAGE
from tests.builders import an_organisation


@pytest.fixture
def noted(db, city):
    """Notes a deed of Ayu's: `noted("close_counter", "Loket 1")`."""

    def _noted(
        verb: str,
        subject: str,
        path: str = "",
        at: str = "2026-06-14T23:30:00+00:00",
        **sides: dict[str, object],
    ) -> None:
        by = (None, "Ayu", "admin")
        with writing(db):
            audit.add_all(db, [audit.Entry.of(at, by, path or city.unit.path, verb, subject, **sides)])

    return _noted


def rows(visitor) -> list[str]:
    return [" ".join(" ".join(row.itertext()).split()) for row in visitor.page.xpath("//tbody/tr")]


def test_an_entry_says_when_who_what_and_the_change(agus, noted):
    noted("rename_organisation", "Puskesmas I", before={"name": "Lama", "id": "x"}, after={"name": "Baru"})
    agus.get("/audit")
    (row,) = [row for row in rows(agus) if "Puskesmas I" in row]
    assert row == "15 Juni 2026 07.30 Server Admin Mengganti nama organisasi: Puskesmas I nama: Lama → Baru"


def test_values_are_said_in_words(agus, noted):
    after = {
        "free_of_charge": True,
        "closed": "2026-06-15T16:00:00+00:00",
        "opens": "2026-01-01",
        "kind": "unit",
    }
    noted("add_service", "Farmasi", after=after)
    agus.get("/audit")
    (row,) = rows(agus)
    for words in (
        "tidak dipungut biaya: ya",
        "ditutup: 16 Juni 2026 00.00",
        "dibuka: 1 Januari 2026",
        "jenis: unit",
    ):
        assert words in row


@pytest.mark.parametrize(
    ("words", "n"),
    [
        ("loket", 2),
        ("menutup loket", 1),
        ("LOKET 2", 1),
        ("50%", 1),
        ("%", 1),
        ("_", 0),
        ("admin", 3),
        ("zzz", 0),
    ],
)
def test_the_log_is_searched_by_what_it_shows(agus, noted, words, n):
    noted("close_counter", "Loket 1")
    noted("add_counter", "Loket 2")
    noted("add_service", "Farmasi 50%")
    agus.get("/audit", query_string={"words": words})
    assert len(rows(agus)) == n


def test_a_verb_that_was_renamed_since_is_read_and_found_under_its_new_name(agus, noted):
    noted("add_follow_up", "Kursi tunggu")
    noted("add_improvement", "Papan nama")
    agus.get("/audit?words=mencatat")
    assert ["Mencatat perbaikan" in row for row in rows(agus)] == [True, True]


def test_nothing_found_is_said_with_a_way_on(agus, noted):
    noted("add_counter", "Loket 2")
    agus.get("/audit?words=zzz")
    assert "Tidak ada entri dengan kata “zzz”" in agus.words


def test_a_long_log_is_read_page_by_page(agus, noted):
    for number in range(PAGE + 5):
        noted("add_counter", f"Nomor {number}.")
    agus.get("/audit")
    assert "Nomor 54." in rows(agus)[0]
    agus.get(agus.page.xpath("//a[text()='Yang lebih lama']/@href")[0])
    assert [row.split("Nomor ")[1].split(".")[0] for row in rows(agus)] == ["4", "3", "2", "1", "0"]
    assert not agus.page.xpath("//a[text()='Yang lebih lama']")


@pytest.mark.parametrize(
    ("days", "n"),
    [
        ("first=2026-06-15", 2),
        ("last=2026-06-15", 2),
        ("first=2026-06-15&last=2026-06-15", 1),
        ("first=2026-06-16&words=loket", 1),
        ("first=2026-06-17", 0),
        ("first=&last=", 3),
        ("last=2999-12-31", 3),
    ],
)
def test_the_log_is_searched_by_days_of_the_citys_clock(agus, noted, days, n):
    noted("add_counter", "Kemarin", at="2026-06-14T15:59:59+00:00")
    noted("add_counter", "Hari itu", at="2026-06-14T16:00:00+00:00")
    noted("add_counter", "Besok", at="2026-06-15T16:00:00+00:00")
    agus.get(f"/audit?{days}")
    assert len(rows(agus)) == n
    assert len(exported(agus, days)) == n


def exported(visitor, asked: str) -> list[dict[str, str]]:
    """The rows of the download with the same search."""
    sent = visitor.get(f"/audit.csv?{asked}").data.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(sent)))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("first=2026-02-30", "Dari tanggal: Tulis tanggal yang ada di kalender."),
        ("last=besok", "Sampai tanggal: Tulis tanggal yang ada di kalender."),
        ("first=2026-06-15&last=2026-06-14", "Sampai tanggal: Tanggal ini mendahului tanggal awal."),
        ("last=9999-12-31", "Sampai tanggal: Tulis tanggal yang ada di kalender."),
        ("first=0001-01-01", "Dari tanggal: Tulis tanggal yang ada di kalender."),
    ],
)
def test_days_that_make_no_sense_are_said_and_kept(agus, noted, days, said):
    for page in ("/audit", "/audit.csv"):
        agus.get(f"{page}?words=loket&{days}", 422)
        assert said in agus.words
        assert agus.page.xpath("//input[@id='words']/@value") == ["loket"]


def test_pages_keep_to_the_days(agus, noted):
    for number in range(PAGE + 5):
        noted("add_counter", f"Nomor {number}.", at=f"2026-06-{10 + number % 2}T04:00:00+00:00")
    for number in range(PAGE):
        noted("add_counter", f"Nomor {number}.", at="2026-06-10T04:00:00+00:00")
    agus.get("/audit?first=2026-06-10&last=2026-06-10")
    agus.get(agus.page.xpath("//a[text()='Yang lebih lama']/@href")[0])
    assert len(rows(agus)) == (PAGE + 6) // 2
    assert all("10 Juni 2026" in row for row in rows(agus))
    agus.get(agus.page.xpath("//a[text()='Kembali ke yang terbaru']/@href")[0])
    assert len(rows(agus)) == PAGE


def test_an_auditor_of_an_agency_reads_no_further(signed_in, db, city, noted):
    other = an_organisation(db, city.government, "agency", "Kecamatan Barat")
    db.conn.commit()
    noted("add_counter", "Di sini")
    noted("add_counter", "Di sana", other.path)
    noted("import", "Seluruh kota", city.government.path)
    reader = signed_in("auditor", city.agency)
    reader.get("/audit")
    assert len(rows(reader)) == 1
    assert "Di sini" in rows(reader)[0]


def test_the_download_has_every_row_and_no_formula(agus, noted):
    for _ in range(PAGE + 1):
        noted("add_counter", "=HYPERLINK(1)", after={"name": "Loket; 1"})
    agus.get("/audit.csv?words=loket")
    table = list(csv.DictReader(StringIO(agus.response.data.decode("utf-8-sig"))))
    assert len(table) == PAGE + 1
    assert table[0]["Objek"] == "'=HYPERLINK(1)"
    assert table[0]["Sesudah"] == "nama: Loket; 1"
