"""Thirty papers are keyed without a mouse and checked; every number of the report is worked out by hand."""

from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from hashlib import sha256
from itertools import count
from random import Random

import pytest
from playwright.sync_api import Page, expect

from skm.store.database import writing
from skm.survey.organisation import Organisation
from tests.browser.chromium import DESK
from tests.browser.looks import faults
from tests.builders import a_counter, a_service, an_organisation, stored_answers
from tests.papers import a_batch, a_counted_batch, a_deed, a_finished_batch

pytestmark = pytest.mark.browser

BROKEN = "**/sheets/add"
SEXES, SCHOOLS = ["L", "P"], ["SD", "SMP", "SMA", "S1", "S2", "S3"]
WORK = ["PNS", "TNI", "POLRI", "swasta", "wirausaha", "lainnya"]
EMPTY = "0- "  # three keys say that nothing was answered
numbers = count(1)


class Paper:
    """What a citizen wrote, and the keys by which an officer types it."""

    def __init__(self, luck: Random) -> None:
        self.scores = "".join(luck.choice("123344444-") for _ in range(9))
        self.profile = {"sex": luck.choice([None, *SEXES]), "age": luck.choice([None, 10, 12, 34, 67, 105])}
        self.profile |= {"education": luck.choice([None, *SCHOOLS]), "occupation": luck.choice([None, *WORK])}
        self.comment = luck.choice(["", "", "Antrean terlalu lama"])
        self._empty = luck.choice(EMPTY)

    def keys(self, scores: str = "") -> str:
        """One key for each answer; an age that could go on ("10" of "105") ends with Enter."""
        sex, age, school, work = self.profile.values()
        typed = (scores or self.scores).replace("-", self._empty) + self._key(SEXES, sex)
        typed += self._empty if age is None else f"{age}\n" if age in (10, 12) else str(age)
        return typed + self._key(SCHOOLS, school) + self._key(WORK, work)

    def _key(self, choices: list[str], chosen: str | None) -> str:
        return str(choices.index(chosen) + 1) if chosen else self._empty


LUCK = Random("tiga puluh lembar")
PAPERS = [Paper(LUCK) for _ in range(30)]


@pytest.fixture
def clinic(town) -> Organisation:
    """A unit of this test alone, with one counter and one service."""
    with writing(town.db):
        unit = an_organisation(town.db, town.city.agency, "unit", f"Puskesmas Kertas {next(numbers)}")
        a_counter(town.db, unit, "Loket A", (a_service(town.db, unit, "Pendaftaran"),))
    return unit


def reach(page: Page, name: str) -> None:
    """Goes on by Tab until what has this name has the focus."""
    here = "(e => (e.labels?.[0] ?? e).textContent.trim())(document.activeElement)"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(here) == name:
            return
    raise AssertionError(f"no {name} within 80 steps of Tab")


def press(page: Page, name: str) -> None:
    """Reaches a link or a button and presses Enter."""
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def open_stack(page: Page, clinic: Organisation, sheets: int) -> str:
    """From the list of batches to the first sheet; the id of the batch."""
    page.goto(f"/units/{clinic.slug}/papers")
    press(page, "Bundel baru")
    reach(page, "Loket dan layanan")
    page.keyboard.press("ArrowDown")
    reach(page, "Tanggal survei")
    page.keyboard.type("05052025")  # the same day in either order of day and month
    reach(page, "Jam survei")
    page.keyboard.press("ArrowDown")
    reach(page, "Banyaknya lembar")
    page.keyboard.type(str(sheets))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page.url.split("/")[-3]


def key(page: Page, number: int, keys: str, comment: str = "") -> None:
    """Types a sheet and stores it."""
    expect(page.locator("#keys")).to_be_focused()
    expect(page.locator("[data-number]")).to_have_text(str(number))
    for one in keys:
        page.keyboard.press("Enter" if one == "\n" else "Space" if one == " " else one)
    page.keyboard.type(comment)
    page.keyboard.press("Enter")


def drawn_by_hand(batch_id: str, size: int) -> list[int]:
    """The first numbers by the SHA-256 of batch and number."""
    return sorted(range(1, 31), key=lambda n: sha256(f"{batch_id}/{n}".encode()).digest())[:size]


def index_by_hand() -> str:
    """Every item is an element: the mean of the nine means, times 25, rounded half up once."""
    columns = [
        [int(one) for one in column if one != "-"]
        for column in zip(*(p.scores for p in PAPERS), strict=False)
    ]
    exact = sum(Fraction(sum(column), len(column)) for column in columns) / 9 * 25
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


def rows_of(town, clinic: Organisation) -> list[dict]:
    return stored_answers(town.db, "unit_id = :unit", unit=clinic.id)


