"""A counter is moved page by page: the unit, then name and services; the old unit says where it went."""

from datetime import timedelta

import pytest

from skm.store import organisations
from skm.store.database import writing
from tests.builders import a_counter, a_service, an_organisation

HERE = "/setup/organisations"


@pytest.fixture
def other(db, city):
    with writing(db):
        unit = an_organisation(db, city.agency, "unit", "Puskesmas II")
        service = a_service(db, unit, "Pendaftaran")
        a_counter(db, unit, "Loket 9", (service,))
    return unit


def checked(visitor):
    """The services that are chosen, and those that are not."""
    boxes = visitor.page.xpath("//input[@type='checkbox']")
    words = {box.get("id"): visitor.page.xpath(f"string(//label[@for='{box.get('id')}'])") for box in boxes}
    return {words[box.get("id")].strip(): box.get("checked") is not None for box in boxes}


def test_a_counter_is_moved_in_two_steps(admin, db, city, other):
    admin.get(f"{HERE}/{city.unit.slug}")
    (link,) = admin.page.xpath("//a[@aria-label='Pindahkan Loket 2']/@href")
    admin.send_form(link, 303, slug="Puskesmas II – Dinas Kesehatan")
    admin.get(admin.response.headers["Location"])
    assert checked(admin) == {
        "Pendaftaran": True,
        "Poli Umum (dibuat di Puskesmas II)": True,
        "Farmasi (dibuat di Puskesmas II)": True,
    }
    admin.send(303, service_ids=admin.page.xpath("//input[@type='checkbox']/@value"))
    admin.get(admin.response.headers["Location"])
    assert "dari UPTD Puskesmas I Denpasar Barat, 15 Juni 2026" in admin.words
    names = [one.name for one in organisations.services_of(db, other.id)]
    assert names == ["Pendaftaran", "Poli Umum", "Farmasi"]
    admin.get(f"{HERE}/{city.unit.slug}")
    assert "Loket 2 pindah ke Puskesmas II, 15 Juni 2026." in admin.words


def test_a_name_that_is_taken_comes_back_to_be_changed(admin, db, city, other):
    with writing(db):
        a_counter(db, other, "Loket 1", tuple(organisations.services_of(db, other.id)))
    admin.send_form(f"/setup/counters/{city.counter.id}/move/{other.slug}", 422)
    admin.send(303, name="Loket 3")


def test_an_unknown_unit_comes_back(admin, city, other):
    admin.send_form(f"/setup/counters/{city.counter.id}/move", 422, slug=city.unit.name)


def test_on_its_day_the_move_can_be_taken_back(admin, signed_in, city, other, clock):
    admin.send_form(f"/setup/counters/{city.counter.id}/move/{other.slug}", 303)
    admin.get(f"{HERE}/{other.slug}")
    (link,) = admin.page.xpath("//a[@aria-label='Batalkan pemindahan Loket 1']/@href")
    clock.moment += timedelta(minutes=5)
    admin.send_form(link, 303)
    admin.get(f"{HERE}/{city.unit.slug}")
    assert [*admin.page.xpath("//a[@aria-label='Ubah Loket 1']")]
    clock.moment += timedelta(days=1)
    tomorrow = signed_in("admin", city.government)
    tomorrow.get(f"{HERE}/{city.unit.slug}")
    assert not tomorrow.page.xpath("//a[starts-with(@aria-label, 'Batalkan pemindahan')]")


def test_nobody_moves_a_counter_into_a_part_that_is_not_theirs(signed_in, db, city, other):
    with writing(db):
        agency = an_organisation(db, city.government, "agency", "Dinas Sosial")
        panti = an_organisation(db, agency, "unit", "Panti")
    visitor = signed_in("organisasi", city.agency)
    visitor.get(f"/setup/counters/{city.counter.id}/move/{other.slug}")
    visitor.get(f"/setup/counters/{city.counter.id}/move/{panti.slug}", 403)
    visitor.get(f"/setup/counters/{city.counter.id}/move")
    assert "Panti" not in visitor.words


def test_the_filter_of_the_old_unit_says_that_the_counter_moved(sari, admin, city, other):
    admin.send_form(f"/setup/counters/{city.wide_counter.id}/move/{other.slug}", 303)
    sari.get(f"/units/{city.unit.slug}")
    options = sari.page.xpath("//select[@name='counter']/option/text()")
    assert options == ["Semua loket", "Loket 1", "Loket 2 (sudah pindah)"]


def test_papers_of_before_are_keyed_in_the_old_unit(admin, wati, city, other):
    admin.send_form(f"/setup/counters/{city.counter.id}/move/{other.slug}", 303)
    wati.get(f"/units/{city.unit.slug}/papers/add")
    assert "Loket 1 (sudah pindah)" in wati.page.xpath("//optgroup/@label")
