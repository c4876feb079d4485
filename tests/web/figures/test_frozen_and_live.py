"""A frozen page and the live page of the same answers are made by one renderer, and show the same figure."""

import re
from datetime import date
from importlib.resources import files
from io import BytesIO

import pytest
from lxml import html
from openpyxl import load_workbook

from skm.store import instruments, organisations
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from skm.survey.period import MEAN_OF_UNITS
from skm.usecases.answering import decisions
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed
from skm.usecases.demo.build import build_demo
from tests.applications import an_application
from tests.builders import a_past_year, an_organisation, answered
from tests.conftest import NOON
from tests.officers import exclude, signed_in_as

DAY = "2025-05-05"
DEED = Deed(SERVER, NOON)
OTHER = files("tests.survey").joinpath("kelurahan.toml").read_text("utf-8")
OWN_WEIGHTS = OTHER.replace('["U1", "U2"]', '["U2", "U1"]\nweights = [0.7, 0.3]')
TIME = re.compile(r"(Dari [\d.]+ jawaban|Periode yang dipilih)(, |: )[^.<]+")


@pytest.fixture(params=["pooled", MEAN_OF_UNITS])
def year(request, db, city):
    """A year that mixes two questionnaires in one unit, own weights in another, and leaves a third without answers."""
    with writing(db):
        second, third, fourth = (
            an_organisation(db, city.agency, "unit", name) for name in ("Unit II", "Unit III", "Unit IV")
        )
        sixteen = instruments.add(db, builtin_source("skm-online-16"))["skm-online-16"]
        (own,) = instruments.add(db, OWN_WEIGHTS).values()
    year = a_past_year(db, city, aggregation=request.param)
    for scores in ("444444444", "343434343", "33-333333", "222222222"):
        answered(db, city, scores, DAY)
    answered(db, city, "4443444344443444", DAY, instrument_id=sixteen)
    for scores in ("433333333", "433333334", "323232323"):
        answered(db, city, scores, DAY, unit_id=second.id)
    for scores in ("43", "33", "42"):
        answered(db, city, scores, DAY, unit_id=third.id, instrument_id=own)
    decide(db, answered(db, city, "111111111", DAY), "held")
    decide(db, answered(db, city, "111111111", DAY, unit_id=fourth.id), "excluded")
    return year


def decide(db, response, state):
    if state == "excluded":
        exclude(db, DEED, response.receipt)
    else:
        decisions.decide_answer(db, DEED, response.receipt, state, "Ganda")


def block(visitor, address):
    """The figure on a page, without the time, which a live page names by months and a frozen one by days.

    A live page alone says the step from the time before, and what more answers or other visitors could change: no
    snapshot holds what these need.
    """
    visitor.get(address)
    (figure,) = visitor.page.xpath("//main//div[@class='figure']")
    for change in figure.xpath("p[@class='change' or @class='subline sure']"):
        figure.remove(change)
    return TIME.sub(r"\1\2…", html.tostring(figure, encoding="unicode"))


def elements(visitor):
    return [" ".join(row.itertext()) for row in visitor.page.xpath("//section[@aria-labelledby='unsur']//tr")]


def test_every_snapshot_shows_the_figure_of_its_live_page(sari, db, city, year):
    made = freezing.freeze_period(db, DEED, year.id, undecided="Uji")
    assert len(made) == 6
    for snapshot in made:
        organisation = db.execute(
            "SELECT kind, slug FROM organisations WHERE id = ?", [snapshot.organisation_id]
        ).fetchone()
        live, seen = block(sari, f"{page_of(*organisation)}?period=2025"), elements(sari)
        assert block(sari, f"/snapshots/{snapshot.id}") == live
        assert elements(sari) == seen


def test_every_snapshot_of_the_demo_shows_the_figure_of_its_live_page(db, settings, clock):
    build_demo(db, date(2026, 3, 10))
    root = organisations.find_root(db)
    sari = signed_in_as(an_application(settings, clock), db, "organisasi", root, clock())
    sql = """SELECT s.id, o.kind, o.slug, substr(p.opens, 1, 4) FROM snapshots AS s
             JOIN organisations AS o ON o.id = s.organisation_id JOIN periods AS p ON p.id = s.period_id"""
    made = list(db.execute(sql))
    assert len(made) > 70
    for snapshot, kind, slug, year in made:
        live, seen = block(sari, f"{page_of(kind, slug)}?period={year}"), elements(sari)
        assert block(sari, f"/snapshots/{snapshot}") == live
        assert elements(sari) == seen


def page_of(kind, slug):
    return {"government": "/city", "agency": f"/agencies/{slug}", "unit": f"/units/{slug}"}[kind]


def test_every_snapshot_shows_the_steps_of_its_live_page(sari, db, city, year):
    for snapshot in freezing.freeze_period(db, DEED, year.id, undecided="Uji"):
        slug = organisations.get(db, snapshot.organisation_id).slug
        live = tables_of_steps(sari, f"/organisations/{slug}/method?period=2025")
        own = tables_of_steps(sari, f"/snapshots/{snapshot.id}/method")
        assert own == [row for row in live if row[0] != "Dengan jawaban yang ditahan atau dikeluarkan"]
        assert ("Rekaman tidak memuat IKM dengan jawaban yang ditahan" in sari.words) == (own != live)