def key_all(page: Page, slip: int) -> None:
    """Keys the thirty, the first question of one of them wrongly."""
    for number, paper in enumerate(PAPERS, 1):
        wrong = "2" if paper.scores[0] != "2" else "3"
        key(page, number, paper.keys(wrong + paper.scores[1:] if number == slip else ""), paper.comment)


def check_all(page: Page) -> list[int]:
    """Keys what was drawn as the papers say and takes the second reading where it differs; the numbers keyed."""
    checked = []
    while page.url.endswith("/check"):
        number = int(page.locator("[data-number]").inner_text())
        checked.append(number)
        with page.expect_navigation():
            key(page, number, PAPERS[number - 1].keys())
        if page.get_by_role("heading", name=f"Selisih pada lembar {number}").is_visible():
            page.keyboard.press("Tab")
            while page.evaluate("document.activeElement.type") != "radio":
                page.keyboard.press("Tab")
            page.keyboard.press("ArrowDown")  # to the second reading
            press(page, "Simpan keputusan")
    return checked


def test_thirty_papers_by_keyboard_alone_become_thirty_answers(office, town, clinic):
    first = office("counter_staff", **DESK)
    batch_id = open_stack(first, clinic, 30)
    slip, *_ = drawn = drawn_by_hand(batch_id, 12)
    key_all(first, slip)
    expect(first.get_by_text("Semua 30 lembar sudah diketik.")).to_be_visible()
    press(first, "Selesai diketik")
    expect(first.get_by_text("Belum dihitung: menunggu pemeriksaan orang kedua.")).to_be_visible()
    assert rows_of(town, clinic) == []

    second = office("unit_head", **DESK)
    second.goto(first.url)
    press(second, "Periksa lembar contoh")
    # One slip in 3 sheets (39 fields) and in 6 (78) is more than 1 %, in 12 (156) it is not.
    assert sorted(check_all(second)) == sorted(drawn)
    press(second, "Selesai diperiksa")
    _report_is_right(second, drawn)
    _rows_are_right(rows_of(town, clinic))


def _report_is_right(page: Page, drawn: list[int]) -> None:
    expect(page.locator(".headline")).to_contain_text(f"IKM {index_by_hand()} –")
    expect(page.locator("main")).to_contain_text("Dari 30 lembar bundel ini saja.")
    rows = page.get_by_role("region", name="Tabel jawaban per pertanyaan").locator("tbody tr")
    for place, row in enumerate(rows.all()):
        found = Counter(paper.scores[place] for paper in PAPERS)
        assert row.locator("td").all_inner_texts() == [str(found[score]) for score in "1234-"]
    terms = page.locator(".terms > div").all()
    facts = dict(line.inner_text().split("\n") for line in terms)
    assert facts["Lembar contoh"] == f"12 (nomor {', '.join(map(str, sorted(drawn)))})"
    assert (facts["Lembar dalam tumpukan"], facts["Lembar diketik"]) == ("30", "30")
    assert (facts["Isian dibandingkan"], facts["Selisih ditemukan"]) == ("156", "1")
    assert facts["Isian diperbaiki"] == "1 (0,64 %)"
    assert facts["Diketik"].startswith("Wati; selesai")
    assert facts["Diperiksa"].startswith("Budi; selesai")


def _rows_are_right(rows: list[dict]) -> None:
    assert [row["scores"] for row in rows] == [paper.scores for paper in PAPERS]
    assert [row["comment"] for row in rows] == [paper.comment for paper in PAPERS]
    told = [{name: value for name, value in paper.profile.items() if value} for paper in PAPERS]
    assert [row["profile"] for row in rows] == told
    assert {(row["channel"], row["local_date"], row["local_hour"]) for row in rows} == {
        ("paper", "2025-05-05", 8)
    }


def test_a_reload_in_the_middle_of_a_sheet_loses_nothing(office, town, clinic):
    page = office("counter_staff", **DESK)
    batch_id = open_stack(page, clinic, 2)
    key(page, 1, "344443434000", "")
    page.keyboard.press("Enter")
    expect(page.locator("[data-number]")).to_have_text("2")
    for one in "4321":
        page.keyboard.press(one)
    page.reload()
    expect(page.locator("#said")).to_contain_text("Lembar yang belum tersimpan dikembalikan")
    key(page, 2, "12341" + "0000")
    expect(page.get_by_text("Semua 2 lembar sudah diketik.")).to_be_visible()
    sql = "SELECT scores FROM paper_sheets WHERE batch_id = :batch ORDER BY number"
    found = [row["scores"] for row in town.db.query(sql, {"batch": batch_id})]
    assert found == ["344443434", "432112341"]


