"""Publishing is refused where two published figures would tell what one to four people answered."""

from datetime import date

import pytest

from skm.store import instruments
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from skm.survey.problem import Problem
from skm.usecases.city.organisations import move_organisation
from skm.usecases.closing import freezing, publishing
from tests.builders import a_past_year, a_period, an_organisation, answered
from tests.conftest import DEED


def some(db, city, n, day="2025-05-05", **where):
    """So many answers."""
    return [answered(db, city, "344434334", day, **where) for _ in range(n)]


def refused(db, period, revision=1):
    """Why a period cannot be published; None where it was."""
    try:
        publishing.publish_period(db, DEED, period.id, revision)
    except Problem as problem:
        return problem.key, problem.details.get("n")
    return None


@pytest.fixture
def year(db, city):
    return a_past_year(db, city)


@pytest.mark.parametrize(("more", "why"), [(1, 1), (4, 4), (5, None)])
def test_a_revision_that_differs_by_few_is_not_published(db, city, year, more, why):
    some(db, city, 10)
    freezing.freeze_period(db, DEED, year.id)
    publishing.publish_period(db, DEED, year.id, 1)
    some(db, city, more)
    freezing.revise_period(db, DEED, year.id, "Kertas menyusul")
    assert refused(db, year, 2) == (why and ("publication_tells_few", why))


def test_nor_is_a_period_whose_days_overlap_with_another(db, city, year):
    with writing(db):
        days = {"opens": date(2025, 1, 1), "closes": date(2025, 6, 30), "name": "Semester I 2025"}
        half = a_period(db, city.government, city.period.instrument_id, **days)
    some(db, city, 10)
    some(db, city, 3, "2025-09-09")
    for period in (year, half):
        freezing.freeze_period(db, DEED, period.id)
    publishing.publish_period(db, DEED, year.id, 1)
    assert refused(db, half) == ("publication_tells_few", 3)


def test_nor_is_a_parent_whose_children_leave_few(db, city, year):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    some(db, city, 10)
    some(db, city, 2, unit_id=other.id)
    freezing.freeze_period(db, DEED, year.id)
    assert refused(db, year) == ("publication_tells_rest", 2)


def test_nor_is_a_revision_that_differs_by_few_of_one_questionnaire(db, city, year):
    with writing(db):
        long = instruments.add(db, builtin_source("skm-online-16"))["skm-online-16"]
    for scores, instrument_id in (("344434334", year.instrument_id), ("3444343343444343", long)):
        for _ in range(6):
            answered(db, city, scores, "2025-05-05", instrument_id=instrument_id)
    freezing.freeze_period(db, DEED, year.id)
    publishing.publish_period(db, DEED, year.id, 1)
    some(db, city, 9)
    for _ in range(2):
        answered(db, city, "3444343343444343", "2025-05-05", instrument_id=long)
    freezing.revise_period(db, DEED, year.id, "Kertas menyusul")
    assert refused(db, year, 2) == ("publication_tells_few", 2)


@pytest.mark.parametrize(
    ("day", "why"), [("2025-11-11", ("publication_tells_rest", 3)), ("2025-03-03", None)]
)
def test_nor_is_an_agency_that_a_unit_joined_for_its_last_few_answers(db, city, year, day, why):
    with writing(db):
        other = an_organisation(db, city.government, "agency", "Dinas Sosial")
        own, moved = (an_organisation(db, above, "unit", name) for above, name in
                      ((other, "Panti"), (city.agency, "Unit Pindah")))  # fmt: skip
    some(db, city, 10)
    some(db, city, 10, unit_id=own.id)
    some(db, city, 10, "2025-02-02", unit_id=moved.id)
    some(db, city, 6 if why is None else 3, day, unit_id=moved.id)
    move_organisation(db, DEED, moved.slug, other.id, on=date.fromisoformat(day))
    freezing.freeze_period(db, DEED, year.id)
    assert refused(db, year) == why


def test_figures_of_fewer_than_five_are_not_told_and_refuse_nothing(db, city, year):
    some(db, city, 2)
    freezing.freeze_period(db, DEED, year.id)
    assert refused(db, year) is None


def test_the_refusal_says_which_figure_and_what_to_do(sari, db, city, year):
    some(db, city, 10)
    freezing.freeze_period(db, DEED, year.id)
    publishing.publish_period(db, DEED, year.id, 1)
    some(db, city, 1)
    freezing.revise_period(db, DEED, year.id, "Kertas menyusul")
    sari.send_form(f"/periods/{year.id}/revisions/2/publish", 422)
    assert "membuka jawaban 1 orang" in sari.words
    assert "Tahun 2025, revisi 1" in sari.words
    assert "Tunggu sampai sedikitnya lima jawaban berbeda" in sari.words
