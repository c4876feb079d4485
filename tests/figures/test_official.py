"""What everyone sees: only what was published, only of five answers or more, and the latest of it."""

from datetime import date
from decimal import Decimal

import pytest

from skm.figures import official
from skm.store.database import writing
from skm.survey.problem import Problem
from skm.usecases.closing import freezing, publishing
from skm.usecases.improving import improvements
from skm.usecases.improving.improvements import ImprovementDraft
from tests.builders import a_past_year, an_organisation, answered
from tests.conftest import DEED

DAY = "2025-05-05"
CHAIRS = ImprovementDraft("U9", "Kursi tunggu ditambah 20 buah.", date(2026, 5, 4))


@pytest.fixture
def year(db, city):
    """The year 2025, closed, with five answers at Puskesmas I."""
    return closed_year(db, city, 5)


def closed_year(db, city, answers, **other):
    year = a_past_year(db, city, **other)
    for _ in range(answers):
        answered(db, city, "333333333", year.opens.isoformat())
    freezing.freeze_period(db, DEED, year.id)
    return year


def publish(db, year, revision=1):
    return publishing.publish_period(db, DEED, year.id, revision)


def revise(db, city, year):
    for _ in range(5):  # of fewer the revision could not be published
        answered(db, city, "444444444", DAY)
    freezing.revise_period(db, DEED, year.id, "Berkas kertas menyusul")


def note(db, city, draft=CHAIRS, published=True):
    made = improvements.add_improvement(db, DEED, city.unit.slug, draft)
    return improvements.publish_improvement(db, DEED, made.id) if published else made


def sentences(db, city):
    return [one.sentence for one in official.find_improvements(db, city.unit.id)]


def refused(key, deed, *given, **named):
    with pytest.raises(Problem) as found:
        deed(*given, **named)
    assert found.value.key == key


def test_a_closed_year_is_official_only_once_it_is_published(db, city, year):
    assert official.find_official(db, city.unit.id) is None
    publish(db, year)
    figure = official.find_official(db, city.unit.id)
    assert (figure.period, figure.n, figure.index, figure.grade) == (
        "Tahun 2025",
        5,
        Decimal("75.00"),
        "C",
    )


def test_it_is_official_for_the_agency_and_the_city_too(db, city, year):
    publish(db, year)
    assert (
        official.find_official(db, city.agency.id).n == official.find_official(db, city.government.id).n == 5
    )


def test_fewer_than_five_answers_are_told_to_nobody(db, city):
    publish(db, closed_year(db, city, 4))
    assert official.find_official(db, city.unit.id) is None


def test_a_unit_without_answers_has_no_figure(db, city):
    with writing(db):
        empty = an_organisation(db, city.agency, "unit", "Puskesmas II")
    publish(db, closed_year(db, city, 5))
    assert official.find_official(db, empty.id) is None


def test_a_revision_is_official_only_once_it_is_published_too(db, city, year):
    publish(db, year)
    revise(db, city, year)
    assert official.find_official(db, city.unit.id).n == 5
    publish(db, year, 2)
    assert official.find_official(db, city.unit.id).n == 10


def test_a_unit_that_a_revision_leaves_alone_keeps_its_figure(db, city):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    for _ in range(5):
        answered(db, city, "444444444", DAY, unit_id=other.id)
    year = closed_year(db, city, 5)
    revise(db, city, year)
    publish(db, year, 2)
    assert official.find_official(db, other.id).index == Decimal("100.00")


def test_the_period_that_ended_last_counts_whenever_it_was_published(db, city, year):
    before = closed_year(db, city, 5, name="Tahun 2024", opens=date(2024, 1, 1), closes=date(2024, 12, 31))
    publish(db, year)
    publish(db, before)
    assert official.find_official(db, city.unit.id).period == "Tahun 2025"


def test_what_is_withdrawn_gives_way_to_what_was_official_before(db, city, year):
    before = closed_year(db, city, 5, name="Tahun 2024", opens=date(2024, 1, 1), closes=date(2024, 12, 31))
    publish(db, before)
    publish(db, year)
    publishing.withdraw_publication(db, DEED, year.id, "Ada jawaban ganda")
    assert official.find_official(db, city.unit.id).period == "Tahun 2024"
    publish(db, year)
    assert official.find_official(db, city.unit.id).period == "Tahun 2025"


