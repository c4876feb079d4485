"""The catalogues say everything and nothing else, and what they say reaches the page."""

import shutil
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from skm.i18n import check, formats
from skm.i18n.words import CATALOGUES, LANGUAGES, known
from skm.tables import sentence

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
WANTED = {"Kirim": "templates/a.html:1", "Diterima %(date)s": "templates/a.html:2", "{n} huruf": "skm/a.py:3"}
GOOD = """\
msgid "Kirim"
msgstr "Send"

msgid "Diterima %(date)s"
msgstr "Received on %(date)s"

msgid "{n} huruf"
msgstr "{n} letters"
"""


@pytest.fixture
def faults(tmp_path: Path):
    """What the check says of a catalogue with these entries."""

    def of(entries: str) -> list[str]:
        path = tmp_path / "en.po"
        path.write_text(HEAD + entries, encoding="utf-8")
        return list(check.faults(path, WANTED))

    return of


def test_the_catalogues_of_the_house_are_complete(capsys):
    assert check.main([]) == 0, capsys.readouterr().out


def test_a_complete_catalogue_has_no_faults(faults):
    assert faults(GOOD) == []


def test_a_missing_sentence_is_named_with_the_place_that_uses_it(faults):
    (fault,) = faults(GOOD.replace('msgid "Kirim"\nmsgstr "Send"', ""))
    assert fault == "templates/a.html:1: en.po lacks “Kirim”; take it up with --update and translate it"


def test_a_superfluous_sentence_is_named_with_its_line(faults):
    (fault,) = faults(GOOD + '\nmsgid "Lama"\nmsgstr "Old"\n')
    assert "en.po:14: “Lama” is used nowhere" in fault


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('"Send"', '""', "has no translation"),
        ('msgid "Kirim"', '#, fuzzy\nmsgid "Kirim"', "is marked fuzzy"),
        ("on %(date)s", "on %(day)s", "has %(date)s, its translation %(day)s"),
        ("on %(date)s", "today", "has %(date)s, its translation none"),
        ("{n} letters", "{n} of {m} letters", "has {n}, its translation {m} {n}"),
        ('"Send"', '"Send 100 %"', "has no placeholder, its translation %"),
    ],
)
def test_a_translation_that_cannot_be_shown_is_a_fault(faults, right, wrong, words):
    (fault,) = faults(GOOD.replace(right, wrong))
    assert words in fault


def test_the_check_fails_for_a_catalogue_with_a_fault(tmp_path, monkeypatch, capsys):
    for catalogue in CATALOGUES.glob("*.po"):
        shutil.copy(catalogue, tmp_path)
    with (tmp_path / "ban.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgid "Lama"\nmsgstr "Lami"\n')
    monkeypatch.setattr(check, "CATALOGUES", tmp_path)
    assert check.main([]) == 1
    assert "“Lama” is used nowhere" in capsys.readouterr().out


def test_an_update_takes_up_what_is_new_and_sets_aside_what_is_old(tmp_path):
    path = tmp_path / "en.po"
    path.write_text(HEAD + '# A note.\nmsgid "Kirim"\nmsgstr "Send"\n\nmsgid "Lama"\nmsgstr "Old"\n')
    check.update(path, WANTED)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(HEAD)
    assert '# A note.\nmsgid "Kirim"\nmsgstr "Send"' in text
    assert '#~ msgid "Lama"\n#~ msgstr "Old"' in text
    assert ["has no translation" in fault for fault in check.faults(path, WANTED)] == [True, True]


@pytest.mark.parametrize("catalogue", ["en.po", "ban.po"])
def test_an_update_without_news_changes_nothing(tmp_path, catalogue):
    path = Path(shutil.copy(CATALOGUES / catalogue, tmp_path))
    check.update(path, check.sentences())
    assert path.read_text(encoding="utf-8") == (CATALOGUES / catalogue).read_text(encoding="utf-8")


def test_balinese_says_that_it_is_a_draft():
    assert "A DRAFT" in (CATALOGUES / "ban.po").read_text(encoding="utf-8").splitlines()[0]


def test_a_sentence_of_a_table_is_found_without_a_mark(tmp_path):
    (tmp_path / "skm").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "skm" / "a.py").write_text(
        'OTHER = {"a": "Bukan"}\nSENTENCES = {\n    "b": "Pilih " "satu",\n}\n'
    )
    assert check.sentences(tmp_path) == {"Pilih satu": "skm/a.py:3"}


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "jawaban untuk pertanyaan 4"), ("en", "answer to question 4"), ("ban", "cawisan pitaken 4")],
)
def test_a_sentence_is_filled_in_in_each_language(language, words):
    assert words in sentence("score_missing", {"number": 4}, language)


