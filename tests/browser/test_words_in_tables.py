"""Tables on a phone: no number, grade or word breaks over two lines, and the decisive columns stand first."""

import pytest

from tests.browser.chromium import DESK, PHONE
from tests.browser.places import UNIT

pytestmark = pytest.mark.browser
PAGES = {
    "unit": f"/units/{UNIT}",
    "agency": "/agencies/dinas-kesehatan",
    "city": "/city",
    "who answered": f"/organisations/{UNIT}/who",
    "method": f"/organisations/{UNIT}/method",
    "priorities": f"/organisations/{UNIT}/priorities",
    "sample": "/organisations/dinas-kesehatan/sample",
    "units by element": "/organisations/dinas-kesehatan/units",
}
# Words of cells that stand on more than one line; at a hyphen, a dash or a slash a word may break.
BROKEN = """() => {
  const words = []
  for (const cell of document.querySelectorAll("th, td")) {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    for (let text; (text = walk.nextNode());) {
      for (const found of text.data.matchAll(/[^\\s\\u2013/-]+/g)) {
        const range = document.createRange()
        range.setStart(text, found.index)
        range.setEnd(text, found.index + found[0].length)
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)))
        if (lines.size > 1) words.push(found[0])
      }
    }
  }
  return words
}"""

# The heads of the columns of which every word stands within the box.
IN_VIEW = """box => {
  const edge = box.getBoundingClientRect().right
  const rows = [...box.querySelectorAll("tr")]
  const within = cell => {
    const range = document.createRange()
    range.selectNodeContents(cell)
    return [...range.getClientRects()].every(part => part.right <= edge)
  }
  const heads = [...rows[0].cells]
  return heads.filter((_, column) => rows.every(row => within(row.cells[column]))).map(head => head.innerText)
}"""


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_no_word_of_a_table_is_broken(visit, demo, address, screen):
    page = visit(demo.address, **screen)
    page.goto(address)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate(BROKEN) == []


@pytest.mark.parametrize(
    ("address", "table", "heads"),
    [
        (PAGES["unit"], "Tabel IKM per unsur", ["Unsur", "IKM unsur", "Mutu"]),
        (PAGES["unit"], "Tabel tren tahunan", ["Tahun", "IKM", "Mutu"]),
        (PAGES["city"], "Perangkat daerah dan unit pelayanan Pemerintah Kota Denpasar", ["Nama", "IKM"]),
        (PAGES["priorities"], "Tabel yang menahan IKM", ["Unsur", "Menahan IKM"]),
        (PAGES["sample"], "Tabel unit", ["Unit", "Kemajuan", "Keadaan"]),
    ],
)
def test_a_phone_shows_the_name_and_the_answer_without_moving_the_table(visit, demo, address, table, heads):
    page = visit(demo.address, **PHONE)
    page.goto(address)
    found = page.get_by_role("region", name=table).evaluate(IN_VIEW)
    assert [head.strip(" ▲▼") for head in found][: len(heads)] == heads


def test_a_part_of_the_day_stands_on_one_line(visit, demo):
    page = visit(demo.address, **PHONE)
    page.goto(PAGES["unit"])
    hours = page.get_by_role("region", name="Tabel menurut jam mengisi").locator("tbody th").all()
    assert hours
    assert {
        hour.evaluate("cell => cell.scrollHeight < 2 * parseFloat(getComputedStyle(cell).lineHeight) + 16")
        for hour in hours
    } == {True}


def test_a_sentence_has_more_room_than_the_word_beside_it(visit, demo):
    page = visit(demo.address, **PHONE)
    page.goto(f"/units/{UNIT}/improvements")
    sentence, state = (page.locator(f"tbody tr {cell}").first.bounding_box() for cell in ("th", "td"))
    assert sentence["width"] > 1.5 * state["width"]
