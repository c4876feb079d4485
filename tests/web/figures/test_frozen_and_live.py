"""A frozen page and the live page of the same answers are made by one renderer, and show the same figure."""

import re
from datetime import date
from importlib.resources import files

import pytest
from lxml import html

from skm.store import instruments, organisations
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from skm.survey.period import MEAN_OF_UNITS
from skm.usecases.answering import decisions
from skm.usecases.closing import freezing
from skm.usecases.deed import SERVER, Deed
from skm.usecases.demo.build import build_demo
from tests.applications import an_application
from tests.builders import a_past_year, an_organisation, answered
from tests.conftest import NOON
from tests.officers import signed_in_as

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
    made = freezing.freeze_period(db, DEED, year.id)
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
