"""The import: every row has an outcome in words, and a file is applied whole or not at all."""

import io
import time
import zipfile
from datetime import date

import openpyxl
import pytest

from skm.store import audit, organisations
from skm.store.database import writing
from skm.survey.problem import Problem
from skm.usecases.city.organisations import add_organisation, close_organisation
from skm.usecases.deed import Actor, Deed
from skm.usecases.demo import build
from skm.usecases.demo.build import build_demo
from skm.usecases.exchange import spreadsheet
from skm.usecases.exchange.template import blank_template
from tests.conftest import DEED, NOON
from tests.databases import a_database
from tests.spreadsheets import EVERYTHING, csv, saved, xlsx

ORGANISATIONS = (
    "dinkes;;perangkat daerah;Dinas Kesehatan;Jalan Maruti 8;0361-424801;WITA",
    "pkm-1;dinkes;unit;Puskesmas I;;;",
)
FILE = {
    "Organisasi": [row.split(";") for row in ORGANISATIONS],
    "Layanan": [["pkm-1", "Pendaftaran", "tatap muka", "ya", 1920], ["pkm-1", "Farmasi", "", "tidak", None]],
    "Loket": [["pkm-1", "Loket 1", "Pendaftaran; Farmasi"]],
}


@pytest.fixture
def root(db):
    """A city that is nothing but its government."""
    return add_organisation(db, DEED, None, "government", "Kota Denpasar", time_zone="Asia/Makassar")


@pytest.fixture
def plan(db, root):
    """What a file would do to that city."""
    return lambda content: spreadsheet.plan_import(db, EVERYTHING, content, "kota.xlsx", NOON)


@pytest.fixture
def apply(db, root):
    return lambda content: spreadsheet.apply_import(db, DEED, EVERYTHING, content, "kota.xlsx")


def below(db, root):
    return {each.slug: each for each in organisations.all_below(db, root.path)}


def counts(plan):
    return tuple(plan.counts.values())  # new, changed, same, fault


def words(plan):
    """Row and words of the one row in the way."""
    (fault,) = plan.faults
    return fault.number, fault.words


def test_a_city_comes_from_one_file(db, root, apply):
    assert counts(apply(xlsx(**FILE))) == (5, 0, 0, 0)
    unit = below(db, root)["pkm-1"]
    assert (unit.name, unit.time_zone, unit.kind) == ("Puskesmas I", "Asia/Makassar", "unit")
    services = organisations.services_of(db, unit.id)
    assert [(s.name, s.free_of_charge, s.yearly_visitors) for s in services] == [
        ("Pendaftaran", 1, 1920),
        ("Farmasi", 0, None),
    ]
    (counter,) = organisations.counters_of(db, unit.id)
    assert [each.name for each in organisations.services_at(db, counter.id)] == ["Pendaftaran", "Farmasi"]


def test_a_dry_run_writes_nothing(db, root, plan):
    assert counts(plan(xlsx(**FILE))) == (5, 0, 0, 0)
    assert below(db, root).keys() == {root.slug}


def test_the_same_file_again_changes_nothing(db, apply):
    apply(xlsx(**FILE))
    entries = len(list(audit.all_for(db, "")))
    assert counts(apply(xlsx(**FILE))) == (0, 0, 5, 0)
    assert len(list(audit.all_for(db, ""))) == entries


def test_every_row_that_changes_something_is_in_the_log(db, apply):
    apply(xlsx(**FILE))
    noted = [(entry.verb, entry.subject) for entry in audit.all_for(db, "")][::-1]
    assert noted[1:] == [
        ("add_organisation", "Dinas Kesehatan"),
        ("add_organisation", "Puskesmas I"),
        ("add_service", "Pendaftaran"),
        ("add_service", "Farmasi"),
        ("add_counter", "Loket 1"),
        ("import", "kota.xlsx"),
    ]


def test_a_changed_row_says_what_changes(db, root, apply, plan):
    apply(xlsx(**FILE))
    changed = csv("Organisasi", "pkm-1;dinkes;unit;Puskesmas Satu;;;WIB")
    (row,) = plan(changed).rows
    assert row.outcome == "changed"
    assert row.words == "nama “Puskesmas I” menjadi “Puskesmas Satu”; zona waktu “WITA” menjadi “WIB”"
    apply(changed)
    unit = below(db, root)["pkm-1"]
    assert (unit.name, unit.time_zone) == ("Puskesmas Satu", "Asia/Jakarta")
    assert [each.name for each in organisations.names_of(db, unit.id)] == ["Puskesmas I"]


