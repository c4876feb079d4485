"""The television of a waiting room: a unit's figures for everybody, and never those of a few."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from skm.usecases.city import counter_cards
from skm.usecases.city.screen import LASTS, show_screen
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed, logged
from tests.builders import a_past_year, answered
from tests.conftest import DEED


def months(db, city, *numbers, scores="333333333"):
    """So many people answer in January, February and so on."""
    for month, n in enumerate(numbers, 1):
        for _ in range(n):
            answered(db, city, scores, f"2026-{month:02}-10")


@pytest.fixture
def screen(tamu, city):
    """The page as it is now: `screen("en")`."""

    def _screen(lang="id"):
        tamu.get(f"/layar/{city.token}?lang={lang}")
        return tamu

    return _screen


def test_the_index_of_the_closed_months_stands_there_with_grade_and_number(db, city, screen):
    months(db, city, 5, 10, 0, 0, 0, 7)
    words = screen().words
    assert "75,00 C Kurang Baik" in words
    assert "Dari 15 jawaban, Jan–Mei 2026." in words


def test_the_month_that_is_not_over_is_not_in_the_trend(db, city, screen):
    months(db, city, 5, 5, 0, 0, 0, 7, 8)
    points = screen().page.xpath("//*[@class='point-n']/text()")
    assert points == ["n 5", "n 5"]


def test_months_of_few_answers_are_not_in_the_trend(db, city, screen):
    months(db, city, 6, 5, 3, 14)
    labels = screen().page.xpath("//figure//*[local-name()='text'][not(@class)]/text()")
    assert labels == ["Jan", "Feb", "Apr"]


def test_a_late_paper_changes_nothing(db, city, screen):
    months(db, city, 6, 16)
    before = screen().words
    answered(db, city, "111111111", "2026-02-10", received="2026-06-14T04:00:00+00:00")
    assert screen().words == before


@pytest.mark.parametrize("n", [0, 9])
def test_below_ten_there_is_an_invitation_and_no_figure(db, city, screen, n):
    months(db, city, n)
    visitor = screen()
    assert "setelah sedikitnya 10 orang menjawab" in visitor.words
    assert not visitor.page.xpath("//*[@class='value']")


def test_beside_a_figure_of_no_span_of_the_calendar_the_months_give_way(db, city, clock, tamu):
    days = {"opens": date(2025, 5, 1), "closes": date(2025, 12, 15)}
    period = a_past_year(db, city, name="Survei 2025", **days)
    for n, day in ((12, "2025-06-10"), (13, "2025-12-10")):
        for _ in range(n):
            answered(db, city, "333333333", day)
    clock.moment = datetime(2026, 1, 20, tzinfo=UTC)
    freezing.freeze_period(db, replace(DEED, at=clock()), period.id)
    publishing.publish_period(db, replace(DEED, at=clock()), period.id, 1)
    tamu.get(f"/layar/{city.token}")
    assert "IKM terakhir yang diumumkan: Survei 2025, dari 25 jawaban" in tamu.words
    assert not tamu.page.xpath("//figure")


def test_nobodys_comment_is_shown(db, city, screen):
    for _ in range(5):
        answered(db, city, "333333333", "2026-01-10", comment="Bu Sari di loket 1 ramah")
    assert "Sari" not in screen().words


def test_the_way_to_answer_is_the_one_of_the_counter(city, screen):
    page = screen().page
    assert page.xpath("//aside//img/@src")[0].startswith("data:image/svg+xml;base64,")
    assert city.token[:4] in page.xpath("string(//*[@class='address'])")


@pytest.mark.parametrize(("lang", "words"), [("en", "Jan–May 2026"), ("ban", "Kirang becik")])
def test_it_speaks_every_language(db, city, screen, lang, words):
    months(db, city, 5, 10)
    visitor = screen(lang)
    assert words in visitor.words
    assert visitor.page.get("lang") == lang


@pytest.fixture
def made(monkeypatch):
    """How often the screen was made."""
    times = []
    monkeypatch.setattr(
        "skm.usecases.city.screen.show_screen", lambda *asked: times.append(1) or show_screen(*asked)
    )
    return times


def test_it_is_made_once_for_all_until_something_changes(db, city, clock, tamu, made):
    for more in ("", "?a=1", "?lang=en", "?lang=en&b=2"):
        tamu.get(f"/layar/{city.token}{more}")
    assert len(made) == 2  # one a language
    with logged(db, DEED) as log:
        log.note(city.unit.path, "publish_improvement", "Kursi tunggu")
    tamu.get(f"/layar/{city.token}")
    assert len(made) == 3
    clock.moment += timedelta(seconds=LASTS)
    tamu.get(f"/layar/{city.token}")
    assert len(made) == 4


def test_a_replaced_code_ends_it(db, city, clock, tamu):
    counter_cards.replace_token(db, Deed(SERVER, clock()), city.counter.id)
    tamu.get(f"/layar/{city.token}", 410)
    assert "sudah diganti" in tamu.words


def test_a_code_that_nobody_has_is_explained(tamu):
    tamu.get("/layar/AAAA", 404)
