"""Cells that people typed: no formula for any reader, and the same text for the reader of the file's separator."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skm.output.csv_file import COMMA, SEMICOLON, cell, joined
from tests.cases import case

SEPARATORS = [",", ";", "\t"]
TYPED = st.text(st.sampled_from("=+-@＝,;\t\r\n\"' ab1|Rp."), max_size=14)


def alive(text):
    """Whether a spreadsheet may calculate a cell: its sign, and behind it something to calculate."""
    start = text.strip(" ")
    return (
        start[:1] in tuple("=+-@＝＋－＠")
        and bool(start.strip("-–+=@＝＋－＠ .,;\t\"'"))
        and not price(start)
    )


def price(start):
    """What stands behind the comma of a price such as Rp10.000,- per orang: words, or the end of the cell."""
    return bool(re.fullmatch(r"-(\s[^|!(=@+*/\d\"]*)?(\".*)?", start, re.DOTALL))


def cells(text, separator, quoting):
    return [
        each
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
        for each in row
    ]


@given(typed=st.lists(TYPED, min_size=1, max_size=3), separator=st.sampled_from([COMMA, SEMICOLON]))
@example(typed=["bagus;=1+1"], separator=COMMA)
@example(typed=["pakai ; lalu\t=2+3"], separator=COMMA)
@example(typed=["bagus,=1+1"], separator=SEMICOLON)
@example(typed=['a;"=1+1"'], separator=COMMA)
@example(typed=["satu\n@SUM(1;2)"], separator=COMMA)
@example(typed=["harga Rp5.000,- cmd|x"], separator=SEMICOLON)
def test_no_reader_finds_a_formula(typed, separator):
    line = joined("Puskesmas", *typed, "x", separator=separator) + "\r\n"
    for other in SEPARATORS:
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            assert not [each for each in cells(line, other, quoting) if alive(each)]


@given(
    typed=st.lists(
        st.text(st.sampled_from("abc ,;\"'\n.1"), max_size=14).map(str.strip), min_size=1, max_size=4
    )
)
def test_the_reader_of_the_file_finds_what_was_typed(typed):
    for separator in (COMMA, SEMICOLON):
        line = joined(*typed, "x", separator=separator) + "\r\n"
        assert cells(line, separator, csv.QUOTE_MINIMAL) == [*typed, "x"]


@pytest.mark.parametrize(
    "typed", ["Rp10.000,-", "Rp 5.000,- per orang", "-", "–", "a, b; c", "tanggal 1-2", "x = y"]
)
def test_what_is_no_formula_is_written_as_it_was_typed(typed):
    (read,) = cells(cell(typed), ",", csv.QUOTE_MINIMAL)
    assert read == typed


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("bagus;=1+1", '"bagus;\'=1+1"'),
        ("pakai ; lalu\t=2+3", '"pakai ; lalu\t\'=2+3"'),
        ("a\n-1+1", '"a\n\'-1+1"'),
        (" =1+1", "' =1+1"),
        ("a,+1", '"a,\'+1"'),
    ],
)
def test_a_formula_is_taken_apart_by_an_apostrophe(typed, written):
    assert cell(typed) == written


def test_the_comments_of_the_file_hold_no_formula():
    for comment in ("bagus;=1+1", "pakai ; lalu\t=2+3"):
        assert json_of(comment) in case("comments.tsv").decode()
        assert not [
            each
            for other in SEPARATORS
            for each in cells(cell(comment), other, csv.QUOTE_NONE)
            if alive(each)
        ]


def json_of(comment):
    return comment.replace("\t", "\\t")


def test_every_csv_goes_through_the_one_rule():
    package = Path(__file__).parents[2] / "skm"
    writing = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"text/csv|csv\.writer|csv\.DictWriter", path.read_text(encoding="utf-8"))
    ]
    assert writing == ["output/csv_file.py"]
