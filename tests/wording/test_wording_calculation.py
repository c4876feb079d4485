"""The index of a file in words."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from skm.ikm import Alternative, Interval, Measure
from skm.survey.instrument_file import load
from skm.wording.calculation import remarks, verdict, weight

INSTRUMENT = load("permenpan-14-2017")
OTHERS = {"0.11": Alternative(Decimal("86.76"), "B"), "0.111": Alternative(Decimal("87.55"), "B")}
MEASURE = Measure(187, "exact", (), Fraction(8764, 100), Decimal("87.64"), "B", OTHERS, False, None)


def test_a_verdict_has_grade_and_word():
    assert verdict(MEASURE) == "87,64, mutu B (Baik)"
    assert verdict(Alternative(Decimal("4.20"), None)) == "4,20"


@pytest.mark.parametrize(("name", "words"), [("exact", "1/9"), ("0.11", "0,11"), ("0.111", "0,111")])
def test_a_convention_is_said_by_its_number(name, words):
    assert weight(name, INSTRUMENT) == words


def test_weights_of_a_questionnaire_are_no_single_number():
    own = replace(INSTRUMENT.main_index, weights=(Fraction(1, 9),) * 9)
    assert weight("exact", replace(INSTRUMENT, indices=(own,))) == "menurut kuesioner"


def test_a_reader_is_told_of_other_conventions_and_of_doubt():
    doubt = Interval(0.95, Decimal("86.10"), Decimal("88.90"), grade_certain=False)
    unsure = replace(MEASURE, grade_depends_on_weights=True, interval=doubt)
    assert list(remarks(unsure, INSTRUMENT)) == [
        "Dengan bobot 0,11: 86,76, mutu B (Baik)",
        "Dengan bobot 0,111: 87,55, mutu B (Baik)",
        "Mutu bergantung pada bobot yang dipakai.",
        "Selang kepercayaan 95 %: 86,10 sampai 88,90",
        "Mutu belum pasti: selang kepercayaannya melewati batas mutu.",
    ]
    sure = Interval(0.95, Decimal("86.10"), Decimal("88.30"), grade_certain=True)
    assert len(list(remarks(replace(MEASURE, interval=sure), INSTRUMENT))) == 3


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (
            {"by": "days", "deff": Decimal("1.83")},
            "Dihitung menurut hari: 187 jawaban setara dengan 102 yang lepas (efek rancangan 1,83).",
        ),
        ({"by": "days", "deff": Decimal("1.00")}, "Dihitung menurut hari (efek rancangan 1,00)."),
        (
            {"deff": Decimal("1.00")},
            "Tanggal jawaban tidak diketahui: setiap jawaban dianggap lepas dari yang lain.",
        ),
        ({"few": "days"}, "Mutu belum pasti: jawabannya dari kurang dari lima hari."),
        ({"few": "answers"}, "Mutu belum pasti: ada pertanyaan dengan kurang dari lima jawaban."),
    ],
)
def test_a_reader_is_told_what_the_interval_stands_on(interval, words):
    found = Interval(0.95, Decimal("86.10"), Decimal("88.30"), grade_certain=False, **interval)
    assert words in list(remarks(replace(MEASURE, interval=found), INSTRUMENT))


def test_without_an_interval_a_grade_is_not_certain():
    *_, last = remarks(MEASURE, INSTRUMENT)
    assert last.startswith("Mutu belum pasti: jawabannya terlalu sedikit")
