"""One figure has one value wherever it stands: pages, records, publications, screens, workbooks and downloads."""

import csv
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from click.testing import CliRunner

from skm.cli import main
from skm.figures.verify import verify_snapshots
from skm.store import instruments, snapshots
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from skm.survey.period import MEAN_OF_UNITS
from skm.usecases.city.organisations import move_organisation
from skm.usecases.closing import freezing, publishing
from skm.usecases.exchange.export import export_year
from tests.builders import a_counter, a_past_year, a_period, a_service, an_organisation, answered
from tests.conftest import DEED
from tests.journey import gathering
from tests.officers import exclude

DAYS = ("2025-02-03", "2025-05-05", "2025-08-04", "2025-11-10")
LAST = "2025-12-08"  # five of each unit once more, so that each has five
SCORES = {
    "UPTD Puskesmas I Denpasar Barat": ("444444444", "343434343", "33-333333", "434343434", "444443444", "333344443"),
    "Unit Bobot": ("433344333", "433333334", "323232323", "443344334", "344434343", "444444344"),
    "Unit Pindah": ("222222222", "232323232", "333333333", "323333323", "222333222", "333222333", "223322332"),
    "Unit Enam Belas": ("4443444344443444", "3443444344443443", "4433444344443444", "3333333333333333",
                        "4443444344443344"),
}  # fmt: skip


@pytest.fixture(params=["pooled", MEAN_OF_UNITS])
def year(request, db, city):
    """A year of two agencies and five units: two questionnaires, own weights in one, one that moves, one silent."""
    with writing(db):
        other = an_organisation(db, city.government, "agency", "Dinas Sosial")
        own = an_organisation(db, city.agency, "unit", "Unit Bobot")
        moving = an_organisation(db, city.agency, "unit", "Unit Pindah")
        sixteen = an_organisation(db, other, "unit", "Unit Enam Belas")
        an_organisation(db, other, "unit", "Unit Sunyi")
        asked = instruments.add(db, builtin_source("skm-online-16"))["skm-online-16"]
        days = {"opens": date(2025, 1, 1), "closes": date(2025, 12, 31)}
        a_period(db, own, city.period.instrument_id, name="Tahun 2025 sendiri", weights="0.111", **days)
    year = a_past_year(db, city, aggregation=request.param)
    for unit in (city.unit, own, moving, sixteen):
        with writing(db):
            service = a_service(db, unit, "Umum")
            counter, _ = a_counter(db, unit, "Loket", (service,))
        instrument = asked if unit is sixteen else city.period.instrument_id
        place = {"unit_id": unit.id, "counter_id": counter.id, "service_id": service.id}
        days = [DAYS[number % 4] for number in range(len(SCORES[unit.name]))] + 5 * [LAST]
        for scores, day in zip(SCORES[unit.name] + SCORES[unit.name][:5], days, strict=True):
            answered(db, city, scores, day, instrument_id=instrument, **place)
    move_organisation(db, DEED, moving.slug, other.id, on=date(2026, 1, 1))
    return year


@pytest.fixture
def places(db, sari, tamu, city, tmp_path):
    """Gathers the figures of 2025: by organisation's name every place with what it says."""

    def gather(period, *, files=True):
        found = {one.name: {} for one in gathering.everyone(db)}
        for one in gathering.everyone(db):
            _own_pages(found, db, sari, one, period)
            if one.kind != "unit":
                _below(found, sari, one)
        if files:
            _books(found, sari, tmp_path)
            _calculated(found, sari, tmp_path)
        _records(found, db, sari, period)
        return found

    return gather


def _summaries(found, db, signed_in, clock):
    """What counter staff read in the January after."""
    clock.moment = datetime(2026, 1, 15, 4, tzinfo=UTC)
    for one in gathering.everyone(db):
        visitor = signed_in("counter_staff", one)
        visitor.get(f"/organisations/{one.slug}/summary")
        if "Belum cukup jawaban" not in visitor.words:
            found[one.name]["summary"] = gathering.headline(visitor, f"/organisations/{one.slug}/summary")


