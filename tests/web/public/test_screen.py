"""The television of a waiting room: a unit's figures for everybody, and never those of a few."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from skm.usecases.city import counter_cards
from skm.usecases.closing import freezing, publishing
from skm.usecases.deed import SERVER, Deed
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
    months(db, city, 5, 5, 0, 0, 0, 7)
    words = screen().words
    assert "75,00 C Kurang Baik" in words
    assert "Dari 10 jawaban, Jan–Feb 2026." in words


def test_the_month_that_is_not_over_is_not_in_the_trend(db, city, screen):
    months(db, city, 5, 5, 0, 0, 0, 7)
    points = screen().page.xpath("//*[@class='point-n']/text()")
    assert points == ["n 5", "n 5"]


def test_months_of_few_answers_stand_together(db, city, screen):
    months(db, city, 6, 4, 3, 5)
    labels = screen().page.xpath("//figure//*[local-name()='text'][not(@class)]/text()")
    assert labels == ["Jan", "Feb–Mar", "Apr"]


@pytest.mark.parametrize("n", [0, 4])
def test_below_five_there_is_an_invitation_and_no_figure(db, city, screen, n):
    months(db, city, n)
    visitor = screen()
    assert "setelah sedikitnya 5 orang menjawab" in visitor.words
    assert not visitor.page.xpath("//*[@class='value']")


def test_where_the_summary_would_give_somebody_away_the_published_figure_stands_alone(db, city, clock, tamu):
    year = a_past_year(db, city)
    for n, day in ((7, "2025-06-10"), (3, "2025-12-10")):
        for _ in range(n):
            answered(db, city, "333333333", day)
    freezing.freeze_period(db, replace(DEED, at=clock()), year.id)
    publishing.publish_period(db, replace(DEED, at=clock()), year.id, 1)
    clock.moment = datetime(2026, 1, 20, tzinfo=UTC)
    tamu.get(f"/layar/{city.token}")
    assert "IKM terakhir yang diumumkan: Tahun 2025, dari 10 jawaban" in tamu.words
    assert "Dari 7" not in tamu.words


def test_nobodys_comment_is_shown(db, city, screen):
    for _ in range(5):
        answered(db, city, "333333333", "2026-01-10", comment="Bu Sari di loket 1 ramah")
    assert "Sari" not in screen().words


def test_the_way_to_answer_is_the_one_of_the_counter(city, screen):
    page = screen().page
    assert page.xpath("//aside//img/@src")[0].startswith("data:image/svg+xml;base64,")
    assert city.token[:4] in page.xpath("string(//*[@class='address'])")


@pytest.mark.parametrize(("lang", "words"), [("en", "Jan–Feb 2026"), ("ban", "Kirang becik")])
def test_it_speaks_every_language(db, city, screen, lang, words):
    months(db, city, 5, 5)
    visitor = screen(lang)
    assert words in visitor.words
    assert visitor.page.get("lang") == lang


def test_a_replaced_code_ends_it(db, city, clock, tamu):
    counter_cards.replace_token(db, Deed(SERVER, clock()), city.counter.id)
    tamu.get(f"/layar/{city.token}", 410)
    assert "sudah diganti" in tamu.words


def test_a_code_that_nobody_has_is_explained(tamu):
    tamu.get("/layar/AAAA", 404)
