"""The pages of a unit, an agency and the city."""

from dataclasses import replace

import pytest

from skm.figures.choice import choose
from skm.figures.overview import show_figures
from skm.output.charts.from_figures import chart_of_trend
from skm.store import instruments
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from tests.applications import an_application
from tests.builders import answered
from tests.officers import signed_in_as


@pytest.fixture
def some(db, city):
    """Ten respondents: eight times all 4, one all 3, one all 1; the last in another month."""
    for _ in range(8):
        answered(db, city, "444444444")
    answered(db, city, "333333333")
    answered(db, city, "111111111", day="2026-02-03")


PAGES = ["/units/uptd-puskesmas-i-denpasar-barat", "/agencies/dinas-kesehatan", "/city"]


@pytest.mark.parametrize("page", PAGES)
def test_every_level_says_the_index_first(sari, some, page):
    sari.get(page)
    assert "IKM 90,00 – Sangat Baik." in sari.words
    assert "Dari 10 jawaban" in sari.words


@pytest.mark.parametrize("page", PAGES)
def test_without_answers_there_is_no_figure(sari, city, page):
    sari.get(page)
    assert "Belum ada data" in sari.words
    assert "Tidak Baik" not in sari.words


def test_a_span_narrows_the_figure(sari, some):
    sari.get(f"{PAGES[0]}?period=2026-TW1")
    assert "IKM 25,00 – Tidak Baik." in sari.words


def test_an_unknown_span_says_what_a_span_looks_like(sari, some):
    sari.get(f"{PAGES[0]}?period=kemarin", 404)
    assert "2026-TW3" in sari.words


def test_a_page_opens_with_the_newest_year_that_has_answers(sari, db, city, some):
    answered(db, city, "111111111", day="2025-12-31")
    sari.get(PAGES[0])
    assert "IKM 90,00 – Sangat Baik." in sari.words
    sari.get(f"{PAGES[0]}?period=semua")
    assert "Dari 11 jawaban, Des 2025–Jun 2026." in sari.words


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        ("1" * 9, "Naik 75,00 dari tahun 2025, perubahan nyata."),
        ("4" * 9, "Sama dengan tahun 2025."),
    ],
)
def test_a_change_is_said_in_words(sari, db, city, earlier, words):
    for day in (5, 6, 7):
        answered(db, city, earlier, day=f"2025-05-0{day}")
        answered(db, city, "444444444", day=f"2026-05-0{day}")
    sari.get(PAGES[0])
    assert words in sari.words


def test_a_change_that_chance_could_make_is_not_called_real(sari, db, city):
    for day, scores in enumerate(("333333333", "444444444"), start=1):
        answered(db, city, scores, day=f"2025-05-0{day}")
        answered(db, city, scores, day=f"2026-05-0{day}")
    answered(db, city, "333333333", day="2026-05-03")
    sari.get(PAGES[0])
    assert (
        "Selisih −4,17 dari tahun 2025 belum tentu nyata; selisih ini dapat terjadi secara kebetulan."
        in sari.words
    )


def test_a_small_change_that_chance_could_make_is_nearly_the_same(sari, db, city):
    for day in range(1, 10):
        answered(db, city, "343434343", day=f"2025-05-0{day}")
        answered(db, city, "343434344" if day == 1 else "343434343", day=f"2026-05-0{day}")
    sari.get(PAGES[0])
    words = "Hampir sama dengan tahun 2025 (+0,31); selisih sekecil ini dapat terjadi secara kebetulan."
    assert words in sari.words


def test_the_same_months_are_compared(sari, db, city):
    for day in (5, 6, 7):
        answered(db, city, "333333333", day=f"2025-05-0{day}")
        answered(db, city, "111111111", day=f"2025-12-0{day}")
        answered(db, city, "333333333", day=f"2026-05-0{day}")
    sari.get(PAGES[0])
    assert "Sama dengan Mei 2025." in sari.words
    assert "Yang dibandingkan" not in sari.words


