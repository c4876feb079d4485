"""What went wrong is said in the frame of who asked."""

import pytest


def frame(visitor) -> tuple[list[str], str]:
    """The words of the navigation, and who is signed in."""
    words = visitor.page.xpath("//nav[@aria-label='Utama']//a/text()")
    return words, " ".join(visitor.page.xpath("string(//div[contains(@class, 'acting')]/p)").split())


@pytest.mark.parametrize(
    ("address", "status"), [("/setup", 403), ("/units/nowhere", 404), ("/no-such-page", 404)]
)
def test_an_officer_keeps_navigation_and_role_where_something_went_wrong(budi, city, address, status):
    budi.get(f"/units/{city.unit.slug}")
    own = frame(budi)
    answer = budi.get(address, status)
    assert frame(budi) == own
    assert "Kepala unit" in own[1]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_that_was_refused_is_in_the_frame_too(agus, city):
    agus.get("/account")
    token = agus.page.xpath("string(//input[@name='csrf_token']/@value)")
    agus.post("/setup/branding", {"csrf_token": token}, 403)
    assert frame(agus)[0]


@pytest.mark.parametrize("address", ["/s/AAAA", "/layar/AAAA"])
def test_a_citizens_page_stays_one_for_an_officer_too(budi, tamu, address):
    for visitor in (budi, tamu):
        visitor.get(address, 404)
        assert frame(visitor) == ([], "")


def test_a_citizen_sees_no_frame_of_officers(tamu):
    tamu.get("/no-such-page", 404)
    assert frame(tamu) == ([], "")
