"""The tenth question: asked wherever the nine are asked, stored and handed out with them, and in no index."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from skm.figures.verify import verify_snapshots
from skm.store import snapshots
from skm.store.database import writing
from skm.usecases.closing import freezing
from tests.applications import an_application
from tests.builders import a_city, a_past_year, answered
from tests.client import Visitor
from tests.conftest import DEED
from tests.papers import a_batch, a_deed

TEN = "permenpan-14-2017-keseluruhan"
UNIT = "uptd-puskesmas-i-denpasar-barat"


@pytest.fixture
def city(db):
    with writing(db):
        return a_city(db, TEN)


@pytest.fixture
def warga(settings, city, clock):
    return Visitor(an_application(settings, clock).test_client(use_cookies=False))


@pytest.mark.parametrize(("way", "person"), [("s", ""), ("kios", "~" + "0" * 31 + "1")])
def test_a_citizen_is_asked_ten_questions_the_last_of_them_for_the_whole(warga, city, db, way, person):
    warga.get(f"/{way}/{city.token}")
    codes = dict.fromkeys(warga.page.xpath("//input[@type='radio'][starts-with(@name, 'P')]/@name"))
    form = {"stamp": warga.page.xpath("string(//input[@name='stamp']/@value)") + person}
    form |= dict(zip(codes, "3333333331", strict=True))
    warga.post(f"/s/{city.token}", form, 303)
    (row,) = db.query("SELECT * FROM responses")
    assert (row["scores"], row["instrument_id"]) == ("3333333331", f"{TEN}/1")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("id", "Secara keseluruhan, bagaimana pelayanan hari ini?"),
        ("en", "Overall, how was the service today?"),
        ("ban", "Sacara umum, sapunapi palayanan rahina mangkin?"),
    ],
)
def test_it_is_asked_in_three_languages(warga, city, lang, words):
    warga.get(f"/s/{city.token}?lang={lang}")
    assert words in warga.words


def test_the_tenth_answer_moves_no_figure(sari, db, city):
    for scores in ("3333333331", "3333333334", "444444444-"):
        answered(db, city, scores)
    sari.get(f"/units/{UNIT}")
    assert "IKM 83,33" in sari.words
    assert "UMUM" not in sari.words


def test_the_table_of_elements_and_the_yearly_workbook_leave_it_out(sari, db, city):
    answered(db, city, "3333333331")
    assert "UMUM" not in sari.get(f"/organisations/{UNIT}/elements.csv").data.decode()
    book = load_workbook(BytesIO(sari.get("/exports/2026.xlsx").data))
    assert not {"UMUM", "P10"} & {cell.value for sheet in book for row in sheet for cell in row}


def test_open_data_has_it(sari, db, city):
    answered(db, city, "3333333331")
    heads, row = sari.get("/exports/2026.csv").data.decode("utf-8-sig").splitlines()
    assert dict(zip(heads.split(","), row.split(","), strict=True))["P10"] == "1"


def test_open_data_may_have_semicolons(sari, db, city):
    answered(db, city, "3333333331")
    answer = sari.get("/exports/2026.csv?pemisah=titik-koma")
    heads, row = answer.data.decode("utf-8-sig").splitlines()
    assert dict(zip(heads.split(";"), row.split(";"), strict=True))["P10"] == "1"
    assert "/exports/2026.csv?pemisah=titik-koma" in sari.get("/city").data.decode()


def test_it_is_keyed_from_paper_as_the_others_are(db, city):
    deed = a_deed(db, city)
    batch = a_batch(db, city, deed, "333333333-")
    assert [sheet["scores"] for sheet in db.query("SELECT scores FROM paper_sheets")] == ["333333333-"]
    assert batch.instrument_id == f"{TEN}/1"


def test_a_frozen_index_leaves_it_out_and_its_record_holds_it(db, city):
    past = a_past_year(db, city)
    for scores in ("3333333331", "4444444444"):
        answered(db, city, scores, "2025-05-05", period_id=past.id)
    made = freezing.freeze_period(db, DEED, past.id)
    (content,) = (snapshots.content_of(db, one.id) for one in made if one.organisation_id == city.unit.id)
    figures = json.loads(content)["figures"]
    assert list(figures["elements"]) == [f"U{number}" for number in range(1, 10)]
    assert figures["index"]["value"] == "87.50"
    assert figures["questionnaires"][f"{TEN}/1"]["counts"]["P10"] == [0, 1, 0, 0, 1]
    assert not [finding for finding in verify_snapshots(db) if not finding.equal]
