"""Faults found in other SKM applications, each held off by a test that fails with it.

These are held off elsewhere:

gaps between the bands:
    tests/ikm/test_grade.py::test_a_value_between_two_printed_bands_is_rounded_half_up_and_then_graded
    tests/golden/test_golden_published.py::test_the_values_where_0_11_is_known_to_change_the_grade
a weight of 0.11 without a word:
    tests/web/unit/test_unit_page.py::test_the_grade_that_depends_on_the_weights_is_pointed_out
    tests/cli/test_cli_ikm.py::test_json_has_every_figure_of_the_index
the rule for the city without a word:
    tests/output/test_workbook.py::test_the_recap_names_convention_instruments_rule_and_row_count
answers matched by position:
    tests/web/public/test_form.py::test_question_8_and_9_are_kept_by_code_not_by_element_order
    tests/usecases/exchange/test_calculate.py::test_columns_may_stand_in_any_order_among_others
    tests/output/test_workbook.py::test_answers_go_to_their_element_by_code
a missing answer as 0:
    tests/ikm/test_index.py::test_each_element_is_divided_by_its_own_answers
    tests/output/test_workbook.py::test_an_unanswered_item_is_an_empty_cell_and_no_zero
no data as D:
    tests/web/unit/test_unit_page.py::test_without_answers_there_is_no_figure
    tests/ikm/test_index.py::test_an_element_without_answers_leaves_no_index_and_no_grade
u1=99, partial forms, one item sent twice:
    tests/web/public/test_form.py::test_a_faulty_field_is_named_linked_and_not_stored
    tests/ikm/test_tally.py::test_an_answer_outside_the_scale_never_gets_in
an answer again by reload:
    tests/web/public/test_form.py::test_a_replay_gives_the_same_receipt_and_one_row
"""

import re
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from skm.figures.choice import choose
from skm.figures.overview import show_figures
from skm.ikm import Scheme, Tally, measure
from skm.settings import ROOT
from skm.store import instruments
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from skm.usecases.exchange.export import count_answers, export_year
from tests.builders import an_organisation, answered

NINE = Scheme(tuple(f"U{i}" for i in range(1, 10)), tuple((i,) for i in range(9)), 9)


@pytest.mark.parametrize("named", re.findall(r"tests/\S+::\w+", __doc__))
def test_the_tests_named_above_are_there(named):
    file, name = named.split("::")
    assert f"def {name}(" in (ROOT / file).read_text("utf-8")


def test_no_respondent_is_sorted_out_of_the_sample(db, city):
    # Sorted best first and cut at Krejcie and Morgan's 92 of 120, the index would be 90.22 instead of 75.00.
    for number in range(120):
        answered(db, city, "1" * 9 if number % 3 == 0 else "4" * 9)
    measured = show_figures(db, choose(db, city.unit.slug)).result.measure
    assert (measured.n, measured.index) == (120, Decimal("75.00"))


def test_a_sample_that_is_too_small_is_not_padded(db, city):
    for _ in range(3):
        answered(db, city, "222222222")
    figures = show_figures(db, choose(db, city.unit.slug)).result
    assert (figures.n, figures.measure.exact, count_answers(db, 2026)) == (3, 50, 3)


def test_means_are_not_rounded_before_the_index():
    # Every mean is 3.533: 88.325, so 88.33 and A. Means of two decimals, 3.53, would give 88.25 and B.
    result = measure([(Tally(1000, (1000,) * 9, (3533,) * 9), NINE)])
    assert (result.exact, str(result.index), result.grade) == (Fraction("88.325"), "88.33", "A")


def test_weighted_means_are_not_rounded_before_the_index():
    # 3.57 / 9 = 0.39667 nine times: 89.25. Each rounded to 0.40 gives 90.00, the steps of 0.25 others publish in.
    result = measure([(Tally(100, (100,) * 9, (357,) * 9), NINE)])
    assert str(result.index) == "89.25"


