"""How a citizen answers in a browser."""

from playwright.sync_api import Page, expect

SCORES = "344143243"


def choose(page: Page, scores: str = SCORES) -> None:
    """Taps an answer to each question; `-` passes over one."""
    for number, score in enumerate(scores, 1):
        if score != "-":
            page.locator(f"label[for=P{number}-{score}]").tap()


def send(page: Page) -> None:
    """Taps the button and waits for what comes."""
    with page.expect_navigation():
        page.get_by_role("button", name="Kirim penilaian").tap()


def receipt(page: Page) -> str:
    """The receipt on the thank-you page."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("Terima kasih")
    return page.locator(".receipt dd").inner_text()


def stored(town, counter) -> list[str]:
    """The scores stored for the counter of a test."""
    return [row["scores"] for row in town.answers(counter[0])]
