"""Spans of the calendar in words."""

from datetime import date

import pytest

from skm.survey.period import Span, month, quarter, semester, spans_of_year, year
from skm.wording import spans

OWN = Span("x", "2026-03", "2026-04", "Survei Nyepi", "2026-03-10", "2026-04-05")


@pytest.mark.parametrize(
    ("span", "name", "group"),
    [
        (year(2026), "Tahun 2026", "Tahun"),
        (semester(2026, 2), "Semester II 2026", "Semester"),
        (quarter(2026, 3), "Triwulan III 2026", "Triwulan"),
        (month("2026-07"), "Jul 2026", "Bulan"),
        (OWN, "Survei Nyepi", "Periode survei"),
    ],
)
def test_a_span_has_a_name_and_a_kind(span, name, group):
    assert (spans.name(span), spans.group(span)) == (name, group)


def test_a_month_and_all_time_have_names():
    assert (spans.name(month("2026-11")), spans.name(None)) == ("Nov 2026", "seluruh waktu")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11", "2026-11", "Nov 2026"),
        ("2026-01", "2026-11", "Jan–Nov 2026"),
        ("2024-11", "2026-01", "Nov 2024–Jan 2026"),
    ],
)
def test_months_share_their_year(first, last, words):
    assert spans.months(Span("", first, last)) == words


def test_days_share_their_year():
    assert spans.days(date(2026, 1, 1), date(2026, 12, 31)) == "1 Januari–31 Desember 2026"
    assert spans.days(date(2025, 12, 15), date(2026, 1, 14)) == "15 Desember 2025–14 Januari 2026"


def test_spans_are_listed_by_kind_and_the_newest_first():
    own = Span("p1", "2026-02", "2026-03", "Uji coba", "2026-02-03", "2026-03-14")
    offered = [own, month("2026-01"), *spans_of_year(2025), month("2026-02"), *spans_of_year(2026)]
    assert [span.code for span in spans.by_kind(offered)] == [
        *("2026", "2025"),
        *("2026-S2", "2026-S1", "2025-S2", "2025-S1"),
        *("2026-TW4", "2026-TW3", "2026-TW2", "2026-TW1", "2025-TW4", "2025-TW3", "2025-TW2", "2025-TW1"),
        *("2026-02", "2026-01"),
        "p1",
    ]


def test_no_two_spans_have_the_same_name():
    days = [("2026-02-03", "2026-03-14"), ("2026-05-04", "2026-06-12"), ("2026-01-01", "2026-12-30")]
    own = [
        Span(f"p{number}", first[:7], last[:7], name, first, last)
        for number, (name, (first, last)) in enumerate(
            zip(("Uji coba", "Uji coba", "Tahun 2026"), days, strict=True)
        )
    ]
    names = spans.distinct_names([*own, *spans_of_year(2026)])
    assert names["p0"] == "Uji coba (3 Februari–14 Maret 2026)"
    assert names["2026"] == "Tahun 2026"
    assert len(set(names.values())) == len(names) == 10