def test_a_column_that_is_missing_changes_nothing_and_an_empty_cell_empties(db, root, apply):
    apply(xlsx(**FILE))
    apply(b"kode;induk;jenis;nama;telepon\ndinkes;;perangkat daerah;Dinas Kesehatan;")
    agency = below(db, root)["dinkes"]
    assert (agency.address, agency.phone) == ("Jalan Maruti 8", "")


def test_a_moved_agency_takes_everything_below_it_along(db, root, apply):
    apply(xlsx(**FILE))
    apply(
        csv(
            "Organisasi",
            "dinkes;setda;perangkat daerah;Dinas Kesehatan;;;",
            "setda;;perangkat daerah;Setda;;;",
        )
    )
    found = below(db, root)
    assert found["pkm-1"].path.startswith(found["dinkes"].path)
    assert found["dinkes"].path.startswith(found["setda"].path)
    for name in ("pkm-1", "dinkes"):
        before, after = organisations.placements_of(db, found[name].id)
        assert before.path != after.path == found[name].path


def test_a_counter_changes_its_services(db, root, apply):
    apply(xlsx(**FILE))
    plan = apply(csv("Loket", "pkm-1;loket 1;Farmasi"))
    assert plan.rows[0].words == (
        "nama “Loket 1” menjadi “loket 1”; layanan “Pendaftaran; Farmasi” menjadi “Farmasi”"
    )
    (counter,) = organisations.counters_of(db, below(db, root)["pkm-1"].id)
    assert [each.name for each in organisations.services_at(db, counter.id)] == ["Farmasi"]


def test_one_faulty_row_stops_the_whole_file(db, root, apply):
    file = FILE | {"Loket": [["pkm-1", "Loket 1", "Radiologi"]]}
    with pytest.raises(Problem, match="import_faulty") as stopped:
        apply(xlsx(**file))
    assert (stopped.value.details["sheet"], stopped.value.details["row"]) == ("Loket", 2)
    assert below(db, root).keys() == {root.slug}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x;nowhere;unit;X;;;", "induk “nowhere” tidak ada di berkas ini maupun di server"),
        ("x;;unit;X;;;", "induk kosong"),
        ("x;kota-denpasar;unit;X;;;", "induk unit harus perangkat daerah; “kota-denpasar” adalah pemerintah"),
        ("x;pkm-1;perangkat daerah;X;;;", "induk perangkat daerah harus pemerintah daerah atau perangkat"),
        ("pkm-1;dinkes;unit;Kembar;;;", "kode “pkm-1” sudah dipakai di baris 3"),
        (
            "x;;kantor;X;;;",
            "jenis “kantor” tidak dikenal; pilihannya: pemerintah daerah, perangkat daerah, unit",
        ),
        ("x;;;X;;;", "jenis kosong"),
        ("x;;perangkat daerah;;;;", "nama kosong"),
        ("x;;perangkat daerah;-;;;", "kolom nama: nama harus memuat huruf"),
        (";;perangkat daerah;X;;;", "kode kosong"),
        ("a b;;perangkat daerah;X;;;", "kolom kode: kode “a b” hanya boleh"),
        ("x;;perangkat daerah;X;;;GMT", "zona waktu “GMT” tidak dikenal; pilihannya: WIB, WITA, WIT"),
        ("x;;perangkat daerah;=1+1;;;", "kolom nama berisi rumus; tempelkan nilainya saja"),
        ("x;;pemerintah daerah;X;;;", "pemerintah daerah sudah ada, dengan kode “kota-denpasar”"),
        ("x;x;perangkat daerah;X;;;", "induk berputar: x → x"),
    ],
)
def test_what_is_wrong_with_an_organisation_is_said_with_its_row(plan, row, said):
    number, found = words(plan(csv("Organisasi", *ORGANISATIONS, row)))
    assert number == 4
    assert found.startswith(said)


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        ("Layanan", "pkm-9;X;;;", "unit “pkm-9” tidak ada di berkas ini maupun di server"),
        ("Layanan", "dinkes;X;;;", "“dinkes” adalah perangkat daerah, bukan unit"),
        ("Layanan", ";X;;;", "unit kode kosong"),
        ("Layanan", "pkm-1;X;lewat pos;;", "saluran “lewat pos” tidak dikenal"),
        ("Layanan", "pkm-1;X;;mungkin;", "gratis “mungkin” tidak dikenal; pilihannya: ya"),
        ("Layanan", "pkm-1;X;;;1.5", "pengunjung setahun “1.5” bukan bilangan bulat"),
        ("Layanan", "pkm-1;X;;;0", "pengunjung setahun “0” bukan bilangan bulat"),
        ("Loket", "pkm-1;X;", "layanan kosong; tuliskan paling sedikit satu"),
        ("Loket", "pkm-1;X;Radiologi", "layanan “Radiologi” tidak ada di unit ini"),
    ],
)
def test_what_is_wrong_with_a_service_or_a_counter_is_said(apply, plan, sheet, row, said):
    apply(xlsx(**FILE))
    number, found = words(plan(csv(sheet, row)))
    assert number == 2
    assert found.startswith(said)


