"""The pages of papers, as they work without a script: a form that is filled in and sent."""

from dataclasses import replace

import pytest

from skm.figures import paper_batches
from skm.store import papers, responses
from skm.usecases.deed import Actor
from tests.builders import an_organisation
from tests.papers import (
    KEYED,
    a_batch,
    a_counted_batch,
    a_deed,
    a_finished_batch,
    check_all,
)

STACK = {"day": "2026-06-12", "part": "8", "language": "id", "sheets": "2"}
SHEET = {f"P{n}": score for n, score in enumerate(KEYED, 1)}


@pytest.fixture
def rekan(db, city):
    """A colleague without a browser."""
    return a_deed(db, city)


def place(city) -> str:
    return f"{city.counter.id}/{city.services[0].id}"


def list_of(city) -> str:
    return f"/units/{city.unit.slug}/papers"


def last(db, city):
    return papers.all_for(db, city.unit.id)[0]


def by_script(visitor, address, **given):
    """What the script sends and gets back."""
    visitor.get(address)
    fields = dict(visitor.page.xpath("//form[@id='keying']")[0].form_values())
    return visitor.open(address, "POST", data=fields | given, headers={"Accept": "application/json"})


def test_an_empty_list_says_what_to_do(wati, city):
    wati.get(list_of(city))
    assert "Belum ada kertas yang diketik" in wati.words
    assert wati.page.xpath("//main//a[text()='Bundel baru']")


def test_a_stack_is_opened_and_its_first_sheet_asked_for(wati, db, city):
    response = wati.send_form(f"{list_of(city)}/add", 303, place=place(city), **STACK)
    assert response.location == f"/papers/{last(db, city).id}/sheets/add"
    wati.get(response.location)
    assert "Lembar 1 dari 2 · sudah diketik: 0 Tulis nomor ini di sudut kertasnya." in wati.words


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("place", "", "Pilih salah satu dari daftar."),
        ("day", "2026-06-16", "Tanggal survei belum tiba"),
        ("day", "2025-06-16", "Tidak ada periode survei yang terbuka pada 16 Juni 2025"),
        ("day", "kemarin", "Tulis tanggal yang ada di kalender."),
        ("part", "", "Pilih salah satu dari daftar."),
        ("sheets", "0", "Tulis bilangan dari 1 sampai 500."),
        ("sheets", "dua", "Tulis bilangan bulat"),
    ],
)
def test_what_is_wrong_with_a_stack_is_said_and_the_rest_is_kept(wati, db, city, field, typed, said):
    wati.send_form(f"{list_of(city)}/add", 422, **({"place": place(city)} | STACK | {field: typed}))
    assert said in wati.words
    kept = dict(wati.page.xpath("//main//form")[0].form_values())
    assert {name: kept[name] for name in STACK if name != field}.items() <= STACK.items()
    assert papers.all_for(db, city.unit.id) == []


def test_what_is_no_date_or_number_comes_back_in_a_field_that_shows_it(wati, city):
    typed = {"place": place(city)} | STACK | {"day": "31-12-2026", "sheets": " 7"}
    wati.send_form(f"{list_of(city)}/add", 422, **typed)
    shown = [wati.page.get_element_by_id(name) for name in ("day", "sheets")]
    assert [(field.get("type"), field.get("value")) for field in shown] == [
        ("text", "31-12-2026"),
        ("text", " 7"),
    ]
    wati.send(422, day="2026-06-16")
    assert wati.page.get_element_by_id("day").get("type") == "date"


def test_a_counter_that_is_closed_by_now_says_so_and_is_still_offered(wati, db, city):
    db.execute("UPDATE counters SET closed = '2026-06-14T00:00:00+00:00' WHERE id = ?", [city.counter.id])
    db.conn.commit()
    wati.get(f"{list_of(city)}/add")
    assert "Loket 1 (sudah ditutup)" in wati.page.xpath("//optgroup/@label")
    wati.send(303, place=place(city), **STACK)


def test_sheets_are_keyed_one_after_the_other_until_the_stack_is_through(wati, db, city):
    batch = a_batch(db, city, a_deed(db, city), sheets=2)
    address = f"/papers/{batch.id}/sheets/add"
    assert wati.send_form(address, 303, **SHEET).location == address
    assert wati.send_form(address, 303, **SHEET).location == f"/papers/{batch.id}"
    wati.get(f"/papers/{batch.id}")
    assert "Lembar 2 tersimpan. Semua 2 lembar sudah diketik." in wati.words
    assert "Belum dihitung: 2 dari 2 lembar sudah diketik." in wati.words


def test_an_answer_that_was_forgotten_is_asked_for_and_nothing_is_lost(wati, db, city, rekan):
    batch = a_batch(db, city, rekan)
    given = SHEET | {"P4": "", "age": "7", "comment": "Terima kasih"}
    wati.send_form(f"/papers/{batch.id}/sheets/add", 422, **given)
    assert "Pilih satu jawaban untuk pertanyaan 4" in wati.words
    assert "Tulis angka dari 10 sampai 120" in wati.words
    kept = dict(wati.page.xpath("//form[@id='keying']")[0].form_values())
    assert (kept["P5"], kept["age"], kept["comment"]) == ("4", "7", "Terima kasih")


