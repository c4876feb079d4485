"""No number, grade or word in a table breaks over two lines."""

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


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_no_word_of_a_table_is_broken(visit, demo, address, screen):
    page = visit(demo.address, **screen)
    page.goto(address)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate(BROKEN) == []