def test_names_twice_in_a_unit_are_refused_in_either_case(apply, plan):
    apply(xlsx(**FILE))
    assert words(plan(csv("Layanan", "pkm-1;Gigi;;;", "pkm-1;GIGI;;;")))[0] == 3


def test_a_ring_of_agencies_is_named_with_all_its_rows(plan):
    found = plan(csv("Organisasi", "a;b;opd;A;;;", "b;c;opd;B;;;", "c;a;opd;C;;;"))
    (fault,) = found.faults
    assert fault.words.startswith("induk berputar: a → b → c → a; 2 perangkat daerah lain")
    assert [row.name for row in fault.waiting] == ["B", "C"]


def test_a_ring_through_what_the_server_has_is_found(apply, plan):
    apply(csv("Organisasi", "a;;opd;A;;;", "b;a;opd;B;;;"))
    assert "induk berputar" in words(plan(csv("Organisasi", "a;b;opd;A;;;")))[1]


def test_rows_below_a_faulty_one_name_it(plan):
    found = plan(csv("Organisasi", "a;nowhere;opd;A;;;", "b;a;unit;B;;;"))
    assert [(row.outcome, row.words) for row in found.rows][1:] == [
        ("waiting", "menunggu Organisasi baris 2")
    ]


def test_a_tree_that_is_too_deep_is_refused(plan):
    rows = [f"a{n};{f'a{n - 1}' if n else ''};opd;A{n};;;" for n in range(9)]
    assert plan(csv("Organisasi", *rows)).faults[0].words == (
        "pohon organisasi paling banyak 8 tingkat; 1 perangkat daerah di bawahnya ikut tertunda"
    )


def test_a_long_chain_is_judged_at_once(plan):
    rows = [f"a{n};a{n + 1};opd;A;;;" for n in range(20_000)]
    started = time.monotonic()
    (fault,) = plan(csv("Organisasi", *rows)).faults
    assert len(fault.waiting) == 19_999
    assert time.monotonic() - started < 10


def test_what_was_closed_is_not_brought_back_by_a_file(db, apply, plan):
    apply(xlsx(**FILE))
    close_organisation(db, DEED, "pkm-1", None)
    found = plan(xlsx(**FILE))
    (fault,) = found.faults
    assert fault.words.startswith("kode “pkm-1” milik organisasi yang sudah ditutup; 2 layanan dan 1 loket")