def test_an_empty_sheet_is_refused(wati, db, city, rekan):
    batch = a_batch(db, city, rekan)
    wati.send_form(f"/papers/{batch.id}/sheets/add", 422, **dict.fromkeys(SHEET, "-"))
    assert "Lembar ini tidak berisi satu jawaban pun" in wati.words


def test_a_script_is_told_which_sheet_comes_next(wati, db, city, rekan):
    batch = a_batch(db, city, rekan, sheets=2)
    said = by_script(wati, f"/papers/{batch.id}/sheets/add", **SHEET).json
    assert said["said"] == "Lembar 1 tersimpan."
    assert (said["following"]["number"], said["following"]["keyed"]) == (2, 1)
    done = by_script(wati, f"/papers/{batch.id}/sheets/add", **SHEET).json
    assert done == {"url": f"/papers/{batch.id}"}


def test_a_script_is_told_what_is_wrong(wati, db, city, rekan):
    batch = a_batch(db, city, rekan, sheets=2)
    response = by_script(wati, f"/papers/{batch.id}/sheets/add", **(SHEET | {"P3": "5"}))
    assert response.status_code == 422
    assert [one["field"] for one in response.json["errors"]] == ["P3"]


def test_a_reply_that_was_lost_is_sent_again_and_stays_one_sheet(wati, db, city, rekan):
    batch, key = a_batch(db, city, rekan, sheets=2), "01a212bf-5fc7-7c81-8384-1c149df46f53"
    for _ in range(2):
        said = by_script(wati, f"/papers/{batch.id}/sheets/add", sheet=key, **SHEET).json
        assert said["said"] == "Lembar 1 tersimpan."
    assert len(papers.sheets_of(db, batch.id)) == 1


def test_a_keyed_sheet_is_shown_changed_and_removed(wati, db, city, rekan):
    batch = a_batch(db, city, rekan, KEYED)
    sheet = papers.sheets_of(db, batch.id)[0]
    wati.send_form(f"/papers/{batch.id}/sheets/{sheet.id}", 303, P1="-")
    assert papers.find_sheet(db, sheet.id).scores == "-" + KEYED[1:]
    wati.send_form(f"/papers/{batch.id}/sheets/{sheet.id}/remove", 303)
    wati.get(f"/papers/{batch.id}")
    assert "Lembar 1 dihapus." in wati.words


def test_a_stack_that_does_not_agree_is_said_and_can_be_put_right(wati, db, city, rekan):
    batch = a_batch(db, city, rekan, KEYED, sheets=2)
    wati.get(f"/papers/{batch.id}")
    assert not wati.page.xpath("//button[text()='Selesai diketik']")
    wati.send_form(f"/papers/{batch.id}/edit", 303, sheets="1")
    wati.get(f"/papers/{batch.id}")
    wati.send(303)
    assert papers.find(db, batch.id).state == "checking"


def test_who_keyed_is_told_that_somebody_else_has_to_check(wati, db, city, rekan):
    batch = a_batch(db, city, rekan, sheets=1)
    wati.send_form(f"/papers/{batch.id}/sheets/add", 303, **SHEET)
    wati.send_form(f"/papers/{batch.id}", 303)
    wati.get(f"/papers/{batch.id}")
    assert "Belum dihitung: menunggu pemeriksaan orang kedua." in wati.words
    assert "Anda ikut mengetik bundel ini" in wati.words
    wati.get(f"/papers/{batch.id}/check", 409)
    assert "Pemeriksa harus orang lain" in wati.words


def test_the_second_person_sees_nothing_of_the_first_keying(budi, db, city, rekan):
    batch = a_finished_batch(db, city, rekan, "4444-4444")
    sheet = papers.sheets_of(db, batch.id)[0]
    for address in (f"/papers/{batch.id}", f"/papers/{batch.id}/check"):
        budi.get(address)
        assert not budi.page.xpath("//*[@checked or @selected]")
        assert not budi.page.xpath("//main//h2[contains(., 'Jawaban')]")
    budi.get(f"/papers/{batch.id}/sheets/{sheet.id}", 409)


def test_a_check_goes_from_difference_to_decision_to_answers(budi, db, city, rekan):
    batch = a_finished_batch(db, city, rekan, KEYED)
    on = budi.send_form(f"/papers/{batch.id}/check", 303, **(SHEET | {"P1": "1"})).location
    budi.get(on)
    assert "3 – Sesuai (ketikan pertama)" in budi.words
    assert "1 – Tidak sesuai (ketikan Anda)" in budi.words
    budi.send(422)
    assert "Pilih yang sesuai dengan kertas" in budi.words
    budi.get(on)
    assert budi.send(303, P1="second").location == f"/papers/{batch.id}"
    budi.get(f"/papers/{batch.id}")
    budi.send(303)
    assert [row["scores"] for row in db.query("SELECT scores FROM responses")] == ["1" + KEYED[1:]]


