"""What a receipt tells: the day of arrival, and once its period is frozen, whether the answer is counted. No reason."""

from datetime import UTC, datetime

import pytest

from skm.store.database import writing
from skm.usecases.closing import freezing
from skm.usecases.deed import SERVER, Deed
from tests.builders import answered, decided

AFTER = Deed(SERVER, datetime(2027, 1, 10, 4, tzinfo=UTC))
IN, OUT = "Tahun 2026: jawaban ini termasuk", "Tahun 2026: jawaban ini tidak termasuk"


@pytest.fixture
def told(tamu):
    def _told(answer, lang="id"):
        tamu.get(f"/terima-kasih/{answer.receipt}?lang={lang}")
        return tamu.words

    return _told


@pytest.fixture
def freeze(db, city):
    return lambda: freezing.freeze_period(db, AFTER, city.period.id, undecided="Masih diperiksa")


def test_the_day_is_that_of_the_arrival_by_the_units_clock(db, city, told):
    late = answered(db, city, "444444444", "2026-06-13", received="2026-06-14T16:30:00+00:00")
    assert "Diterima pada 15 Juni 2026" in told(late)


def test_before_the_freezing_nothing_is_said_whatever_was_decided(db, city, told):
    held, counted = answered(db, city, "444444444"), answered(db, city, "444444444")
    decided(db, held, "held")
    for one in (held, counted):
        assert "dibekukan" not in told(one)


def test_a_counted_answer_is_told_so(db, city, told, freeze):
    one = answered(db, city, "444444444")
    freeze()
    assert IN in told(one)
    assert "part of the frozen figures" in told(one, "en")


def test_held_excluded_and_late_answers_are_told_in_the_same_words(db, city, told, freeze, tamu):
    held, excluded = answered(db, city, "444444444"), answered(db, city, "444444444")
    answered(db, city, "444444444")
    decided(db, held, "held")
    decided(db, excluded, "excluded")
    freeze()
    late = answered(db, city, "444444444")
    pages = [told(one) for one in (held, excluded, late)]
    assert all(OUT in page for page in pages)
    assert len({page.split("Diterima")[1] for page in pages}) == 1


def test_a_decision_after_the_freezing_is_told_only_by_a_revision(db, city, told, freeze):
    one = answered(db, city, "444444444")
    answered(db, city, "333333333")
    freeze()
    decided(db, one, "excluded")
    assert IN in told(one)
    freezing.revise_period(db, AFTER, city.period.id, "Jawaban ganda")
    assert OUT in told(one)


def test_a_released_answer_is_counted(db, city, told, freeze):
    one = answered(db, city, "444444444")
    decided(db, one, "held")
    decided(db, one, "released")
    freeze()
    assert IN in told(one)


def test_an_answer_dated_outside_of_its_period_is_not_in_it(db, city, told, freeze):
    answered(db, city, "444444444")
    outside = answered(db, city, "444444444", "2027-01-01")
    freeze()
    assert OUT in told(outside)


def test_a_damaged_record_tells_nothing(db, city, told, freeze):
    one = answered(db, city, "444444444")
    freeze()
    with writing(db):
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'snapshots'"
        for (name,) in db.execute(triggers).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE snapshots SET content = replace(content, '2026', '2025')")
    assert "dibekukan" not in told(one)
