"""Spans of the calendar in words: Triwulan III 2026, Nov 2026, seluruh waktu."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from skm.i18n import formats
from skm.survey.period import Span, is_month

_ROMAN = ("", "I", "II", "III", "IV")
OWN = "Periode survei"
_KINDS = {"": "Tahun", "S": "Semester", "TW": "Triwulan"}
MONTH = "Bulan"


def group(span: Span) -> str:
    """The kind of a year, semester, quarter, month or survey period."""
    if is_month(span):
        return MONTH
    return OWN if span.name else _KINDS[span.code[5:].rstrip("1234")]


def by_kind(spans: Iterable[Span]) -> list[Span]:
    """Years, semesters, quarters, months, then survey periods; of each kind the newest first."""
    kinds = (*_KINDS.values(), MONTH, OWN)
    newest_first = sorted(spans, key=lambda span: span.days, reverse=True)
    return sorted(newest_first, key=lambda span: kinds.index(group(span)))


def distinct_names(spans: Sequence[Span]) -> dict[str, str]:
    """The names of spans by code, no two alike: a survey period called as another one is says its days."""
    times = Counter(name(span) for span in spans)
    return {
        span.code: _with_days(span) if span.name and times[span.name] > 1 else name(span) for span in spans
    }


def _with_days(span: Span) -> str:
    return f"{span.name} ({days(*span.days)})"


def name(span: Span | None) -> str:
    """A span as a person says it."""
    if span is None:
        return "seluruh waktu"
    if span.name:
        return span.name
    if span.first == span.last:
        return formats.month(date.fromisoformat(f"{span.first}-01"))
    number, _, part = span.code.partition("-")
    return f"{group(span)} {_ROMAN[int(part[-1])]} {number}" if part else f"Tahun {number}"


def months(span: Span, language: str = "id") -> str:
    """The first and last month of a span: Nov 2024–Jan 2026, Jan–Nov 2026."""
    first, last = (
        formats.month(date.fromisoformat(f"{code}-01"), language) for code in (span.first, span.last)
    )
    if span.first == span.last:
        return first
    same_year = span.first[:4] == span.last[:4]
    return f"{first.split()[0] if same_year else first}–{last}"


def days(first: date, last: date) -> str:
    """The first and last day of a period: 1 Januari–31 Desember 2026, 15 Desember 2025–14 Januari 2026."""
    said = formats.date(first)
    return f"{said.removesuffix(f' {last.year}')}–{formats.date(last)}"


def since_until(since: str, until: str) -> str:
    """A time within a span that one knows: mulai 10 Juni 2026, sampai 9 Juni 2026; "" for all of it."""
    words = (("mulai", since), ("sampai", until))
    return " ".join(f"{word} {formats.date(date.fromisoformat(day))}" for word, day in words if day)


def label(span: Span) -> str:
    """A span at the foot of a chart, where years need no more than their number."""
    return span.code if len(span.code) == 4 else name(span)


def in_sentence(span: Span) -> str:
    """A span in the middle of a sentence: tahun 2025, Triwulan III 2026."""
    return name(span).replace("Tahun", "tahun")


def stretch(answered: Sequence[Span]) -> str:
    """From the first of some months to the last."""
    return months(Span("", answered[0].first, answered[-1].last))
