"""The devices of a unit: who sees them, how one is added, renamed and ended."""

from tests.builders import answered


def a_code(officer, city) -> str:
    """The code that an officer makes on the page."""
    where = f"/units/{city.unit.slug}/devices/code"
    officer.send_form(where, 200, counter=city.counter.id, name="Tablet meja depan")
    return officer.page.xpath("//p[@class='device-code']")[0].text_content()


def a_tablet(tamu, officer, city):
    tablet = tamu.again()
    tablet.post(f"/kios/{city.token}/daftar", {"kode": a_code(officer, city)}, 204)
    return tablet


def links(officer, words) -> list[str]:
    return officer.page.xpath(f"//main//a[normalize-space()='{words}']/@href")


def test_counter_staff_register_a_device_and_see_it(wati, tamu, city):
    a_tablet(tamu, wati, city)
    wati.get(f"/units/{city.unit.slug}/devices")
    (row,) = wati.page.xpath("//tbody/tr")
    for word in ("Tablet meja depan", "Loket 1", "baru saja", "belum diketahui", "15 Juni 2026 oleh"):
        assert word in " ".join(row.text_content().split())


def test_the_counters_of_a_unit_lead_to_its_devices(budi, city):
    budi.get(f"/units/{city.unit.slug}/counters")
    assert links(budi, "Perangkat kios") == [f"/units/{city.unit.slug}/devices"]


def test_a_device_is_renamed_and_ended(budi, tamu, city):
    a_tablet(tamu, budi, city)
    budi.get(f"/units/{city.unit.slug}/devices")
    budi.send_form(links(budi, "Ganti nama")[0], 303, name="Tablet pintu")
    budi.get(f"/units/{city.unit.slug}/devices")
    assert "Tablet pintu" in budi.words
    budi.send_form(links(budi, "Akhiri")[0], 303)
    budi.get(f"/units/{city.unit.slug}/devices")
    assert not links(budi, "Akhiri")
    assert "Sudah diakhiri" in budi.words


def test_the_code_is_shown_once(budi, city):
    code = a_code(budi, city)
    budi.get(f"/units/{city.unit.slug}/devices")
    assert code not in budi.words


def test_counters_without_a_device_are_named_where_they_are_looked_at(budi, db, city):
    for _ in range(5):
        answered(db, city, "333333333", channel="kiosk")
    for page in ("", "/counters", "/devices"):
        budi.get(f"/units/{city.unit.slug}{page}")
        assert "tanpa perangkat yang terdaftar: Loket 1" in budi.words


def test_the_page_of_who_sets_up_names_the_units(admin, db, city):
    for _ in range(5):
        answered(db, city, "333333333", channel="kiosk")
    admin.get("/setup")
    assert "ada di 1 unit" in admin.words
    assert links(admin, city.unit.name) == [f"/units/{city.unit.slug}/devices"]


def test_nobody_else_is_told_of_them(agus, tamu, db, city):
    for _ in range(5):
        answered(db, city, "333333333", channel="kiosk")
    for reader in (agus, tamu):
        reader.get(f"/units/{city.unit.slug}")
        assert "tanpa perangkat yang terdaftar" not in reader.words
