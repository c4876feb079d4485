"""How an officer starts a kiosk, and how people answer there. The clock of its page is one that a test can turn on."""

from playwright.sync_api import Page, expect

from skm.store.database import writing
from skm.survey.organisation import Counter
from tests.browser.answering import SCORES
from tests.browser.places import Town

TABLET = {"viewport": {"width": 1280, "height": 800}, "has_touch": True}
PIN = "4711"


def started(page: Page, token: str) -> None:
    """Starts the kiosk, as the officer does."""
    page.goto(f"/kios/{token}")
    page.get_by_label("PIN baru").fill(PIN)
    page.get_by_label("Ulangi PIN").fill(PIN)
    page.get_by_role("button", name="Mulai mode kios").tap()
    expect(page.get_by_role("button", name="Sentuh untuk mulai")).to_be_visible()


def begin(page: Page) -> None:
    """Touches the start."""
    page.locator("#begin").tap()
    expect(page.locator("#form")).to_be_visible()
    look(page)


def look(page: Page) -> None:
    """Looks at a question that has just come: a tap at once would be the second one at the question before."""
    page.clock.run_for(400)


def choose(page: Page, scores: str = SCORES, first: int = 1) -> None:
    """Taps an answer to each question and waits for the next, which comes by itself."""
    for number, score in enumerate(scores, first):
        page.locator(f"label[for=P{number}-{score}]").tap()
        page.clock.run_for(500)
        expect(page.locator(f"#q-P{number}")).to_be_hidden()
        look(page)


def send(page: Page) -> None:
    """From the questions about the person to the thanks."""
    page.get_by_role("button", name="Lanjut").tap()
    look(page)
    page.get_by_role("button", name="Kirim penilaian").tap()
    expect(page.get_by_role("heading", name="Terima kasih")).to_be_visible()


def pass_by(page: Page, seconds: int) -> None:
    """Turns the clock on."""
    page.clock.run_for(seconds * 1000)


def close(town: Town, counter: tuple[Counter, str], since: str | None) -> None:
    """Closes the counter as of a moment, or opens it again."""
    with writing(town.db):
        town.db.execute(
            "UPDATE counters SET closed = :since WHERE id = :c", {"since": since, "c": counter[0].id}
        )