def test_a_reply_that_is_lost_keeps_the_sheet_and_stores_it_once(browser, town, clinic, cookie):
    context = browser.new_context(base_url=town.address, **DESK)  # it may complain: its connection is cut
    context.add_cookies([cookie("counter_staff")])
    page = context.new_page()
    batch_id = open_stack(page, clinic, 2)

    def lose(route):
        route.fetch()
        route.abort()

    page.route(BROKEN, lose)
    key(page, 1, "3444434340000")
    expect(page.locator("#wrong")).to_contain_text("BELUM tersimpan")
    page.unroute(BROKEN)
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Lembar 1 tersimpan. Sekarang lembar 2.")
    sql = "SELECT count(*) AS n FROM paper_sheets WHERE batch_id = :batch"
    assert list(town.db.query(sql, {"batch": batch_id})) == [{"n": 1}]
    context.close()


@pytest.mark.parametrize("status", [200, 403, 429, 502])
def test_a_sheet_that_somebody_in_between_has_answered_for_stays(browser, town, clinic, cookie, status):
    context = browser.new_context(base_url=town.address, **DESK)
    context.add_cookies([cookie("counter_staff")])
    page = context.new_page()
    open_stack(page, clinic, 2)
    answers = {"status": status, "content_type": "application/json", "body": '{"errors": []}'}
    page.route(BROKEN, lambda route: route.fulfill(**answers))
    key(page, 1, "3444434340000")
    expect(page.locator("#wrong")).to_contain_text(
        "Tidak ada sambungan ke server: lembar ini BELUM tersimpan"
    )
    page.unroute(BROKEN)
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Lembar 1 tersimpan. Sekarang lembar 2.")
    context.close()


def test_a_key_that_means_nothing_here_says_so_and_a_wrong_one_is_taken_back(office, clinic):
    page = office("counter_staff", **DESK)
    open_stack(page, clinic, 2)
    expect(page.locator("#keys")).to_be_focused()
    page.keyboard.press("5")
    expect(page.locator("#wrong")).to_have_text(
        "Tombol 5 tidak berlaku di sini; tekan 1 sampai 4, atau 0 bila kosong."
    )
    page.keyboard.press("3")
    expect(page.locator("#said")).to_have_text("Pertanyaan 1: 3, Sesuai")
    page.keyboard.press("Backspace")
    expect(page.locator("#step")).to_have_text("Pertanyaan 1 dari 9")
    page.keyboard.press("1")
    assert page.locator("[name=P1]:checked").get_attribute("value") == "1"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#wrong")).to_contain_text("Pertanyaan 3 belum dijawab")


def test_what_is_typed_while_a_sheet_is_stored_belongs_to_the_next(office, clinic):
    page = office("counter_staff", **DESK)
    open_stack(page, clinic, 2)

    def hold(route):
        page.keyboard.type("43")
        route.continue_()

    page.route(BROKEN, hold)
    key(page, 1, "3444434340000")
    expect(page.locator("[data-number]")).to_have_text("2")
    expect(page.locator("#step")).to_have_text("Pertanyaan 3 dari 9")


@pytest.fixture(scope="module")
def shown(town) -> dict[str, tuple[str, str]]:
    """A page of each kind: who opens it, and where it is."""
    with writing(town.db):
        unit = an_organisation(town.db, town.city.agency, "unit", "Puskesmas Kertas yang Dilihat")
        service = a_service(town.db, unit, "Pendaftaran")
        counter, _ = a_counter(town.db, unit, "Loket A", (service,))
    city = replace(town.city, unit=unit, counter=counter, services=(service,))
    wati, budi = a_deed(town.db, city), a_deed(town.db, city, "unit_head")
    keyed = a_batch(town.db, city, wati, "344443434", "4444-4444", sheets=3)
    waiting = a_finished_batch(town.db, city, wati)
    counted = a_counted_batch(town.db, city, wati, budi, "344443434", "22222222-", "1" * 9)
    found = {
        "list": f"/units/{unit.slug}/papers",
        "add": f"/units/{unit.slug}/papers/add",
        "keyed": f"/papers/{keyed.id}",
        "entry": f"/papers/{keyed.id}/sheets/add",
        "discard": f"/papers/{keyed.id}/discard",
        "waiting": f"/papers/{waiting.id}",
        "check": f"/papers/{waiting.id}/check",
        "report": f"/papers/{counted.id}",
    }
    return {name: ("unit_head", address) for name, address in found.items()}


KINDS = ("list", "add", "keyed", "entry", "discard", "waiting", "check", "report")


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(office, shown, kind):
    role, address = shown[kind]
    page = office(role)
    page.goto(address)
    assert not faults(page)


def test_without_a_script_the_form_says_what_is_missing(browser, town, cookie, shown):
    context = browser.new_context(base_url=town.address, java_script_enabled=False)
    context.add_cookies([cookie("unit_head")])
    page = context.new_page()
    page.goto(shown["entry"][1])
    page.locator("#save").click()
    expect(page.get_by_role("heading", name="Ada yang perlu diperiksa")).to_be_visible()
    assert page.locator("fieldset.wrong").count() == 9
    context.close()
