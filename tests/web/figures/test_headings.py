"""The heading of a page says what the page is."""

import pytest

PAGES = {
    "unit": "/units/uptd-puskesmas-i-denpasar-barat",
    "agency": "/agencies/dinas-kesehatan",
    "city": "/city",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_each_tab_has_a_heading_of_its_own(sari, city, address):
    sari.get(address)
    name = sari.page.findtext(".//h1")
    _, *tabs = [(link.text, link.get("href")) for link in sari.page.xpath("//nav[@class='sections']//a")]
    assert len(tabs) >= 5
    for word, page in tabs:
        sari.get(page)
        heading = " ".join(sari.page.find(".//h1").text_content().split())
        assert word.lower() in heading.lower()
        assert name in heading
