"""Heading, contact and logo: shown where they were chosen, at once, and never heavier than the question."""

import pytest

from skm.survey.brand import Logo, read_brand
from skm.usecases.city import branding
from tests.builders import a_png, answered
from tests.client import upload
from tests.conftest import DEED

PAGE = "/setup/branding"
PNG = a_png()


@pytest.fixture
def branded(db, city):
    """The city with a heading, a contact and a logo; the version of the logo."""
    return branding.change_branding(db, DEED, "Suara Warga", "0361 555", PNG).logo.version


def brand(visitor) -> tuple[str, list[str]]:
    """What the head of the page shows: its words and its picture's address."""
    (found,) = visitor.page.xpath("//header//*[@class='brand']")
    return " ".join(found.text_content().split()), found.xpath("img/@src")


def upload_logo(visitor, content, status, **typed):
    upload(visitor, PAGE, content, "logo.png", status, "logo", **typed)


def test_what_is_chosen_is_shown_in_the_form_and_at_the_head(admin, city):
    upload_logo(admin, PNG, 303, heading="Suara Warga", contact="0361 555")
    admin.get(PAGE)
    words, (address,) = brand(admin)
    assert words == "Suara Warga"
    assert admin.page.xpath("//main//img/@src") == [address]
    assert admin.page.xpath("//input[@id='contact']/@value") == ["0361 555"]


def test_without_a_file_the_logo_stays(admin, branded):
    admin.send_form(PAGE, 303, heading="Warga Bersuara")
    admin.get(PAGE)
    assert brand(admin) == ("Warga Bersuara", [f"/logo.png?v={branded}"])


def test_the_logo_is_taken_away(admin, branded):
    admin.send_form(PAGE, 303, without_logo="y")
    admin.get("/logo.png", 404)


def test_a_faulty_logo_is_explained_and_nothing_typed_is_lost(admin, city):
    for content in (b"<svg/>", PNG + b"x" * 1_000_000):
        upload_logo(admin, content, 422, heading="Suara Warga")
        assert "Gambar harus berupa PNG, paling besar 200 kB" in admin.words
        assert admin.page.xpath("//input[@id='heading']/@value") == ["Suara Warga"]


def test_a_citizen_sees_heading_logo_and_contact(tamu, db, city, branded):
    thanks = f"/terima-kasih/{answered(db, city, '444444444').receipt}"
    for address, status in (("/", 200), ("/s/AAAA", 404), (thanks, 200)):
        tamu.get(address, status)
        assert brand(tamu) == ("Suara Warga", [f"/logo.png?v={branded}"])
        assert "Ada pertanyaan? 0361 555" in tamu.words


def test_the_question_has_no_picture_above_it(tamu, city, branded):
    tamu.get(f"/s/{city.token}")
    assert not tamu.page.xpath("//img | //*[@class='brand']")
    assert "Ada pertanyaan? 0361 555" in tamu.words


def test_the_contact_is_asked_for_in_the_readers_language(tamu, branded):
    tamu.get("/?lang=en")
    assert "Any questions? 0361 555" in tamu.words


def test_a_change_shows_at_once_on_pages_that_are_kept(tamu, db, city, branded):
    tamu.get(f"/s/{city.token}")
    branding.change_branding(db, DEED, "", "0361 777", None)
    tamu.get(f"/s/{city.token}")
    assert "0361 777" in tamu.words
    assert "0361 555" not in tamu.words


def test_nothing_is_shown_where_nothing_was_chosen(tamu, sari, city):
    tamu.get("/")
    assert not tamu.page.xpath("//img | //*[@class='brand']")
    assert "Ada pertanyaan" not in tamu.words
    sari.get("/city")
    assert brand(sari) == ("SKM Pemerintah Kota Denpasar", [])


def test_the_room_for_the_logo_is_kept_from_the_start(tamu, branded):
    tamu.get("/")
    (logo,) = tamu.page.xpath("//header//img")
    assert (logo.get("width"), logo.get("height"), logo.get("alt")) == (
        "32",
        "40",
        "Logo Pemerintah Kota Denpasar",
    )


def test_the_logo_is_a_png_that_a_browser_keeps(tamu, branded):
    response = tamu.get(f"/logo.png?v={branded}")
    assert (response.mimetype, response.data[:4]) == ("image/png", b"\x89PNG")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=31536000" in response.headers["Cache-Control"]


def test_an_address_of_another_picture_is_not_kept(tamu, branded):
    assert "no-cache" in tamu.get("/logo.png?v=another").headers["Cache-Control"]


def test_the_sheet_bears_the_heading(sari, city, branded):
    plain = sari.get(f"/counters/{city.counter.id}/sheet.pdf").data
    assert plain.count(b"/Figure") == 2


@pytest.mark.parametrize("role", ["organisasi", "admin"])
def test_who_sets_up_a_part_of_the_city_does_not_change_its_looks(signed_in, city, role):
    visitor = signed_in(role, city.agency)
    visitor.get(PAGE, 403)
    visitor.get(f"/setup/organisations/{city.agency.slug}")
    assert not visitor.page.xpath(f"//a[@href='{PAGE}']")


def test_a_logo_stored_under_the_former_name_of_its_version_is_read():
    stored = '{"heading": "", "contact": "", "logo": {"mark": "a1", "width": 480, "height": 240}}'
    assert read_brand(stored).logo == Logo("a1", 480, 240)
