import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from skm.output.recap import UnitSheet
from tests.office import recalculated
from tests.output.year import HYBRID, SIXTEEN, a_recap, a_unit, random_scores, saved

pytestmark = pytest.mark.office  # skipped where LibreOffice is missing, see tests/programs.py

Values = dict[tuple[str, str], object]


def of_three(weights: str) -> list[UnitSheet]:
    """Three units whose index has these weights."""
    return [a_unit(random_scores(40, 9, 0.1, seed), f"Unit {seed}", weights=weights) for seed in range(3)]


def of_several_instruments() -> list[UnitSheet]:
    """Several items to an element, several instruments, and an element that nobody answered."""
    silent = [scores[:11] + "-" + scores[12:] for scores in random_scores(20, 19, 0.4)]
    return [
        a_unit(random_scores(30, 9, 0.1), "Unit 1"),
        a_unit(random_scores(20, 16, 0.3), "Unit 2", SIXTEEN),
        a_unit(silent, "Unit 2", HYBRID),
        a_unit(random_scores(5, 16, 0.3), "Unit 3", SIXTEEN),
    ]


def without_answers() -> list[UnitSheet]:
    """A unit with one answer in which an element is missing, and one without any."""
    nobody = [a_unit([], "Unit 2"), a_unit(["-" * 16], "Unit 2", SIXTEEN)]
    return [a_unit(["33333333-"], "Unit 1"), *nobody]


def of_an_exact_half() -> list[UnitSheet]:
    """A value that lies in the middle of two hundredths: 3.373 x 25 = 84.325."""
    return [a_unit(["4" * 9] * 373 + ["3" * 9] * 627)]


BOOKS = {
    "exact": lambda: of_three("exact"),
    "0.11": lambda: of_three("0.11"),
    "0.111": lambda: of_three("0.111"),
    "several instruments": of_several_instruments,
    "without answers": without_answers,
    "exact half": of_an_exact_half,
}


@pytest.fixture(scope="module")
def books(tmp_path_factory) -> dict[str, tuple[Path, Path]]:
    """Every workbook as we wrote it and as LibreOffice calculated it; started once, for that takes longest."""
    folder = tmp_path_factory.mktemp("books")
    ours = [_saved(folder / f"{name}.xlsx", make()) for name, make in BOOKS.items()]
    ours.append(spoiled(ours[0]))
    return {path.stem: (path, theirs) for path, theirs in zip(ours, recalculated(*ours), strict=True)}


def spoiled(path: Path) -> Path:
    """The workbook with another number in place of every value that was saved beside its formula."""
    result = path.with_name("spoiled.xlsx")
    with ZipFile(path) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"(</f><v>)[\d.]+</v>", rb"\g<1>12.34</v>", source.read(name)))
    return result


def test_libreoffice_really_recalculates(books) -> None:
    wrong, right = books["spoiled"]
    assert 12.34 in _values(wrong).values()
    _agree(_values(books["exact"][0]), _values(right))


@pytest.mark.parametrize("name", BOOKS)
def test_every_value_is_what_its_formula_gives(books, name) -> None:
    ours, theirs = books[name]
    _agree(_values(ours), _values(theirs))


def test_an_exact_half_in_the_third_decimal_is_rounded_up(books) -> None:
    ours, _ = books["exact half"]
    assert 84.33 in _values(ours).values()


def _saved(path: Path, units: list[UnitSheet]) -> Path:
    return saved(path, a_recap(units), units)


def _agree(ours: Values, theirs: Values) -> None:
    assert ours.keys() == theirs.keys()
    for place, value in ours.items():
        assert theirs[place] == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value), place


def _values(path: Path) -> Values:
    """Everything a reader sees; an empty text and an empty cell are the same to them."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in load_workbook(path, data_only=True).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }
