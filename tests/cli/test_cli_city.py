"""The terminal's verbs on a database: migrate, demo, qr, export, serve."""

import csv

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from skm.store import installation, organisations
from skm.store.database import connect, writing
from tests.builders import a_counter, a_service, an_organisation, answered


def test_migrate_prepares_and_then_has_nothing_to_do(skm):
    assert "0001_first_answers" in skm("migrate").stdout
    assert "mutakhir" in skm("migrate").stdout


def test_demo_fills_once_and_again_only_when_asked(skm, tmp_path):
    assert "DATA CONTOH" in skm("demo", "--until", "2026-02-10").stdout
    assert "sudah ada" in skm("demo").stdout
    skm("demo", "--fresh", "--until", "2026-02-11")
    db = connect(tmp_path / "skm.sqlite")
    assert "2026-02-11" in installation.find(db, "demo")
    db.close()


@pytest.mark.parametrize("words", [["demo"], ["demo", "--fresh"]])
def test_demo_refuses_a_database_with_real_answers(skm, db, city, words):
    answered(db, city, "444444444")
    assert "tidak diubah" in skm(*words, status=1).stderr
    assert organisations.find_root(db).id == city.government.id


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_qr_makes_a_file_for_a_counter(skm, city, tmp_path, kind, start):
    skm("qr", city.token, "--format", kind, "--output", f"qr.{kind}")
    assert (tmp_path / f"qr.{kind}").read_bytes().startswith(start)


def test_qr_makes_the_sheets_of_a_whole_unit(skm, city, tmp_path):
    skm("qr", city.unit.slug, "--output", "all.pdf")
    assert (tmp_path / "all.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("size", ["poster", "stickers"])
def test_qr_makes_one_file_for_all_counters_of_an_agency(skm, city, tmp_path, size):
    skm("qr", city.agency.slug, "--size", size)
    assert len(PdfDocument(tmp_path / f"loket-{size}.pdf")) == 2


def test_qr_never_overwrites(skm, city, tmp_path):
    (tmp_path / "mine.pdf").write_text("mine")
    assert "sudah ada" in skm("qr", city.token, "--output", "mine.pdf", status=1).stderr
    assert (tmp_path / "mine.pdf").read_text() == "mine"


def test_qr_of_an_unknown_counter_says_so(skm, city):
    assert "tidak terdaftar" in skm("qr", "nowhere", status=1).stderr


def test_export_writes_the_workbook_and_prints_the_rows(skm, db, city, tmp_path):
    for _ in range(3):
        answered(db, city, "344434334")
    assert "3 jawaban" in skm("export", "--year", "2026", "--output", "2026.xlsx").stdout
    book = openpyxl.load_workbook(tmp_path / "2026.xlsx")
    assert book.sheetnames[0] == "Rekap 2026"


def test_export_writes_every_answer_as_csv(skm, db, city, tmp_path):
    answered(db, city, "12-443213", comment="=HYPERLINK(1)")
    skm("export", "--year", "2026", "--format", "csv", "--output", "2026.csv")
    with (tmp_path / "2026.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert [row[f"P{n}"] for n in range(1, 10)] == ["1", "2", "", "4", "4", "3", "2", "1", "3"]
    assert row["Saran"] == "'=HYPERLINK(1)"


def test_export_of_a_year_without_answers_says_so(skm, city):
    assert "Belum ada jawaban" in skm("export", "--year", "1999", status=1).stderr


def test_serve_refuses_a_database_that_was_not_migrated(skm):
    assert "skm migrate" in skm("serve", status=1).stderr


def test_a_wrong_setting_stops_the_command_with_an_example(skm, monkeypatch):
    monkeypatch.setenv("SKM_OPEN_PAGES", "perhaps")
    assert "for example open_pages" in skm("migrate", status=1).stderr


@pytest.mark.parametrize(
    "command", [["qr", "nowhere"], ["export", "--organisations"], ["export", "--year", "2026"]]
)
def test_the_folder_is_checked_before_anything_is_made(skm, tmp_path, command):
    (tmp_path / "there").write_text("a file, and no folder")
    for folder in ("missing", "there"):
        said = skm(*command, "--output", f"{folder}/out.xlsx", status=1).stderr
        assert said.startswith(f"Folder {folder} tidak ada; buat lebih dahulu")
    assert "sudah ada" in skm(*command, "--output", "there", status=1).stderr


def test_the_answers_can_have_semicolons_for_excel(skm, db, city, tmp_path):
    answered(db, city, "444444444")
    skm("export", "--year", "2026", "--format", "csv", "--separator", "semicolon")
    content = (tmp_path / "skm-jawaban-2026-titik-koma.csv").read_text(encoding="utf-8-sig")
    heads, row = csv.reader(content.splitlines(), delimiter=";")
    assert dict(zip(heads, row, strict=True))["P1"] == "4"


def test_what_a_poster_cannot_show_is_said(skm, db, city):
    with writing(db):
        unit = an_organisation(db, city.agency, "unit", "ᬤᬾᬦ᭄ᬧᬲᬃ")
        a_counter(db, unit, "Loket 1", (a_service(db, unit, "Poli"),))
    assert (
        "Tidak dapat dicetak, kotak menggantikannya: ᬤᬾᬦ᭄ᬧᬲᬃ"
        in skm("qr", unit.slug, "--output", "a.pdf").stderr
    )
    assert skm("qr", city.unit.slug, "--output", "b.pdf").stderr == ""


def test_what_changes_for_people_is_said_before_it_is_applied(skm, tmp_path):
    skm("migrate")
    db = connect(tmp_path / "skm.sqlite")
    db.execute("DROP TABLE devices")
    db.execute("DROP TABLE device_codes")
    db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '%devices'")
    db.close()
    assert "perangkatnya sudah didaftarkan" in skm("serve", status=1).stderr
    assert "perangkatnya sudah didaftarkan" in skm("migrate").stderr
    assert skm("migrate").stderr == ""
