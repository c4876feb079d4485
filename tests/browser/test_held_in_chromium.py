"""The page of held answers on a phone and at a desk: readable, within the screen, and many are decided at once."""

import pytest

from skm.store import events
from tests.browser.looks import faults
from tests.builders import answered, decided

pytestmark = pytest.mark.browser


@pytest.fixture
def held(town):
    """Eight held answers of the town for two reasons."""
    answers = [answered(town.db, town.city, "444444443") for _ in range(8)]
    for place, one in enumerate(answers):
        decided(
            town.db, one, "held", "Jam server keliru" if place < 3 else "Banyak sekaligus dari satu loket"
        )
    return answers


def test_held_answers_are_readable_and_decided_many_at_once(office, town, held):
    page = office("organisasi")
    page.goto(f"/organisations/{town.city.agency.slug}/held")
    assert not faults(page)
    page.get_by_role("link", name=town.city.unit.name).last.click()
    page.get_by_role("link", name="Banyak sekaligus dari satu loket").click()
    page.get_by_label("Semua 5 jawaban dengan alasan ini").check()
    page.get_by_label("Alasan keputusan").fill("Robot")
    assert not faults(page)
    page.get_by_role("button", name="Usulkan dikeluarkan").click()
    assert "5 jawaban diusulkan dikeluarkan" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Banyak sekaligus dari satu loket").click()
    assert not faults(page)
    page.get_by_label("Semua 5 jawaban dengan alasan ini").check()
    page.get_by_label("Alasan keputusan").fill("Keliru")
    page.get_by_role("button", name="Lepas: dihitung lagi").click()
    assert [events.find_state(town.db, one.id) for one in held[3:]] == ["counted"] * 5
