"""Batches of papers in words: values in, sentences out."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from skm import ikm
from skm.survey.instrument_file import load
from skm.survey.organisation import Counter, Organisation, Service
from skm.survey.paper import Batch, BatchDetails, Check, CheckProgress, Difference, Sheet
from skm.wording import papers

INSTRUMENT = load("permenpan-14-2017")
UNIT = Organisation("u", "g", "g/u/", "unit", "puskesmas", "Puskesmas", "", "", "Asia/Makassar")
OPENED = "2026-06-15T04:00:00+00:00"  # noon in Bali
BATCH = Batch(
    "b", "u", 3, "c", "s", "permenpan-14-2017", "2026-06-12", 8, "id", 3, OPENED, "o", "Wati"
)  # fmt: skip
SHEETS = tuple(Sheet(f"s{n}", "b", n, "o", "Wati", OPENED, "344443434", "", "", drawn=1) for n in (1, 2, 3))
NOTHING = CheckProgress((), (), ())
TODO = CheckProgress(SHEETS, (), ())
CHECKS = tuple(Check(sheet.id, "b", "p", "Budi", OPENED, 13) for sheet in SHEETS)
WRONG = Difference("s2", "P1", "b", "3", "1", "1", "p", "Budi", OPENED)


def details(batch: Batch = BATCH, sheets: tuple[Sheet, ...] = SHEETS) -> BatchDetails:
    """What is known of Wati's batch."""
    service = Service("s", "u", "Farmasi", "face_to_face", True, None)
    return BatchDetails(batch, UNIT, Counter("c", "u", "Loket 1"), service, INSTRUMENT, sheets, {"o": "Wati"})


KEYED = replace(BATCH, keyed=OPENED)
COUNTED = replace(KEYED, counted=OPENED)
DISCARDED = replace(KEYED, discarded=OPENED, why="terketik dua kali")


@pytest.mark.parametrize(
    ("batch", "progress", "sentence"),
    [
        (BATCH, NOTHING, "Belum dihitung: 3 dari 3 lembar sudah diketik."),
        (KEYED, TODO, "Belum dihitung: menunggu pemeriksaan orang kedua."),
        (KEYED, replace(TODO, checks=CHECKS), "Belum dihitung: pemeriksaan tinggal diselesaikan."),
        (COUNTED, replace(TODO, checks=CHECKS), "Sudah dihitung."),
        (DISCARDED, TODO, "Dibuang, tidak dihitung."),
    ],
)
def test_a_batch_says_how_far_it_is(batch, progress, sentence):
    assert papers.state(details(batch), progress) == sentence


def test_a_list_says_how_many_do_not_count_yet():
    known = [(BATCH, 1200), (KEYED, 34), (COUNTED, 9), (DISCARDED, 9)]
    assert papers.waiting(known) == "2 bundel belum dihitung (1.234 lembar)."
    assert papers.waiting(known[2:]) == "Semua bundel sudah dihitung atau dibuang."


def test_a_batch_has_a_name_a_place_and_a_day():
    assert papers.name(BATCH) == "Bundel 3"
    assert papers.place_and_day(details()) == "Puskesmas, Loket 1, Farmasi, 12 Juni 2026."


def test_what_is_known_of_a_batch_follows_its_state():
    known = dict(papers.particulars(details(), NOTHING))
    assert known["Tanggal dan jam survei"] == "12 Juni 2026, 08.00–12.00"
    assert known["Kuesioner"].endswith("; formulir bahasa Indonesia")
    assert (known["Dibuka"], known["Diketik"]) == ("Wati, 15 Juni 2026 12.00", "Wati")
    assert known.keys().isdisjoint({"Lembar contoh", "Diperiksa", "Dibuang"})
    known = dict(papers.particulars(details(DISCARDED), TODO))
    assert known["Diketik"] == "Wati; selesai 15 Juni 2026 12.00"
    assert (known["Lembar contoh"], known["Dibuang"]) == (
        "3 (nomor 1, 2, 3)",
        "15 Juni 2026 12.00: terketik dua kali",
    )


def test_a_check_says_who_how_much_and_what_was_wrong():
    known = dict(papers.particulars(details(COUNTED), CheckProgress(SHEETS, CHECKS, (WRONG,))))
    assert known["Diperiksa"] == "Budi; selesai 15 Juni 2026 12.00"
    assert (known["Isian dibandingkan"], known["Selisih ditemukan"]) == ("39", "1")
    assert known["Isian diperbaiki"] == "1 (2,56 %)"


@pytest.mark.parametrize(
    ("field", "value", "label", "words"),
    [
        ("P1", "3", "Pertanyaan 1", "3 – Sesuai"),
        ("P9", "-", "Pertanyaan 9", "kosong"),
        ("sex", "P", "Jenis Kelamin", "Perempuan"),
        ("sex", "-", "Jenis Kelamin", "kosong"),
        ("age", "41", "Usia", "41"),
    ],
)
def test_a_field_and_its_value_are_those_of_the_paper(field, value, label, words):
    assert papers.label(INSTRUMENT, field).startswith(label)
    assert papers.reading(INSTRUMENT, field, value) == words


def test_a_difference_has_both_readings_and_the_right_one():
    words = papers.difference(INSTRUMENT, WRONG)
    assert (words.first, words.second, words.chosen) == ("3 – Sesuai", "1 – Tidak sesuai", "1 – Tidak sesuai")
    assert (words.label, words.wrong, words.officer) == ("Pertanyaan 1", True, "Budi")
    assert papers.difference(INSTRUMENT, replace(WRONG, chosen=None)).chosen == ""


def test_the_file_has_what_is_known_and_every_question_with_its_counts():
    tally = ikm.tally(b"344443434" * 2 + b"34444343-", 9, 4)
    measure = ikm.Measure(3, "exact", (), Fraction(90), Decimal("90.00"), "A", {}, False, None)
    rows = papers.table(details(COUNTED), TODO, tally, measure)
    assert ("IKM", "90,00") in rows
    assert ("Jawaban", "3") in rows
    assert ("Pertanyaan", "Kosong", "1", "2", "3", "4") in rows
    assert rows[-1] == ("P9", "1", "0", "0", "0", "2")
    assert papers.table(details(), NOTHING, None, None)[-1] == ("Lembar diketik", "3")
