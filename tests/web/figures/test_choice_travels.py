"""What was chosen on a page about an organisation is still chosen behind each of its links."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from skm.store.database import writing
from skm.survey.period import code_of
from tests.builders import a_counter, a_period, an_organisation, answered

UNIT = "uptd-puskesmas-i-denpasar-barat"
ABOUT = ("/units/", "/agencies/", "/organisations/", "/city", "/snapshots/")
FILES = (".xlsx", ".json", ".pdf")
ALL = {"period": "2026-S1", "field": "kesehatan", "sort": "-index"}


@pytest.fixture
def own(db, city):
    """The unit with answers, and a service and a counter to choose."""
    with writing(db):
        counter, _ = a_counter(db, city.unit, "Loket 2", city.services)
    answered(db, city, "333333333", "2026-02-10")
    return {"service": city.services[0].id, "counter": counter.id}


def links(visitor) -> list[tuple[str, dict[str, str]]]:
    """The addresses about organisations that a page leads to, each with what it chooses."""
    found = visitor.page.xpath("//a/@href | //source/@srcset | //figure//img/@src")
    parts = [urlsplit(address) for address in found]
    return [
        (part.path, {name: values[0] for name, values in parse_qs(part.query).items()})
        for part in parts
        if part.path.startswith(ABOUT) and not part.path.endswith(FILES)
    ]


def pages_of(visitor, start: str, asked: str) -> list[str]:
    visitor.get(f"{start}?{asked}")
    return [start, *visitor.page.xpath("//nav[@class='sections']//a/@href")]


def deeds(path: str) -> bool:
    """Pages on which something is done and nothing chosen."""
    return "/setup" in path or path.endswith(("/add", "/publish", "/withdraw", "/visitors", "/paper.pdf"))


@pytest.mark.parametrize("start", [f"/units/{UNIT}", "/agencies/dinas-kesehatan", "/city"])
def test_period_field_and_sorting_go_along_with_every_link(sari, city, own, start):
    asked = "&".join(f"{name}={value}" for name, value in ALL.items())
    for page in pages_of(sari, start, asked):
        sari.get(page if "?" in page else f"{page}?{asked}")
        for path, values in links(sari):
            if deeds(path) or path.endswith((".svg", ".png", ".csv")):
                continue
            assert values.get("period") == ALL["period"], (page, path)
            assert {"field", "sort"} <= values.keys(), (page, path)


def test_service_and_counter_go_along_within_the_unit(sari, city, own):
    asked = "&".join(f"{name}={value}" for name, value in own.items())
    for page in pages_of(sari, f"/units/{UNIT}", asked):
        sari.get(page if "?" in page else f"{page}?{asked}")
        for path, values in links(sari):
            if UNIT in path and not deeds(path) and "/who.csv" not in path:
                assert own.items() <= values.items(), (page, path)
            else:
                assert not own.keys() & values.keys() or deeds(path) or "/who.csv" in path, (page, path)


def test_the_files_of_a_page_hold_what_was_chosen(sari, city, own):
    sari.get(f"/units/{UNIT}?period=2026-S1&service={own['service']}")
    files = [(path, values) for path, values in links(sari) if path.endswith((".svg", ".png", ".csv"))]
    assert len(files) >= 9
    for path, values in files:
        assert (values["period"], values["service"]) == ("2026-S1", own["service"]), path


@pytest.mark.parametrize("page", ["", "/sample", "/who", "/priorities", "/method"])
def test_a_form_of_filters_carries_what_it_does_not_ask(sari, city, own, page):
    base = f"/organisations/{UNIT}{page}" if page else f"/units/{UNIT}"
    sari.get(f"{base}?period=2026&sort=-n&service={own['service']}")
    (form,) = sari.page.xpath("//form[@class='filters']")
    values = dict(form.form_values())
    assert (values["period"], values["sort"], values["service"]) == ("2026", "-n", own["service"])


def test_a_field_chooses_nothing_below_the_city(sari, city, own):
    sari.get(f"/units/{UNIT}?field=perizinan")
    assert "Dari 1 jawaban" in sari.words


def test_a_units_own_period_goes_along_to_no_page_that_does_not_know_it(sari, db, city, own):
    with writing(db):
        days = {"opens": date(2026, 2, 3), "closes": date(2026, 3, 14)}
        period = a_period(db, city.unit, city.period.instrument_id, name="Uji coba", **days)
    asked = f"period={code_of(period)}"
    sari.get(f"/units/{UNIT}?{asked}")
    kept = {path: values.get("period") for path, values in links(sari) if not deeds(path)}
    assert kept[f"/organisations/{UNIT}/priorities"] == period.id
    assert kept["/agencies/dinas-kesehatan"] is None
    assert kept["/city"] is None


def test_periods_are_one_list_by_kind_the_newest_first(sari, db, city, own):
    for day in ("2025-02-10", "2026-06-08"):
        answered(db, city, "333333333", day)
    with writing(db):
        for opens, closes in ((date(2026, 2, 3), date(2026, 3, 14)), (date(2026, 5, 4), date(2026, 6, 12))):
            a_period(db, city.unit, city.period.instrument_id, name="Uji coba", opens=opens, closes=closes)
    sari.get(f"/units/{UNIT}")
    assert sari.page.xpath("//select[@id='period']/optgroup/@label") == [
        *("Tahun", "Semester", "Triwulan", "Bulan", "Periode survei"),
    ]
    lines = sari.page.xpath("//select[@id='period']//option/text()")
    assert lines[:3] == ["Seluruh waktu", "Tahun 2026", "Tahun 2025"]
    assert lines[-2:] == ["Uji coba (4 Mei–12 Juni 2026)", "Uji coba (3 Februari–14 Maret 2026)"]
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("start", ["/agencies/dinas-kesehatan", "/city"])
def test_above_the_units_it_says_how_many_of_them_have_answers(sari, db, city, own, start):
    sari.get(start)
    assert "Dari 1 jawaban, " in sari.words
    with writing(db):
        for name in ("Puskesmas II", "Puskesmas III"):
            an_organisation(db, city.agency, "unit", name)
    sari.get(start)
    assert "Dari 1 jawaban, dari 1 dari 3 unit, " in sari.words
