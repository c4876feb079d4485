"""Spans of the calendar in words."""

from datetime import date

import pytest

from skm.survey.period import Span, month, quarter, semester, year
from skm.wording import spans

OWN = Span("x", "2026-03", "2026-04", "Survei Nyepi", "2026-03-10", "2026-04-05")


@pytest.mark.parametrize(
    ("span", "name", "group"),
    [
        (year(2026), "Tahun 2026", "Tahun"),
        (semester(2026, 2), "Semester II 2026", "Semester"),
        (quarter(2026, 3), "Triwulan III 2026", "Triwulan"),
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