def test_months_of_this_year_that_are_not_compared_are_named(sari, db, city):
    for day in (5, 6, 7):
        answered(db, city, "333333333", day=f"2025-05-0{day}")
        answered(db, city, "333333333", day=f"2026-05-0{day}")
    answered(db, city, "111111111", day="2026-06-01")
    sari.get(PAGES[0])
    assert "Sama dengan tahun 2025. Yang dibandingkan hanya Mei 2026." in sari.words


def test_months_that_only_one_year_has_are_not_compared(sari, db, city):
    answered(db, city, "333333333", day="2025-12-01")
    answered(db, city, "333333333", day="2026-05-01")
    sari.get(PAGES[0])
    assert "2025" not in sari.page.xpath("string(//main//div[@class='figure'])")


def test_other_questions_are_not_compared(sari, db, city):
    with writing(db):
        sixteen = instruments.add(db, builtin_source("skm-online-16"))["skm-online-16"]
    for day in (5, 6, 7):
        answered(db, city, "3" * 16, day=f"2025-05-0{day}", instrument_id=sixteen)
        answered(db, city, "3" * 9, day=f"2026-05-0{day}")
    sari.get(PAGES[0])
    assert "Tidak dibandingkan dengan tahun 2025: pertanyaan kuesionernya lain." in sari.words


def test_the_elements_to_improve_first_are_named(sari, db, city):
    answered(db, city, "444443233")  # question 8 is U9, question 9 is U8
    sari.get(PAGES[0])
    assert "Unsur terendah: Perilaku Pelaksana (50,00);" in sari.words


def test_nothing_is_to_be_improved_first_where_all_elements_are_alike(sari, db, city):
    answered(db, city, "333333333")
    sari.get(PAGES[0])
    assert "Unsur terendah" not in sari.words


def test_a_service_narrows_the_figure(sari, db, city, some):
    answered(db, city, "222222222", service_id=city.services[1].id)
    sari.get(f"{PAGES[0]}?service={city.services[1].id}")
    assert "IKM 50,00 – Tidak Baik." in sari.words


def test_the_trend_has_n_for_every_month_and_a_gap_where_nobody_answered(sari, some):
    sari.get(PAGES[0])
    rows = [" ".join(row.text_content().split()) for row in sari.page.xpath("//tr")]
    assert any("Feb 2026" in row and "25,00" in row for row in rows)
    assert any("Mar 2026" in row and "belum ada data" in row for row in rows)


def test_the_grade_that_depends_on_the_weights_is_pointed_out(sari, db, city):
    for scores in ["444444444"] * 54 + ["333333333"] * 46:  # 88.50: A exactly, B with 0.11
        answered(db, city, scores)
    sari.get(PAGES[0])
    assert "Mutu bergantung pada pembobotan" in sari.words


@pytest.mark.parametrize("extension", ["svg", "png", "csv"])
@pytest.mark.parametrize("chart", ["elements", "months", "years"])
def test_every_chart_can_be_taken_home(sari, some, chart, extension):
    sari.get(f"/organisations/dinas-kesehatan/{chart}.{extension}")
    types = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}
    assert sari.response.mimetype == types[extension]


def test_the_counters_page_shows_address_and_sheet(sari, city):
    sari.get("/units/uptd-puskesmas-i-denpasar-barat/counters")
    assert f"skm.example.go.id/s/{city.token[:4]}-{city.token[4:]}" in sari.words
    sari.get(f"/counters/{city.counter.id}/sheet.pdf")
    assert sari.response.data.startswith(b"%PDF")


