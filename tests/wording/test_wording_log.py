"""The log in words: what happened, by whom, and what it changed."""

import json

import pytest

from skm.store.audit import Entry
from skm.survey.organisation import Organisation
from skm.wording.log import FieldChange, LogWords, cells, line, sought

CITY = Organisation("g", None, "g/", "government", "kota", "Kota", "", "", "Asia/Makassar")

WORDS = LogWords(
    {"rename_organisation": "Mengganti nama organisasi", "close_counter": "Menutup loket"},
    {"name": "nama", "closed": "ditutup", "free_of_charge": "tidak dipungut biaya"},
)


def an_entry(
    verb: str = "rename_organisation", officer: str | None = "o", **sides: dict[str, object]
) -> Entry:
    """What Ayu did at half past seven in the morning of Bali."""
    before, after = (json.dumps(sides[side]) if side in sides else "" for side in ("before", "after"))
    return Entry(
        "e", "2026-06-14T23:30:00+00:00", officer, "Ayu", "admin", "g/", verb, "Loket 1", before, after
    )


def test_an_entry_says_when_who_and_what():
    words = line(an_entry(), CITY, WORDS)
    assert (words.at, words.officer, words.role) == ("15 Juni 2026 07.30", "Ayu", "Admin")
    assert (words.act, words.subject, words.changes) == ("Mengganti nama organisasi", "Loket 1", ())


def test_what_nobody_did_the_server_did():
    assert line(an_entry(officer=None), CITY, WORDS).officer == "Server"


def test_a_verb_without_words_stands_as_it_is():
    assert line(an_entry("sing"), CITY, WORDS).act == "sing"


def test_a_change_names_the_field_and_both_values():
    entry = an_entry(before={"name": "Lama", "id": "x"}, after={"name": "Baru", "path": "g/"})
    assert line(entry, CITY, WORDS).changes == (FieldChange("nama", "Lama", "Baru"),)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "ya"),
        (False, "tidak"),
        (None, "–"),
        ("", "–"),
        (12, "12"),
        ("2026-01-01", "1 Januari 2026"),
        ("2026-06-15T16:00:00+00:00", "16 Juni 2026 00.00"),
        ("Asia/Makassar", "WITA"),
        ("face_to_face", "tatap muka"),
        ("unit", "unit"),
        ("exact", "tepat"),
    ],
)
def test_values_are_said_in_words(value, words):
    (change,) = line(an_entry(after={"closed": value}), CITY, WORDS).changes
    assert (change.name, change.before, change.after) == ("ditutup", "", words)


def test_a_row_of_the_download_has_both_sides_in_one_cell_each():
    entry = an_entry(before={"name": "Lama"}, after={"name": "Baru", "free_of_charge": True})
    assert cells(entry, CITY, WORDS)[5:] == ("nama: Lama", "nama: Baru; tidak dipungut biaya: ya")


def test_words_are_looked_for_among_verbs_and_roles_too():
    (word,) = sought("kepala", WORDS)
    assert (word.word, word.codes) == ("kepala", ["unit_head"])
    assert "close_counter" in sought("menutup", WORDS)[0].codes
