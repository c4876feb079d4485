"""Every level of the tree, by the rule of its period."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from io import BytesIO

from openpyxl import load_workbook

from skm.figures.choice import choose
from skm.figures.computation import pooled_indices
from skm.figures.overview import list_units, show_figures
from skm.output.charts.from_figures import chart_of_trend
from skm.store import instruments, organisations, periods
from skm.store.database import writing
from skm.survey.period import MEAN_OF_UNITS
from skm.usecases.exchange.export import export_year
from tests.builders import a_period, answered, decided


def by_mean(db, city):
    with writing(db):
        db.execute("UPDATE periods SET aggregation = :rule", {"rule": MEAN_OF_UNITS})


def test_pooled_counts_respondents_and_shows_the_mean_of_units_beside_it(db, city, two_units):
    result = show_figures(db, choose(db, city.agency.slug)).result
    assert (result.measure.index, result.measure.grade) == (Decimal("95.00"), "A")
    assert (result.other.index, result.other.grade) == (Decimal("75.00"), "C")
    assert result.grade_depends_on_rule


def test_the_mean_of_units_is_a_setting_of_the_period(db, city, two_units):
    by_mean(db, city)
    figures = show_figures(db, choose(db, city.agency.slug))
    assert (figures.result.measure.index, figures.result.other.index) == (Decimal("75.00"), Decimal("95.00"))
    assert [result.measure.index for _, result in figures.years] == [Decimal("75.00")]


def test_a_single_unit_knows_no_rule(db, city, two_units):
    by_mean(db, city)
    assert show_figures(db, choose(db, city.unit.slug)).result.other is None


def test_units_without_answers_are_listed_and_not_counted(db, city, two_units):
    figures = show_figures(db, choose(db, city.agency.slug))
    assert [unit.name for unit in figures.silent] == ["Puskesmas III"]


def test_a_counter_has_figures_of_its_own(db, city):
    answered(db, city, "4" * 9)
    answered(db, city, "1" * 9, counter_id=city.wide_counter.id)
    result = show_figures(db, choose(db, city.unit.slug, counter_id=city.wide_counter.id)).result
    assert (result.n, result.measure.index) == (1, Decimal("25.00"))


def test_a_field_takes_its_units_from_the_organisation_above(db, city, two_units):
    with writing(db):
        organisations.change(db, [replace(city.agency, field="kesehatan")])
        organisations.change(db, [replace(two_units.unit, field="pendidikan")])
    figures = show_figures(db, choose(db, city.government.slug))
    assert {field: result.measure.index for field, result in figures.fields} == {
        "kesehatan": Decimal("100.00"),
        "pendidikan": Decimal("50.00"),
    }
    chosen = show_figures(db, choose(db, city.government.slug, field="pendidikan"))
    assert (chosen.result.n, chosen.fields) == (1, [])


def test_every_unit_is_shown_by_element(db, city, two_units):
    _, units = list_units(db, choose(db, city.government.slug))
    assert {one.organisation.name: one.result.n for one in units} == {
        city.unit.name: 9,
        "Puskesmas II": 1,
        "Puskesmas III": 0,
    }


def test_a_survey_period_that_cuts_months_can_be_chosen(db, city):
    with writing(db):
        own = a_period(
            db,
            city.unit,
            city.period.instrument_id,
            name="Maret",
            opens=date(2026, 3, 10),
            closes=date(2026, 3, 20),
        )
    for day in ("2026-03-09", "2026-03-10", "2026-03-20", "2026-03-21"):
        answered(db, city, "3" * 9, day)
    figures = show_figures(db, choose(db, city.unit.slug, own.id))
    assert (figures.result.n, figures.choice.span.name) == (2, "Maret")


def test_a_survey_period_that_is_a_year_is_that_year(db, city):
    answered(db, city, "3" * 9)
    codes = [span.code for span in choose(db, city.unit.slug).spans]
    assert "2026" in codes
    assert city.period.id not in codes


def test_an_answer_that_is_held_back_does_not_count_and_is_said(db, city):
    answered(db, city, "4" * 9)
    decided(db, answered(db, city, "1" * 9), "held")
    figures = show_figures(db, choose(db, city.unit.slug))
    assert (figures.result.n, figures.result.measure.index) == (1, Decimal("100.00"))
    assert (figures.figure.held, figures.with_aside.index) == (1, Decimal("62.50"))


def test_nine_and_sixteen_items_stand_side_by_side_on_the_nine_elements(db, city, sixteen):
    answered(db, city, "4" * 9, "2026-06-01")
    answered(db, sixteen, "2" * 16, "2026-07-01")
    sources = show_figures(db, choose(db, city.unit.slug)).sources
    assert [(s.result.measure.index, len(s.result.measure.elements), s.span.first) for s in sources] == [
        (Decimal("100.00"), 9, "2026-06"),
        (Decimal("50.00"), 9, "2026-07"),
    ]


def test_ipak_is_an_index_of_its_own(db, city, sixteen):
    answered(db, sixteen, "3" * 16, "2026-07-01")
    figures = show_figures(db, choose(db, city.unit.slug))
    assert {code: measure.index for code, measure in pooled_indices(figures.figure).items()} == {
        "IPAK": Decimal("75.00")
    }


def test_the_terms_are_those_of_the_period_that_meets_the_span(db, city):
    with writing(db):
        periods.add(
            db,
            [
                replace(
                    city.period,
                    id="before",
                    name="Tahun 2025",
                    opens=date(2025, 1, 1),
                    closes=date(2025, 12, 31),
                    weights="0.11",
                )
            ],
        )
    answered(db, city, "4" * 9, "2025-05-05")
    answered(db, city, "4" * 9)
    assert show_figures(db, choose(db, city.unit.slug, "2025")).result.measure.index == Decimal("99.00")
    assert show_figures(db, choose(db, city.unit.slug, "2026")).result.measure.index == Decimal("100.00")


def test_the_yearly_workbook_says_the_value_by_the_other_rule(db, city, two_units):
    said = recap_lines(db)
    assert "gabungan seluruh responden; rata-rata IKM unit 75,00 (C)" in said
    by_mean(db, city)
    assert "rata-rata IKM unit; gabungan seluruh responden 95,00 (A)" in recap_lines(db)


def recap_lines(db):
    content = b"".join(export_year(db, 2026).content)
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=8))


def test_a_questionnaire_with_other_elements_is_a_gap_and_a_break(db, city, sixteen):
    answered(db, city, "4" * 9, "2026-06-01")
    with writing(db):
        source = files("tests.survey").joinpath("kelurahan.toml").read_text("utf-8")
        key = next(iter(instruments.add(db, source).values()))
    width = len(instruments.get(db, key).items)
    answered(db, city, "1" * width, "2026-07-01", instrument_id=key)
    answered(db, city, "4" * 9, "2026-08-01")
    answered(db, city, "4" * 9, "2026-08-01")
    figures = show_figures(db, choose(db, city.unit.slug))
    assert [result.n for _, result in figures.months] == [1, 0, 2]
    assert figures.result.left_out == 1
    chart = chart_of_trend(figures, "months", demo=False)
    assert [(point.value, one.before) for point, one in zip(chart.points[1:], chart.breaks, strict=True)] == [
        (None, 1),
        (Decimal("100.00"), 2),
    ]