def test_a_token_is_replaced_by_post_and_the_old_one_is_kept(sari, tamu, city, db):
    sari.get(f"/counters/{city.counter.id}/token")
    csrf = sari.page.xpath("string(//input[@name='csrf_token']/@value)")
    sari.post(f"/counters/{city.counter.id}/token", {"csrf_token": csrf}, 303)
    tamu.get(f"/s/{city.token}", 410)
    tokens = list(db.query("SELECT revoked FROM tokens WHERE counter_id = :c", {"c": city.counter.id}))
    assert sorted(token["revoked"] is None for token in tokens) == [False, True]
    (entry,) = db.query("SELECT officer_name, verb, subject, path FROM audit")
    assert entry["path"] == city.unit.path
    assert (entry["officer_name"], entry["verb"]) == ("Sari", "replace_token")


def test_a_token_is_not_replaced_without_the_form(sari, tamu, city):
    sari.post(f"/counters/{city.counter.id}/token", {}, 400)
    tamu.get(f"/s/{city.token}")


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/units/dinas-kesehatan", PAGES[1]),
        ("/units/pemerintah-kota-denpasar", PAGES[2]),
        ("/agencies/uptd-puskesmas-i-denpasar-barat", PAGES[0]),
    ],
)
def test_a_page_of_another_kind_leads_to_the_right_one(sari, city, asked, right):
    assert sari.get(asked, 301).headers["Location"] == right


def crumbs(visitor) -> list[tuple[str, str | None]]:
    """The way to the page that is open: names and addresses."""
    found = visitor.page.xpath("//nav[@aria-label='Letak halaman']//li/*")
    return [(crumb.text_content(), crumb.get("href")) for crumb in found]


def test_the_way_to_the_counters_begins_at_the_city(sari, city):
    line = list(zip((city.government.name, city.agency.name, city.unit.name), reversed(PAGES), strict=True))
    sari.get(f"{PAGES[0]}/counters")
    assert crumbs(sari) == [*line, ("Loket", None)]
    sari.get(f"/counters/{city.counter.id}/token")
    assert crumbs(sari) == [*line, ("Loket", f"{PAGES[0]}/counters"), ("Loket 1", None)]


def test_the_way_to_the_counters_has_only_what_the_reader_may_open(settings, clock, db, city):
    app = an_application(replace(settings, open_pages=False), clock)
    budi, wati = (signed_in_as(app, db, role, city.unit, clock()) for role in ("unit_head", "counter_staff"))
    budi.get(f"{PAGES[0]}/counters")
    assert crumbs(budi) == [(city.unit.name, PAGES[0]), ("Loket", None)]
    wati.get(f"{PAGES[0]}/counters")
    assert crumbs(wati) == [(city.unit.name, f"/organisations/{city.unit.slug}/summary"), ("Loket", None)]


@pytest.mark.parametrize(
    "page",
    [
        "/units/dinas-kesehatan/counters",
        "/units/nowhere",
        "/agencies/nowhere",
        "/counters/nothing/qr.svg",
        "/exports/1999.xlsx",
        "/nowhere",
    ],
)
def test_what_is_not_there_is_explained(sari, city, page):
    sari.get(page, 404)


def test_the_chart_of_years_compares_as_the_page_does(db, city):
    for day in (5, 6, 7):
        answered(db, city, "333333333", day=f"2025-05-0{day}")
        answered(db, city, "111111111", day=f"2025-12-0{day}")
        answered(db, city, "333333333", day=f"2026-05-0{day}")
    figures = show_figures(db, choose(db, city.unit.slug))
    title = chart_of_trend(figures, "years", demo=False).title
    assert title == "IKM 75,00 pada 2026, sama dengan Mei 2025"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (
            ["2026-06-07", "2026-06-08", "2026-06-14", "2026-06-15"],
            "2 jawaban pekan lalu, 8 Juni–14 Juni 2026.",
        ),
        (["2026-06-15"], "Tidak ada jawaban pekan lalu, 8 Juni–14 Juni 2026."),
    ],
)
def test_the_last_full_week_is_a_number(budi, db, city, days, sentence):
    for day in days:
        answered(db, city, "333333333", day)
    budi.get(f"/units/{city.unit.slug}")
    assert sentence in budi.words