def test_without_a_government_the_file_may_bring_it(db):
    file = csv("Organisasi", "kota;;pemerintah daerah;Kota Baru;;;WIT", "d;;perangkat daerah;Dinas;;;")
    spreadsheet.apply_import(db, DEED, EVERYTHING, file, "kota.csv")
    root = organisations.find_root(db)
    assert (root.slug, root.time_zone) == ("kota", "Asia/Jayapura")
    assert organisations.find(db, "d").parent_id == root.id


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_as_spreadsheets_write_it(plan, mark, encoding):
    found = plan(csv("Organisasi", "d;;opd;Café Dinas;;;", encoding=encoding, mark=mark))
    assert counts(found) == (1, 0, 0, 0)
    assert bool(found.notes) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "import_empty"),
        (csv("Organisasi"), "import_empty"),
        (xlsx(Organisasi=[], Layanan=[], Loket=[]), "import_empty"),
        (csv("Organisasi", "d;;opd;Dinas;;;").decode().encode("utf-32"), "import_encoding"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "import_encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook", "import_old_excel"),
        (b"PK\x03\x04 not a workbook", "import_unreadable"),
        (b"nama;alamat\nDinas;Jalan", "import_columns"),
        (b"\xef\xbb\xbf\n<html><table><tr><td>kode</td></tr></table></html>", "import_web_page"),
        (xlsx(Organisasi=[["d"]])[:-200], "import_unreadable"),
        (b'kode;induk;jenis;nama\nd;;opd;"Dinas', "csv_unreadable"),
        (b"x" * 20_000_001, "import_too_large"),
    ],
    ids=[
        "0 bytes",
        "heads",
        "sheets",
        "utf-32",
        "png",
        "xls",
        "zip",
        "columns",
        "html",
        "cut",
        "quote",
        "large",
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(plan, content, key):
    with pytest.raises(Problem, match=key):
        plan(content)


def bomb(part: str, content: bytes) -> bytes:
    """A workbook of which one part is something else."""
    file, whole = io.BytesIO(), zipfile.ZipFile(io.BytesIO(xlsx(Organisasi=[["d", "", "opd", "Dinas"]])))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name in whole.namelist():
            out.writestr(name, content if name == part else whole.read(name))
    return file.getvalue()


def test_a_file_that_unpacks_to_too_much_is_never_unpacked(plan):
    sent = bomb("xl/styles.xml", b" " * 200_000_001)
    assert len(sent) < 300_000
    with pytest.raises(Problem, match="import_unpacked"):
        plan(sent)


def test_entities_that_grow_are_refused(plan):
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 30}">' for n in range(1, 9))
    text = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a0 "boom">{levels}]><worksheet>&a8;</worksheet>'
    with pytest.raises(Problem, match="import_definitions"):
        plan(bomb("xl/worksheets/sheet1.xml", text.encode()))


def test_formulas_dates_and_errors_in_cells_are_refused_by_their_column(plan):
    rows = [["d", "", "opd", '=CONCATENATE("Di","nas")'], [date(2026, 1, 2), "", "opd", "Dinas"]]
    found = plan(xlsx(Organisasi=[*rows, ["e", "", "opd", "#REF!"]]))
    assert [(row.number, row.words) for row in found.faults] == [
        (2, "kolom nama berisi rumus; tempelkan nilainya saja"),
        (3, "kolom kode berisi tanggal atau jam; ubah format selnya menjadi teks"),
        (4, "kolom nama berisi galat lembar kerja, seperti #REF!"),
    ]


def test_titles_hidden_rows_merged_cells_and_gaps_keep_the_row_numbers_of_the_spreadsheet(plan):
    book = openpyxl.Workbook()
    page = book.active
    page.title = " organisasi "
    page["B2"] = "Daftar perangkat daerah"
    page.merge_cells("B2:E2")
    for column, head in enumerate(("Nama *", "KODE", "Jenis", "Induk", "catatan"), 2):
        page.cell(4, column, head)
    for column, text in enumerate(("Dinas", 102, "opd", None, "=NOW()"), 2):
        page.cell(9, column, text)
    page.row_dimensions[9].hidden = True
    page["ZZ1048576"] = "far away"
    found = plan(saved(book))
    assert [(row.number, row.outcome) for row in found.rows] == [(9, "new")]
    assert found.notes[1:] == ("Lembar Organisasi: kolom catatan tidak dikenal dan tidak dibaca.",)


def test_a_column_that_is_there_twice_is_refused(plan):
    content = b"kode;induk;jenis;nama;nama\nd;;opd;Dinas;Badan"
    assert words(plan(content)) == (1, "kolom nama ada dua kali")