def test_where_both_are_wrong_the_sheet_is_keyed_once_more(budi, db, city, rekan):
    batch = a_finished_batch(db, city, rekan, KEYED)
    budi.get(budi.send_form(f"/papers/{batch.id}/check", 303, **(SHEET | {"P1": "1"})).location)
    assert budi.send(303, form=2).location == f"/papers/{batch.id}/check"
    assert len(paper_batches.show_progress(db, batch.id).todo) == 1


def test_the_report_has_the_counts_the_index_and_who_did_what(agus, db, city, rekan):
    batch = a_counted_batch(db, city, rekan, a_deed(db, city, "unit_head"), "4" * 9, "3" * 9, "22222222-")
    agus.get(f"/papers/{batch.id}")
    facts = {dt.text: dt.getnext().text for dt in agus.page.xpath("//dl[@class='terms']//dt")}
    assert "IKM 76,39 – Kurang Baik." in agus.words
    assert "Dari 3 lembar bundel ini saja." in agus.words
    assert (facts["Isian dibandingkan"], facts["Isian diperbaiki"]) == ("39", "0 (0,00 %)")
    assert facts["Lembar contoh"] == "3 (nomor 1, 2, 3)"
    assert (facts["Diketik"].split(";")[0], facts["Diperiksa"].split(";")[0]) == ("Wati", "Budi")
    rows = [[cell.text_content() for cell in row] for row in agus.page.xpath("//tbody/tr")]
    assert rows[0][1:] == ["0", "1", "1", "1", "0"]
    assert rows[8][1:] == ["0", "0", "1", "1", "1"]


def test_the_report_is_taken_away_as_a_table(agus, db, city, rekan):
    batch = a_counted_batch(db, city, rekan, a_deed(db, city, "unit_head"), KEYED)
    text = agus.get(f"/papers/{batch.id}.csv").get_data(as_text=True)
    assert "Loket,Loket 1\r\n" in text
    assert "Pertanyaan,Kosong,1,2,3,4\r\nP1,0,0,0,1,0\r\n" in text


def test_who_neither_keyed_nor_checked_reads_nothing_of_the_papers(budi, wati, db, city, rekan):
    batch = a_counted_batch(db, city, rekan, a_deed(db, city, "unit_head"), "4" * 9, "3" * 9, "22222222-")
    for visitor in (budi, wati):
        visitor.get(f"/papers/{batch.id}")
        assert "hanya dibaca oleh yang mengetik atau memeriksanya" in visitor.words
        assert "IKM" not in visitor.page.xpath("string(//main)")
        assert not visitor.page.xpath("//tbody")
        assert "Pertanyaan" not in visitor.get(f"/papers/{batch.id}.csv").get_data(as_text=True)


def test_who_checked_reads_the_report(budi, db, city, rekan):
    (seat,) = db.execute("SELECT id FROM officers WHERE name = 'Budi'").fetchone()
    second = replace(rekan, by=Actor(seat, "Budi", "unit_head"))
    batch = a_counted_batch(db, city, rekan, second, "4" * 9, "3" * 9)
    budi.get(f"/papers/{batch.id}")
    assert "IKM 87,50" in budi.words


def test_an_auditor_reads_and_is_offered_nothing_to_do(agus, db, city, rekan):
    batch = a_batch(db, city, rekan, KEYED, sheets=1)
    agus.get(list_of(city))
    assert not agus.page.xpath("//main//a[text()='Bundel baru']")
    agus.get(f"/papers/{batch.id}")
    assert not agus.page.xpath("//main//form | //main//a[contains(@href, 'sheets')]")


def test_a_list_says_what_does_not_count_yet(wati, db, city, rekan):
    a_batch(db, city, rekan, KEYED)
    second = a_deed(db, city, "unit_head")
    a_counted_batch(db, city, rekan, second)
    check_all(db, second, a_finished_batch(db, city, rekan))
    wati.get(list_of(city))
    assert "2 bundel belum dihitung (4 lembar)." in wati.words
    assert "Belum dihitung: menunggu pemeriksaan orang kedua" in wati.words
    assert responses.count_all(db) == 3


def test_a_batch_is_discarded_with_its_reason_in_sight(wati, db, city, rekan):
    batch = a_batch(db, city, rekan, KEYED)
    wati.send_form(f"/papers/{batch.id}/discard", 303, why="terketik dua kali")
    wati.get(f"/papers/{batch.id}")
    assert "Dibuang, tidak dihitung." in wati.words
    assert "terketik dua kali" in wati.words


def test_a_batch_of_another_unit_is_behind_a_lock(signed_in, db, city, rekan):
    other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    db.conn.commit()
    batch = a_batch(db, city, rekan, KEYED)
    signed_in("unit_head", other).get(f"/papers/{batch.id}", 403)


def test_papers_are_found_from_the_navigation(wati, budi, city):
    for officer in (wati, budi):
        officer.get(list_of(city))
        assert officer.page.xpath("//nav[@aria-label='Utama']//a[text()='Kertas']/@aria-current") == ["page"]
