"""Forms that pages of other sites send: taken, marked, and held until a person decides."""

import pytest

from skm.store import events
from tests.builders import THREES, stored_answers

OURS, THEIRS = "https://skm.example.go.id", "https://lain.example.com"


@pytest.fixture
def send(tamu, city, db):
    """Sends an answer with these headers; its mark and its state."""

    def _send(**headers: str) -> tuple[int | None, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        tamu.post(f"/s/{city.token}", THREES | tamu.open_form(city.token), 303, headers=named)
        last = stored_answers(db)[-1]
        return last["same_site"], events.find_state(db, last["id"])

    return _send


@pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site"])
def test_what_a_page_of_another_site_sends_is_taken_marked_and_held(send, site):
    assert send(Sec_Fetch_Site=site) == (0, "held")


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_what_our_own_page_sends_is_marked_so(send, site):
    assert send(Sec_Fetch_Site=site) == (1, "counted")


@pytest.mark.parametrize(
    ("origin", "found"),
    [
        (THEIRS, (0, "held")),
        ("chrome-extension://abcdefgh", (0, "held")),
        ("https://skm.example.go.id.lain.example.com", (0, "held")),
        (OURS, (1, "counted")),
        ("https://SKM.example.go.id:8443", (1, "counted")),
        ("http://localhost", (1, "counted")),  # the host that the request names, whatever `address` says
    ],
)
def test_where_the_browser_says_no_more_than_the_origin_it_decides(send, origin, found):
    assert send(Origin=origin) == found


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "http://["}, {"Sec_Fetch_Site": "?"}])
def test_what_names_no_site_is_no_other_site(send, headers):
    assert send(**headers) == (None, "counted")


def test_behind_a_proxy_the_browser_knows_best(send):
    """A proxy that sends its own name as host, where `address` was left as it is."""
    assert send(Sec_Fetch_Site="same-origin", Origin="https://survei.example.go.id") == (1, "counted")


def test_the_reason_is_said_to_those_who_decide_and_not_to_who_holds_the_receipt(send, tamu, db):
    send(Sec_Fetch_Site="cross-site")
    (answer,) = stored_answers(db)
    (event,) = events.all_for(db, answer["id"])
    assert event.why == "Dikirim dari halaman situs lain"
    tamu.get(f"/terima-kasih/{answer['receipt']}")
    assert "situs lain" not in tamu.words
    assert "ditahan" not in tamu.words


def test_what_our_page_sent_first_stays_counted_when_another_site_sends_it_again(tamu, city, db):
    form = THREES | tamu.open_form(city.token)
    for site in ("same-origin", "cross-site"):
        tamu.post(f"/s/{city.token}", form, 303, headers={"Sec-Fetch-Site": site})
    (answer,) = stored_answers(db)
    assert (answer["same_site"], events.find_state(db, answer["id"])) == (1, "counted")