def test_the_city_is_pooled_in_every_year_alike(db, city):
    # 9 answers of 4 and 1 of 1: pooled 92.50; the mean of the units, 62.50, would look like a fall.
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "UPTD Puskesmas II Denpasar Barat")
    for year in (2025, 2026):
        for _ in range(9):
            answered(db, city, "444444444", f"{year}-03-03")
        answered(db, city, "111111111", f"{year}-03-03", unit_id=other.id)
    years = [result.measure.index for _, result in show_figures(db, choose(db, city.government.slug)).years]
    assert years == [Decimal("92.50"), Decimal("92.50")]


def without_u9(source):
    """The questionnaire of the regulation as it would be with question 8, and so U9, switched off."""
    blocks = re.split(r"(?=^\[\[)", source, flags=re.MULTILINE)
    kept = [block for block in blocks if not re.search(r'^(code|element) = "U9"', block, re.MULTILINE)]
    return "".join(kept).replace(', "U9"]', "]").replace("permenpan-14-2017", "delapan-unsur")


def test_a_question_switched_off_in_june_does_not_change_january(sari, db, city):
    # Divided by the eight questions that are asked now, January would be 9/8 of its index.
    for _ in range(9):
        answered(db, city, "333333333", "2026-01-15")
    with writing(db):
        (fewer,) = instruments.add(db, without_u9(builtin_source("permenpan-14-2017"))).values()
    answered(db, city, "44444444", "2026-06-15", instrument_id=fewer)
    for period in ("2026-TW1", "2026"):
        sari.get(f"/units/uptd-puskesmas-i-denpasar-barat?period={period}")
        assert "IKM 75,00 – Kurang Baik." in sari.words


def test_a_removed_question_does_not_shift_the_answers_behind_it(db, city):
    # Without question 8 the last answer is question 9, U8; by position it would become U9.
    with writing(db):
        (fewer,) = instruments.add(db, without_u9(builtin_source("permenpan-14-2017"))).values()
    answered(db, city, "33333331", instrument_id=fewer)
    figures = show_figures(db, choose(db, city.unit.slug)).result.measure.elements
    assert {figure.code: figure.total for figure in figures} == {f"U{i}": 3 for i in range(1, 8)} | {"U8": 1}


@pytest.mark.parametrize("foreign", [{"P10": "1"}, {"U9": "1"}, {"Q1": "1"}])
def test_a_question_of_another_survey_does_not_get_in(tamu, city, db, foreign):
    form = {f"P{number}": "3" for number in range(1, 10)} | tamu.open_form(city.token)
    tamu.post(f"/s/{city.token}", form | foreign, 303)
    assert [row["scores"] for row in db.query("SELECT scores FROM responses")] == ["333333333"]


def test_the_exported_year_names_the_rule_for_the_city(db, city):
    answered(db, city, "333333333")
    book = load_workbook(BytesIO(b"".join(export_year(db, 2026).content)), read_only=True)
    words = " ".join(str(cell) for row in book.worksheets[0].values for cell in row if cell)
    assert "Angka Pemerintah Kota Denpasar: gabungan seluruh responden" in words


def test_the_receipt_is_that_of_the_own_answer_and_not_of_the_newest(tamu, city, db):
    # Who opened the form first sends it last: the largest id of the table is then somebody else's.
    nine = {f"P{number}": "3" for number in range(1, 10)}
    first, second = (nine | tamu.open_form(city.token) for _ in range(2))
    tamu.post(f"/s/{city.token}", second | dict.fromkeys(nine, "4"), 303)
    sent = tamu.post(f"/s/{city.token}", first, 303)
    receipt = sent.headers["Location"].rpartition("/")[2].partition("?")[0].replace("-", "")
    assert [row["scores"] for row in db.query("SELECT * FROM responses WHERE receipt = ?", [receipt])] == [
        "333333333"
    ]


def test_nothing_is_made_up_where_nothing_was_answered(sari, city):
    for page in ("units/uptd-puskesmas-i-denpasar-barat", "agencies/dinas-kesehatan"):
        sari.get(f"/{page}")
        assert not re.search(r"IKM \d|\d+ (jawaban|responden)|Sangat Baik", sari.words)
