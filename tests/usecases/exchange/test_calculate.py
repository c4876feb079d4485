from fractions import Fraction

import pytest

from skm.figures.scheme import scheme
from skm.survey.instrument_file import builtin
from skm.survey.problem import Problem
from skm.usecases.exchange.calculate import calculate

ANNEX = builtin()["permenpan-14-2017"]
ONLINE = builtin()["skm-online-16"]
HEADER = "P1,P2,P3,P4,P5,P6,P7,P8,P9"
ELEMENTS = "U1,U2,U3,U4,U5,U6,U7,U8,U9"


def of(*rows, header=HEADER, instrument=ANNEX, **options):
    return calculate([header + "\n", *(row + "\n" for row in rows)], instrument, **options)


def totals(calculation):
    return [figure.total for figure in calculation.measure.elements]


def problem(*rows, **options):
    with pytest.raises(Problem) as caught:
        of(*rows, **options)
    return caught.value.key, caught.value.details


def test_item_codes_reach_their_element_so_question_8_is_u9():
    assert totals(of("1,1,1,1,1,1,1,4,2")) == [1, 1, 1, 1, 1, 1, 1, 2, 4]


def test_element_codes_reach_their_element():
    assert totals(of("1,1,1,1,1,1,1,2,4", header=ELEMENTS)) == [1, 1, 1, 1, 1, 1, 1, 2, 4]


@pytest.mark.parametrize("more", [("", ""), (",P10", ",4"), (",P10", ","), (",UMUM", ",9")])
def test_a_question_that_counts_in_no_index_is_ignored(more):
    ten = builtin()["permenpan-14-2017-keseluruhan"]
    header, row = (
        f"{one}{another}" for one, another in zip((HEADER, "3,3,3,3,3,3,3,4,4"), more, strict=True)
    )
    assert of(row, header=header, instrument=ten).measure == of("3,3,3,3,3,3,3,4,4").measure


def test_columns_may_stand_in_any_order_among_others():
    result = of("x,4,3,3,3,3,3,3,3,2,Denpasar", header="no,u9,u1,u2,u3,u4,u5,u6,u7, U8 ,kota")
    assert totals(result) == [3, 3, 3, 3, 3, 3, 3, 2, 4]


def test_item_and_element_codes_may_be_mixed_for_different_elements():
    assert totals(of("1,1,1,1,1,1,1,2,4", header="P1,U2,P3,U4,P5,U6,P7,U8,U9"))[7:] == [2, 4]


def test_an_empty_cell_is_unanswered():
    result = of("4,4,4,4,4,4,4,4,", "2,2, ,2,2,2,2,2,2").measure
    assert [figure.n for figure in result.elements] == [2, 2, 1, 2, 2, 2, 2, 1, 2]


def test_cells_missing_at_the_end_of_a_row_are_unanswered():
    assert of("4,4,4", "3,3,3,3,3,3,3,3,3").measure.elements[8].n == 1


def test_an_empty_row_is_no_respondent():
    assert of("4,4,4,4,4,4,4,4,4", "", ",,,,,,,,", "4,4,4,4,4,4,4,4,4").measure.n == 2


def test_a_respondent_who_answered_nothing_is_still_a_respondent():
    result = of("1,,,,,,,,,", "2,3,3,3,3,3,3,3,3,3", header="no," + HEADER)
    assert (result.measure.n, result.measure.exact) == (2, 75)


@pytest.mark.parametrize("rows", [[], [","]])
def test_no_respondents_are_no_data(rows):
    result = of(*rows).measure
    assert (result.n, result.index, result.grade) == (0, None, None)


@pytest.mark.parametrize("value", ["0", "5", "44", "3.5", "3,5", "04", "-", "²", "x", "Lumayan"])
def test_a_value_outside_the_scale_names_row_and_column(value):
    found = problem("4,4,4,4,4,4,4,4,4", f'4,4,"{value}",4,4,4,4,4,4', header=HEADER.lower())
    assert found == ("value_outside_scale", {"row": 3, "column": "p3", "value": value, "scale": 4})


def test_rows_are_numbered_as_a_spreadsheet_does():
    rows = ["3,3,3,3,3,3,3,3,3,baik", "", '3,3,3,3,3,3,3,3,3,"dua', 'baris"', "3,3,3,3,3,3,3,3,9,buruk"]
    _, details = problem(*rows, header=HEADER + ",saran")
    assert details["row"] == 5


