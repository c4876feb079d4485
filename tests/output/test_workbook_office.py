import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from skm.output.recap import UnitSheet
from tests.office import needs_office, recalculated
from tests.output.year import HYBRID, SIXTEEN, a_recap, a_unit, random_scores, saved

pytestmark = [pytest.mark.office, needs_office]

Values = dict[tuple[str, str], object]


def test_libreoffice_really_calculates_anew(tmp_path: Path) -> None:
    path = _saved(tmp_path, a_unit(["444433333"]))
    spoiled = tmp_path / "rusak.xlsx"
    with ZipFile(path) as source, ZipFile(spoiled, "w") as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"<v>86.11</v>", b"<v>12.34</v>", source.read(name)))
    assert 12.34 in _values(spoiled).values()
    _agree(_values(path), _values(recalculated(spoiled)))


@pytest.mark.parametrize("weights", ["exact", "0.11", "0.111"])
def test_every_value_is_what_its_formula_gives(tmp_path: Path, weights: str) -> None:
    units = [a_unit(random_scores(40, 9, 0.1, seed), f"Unit {seed}", weights=weights) for seed in range(3)]
    path = _saved(tmp_path, *units)
    _agree(_values(path), _values(recalculated(path)))


def test_so_with_several_items_to_an_element_and_several_instruments(tmp_path: Path) -> None:
    silent = [scores[:11] + "-" + scores[12:] for scores in random_scores(20, 19, 0.4)]
    units = [
        a_unit(random_scores(30, 9, 0.1), "Unit 1"),
        a_unit(random_scores(20, 16, 0.3), "Unit 2", SIXTEEN),
        a_unit(silent, "Unit 2", HYBRID),
        a_unit(random_scores(5, 16, 0.3), "Unit 3", SIXTEEN),
    ]
    path = _saved(tmp_path, *units)
    _agree(_values(path), _values(recalculated(path)))


def test_so_where_there_are_no_answers(tmp_path: Path) -> None:
    units = [a_unit(["33333333-"], "Unit 1"), a_unit([], "Unit 2"), a_unit(["-" * 16], "Unit 2", SIXTEEN)]
    path = _saved(tmp_path, *units)
    _agree(_values(path), _values(recalculated(path)))


def test_so_for_an_exact_half_in_the_third_decimal(tmp_path: Path) -> None:
    scores = ["4" * 9] * 373 + ["3" * 9] * 627
    path = _saved(tmp_path, a_unit(scores))
    assert 84.33 in _values(path).values()  # 3.373 x 25 = 84.325
    _agree(_values(path), _values(recalculated(path)))


def _saved(folder: Path, *units: UnitSheet) -> Path:
    return saved(folder / "rekap.xlsx", a_recap(units), units)


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
