"""The front door and the addresses behind it: codes however they were typed, receipts, the officers' way in."""

import pytest

from skm.security import codes
from skm.store.database import writing
from skm.usecases.answering import answer
from skm.usecases.city.organisations import close_organisation
from tests.builders import a_counter, a_service, an_organisation, answered
from tests.conftest import DEED


def led(visitor, address):
    visitor.get(address, 302)
    return visitor.response.headers["Location"]


@pytest.mark.parametrize("door", ["s", "kios", "layar"])
@pytest.mark.parametrize("typed", ["{}/", "{}.", "{},", "({})", "{})", "“{}”", "{}./"])
def test_signs_around_an_address_lead_to_the_plain_one(tamu, city, door, typed):
    odd = f"/{door}/" + typed.format(city.token)
    assert led(tamu, f"{odd}?lang=en") == f"/{door}/{city.token}?lang=en"
    tamu.get(f"/{door}/{city.token}")


def test_signs_around_a_receipt_lead_to_the_plain_address(tamu, db, city):
    receipt = answered(db, city, "444444444").receipt
    assert led(tamu, f"/terima-kasih/{codes.grouped(receipt).lower()}./") == f"/terima-kasih/{receipt}"
    tamu.get(f"/terima-kasih/{codes.grouped(receipt).lower()}")


@pytest.mark.parametrize("typed", [".", "...", "()"])
def test_signs_alone_are_no_code(tamu, typed):
    tamu.get(f"/s/{typed}", 404)


def test_a_pasted_address_leads_to_its_page(tamu, db, city):
    receipt = answered(db, city, "444444444").receipt
    grouped = codes.grouped(city.token).lower()
    for typed, page in {
        f"https://skm.example.go.id/s/{city.token}?lang=en": f"/s/{city.token}",
        f"skm.example.go.id/s/{grouped}.": f"/s/{city.token}",
        f" (skm.example.go.id/S/{grouped}/) ": f"/s/{city.token}",
        f"https://skm.example.go.id/kios/{city.token}/": f"/kios/{city.token}",
        f"https://skm.example.go.id/layar/{city.token}": f"/layar/{city.token}",
        f"https://skm.example.go.id/terima-kasih/{receipt}": f"/terima-kasih/{receipt}",
        f"{codes.grouped(receipt)},": f"/terima-kasih/{receipt}",
        f"{city.token[:4]} – {city.token[4:]}": f"/s/{city.token}",
    }.items():
        tamu.get("/", 302, query_string={"kode": typed})
        assert tamu.response.headers["Location"] == page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ABCD", "Kode loket terdiri atas 8 huruf dan angka, kode bukti 12; yang Anda tulis 4."),
        ("ABCD-EF01", "tidak pernah ada 0, 1"),
        ("ABCDEFGH", "bukan kode loket"),
        (codes.new_token(7), "tidak terdaftar pada loket mana pun"),
        ("ABCD-EFGH-JKMN", "Tidak ada jawaban dengan kode bukti ini"),
        ("<script>", "tidak pernah ada"),
    ],
)
def test_a_wrong_code_comes_back_in_its_field(tamu, typed, words):
    tamu.get("/", 404, query_string={"kode": typed})
    (field,) = tamu.page.xpath("//input[@name='kode']")
    assert field.get("value") == typed
    assert field.get("aria-invalid") == "true"
    (message,) = tamu.page.xpath("//*[@id='kode-error']")
    assert words in message.text_content()
    assert "kode-error" in field.get("aria-describedby")


def test_what_is_wrong_is_said_in_the_readers_language(tamu):
    tamu.get("/?kode=ABCD&lang=en", 404)
    assert "A counter code has 8 letters and digits" in tamu.words


def test_a_closed_counter_still_leads_to_its_explanation(tamu, db, city):
    close_organisation(db, DEED, city.unit.slug, None)
    assert led(tamu, f"/?kode={city.token}") == f"/s/{city.token}"


def test_officers_find_a_quiet_way_in(tamu):
    tamu.get("/")
    assert tamu.page.xpath("//main//a[normalize-space()='Masuk untuk petugas']/@href") == ["/sign-in"]


def test_the_examples_lead_to_the_counter_that_they_name(db, city, tamu):
    """Whichever token is the least: names came from its row, not from that of the first counter."""
    with writing(db):
        db.execute("INSERT INTO facts VALUES ('demo', 'yes')")
        for number in range(4):
            unit = an_organisation(db, city.agency, "unit", f"Pustu {number}")
            a_counter(db, unit, "Loket", (a_service(db, unit, "Gigi"),))
        db.execute("UPDATE tokens SET token = '22222228' WHERE counter_id = (SELECT max(id) FROM counters)")
    for name, token in answer.show_examples(db):
        tamu.get(f"/s/{token}")
        unit, _, counter = name.rpartition(", ")
        assert unit in tamu.words
        assert counter in tamu.words
