"""Real answers, computed by our calculator: the figures of their published cases."""

import csv
from decimal import Decimal

import pytest

from skm.ikm import mean_of_units, round_half_up
from skm.survey.instrument_file import builtin, parse
from skm.survey.problem import Problem
from skm.usecases.exchange.calculate import calculate
from tests.golden_files import golden

ANNEX = builtin()["permenpan-14-2017"]

LABORATORY = """
code = "lab"
title = { id = "Laboratorium" }
scale = 4
""" + "".join(
    f"""
[[element]]
code = "U{i}"
name = {{ id = "Unsur {i}" }}
[[item]]
code = "P{i}"
element = "U{i}"
text = {{ id = "Pertanyaan {i}" }}
options = {{ id = ["Buruk", "Cukup", "Baik", "Sangat baik"] }}
"""
    for i in (1, 2, 3)
)
LABORATORY += """
[[index]]
code = "IKM"
elements = ["U1", "U2", "U3"]
"""


def lines(name):
    return golden(name).read_text(encoding="utf-8").splitlines(keepends=True)


def pulang_pisau(**chosen):
    """The rows of one year, quarter …, with the header."""
    header, *rows = lines("pulangpisau_2022_2023.csv")
    names = header.strip().split(",")
    places = {names.index(name): value for name, value in chosen.items()}
    return [
        header,
        *(row for row in rows if all(row.strip().split(",")[i] == want for i, want in places.items())),
    ]


@pytest.mark.parametrize(
    ("chosen", "n", "index"),
    [
        ({"year": "2022"}, 717, "98.5937"),
        ({"year": "2023"}, 338, "97.2058"),
        ({"year": "2022", "quarter": "2"}, 585, "98.4758"),
        ({"year": "2022", "quarter": "3"}, 132, "99.1162"),
        ({"year": "2023", "quarter": "2"}, 217, "96.7870"),
        ({"year": "2023", "quarter": "4"}, 121, "97.9568"),
        ({"year": "2022", "is_exact_duplicate": "0"}, 716, "98.5917"),
        ({"year": "2023", "is_exact_duplicate": "0"}, 323, "97.1276"),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else None,
)
def test_pulang_pisau(chosen, n, index):
    result = calculate(pulang_pisau(**chosen), ANNEX).measure
    assert (result.n, str(round_half_up(result.exact, 4))) == (n, index)


@pytest.mark.parametrize(
    ("year", "totals"),
    [
        ("2022", [2850, 2848, 2846, 2763, 2825, 2826, 2830, 2832, 2829]),
        ("2023", [1350, 1346, 1226, 1199, 1343, 1344, 1341, 1344, 1335]),
    ],
)
def test_pulang_pisau_totals_per_element(year, totals):
    result = calculate(pulang_pisau(year=year), ANNEX).measure
    assert [figure.total for figure in result.elements] == totals


@pytest.mark.parametrize(("year", "quarters", "mean"), [("2022", "23", "98.7960"), ("2023", "24", "97.3719")])
def test_pulang_pisau_mean_of_semesters_is_not_the_pooled_year(year, quarters, mean):
    halves = [
        calculate(pulang_pisau(year=year, quarter=quarter), ANNEX).measure.exact for quarter in quarters
    ]
    assert str(round_half_up(mean_of_units(halves), 4)) == mean


def test_the_laboratorys_invalid_answer_is_named_by_row_and_column():
    (instrument,) = parse(LABORATORY, "lab.toml")
    with pytest.raises(Problem) as caught:
        calculate(lines("lab_ability.csv"), instrument)
    assert caught.value.details == {"row": 18, "column": "u2", "value": "5", "scale": 4}


def test_the_laboratorys_other_respondents_count_when_it_is_skipped():
    # By hand, without respondent 17 (3, 5, 3): 74 - 3, 76 - 5, 60 - 3.
    (instrument,) = parse(LABORATORY, "lab.toml")
    result = calculate(lines("lab_ability.csv"), instrument, skip_invalid=True)
    assert (result.measure.n, len(result.skipped)) == (19, 1)
    assert [figure.total for figure in result.measure.elements] == [71, 71, 57]


def test_sekadau():
    result = calculate(lines("sekadau_2019s1_partial.csv"), ANNEX).measure
    assert [figure.total for figure in result.elements] == [138, 139, 150, 177, 159, 163, 161, 143, 159]
    assert (result.n, str(round_half_up(result.exact, 4)), result.grade) == (49, "78.7415", "B")


@pytest.mark.parametrize(
    ("sheet", "published", "mean"),
    [
        ("2022 C", "89.80", "89.8400"),
        ("2022 D", "88.97", "89.2079"),
        ("2021", "84.82", "84.5096"),
        ("2020", "86.20", "85.8271"),
    ],
)
def test_banyuwangi_published_the_pooled_value_and_not_the_mean_of_its_24_units(sheet, published, mean):
    rows = [row for row in csv.DictReader(lines("banyuwangi_kecamatan.csv")) if row["sheet"] == sheet]
    units = [None if row["mutu"] == "-" else Decimal(row["ikm"]) for row in rows if row["no"].isdigit()]
    (regency,) = [row["ikm"] for row in rows if not row["no"].isdigit()]
    assert (len(units), units.count(None)) == (25, 1)
    assert str(round_half_up(mean_of_units(units), 4)) == mean
    assert Decimal(regency) == Decimal(published) != round_half_up(mean_of_units(units), 2)