def tables_of_steps(visitor, address):
    visitor.get(address)
    rows = visitor.page.xpath("//main//section//tr")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]


def test_every_snapshot_has_the_workbook_of_its_live_page(sari, db, city, year):
    for snapshot in freezing.freeze_period(db, DEED, year.id, undecided="Uji"):
        slug = organisations.get(db, snapshot.organisation_id).slug
        live = cells_of(sari.get(f"/organisations/{slug}/method.xlsx?period=2025").data)
        own = cells_of(sari.get(f"/snapshots/{snapshot.id}/method.xlsx").data)
        assert own == live
        assert len(own) > 20 or slug == "unit-iv"


def cells_of(content):
    """All cells but the head, which says of which answers the sheet is."""
    sheets = load_workbook(BytesIO(content)).worksheets
    rows = [(sheet.title, row) for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if not str(row[1][0]).startswith(("Dihitung dari", "Rekaman", "CARA HITUNG"))]


def test_the_steps_of_a_record_name_it_and_its_moment(sari, db, city, year):
    (own,) = [
        s
        for s in freezing.freeze_period(db, DEED, year.id, undecided="Uji")
        if s.organisation_id == city.unit.id
    ]
    sari.get(f"/snapshots/{own.id}")
    sari.get(sari.page.xpath("//a[text()='Langkah perhitungan']/@href")[0])
    moment = "Dihitung dari jawaban sampai periodenya dibekukan, 15 Juni 2026 12.00 WITA."
    assert f"Rekaman Tahun 2025 revisi 1, SHA-256 {own.digest}. {moment}" in sari.words
    content = sari.get(sari.page.xpath("//a[text()='Unduh lembar hitung (XLSX)']/@href")[0])
    assert "tahun-2025-revisi-1.xlsx" in content.headers["Content-Disposition"]
    assert moment in head_of(content)


def head_of(response):
    """What stands above the first table of a workbook."""
    rows = list(load_workbook(BytesIO(response.data)).worksheets[0].iter_rows(values_only=True))
    return " ".join(str(row[0]) for row in rows[:4])


def test_a_live_figure_says_until_when_its_answers_were_counted(sari, budi, db, city, year):
    page = f"/organisations/{city.unit.slug}/method"
    now = "Dihitung dari jawaban sampai 15 Juni 2026 pukul 12.00 WITA."
    sari.get(f"{page}?period=2025")
    assert now in sari.words
    assert now in head_of(sari.get(f"{page}.xlsx?period=2025"))
    budi.get(f"{page}?period=2025")
    assert "Dihitung dari jawaban sampai akhir hari 14 Juni 2026." in budi.words
    freezing.freeze_period(db, DEED, year.id, undecided="Uji")
    answered(db, city, "111111111", DAY)
    sari.get(f"{page}?period=2025")
    assert "Dihitung dari jawaban sampai periodenya dibekukan, 15 Juni 2026 12.00 WITA." in sari.words


def test_a_head_reads_the_steps_of_a_published_record_that_tell_nothing_of_few(signed_in, db, city):
    """In the agency one unit has four answers: in a mean the steps would say its index."""
    with writing(db):
        second = an_organisation(db, city.agency, "unit", "Unit II")
        third = an_organisation(db, city.agency, "unit", "Unit III")
    year = a_past_year(db, city, aggregation=MEAN_OF_UNITS)
    for unit, n in ((city.unit, 6), (second, 4), (third, 4)):
        for _ in range(n):
            answered(db, city, "333333333", DAY, unit_id=unit.id)
    made = freezing.freeze_period(db, DEED, year.id, undecided="Uji")
    unit, agency = (
        next(one for one in made if one.organisation_id == place.id) for place in (city.unit, city.agency)
    )
    head = signed_in("unit_head", city.agency)
    head.get(f"/snapshots/{unit.id}/method", 409)
    publishing.publish_period(db, DEED, year.id, 1)
    head.get(f"/snapshots/{unit.id}/method")
    assert "IKM 75,00" in head.words
    head.get(f"/snapshots/{agency.id}/method", 409)
    head.get(f"/snapshots/{agency.id}/method.xlsx", 409)
    head.get(f"/snapshots/{agency.id}")
    assert "Langkah perhitungannya hanya dibuka untuk Bagian Organisasi dan auditor" in head.words


def test_nor_do_they_where_few_answered_one_of_two_questionnaires(budi, db, city):
    with writing(db):
        sixteen = instruments.add(db, builtin_source("skm-online-16"))["skm-online-16"]
    year = a_past_year(db, city)
    for _ in range(6):
        answered(db, city, "333333333", DAY)
    answered(db, city, "4" * 16, DAY, instrument_id=sixteen)
    made = freezing.freeze_period(db, DEED, year.id, undecided="Uji")
    publishing.publish_period(db, DEED, year.id, 1)
    (own,) = [one for one in made if one.organisation_id == city.unit.id]
    budi.get(f"/snapshots/{own.id}")
    budi.get(f"/snapshots/{own.id}/method", 409)