def test_invalid_respondents_can_be_skipped_and_are_reported():
    rows = ["4,4,4,4,4,4,4,4,4", "4,4,5,4,4,4,4,4,4", "2,2,2,2,2,2,2,2,2", "3,3,3,3,3,3,3,3,3,3"]
    result = of(*rows, skip_invalid=True)
    assert (result.measure.n, result.measure.exact) == (2, 75)
    assert [(each.key, each.details["row"]) for each in result.skipped] == [
        ("value_outside_scale", 3),
        ("row_too_long", 5),
    ]


def test_a_row_longer_than_the_header_has_shifted_and_is_refused():
    assert problem("4,4,4,4,4,4,4,4,4,4") == ("row_too_long", {"row": 2})


def test_delimiters_at_the_end_of_a_row_do_no_harm():
    assert of("4,4,4,4,4,4,4,4,4,,").measure.exact == 100


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_delimiters_are_recognised(sign):
    rows = [sign.join("123444444"), ""]
    result = of(*rows, header="\ufeff" + HEADER.replace(",", sign) + f'{sign}"saran, kritik"')
    assert totals(result)[:3] == [1, 2, 3]


def test_excel_line_ends_are_recognised():
    lines = ["\ufeffP1;P2;P3;P4;P5;P6;P7;P8;P9\r\n", "4;4;4;4;4;4;4;4;4\r\n"]
    assert calculate(lines, ANNEX).measure.exact == 100


def test_missing_columns_are_named():
    assert problem("4,4,4,4,4,4,4,4", header=ELEMENTS[:-3]) == ("column_missing", {"columns": "P8/U9"})


def test_an_element_of_several_items_is_no_column():
    _, details = problem(header="U1,U2,U3,U4,U5,U6,U7,U8,U9", instrument=ONLINE)
    assert details["columns"] == "P1, P2, P3, P4, P5/IPAK1, P8/IPAK2, P9/IPAK3, P13/IPAK4, P14/IPAK5"


@pytest.mark.parametrize("second", ["P1", "p1", "U1"])
def test_two_columns_for_the_same_answers_are_refused(second):
    found = problem(f"{'4,' * 9}4", header=f"{HEADER},{second}")
    assert found == ("column_doubled", {"first": "P1", "second": second})


def test_an_empty_file_lacks_its_columns():
    with pytest.raises(Problem) as caught:
        calculate([], ANNEX)
    assert caught.value.key == "column_missing"


def test_an_open_quote_cannot_swallow_the_rows_behind_it():
    found = problem('4,4,4,4,4,4,4,4,4,"bagus', "4,4,4,4,4,4,4,4,4,", header=HEADER + ",saran")
    assert found == ("csv_unreadable", {"row": 3})


def test_unknown_weights_are_refused_with_the_known_ones():
    assert problem("4,4,4,4,4,4,4,4,4", weights="0.12") == (
        "weights_unknown",
        {"weights": "0.12", "known": "exact, 0.11, 0.111, nrr-3dp-first, stepwise-2dp, weighted-nrr-2dp"},
    )


def test_the_other_indices_come_along_without_a_grade_they_do_not_have():
    header = ",".join(f"P{number}" for number in range(1, 17))
    result = of("3,3,3,3,4,3,3,4,4,3,3,3,4,3,3,3", header=header, instrument=ONLINE)
    assert (result.measure.exact, result.measure.grade) == (75, "C")
    assert (result.others["IPAK"].exact, result.others["IPAK"].grade) == (95, None)


def test_an_index_without_the_chosen_convention_is_computed_exactly():
    header = ",".join(f"P{number}" for number in range(1, 17))
    result = of(",".join("4" * 16), header=header, instrument=ONLINE, weights="0.11")
    assert (result.measure.exact, result.others["IPAK"].exact) == (99, 100)


def test_a_scheme_has_the_structure_of_its_index():
    ipak = scheme(ONLINE, "IPAK")
    assert (ipak.codes[0], ipak.columns, ipak.width) == ("IPAK1", ((4,), (7,), (8,), (12,), (13,)), 16)
    assert (scheme(ONLINE).columns[:2], scheme(ONLINE).graded, ipak.graded) == (((0, 1), (2, 3)), True, False)


def test_a_scheme_keeps_the_weights_of_its_index():
    assert scheme(ANNEX).weights is None
    assert scheme(ANNEX).conventions["exact"] == (Fraction(1, 9),) * 9