def test_only_the_latest_revision_of_a_closed_period_is_published_and_once(db, city, year):
    refused("freezing_missing", publishing.publish_period, db, DEED, city.period.id, 1)
    revise(db, city, year)
    refused("freezing_overtaken", publishing.publish_period, db, DEED, year.id, 1)
    publish(db, year, 2)
    refused("publication_done", publishing.publish_period, db, DEED, year.id, 2)


def test_a_withdrawal_has_a_reason_and_something_to_withdraw(db, year):
    refused("publication_missing", publishing.withdraw_publication, db, DEED, year.id, "Keliru")
    publish(db, year)
    refused("reason_missing", publishing.withdraw_publication, db, DEED, year.id, " ")


@pytest.mark.parametrize("deed", ["UPDATE publications SET revision = 9", "DELETE FROM publications"])
def test_a_publication_is_never_changed(db, year, deed):
    publish(db, year)
    with pytest.raises(Exception, match="append-only"), writing(db):
        db.execute(deed)


def test_a_damaged_figure_is_told_to_nobody(db, city, year):
    publish(db, year)
    with writing(db):
        db.execute("DROP TRIGGER snapshots_are_never_changed")
        db.execute("UPDATE snapshots SET content = replace(content, '75.00', '95.00')")
    assert official.find_official(db, city.unit.id) is None


def test_an_improvement_is_told_once_it_is_published_and_until_it_is_withdrawn(db, city):
    made = note(db, city, published=False)
    assert not sentences(db, city)
    improvements.publish_improvement(db, DEED, made.id)
    assert sentences(db, city) == ["Kursi tunggu ditambah 20 buah."]
    improvements.withdraw_improvement(db, DEED, made.id)
    assert not sentences(db, city)


def test_the_latest_three_are_told_by_the_day_on_which_they_were_done(db, city):
    for month in (3, 1, 4, 2):
        note(db, city, ImprovementDraft("", f"Bulan {month}", date(2026, month, 1)))
    assert sentences(db, city) == ["Bulan 4", "Bulan 3", "Bulan 2"]


def test_another_unit_tells_its_own(db, city):
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    note(db, city)
    assert not official.find_improvements(db, other.id)


def test_a_draft_is_corrected_and_a_published_one_stands(db, city):
    made = note(db, city, published=False)
    edited = ImprovementDraft("", "Kursi  tunggu ditambah 25 buah.", date(2026, 5, 5))
    improvements.edit_improvement(db, DEED, made.id, edited)
    improvements.publish_improvement(db, DEED, made.id)
    assert sentences(db, city) == ["Kursi tunggu ditambah 25 buah."]
    refused("improvement_published", improvements.edit_improvement, db, DEED, made.id, CHAIRS)
    refused("improvement_published", improvements.publish_improvement, db, DEED, made.id)
    improvements.withdraw_improvement(db, DEED, made.id)
    refused("improvement_published", improvements.withdraw_improvement, db, DEED, made.id)


@pytest.mark.parametrize(
    ("key", "draft"),
    [
        ("improvement_wordy", ImprovementDraft("", " … ", date(2026, 5, 4))),
        ("improvement_wordy", ImprovementDraft("", "a" * 161, date(2026, 5, 4))),
        ("element_unknown", ImprovementDraft("U99", "Kursi ditambah", date(2026, 5, 4))),
        ("improvement_early", ImprovementDraft("", "Kursi ditambah", date(2026, 6, 16))),
    ],
)
def test_what_cannot_be_told_is_refused(db, city, key, draft):
    refused(key, improvements.add_improvement, db, DEED, city.unit.slug, draft)


def test_only_a_unit_has_improvements(db, city):
    refused("organisation_unknown", improvements.add_improvement, db, DEED, city.agency.slug, CHAIRS)


def test_an_improvement_is_never_deleted(db, city):
    note(db, city)
    with pytest.raises(Exception, match="never deleted"), writing(db):
        db.execute("DELETE FROM improvements")
