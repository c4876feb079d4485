"""After sending: thanks, the receipt, the last published figure, and what was improved; nothing to sign up for."""

from datetime import date

import pytest

from skm.store.database import writing
from skm.usecases.closing import freezing, publishing
from skm.usecases.improving import improvements
from skm.usecases.improving.improvements import ImprovementDraft
from tests.builders import a_past_year, answered
from tests.conftest import DEED

CHAIRS = "Kursi tunggu ditambah 20 buah."


@pytest.fixture
def thanks(db, city, tamu):
    """Opens the thank-you page of an answer that has arrived."""
    receipt = answered(db, city, "344434334").receipt

    def opened(lang="id"):
        tamu.get(f"/terima-kasih/{receipt}?lang={lang}")
        return tamu.words

    return opened


@pytest.fixture
def year(db, city):
    """The year 2025, closed, with five answers."""
    year = a_past_year(db, city)
    for _ in range(5):
        answered(db, city, "333343333", "2025-05-05")
    freezing.freeze_period(db, DEED, year.id)
    return year


@pytest.fixture
def official(db, year):
    publishing.publish_period(db, DEED, year.id, 1)


@pytest.fixture
def chairs(db, city):
    made = improvements.add_improvement(
        db, DEED, city.unit.slug, ImprovementDraft("U9", CHAIRS, date(2026, 5, 4))
    )
    return improvements.publish_improvement(db, DEED, made.id)


def test_a_unit_that_has_told_nothing_says_thanks_alone(thanks, tamu, year):
    assert "Terima kasih" in thanks()
    assert not tamu.page.xpath("//section | //h2")


def test_the_published_figure_stands_with_grade_period_and_n(thanks, official):
    assert "IKM terakhir yang diumumkan 77,78 B Baik Tahun 2025, dari 5 jawaban" in thanks()


def test_what_was_improved_stands_with_its_month(thanks, chairs):
    assert f"Yang sudah diperbaiki Berkat penilaian orang-orang sebelum Anda: {CHAIRS} Mei 2026" in thanks()


@pytest.mark.parametrize(
    ("lang", "figure", "improved"),
    [
        (
            "en",
            "Latest published index (IKM) 77.78 B Good Tahun 2025, from 5 answers",
            "What has been improved",
        ),
        ("ban", "IKM pinih untat sane kauumumang 77,78 B Becik Tahun 2025", "Sane sampun kabecikang"),
    ],
)
def test_the_frame_is_in_the_readers_language_and_the_rest_is_marked(
    thanks, tamu, official, chairs, lang, figure, improved
):
    words = thanks(lang)
    assert figure in words
    assert improved in words
    assert tamu.page.xpath("//main//*[@lang='id']/text()") == ["Tahun 2025", CHAIRS]


def test_it_is_shown_at_once_and_gone_at_once(db, thanks, year, chairs):
    assert CHAIRS in thanks()
    assert "77,78" not in thanks()
    publishing.publish_period(db, DEED, year.id, 1)
    assert "77,78" in thanks()
    improvements.withdraw_improvement(db, DEED, chairs.id)
    assert CHAIRS not in thanks()
    publishing.withdraw_publication(db, DEED, year.id, "Ada jawaban ganda")
    assert "77,78" not in thanks()


def test_the_figure_of_four_answers_is_not_shown(db, city, thanks):
    year = a_past_year(db, city)
    for _ in range(4):
        answered(db, city, "333343333", "2025-05-05")
    freezing.freeze_period(db, DEED, year.id)
    publishing.publish_period(db, DEED, year.id, 1)
    assert "diumumkan" not in thanks()


def test_what_was_typed_is_only_text(db, city, thanks, tamu):
    made = improvements.add_improvement(
        db, DEED, city.unit.slug, ImprovementDraft("", "<b>Kursi</b> & meja", date(2026, 5, 4))
    )
    improvements.publish_improvement(db, DEED, made.id)
    assert "<b>Kursi</b> & meja" in thanks()


def test_a_kept_page_asks_the_database_no_more_than_a_page_that_tells_nothing(
    db, thanks, official, chairs, monkeypatch
):
    thanks()
    with writing(db):
        db.execute("DROP TRIGGER snapshots_are_never_changed")
        db.execute("UPDATE snapshots SET content = '{}'")
    assert "77,78" in thanks()  # the snapshot is not read again: its id says that it is the same
