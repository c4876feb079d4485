"""A questionnaire file made by an office itself: what it may say, and how it is found."""

import codecs
from fractions import Fraction
from pathlib import Path

import pytest

from skm.survey import instrument_file
from skm.survey.instrument import Instrument, InstrumentError, ProfileField
from skm.survey.instrument_file import load, parse

KELURAHAN = Path(__file__).with_name("kelurahan.toml")
ONLINE = Path(instrument_file.__file__).with_name("instruments") / "skm-online-16.toml"
SMALL = KELURAHAN.read_text("utf-8")


def small(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def weights(written: str) -> str:
    return small('elements = ["U1", "U2"]', f'elements = ["U1", "U2"]\nweights = {written}')


def lone(text: str) -> Instrument:
    (instrument,) = parse(text, "survei.toml")
    return instrument


def test_only_indonesian_is_required() -> None:
    assert lone(SMALL).items[0].text == {"id": "Prosedurnya?"}


def test_an_empty_translation_counts_as_missing() -> None:
    assert lone(small('"Procedure"', '" "')).element("U2").name == {"id": "Prosedur"}


def test_an_empty_list_of_translated_options_counts_as_missing() -> None:
    assert lone(SMALL).items[1].options[0] == {"id": "Buruk"}


def test_a_shared_set_of_options_serves_an_item() -> None:
    assert [option["id"] for option in lone(SMALL).items[0].options][3] == "Sangat mudah"


def test_a_line_of_help_belongs_to_its_item() -> None:
    helped = lone(
        small('text = { id = "Prosedurnya?" }', 'text = { id = "Prosedurnya?" }\nhelp = { id = "Alur." }')
    )
    assert [item.help for item in helped.items[:2]] == [{"id": "Alur."}, {}]


def test_an_element_finds_its_answers_by_code() -> None:
    assert (lone(SMALL).positions("U1"), lone(SMALL).positions("U2")) == ((1,), (0,))


def test_an_index_is_graded_unless_the_file_says_otherwise() -> None:
    plain, ungraded = lone(SMALL), lone(small('code = "IKM"', 'code = "IKM"\ngraded = false'))
    assert (plain.main_index.graded, ungraded.main_index.graded) == (True, False)


def test_weights_are_exact_however_they_are_written() -> None:
    assert lone(weights('["9/10", 0.1]')).main_index.weights == (Fraction(9, 10), Fraction(1, 10))


def test_a_number_field_has_its_bounds() -> None:
    assert lone(SMALL).profile[0] == ProfileField("age", {"id": "Usia"}, "number", minimum=10, maximum=120)


def test_a_choice_field_has_its_choices_in_order() -> None:
    assert [choice.code for choice in lone(SMALL).profile[1].choices] == ["L", "P"]


def test_a_file_is_loaded_by_its_path() -> None:
    assert load(str(KELURAHAN)).code == "kelurahan-2"


def test_a_file_saved_on_windows_is_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "survei.toml"
    path.write_bytes(codecs.BOM_UTF8 + SMALL.replace("\n", "\r\n").encode())
    assert load(str(path)) == lone(SMALL)


def test_one_of_several_variants_is_loaded_by_its_code() -> None:
    assert load(f"{ONLINE}#skm-online-16-daring") == load("skm-online-16-daring")


def test_a_file_of_several_variants_asks_which_one() -> None:
    with pytest.raises(InstrumentError, match=r"toml#skm-online-16, .*toml#skm-online-16-daring, "):
        load(str(ONLINE))


def test_a_mistyped_code_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        InstrumentError, match=r"permenpan-14-2017, permenpan-14-2017-keseluruhan, skm-online-16"
    ):
        load("permenpan-2017")


def test_a_file_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "survei.toml"
    path.write_bytes(small("Kelurahan", "Kelurahan é").encode("latin-1"))
    with pytest.raises(InstrumentError, match=r"baris 2: berkas tidak memakai pengodean UTF-8"):
        load(str(path))