def test_more_rows_than_the_limit_are_refused_with_the_limit(plan):
    rows = [f"d{n};;opd;Dinas {n};;;" for n in range(100_001)]
    with pytest.raises(Problem, match="import_too_long") as refused:
        plan(csv("Organisasi", *rows))
    assert refused.value.details["limit"] == "100.000"


def test_five_thousand_rows_come_in_at_once(db, apply):
    rows = [[f"u{n}", "d", "unit", f"Unit {n}"] for n in range(1_666)]
    file = xlsx(
        Organisasi=[["d", "", "opd", "Dinas"], *rows],
        Layanan=[[row[0], "Pelayanan"] for row in rows],
        Loket=[[row[0], "Loket", "Pelayanan"] for row in rows],
    )
    assert counts(apply(file)) == (4_999, 0, 0, 0)


def test_the_template_explains_itself_and_brings_nothing(db, plan):
    content = blank_template().content
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == [
        "Organisasi", "Layanan", "Loket", "Petugas", "Petunjuk", "Contoh",
    ]  # fmt: skip
    with pytest.raises(Problem, match="import_empty"):
        plan(content)


@pytest.fixture
def denpasar(tmp_path, monkeypatch):
    """The demo city, of one year."""
    monkeypatch.setattr(build, "YEARS", 1)
    db = a_database(tmp_path / "demo.sqlite")
    build_demo(db, date(2026, 1, 5))
    yield db
    db.close()


def shape(db):
    """The tree, the services and the counters by their names."""
    root = organisations.find_root(db)
    by_id = {each.id: each for each in organisations.all_below(db, root.path)}
    slug = {None: ""} | {key: each.slug for key, each in by_id.items()}
    counters = organisations.all_counters(db, root.path)
    return (
        [
            (o.slug, slug[o.parent_id], o.kind, o.name, o.address, o.phone, o.time_zone)
            for o in by_id.values()
        ],
        [(slug[s.unit_id], *list(vars(s).values())[2:]) for s in organisations.all_services(db, root.path)],
        [(slug[c.unit_id], c.name, [s.name for s in organisations.services_at(db, c.id)]) for c in counters],
    )


def test_denpasar_goes_out_and_comes_in_as_it_was(denpasar, db, root):
    sent = spreadsheet.export_organisations(denpasar, NOON)
    with writing(db):
        db.execute("UPDATE organisations SET slug = 'pemerintah-kota-denpasar'")
    assert counts(spreadsheet.apply_import(db, DEED, EVERYTHING, sent.content, sent.name)) == (220, 1, 0, 0)
    assert shape(db) == shape(denpasar)
    assert spreadsheet.export_organisations(db, NOON).content == sent.content


def test_what_was_exported_is_the_same_for_every_row(denpasar):
    sent = spreadsheet.export_organisations(denpasar, NOON)
    assert counts(spreadsheet.plan_import(denpasar, EVERYTHING, sent.content, sent.name, NOON)) == (
        0,
        0,
        221,
        0,
    )


def test_a_kept_file_is_found_by_its_officer_for_a_day(db, root):
    key = spreadsheet.store_upload(db, DEED, b"\x00 any bytes", "kota.xlsx")
    assert spreadsheet.get_upload(db, DEED.by, key).content == b"\x00 any bytes"
    with pytest.raises(Problem, match="upload_gone"):
        spreadsheet.get_upload(db, Actor("somebody else", "Ayu", "admin"), key)
    spreadsheet.store_upload(db, Deed(DEED.by, NOON.replace(day=17)), b"next", "kota.xlsx")
    with pytest.raises(Problem, match="upload_gone"):
        spreadsheet.get_upload(db, DEED.by, key)


def test_a_field_is_read_from_its_word_and_written_as_one(db, root, apply, plan):
    agency = ["dinkes", "", "perangkat daerah", "Dinas Kesehatan", "", "", ""]
    apply(xlsx(Organisasi=[[*agency, "kesehatan"]]))
    assert below(db, root)["dinkes"].field == "kesehatan"
    (row,) = plan(xlsx(Organisasi=[[*agency, "Pendidikan"]])).rows
    assert row.words == "bidang “Kesehatan” menjadi “Pendidikan”"
    assert words(plan(xlsx(Organisasi=[[*agency, "Sihir"]])))[1].startswith("bidang “Sihir” tidak dikenal")