def _own_pages(found, db, visitor, organisation, period):
    mine, page = found[organisation.name], gathering.page_of(organisation)
    visitor.get(f"{page}?period=2025")
    if not visitor.page.xpath("//main//div[@class='figure']") or "Belum ada data" in visitor.words:
        return
    mine["page"] = gathering.headline(visitor, f"{page}?period=2025")
    mine["method"] = gathering.headline(visitor, f"/organisations/{organisation.slug}/method?period=2025")
    own = f"/organisations/{organisation.slug}"
    mine["trend"] = gathering.rows(visitor, f"{own}/years.csv?period=2025", ("ikm", "jawaban"))["2025"]
    mine["table of years"] = gathering.from_trend(visitor, f"{page}?period=2025", "tahunan")["2025"]
    mine["trend of 2026"] = gathering.rows(visitor, f"{own}/years.csv?period=2026", ("ikm", "jawaban"))[
        "2025"
    ]
    mine["trend of all time"] = gathering.from_trend(visitor, f"{page}?period=semua", "tahunan")["2025"]
    of_who = gathering.who(visitor, f"{own}/who?period=2025")
    if of_who and (organisation.kind == "unit" or period.aggregation == "pooled"):
        mine["who answered"] = of_who  # tables of people, which pool all of them
    mine["priorities"] = gathering.headline(visitor, f"{own}/priorities?period=2025")
    mine["workings"] = gathering.from_workings(visitor.get(f"{own}/method.xlsx?period=2025").data)


def elements(db, visitor, period):
    """By organisation's name every place that says the values of its elements, with these."""
    found = {one.name: {} for one in gathering.everyone(db)}
    for one in gathering.everyone(db):
        page, own = gathering.page_of(one), f"/organisations/{one.slug}"
        mine = found[one.name]
        mine["page"] = gathering.elements_of_page(visitor, f"{page}?period=2025")
        mine["chart"] = gathering.elements_of_csv(visitor, f"{own}/elements.csv?period=2025")
        mine["priorities"] = gathering.elements_of_csv(visitor, f"{own}/priorities.csv?period=2025")
        for snapshot in snapshots.all_for(db, period.id, one.id)[-1:]:
            mine["record"] = gathering.elements_of_record(visitor, snapshot.id)
            mine["frozen page"] = gathering.elements_of_page(visitor, f"/snapshots/{snapshot.id}")
        if one.kind != "unit":
            for name, values in gathering.elements_of_units(visitor, f"{own}/units.csv?period=2025").items():
                found[name][f"units of {one.name}"] = values
    return found


def unequal_elements(found):
    """The organisations of which two places say the value of an element otherwise; a place may leave some out."""
    wrong = {}
    for name, places in found.items():
        for code in {code for own in places.values() for code in own}:
            values = {place: own[code] for place, own in places.items() if own.get(code) is not None}
            if len(set(values.values())) > 1:
                wrong[name, code] = values
    return wrong


def _below(found, visitor, top):
    for name, figure in gathering.from_table(visitor, f"{gathering.page_of(top)}?period=2025").items():
        found[name][f"children of {top.name}"] = figure
    units = gathering.rows(visitor, f"/organisations/{top.slug}/units.csv?period=2025", ("IKM", "Jawaban"))
    for name, figure in units.items():
        found[name][f"units of {top.name}"] = figure


def _books(found, visitor, folder):
    (folder / "year.xlsx").unlink(missing_ok=True)
    command = ("export", "--year", "2025", "--output", str(folder / "year.xlsx"))
    environment = {"SKM_DATABASE": str(folder / "skm.sqlite"), "SKM_ADDRESS": "https://skm.example.go.id"}
    assert CliRunner().invoke(main, command, env=environment).exit_code == 0
    books = {"web": visitor.get("/exports/2025.xlsx").data, "cli": (folder / "year.xlsx").read_bytes()}
    for place, content in books.items():
        for name, figure in gathering.from_book(content).items():
            name = name or "Pemerintah Kota Denpasar"
            found[name.removeprefix("lembar ")][
                f"{'worksheet' if 'lembar' in name else 'recap'}, {place}"
            ] = figure


