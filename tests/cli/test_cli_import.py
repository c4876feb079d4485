"""`skm import` and `skm export --organisations`: a city from a spreadsheet, and back."""

import openpyxl

from skm.store import audit, organisations
from skm.usecases.exchange import spreadsheet
from tests.conftest import NOON
from tests.spreadsheets import EVERYTHING, csv

AGENCY = "dinsos;;perangkat daerah;Dinas Sosial;;;"


def test_a_dry_run_shows_every_row_and_changes_nothing(skm, db, city, tmp_path):
    (tmp_path / "kota.csv").write_bytes(csv("Organisasi", AGENCY, "x;nowhere;unit;X;;;"))
    said = skm("import", "kota.csv", "--dry-run").stdout
    assert "Organisasi 2: baru, perangkat daerah baru" in said
    assert "Organisasi 3: salah, induk “nowhere” tidak ada" in said
    assert "baru 1, berubah 0, tetap 0, salah 1" in said
    assert organisations.find(db, "dinsos") is None


def test_an_import_changes_everything_and_is_in_the_log(skm, db, city, tmp_path):
    (tmp_path / "kota.csv").write_bytes(csv("Organisasi", AGENCY))
    assert "baru 1, berubah 0" in skm("import", "kota.csv").stdout
    assert organisations.find(db, "dinsos").name == "Dinas Sosial"
    entry = next(audit.all_for(db, ""))
    assert (entry.officer_name, entry.verb, entry.subject) == ("server", "import", "kota.csv")


def test_a_faulty_import_names_the_rows_and_changes_nothing(skm, db, city, tmp_path):
    (tmp_path / "kota.csv").write_bytes(csv("Organisasi", AGENCY, "x;nowhere;unit;X;;;"))
    result = skm("import", "kota.csv", status=1)
    assert "Organisasi 3: salah" in result.stdout
    assert result.stderr.startswith("Ada 1 baris yang salah, yang pertama di lembar Organisasi baris 3")
    assert organisations.find(db, "dinsos") is None


def test_the_export_of_the_organisations_is_what_the_import_takes(skm, db, city, tmp_path):
    skm("export", "--organisations", "--output", "kota.xlsx")
    sent = (tmp_path / "kota.xlsx").read_bytes()
    assert spreadsheet.plan_import(db, EVERYTHING, sent, "kota.xlsx", NOON).counts["same"] == 3 + 3 + 2


def test_the_export_of_an_empty_server_is_the_template(skm, db, tmp_path):
    skm("export", "--organisations")
    book = openpyxl.load_workbook(tmp_path / "skm-organisasi.xlsx")
    assert book["Organisasi"].max_row == 1
    assert book["Petunjuk"]["A1"].value == "Cara mengisi lembar kerja ini"


def test_an_export_is_of_a_year_or_of_the_organisations(skm, db, city):
    assert "--year" in skm("export", status=2).stderr
    assert "--year" in skm("export", "--organisations", "--year", "2026", status=2).stderr