@pytest.mark.parametrize(
    ("language", "number", "count"),
    [("id", "84,12", "1.234"), ("ban", "84,12", "1.234"), ("en", "84.12", "1,234")],
)
def test_numbers_are_written_as_the_reader_expects(language, number, count):
    assert formats.number(Decimal("84.12"), language=language) == number
    assert formats.count(1234, language) == count


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_is_written_in_full(language):
    assert formats.date(date(2026, 11, 22), language) == "22 November 2026"


def test_a_moment_is_a_day_and_a_clock():
    assert formats.moment(datetime.fromisoformat("2026-05-04T10:15+08:00")) == "4 Mei 2026 10.15"


def test_a_moment_may_say_its_zone():
    moment = datetime(2026, 5, 4, 10, 15, tzinfo=ZoneInfo("Asia/Makassar"))
    assert formats.zoned_moment(moment) == "4 Mei 2026 10.15 WITA"
    assert formats.zoned_moment(moment, " pukul ") == "4 Mei 2026 pukul 10.15 WITA"


def test_what_does_not_exist_is_said_in_words():
    assert formats.number(None) == formats.count(None) == "belum ada data"


@pytest.mark.parametrize(
    ("language", "heading", "button"),
    [
        ("id", "Bagaimana pelayanan yang Anda terima?", "Kirim penilaian"),
        ("en", "How was the service you received?", "Send my rating"),
        ("ban", "Sapunapi palayanan sane katampi olih Jero?", "Kirim panilaian"),
    ],
)
def test_the_form_speaks_the_language_asked_for(tamu, city, language, heading, button):
    tamu.get(f"/s/{city.token}?lang={language}")
    assert tamu.page.get("lang") == language
    assert tamu.page.findtext(".//h1") == heading
    assert button in tamu.words


@pytest.mark.parametrize(("language", "words"), [("en", "Very easy"), ("ban", "Dangan pisan")])
def test_nothing_on_a_translated_form_is_left_in_indonesian(tamu, city, language, words):
    tamu.get(f"/s/{city.wide_token}?lang={language}")
    assert words in tamu.words
    for indonesian in ("Anda", "pelayanan ", "boleh", "Sangat"):
        assert indonesian not in tamu.words


@pytest.mark.parametrize("asked", ["", "?lang=", "?lang=fr", "?lang=EN", "?lang=../en"])
def test_an_unknown_language_falls_back_to_indonesian(tamu, city, asked):
    tamu.get(f"/s/{city.token}{asked}")
    assert tamu.page.get("lang") == "id"
    assert "Kirim penilaian" in tamu.words


def test_a_missing_answer_is_asked_for_in_the_language_of_the_form(tamu, city):
    tamu.post(f"/s/{city.token}?lang=en", tamu.open_form(city.token, "en"), 422)
    assert "Choose one answer to question 4" in tamu.words
    assert "Please check the following" in tamu.words


def test_an_error_page_speaks_the_language_asked_for(tamu):
    tamu.get("/tidak-ada?lang=en", 404)
    assert tamu.page.get("lang") == "en"
    assert "Page not found" in tamu.words


def test_a_language_is_known_only_by_its_exact_code():
    assert [known(code) for code in ("ban", "EN", None)] == ["ban", "id", "id"]