def _calculated(found, visitor, folder):
    """From the answers as CSV, by the calculator, for the units that answered the nine questions."""
    rows = list(csv.DictReader(StringIO(visitor.get("/exports/2025.csv").data.decode("utf-8-sig"))))
    for name, weights in (("Unit Bobot", "0.111"), ("Unit Pindah", "exact")):
        own = [row for row in rows if row["Unit"] == name]
        with (folder / "own.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, own[0])
            writer.writeheader()
            writer.writerows(own)
        command = ["ikm", str(folder / "own.csv"), "--weights", weights, "--json"]
        figure = json.loads(CliRunner().invoke(main, command).stdout)
        found[name]["answers.csv"] = gathering.number(figure["index"]), figure["n"]


def _records(found, db, visitor, period):
    for one in gathering.everyone(db):
        own = snapshots.all_for(db, period.id, one.id)
        figure = gathering.from_record(db, period, one) if own else None
        if figure and figure[1]:
            found[one.name]["record"] = figure
            page = f"/snapshots/{own[-1].id}"
            found[one.name]["frozen page"] = gathering.headline(visitor, page)
            found[one.name]["steps of the record"] = gathering.headline(visitor, f"{page}/method")
            found[one.name]["workings of the record"] = gathering.from_workings(
                visitor.get(f"{page}/method.xlsx").data
            )
        if own and one.kind != "unit":
            for name, below in gathering.from_record_of_parent(db, period, one).items():
                found[name][f"record of {one.name}"] = below


def _months(db, visitor, span):
    """By organisation's name what its page says of each month, and what the file beside it says."""
    found = {one.name: {} for one in gathering.everyone(db) if one.name != "Unit Sunyi"}
    for one in gathering.everyone(db):
        page, own = gathering.page_of(one), f"/organisations/{one.slug}"
        if one.name in found:
            csv_of = f"{own}/months.csv?period={span}"
            found[one.name]["page"] = gathering.from_trend(visitor, f"{page}?period={span}", "bulanan")
            found[one.name]["file"] = gathering.rows(visitor, csv_of, ("ikm", "jawaban"))
    return found


def _told(found, db, tamu, period):
    """What everybody is told once the period is published."""
    for unit in (one for one in gathering.everyone(db) if one.kind == "unit"):
        row = db.execute(
            "SELECT r.receipt, t.token FROM responses AS r JOIN tokens AS t USING (counter_id) WHERE unit_id = ?",
            [unit.id],
        ).fetchone()
        if row is None:
            continue
        tamu.get(f"/terima-kasih/{row[0]}?lang=id")
        (index,) = tamu.page.xpath("//p[strong][*[contains(@class, 'badge')]]/strong/text()")
        found[unit.name]["thank-you page"] = gathering.number(index), _n(tamu.words)
        tamu.get(f"/layar/{row[1]}?lang=id")
        (index,) = tamu.page.xpath("//p[@class='value']/strong/text()")
        found[unit.name]["television"] = gathering.number(index), _n(tamu.words)


def _named(db, name):
    return next(one for one in gathering.everyone(db) if one.name == name)


def _n(words):
    return int(words.partition("dari ")[2].split()[0])


def unequal(found):
    """The organisations whose figure has more than one value, with the places."""
    shown = {
        name: {place: figure for place, figure in own.items() if figure[1]} for name, own in found.items()
    }
    return {name: own for name, own in shown.items() if len(set(own.values())) > 1}


def test_every_place_says_the_same_of_every_organisation(db, year, places, tamu):
    running = places(year)
    assert unequal(running) == {}
    freezing.freeze_period(db, DEED, year.id)
    publishing.publish_period(db, DEED, year.id, 1)
    frozen = places(year)
    _told(frozen, db, tamu, year)
    assert unequal(frozen) == {}
    assert {name: own.get("page") for name, own in frozen.items()} == {
        name: own.get("page") for name, own in running.items()
    }
    assert all(len(own) >= 6 for own in frozen.values() if own.get("page"))
    assert [one for one in verify_snapshots(db) if not one.equal] == []


def test_the_commands_and_the_questions_before_freezing_say_the_same(db, city, year, places, sari, tmp_path):
    found = places(year, files=False)
    top = found[city.government.name]
    top["before freezing"] = gathering.headline(sari, f"/periods/{year.id}/freeze")
    environment = {"SKM_DATABASE": str(tmp_path / "skm.sqlite"), "SKM_ADDRESS": "https://skm.example.go.id"}
    command = ("close", city.government.slug, "Tahun 2025")
    said = CliRunner().invoke(main, command, env=environment).output
    for name, figure in gathering.from_command(said).items():
        found[name]["skm close"] = figure
    top["before publishing"] = gathering.headline(sari, f"/periods/{year.id}/revisions/1/publish")
    assert unequal(found) == {}
    assert all("skm close" in own for own in found.values() if own.get("page"))
    assert CliRunner().invoke(main, ["verify"], env=environment).exit_code == 0


@pytest.mark.parametrize("span", ["2025", "semua"])
def test_the_months_of_a_page_are_those_of_its_file_before_and_after_freezing(db, year, sari, span):
    whole = {name: own["page"] for name, own in _months(db, sari, "2025").items()}
    freezing.freeze_period(db, DEED, year.id)
    for name, own in _months(db, sari, span).items():
        shown = {month: figure for month, figure in own["page"].items() if figure[1]}
        assert shown == {month: figure for month, figure in own["file"].items() if figure[1]}
        assert shown == {month: figure for month, figure in whole[name].items() if figure[1]}
        assert len(shown) >= 4


def test_the_elements_have_one_value_too(db, year, sari):
    running = elements(db, sari, year)
    assert unequal_elements(running) == {}
    freezing.freeze_period(db, DEED, year.id)
    frozen = elements(db, sari, year)
    assert unequal_elements(frozen) == {}
    assert {name: own["page"] for name, own in frozen.items()} == {
        name: own["page"] for name, own in running.items()
    }


@pytest.fixture
def frozen_and_late(db, city, year):
    """The year frozen and published; then answers of it come to two units, and one of a third is excluded."""
    freezing.freeze_period(db, DEED, year.id)
    publishing.publish_period(db, DEED, year.id, 1)
    moving, own = (_named(db, name).id for name in ("Unit Pindah", "Unit Bobot"))
    for unit, scores in ((city.unit.id, "111111111"), (city.unit.id, "121212121"), (moving, "444444444")):
        answered(db, city, scores, "2025-05-05", unit_id=unit)
    sql = "SELECT receipt FROM responses WHERE unit_id = ? ORDER BY number LIMIT 1"
    exclude(db, DEED, db.execute(sql, [own]).fetchone()[0])
    return year


def test_what_comes_later_changes_no_place_that_says_the_figure_of_a_frozen_year(
    db, frozen_and_late, places, tamu
):
    found = places(frozen_and_late)
    _told(found, db, tamu, frozen_and_late)
    late = {name: own.pop("answers.csv") for name, own in found.items() if "answers.csv" in own}
    for own in found.values():
        own.pop("who answered", None)  # its page says that it has the answers as of now
    assert unequal(found) == {}
    assert all(len(own) >= 10 for own in found.values() if own.get("page"))
    assert late["Unit Pindah"] != found["Unit Pindah"]["record"]


def test_nor_does_it_change_an_element(db, frozen_and_late, sari):
    assert unequal_elements(elements(db, sari, frozen_and_late)) == {}


def test_every_page_says_that_it_follows_the_record(db, frozen_and_late, sari):
    for one in (
        one
        for one in gathering.everyone(db)
        if one.name not in ("Unit Sunyi", "Unit Enam Belas", "Dinas Sosial")
    ):
        frozen = gathering.headline(sari, f"{gathering.page_of(one)}?period=2025")
        first, second = sari.page.xpath("//main//p[@class='headline']")
        assert first.text_content() != second.text_content()
        assert "Tahun 2025 sudah dibekukan (revisi 1); inilah angkanya." in sari.words
        heads = [" ".join(head.itertext()) for head in sari.page.xpath("//main//section//h2")]
        tables = [head for head in heads if head.startswith(("IKM per unsur", "Tren", "Unit", "Perangkat"))]
        assert len(tables) >= 3
        assert all(head.endswith("(menurut rekaman)") for head in tables)
        for page in ("method", "priorities", "units" if one.kind != "unit" else "method"):
            sari.get(f"/organisations/{one.slug}/{page}?period=2025")
            assert (
                "Tahun 2025 sudah dibekukan (revisi 1); angka di halaman ini menurut rekaman." in sari.words
            )
        record = snapshots.all_for(db, frozen_and_late.id, one.id)[-1]
        sari.get(f"/snapshots/{record.id}")
        assert "jawaban datang atau diputuskan sesudah rekaman ini" in sari.words
        assert frozen[1]


def test_after_a_revision_every_place_says_the_new_figure(db, frozen_and_late, places):
    freezing.revise_period(db, DEED, frozen_and_late.id, "Terlambat")
    assert unequal(places(frozen_and_late, files=False)) == {}


def test_counter_staff_read_the_same_in_their_summary(db, year, places, signed_in, clock):
    """Once the year is published: until then the newest answers wait in the states that they read."""
    at = replace(DEED, at=datetime(2026, 1, 10, 4, tzinfo=UTC))
    freezing.freeze_period(db, at, year.id)
    publishing.publish_period(db, at, year.id, 1)
    found = places(year, files=False)
    _summaries(found, db, signed_in, clock)
    assert all("summary" in own for own in found.values() if own.get("page"))
    assert unequal(found) == {}


def test_a_frozen_figure_stands_first_and_the_running_one_beside_it(db, city, year, sari):
    freezing.freeze_period(db, DEED, year.id)
    page = f"{gathering.page_of(city.unit)}?period=2025"
    frozen = gathering.headline(sari, page)
    assert "Tahun 2025 sudah dibekukan (revisi 1); angka berjalan masih sama dengan rekaman." in sari.words
    answered(db, city, "1" * 9, "2025-05-05")
    assert gathering.headline(sari, page) == frozen
    first, second = sari.page.xpath("//main//p[@class='headline']")
    assert first.text_content() != second.text_content()
    assert "inilah angkanya" in sari.words
    assert "Angka berjalan" in sari.words


def test_the_workbook_says_what_its_figures_follow(db, city, year):
    book = export_year(db, 2025)
    assert "Sementara, sampai jawaban tanggal 8 Desember 2025: periode ini belum dibekukan." in _head(book)
    freezing.freeze_period(db, DEED, year.id)
    frozen = gathering.from_book(b"".join(export_year(db, 2025).content))
    (top,) = [one for one in snapshots.all_latest(db, year.id) if one.organisation_id == city.government.id]
    assert f"Menurut rekaman Tahun 2025 revisi 1, SHA-256 {top.digest}." in _head(export_year(db, 2025))
    answered(db, city, "1" * 9, "2025-05-05")
    assert gathering.from_book(b"".join(export_year(db, 2025).content)) == frozen
    assert "Sesudah dibekukan ada jawaban yang datang atau diputuskan: angka berjalan IKM" in _head(
        export_year(db, 2025)
    )


def _head(book):
    return gathering.head_of_book(b"".join(book.content))
