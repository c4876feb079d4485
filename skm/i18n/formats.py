"""Numbers and dates as an Indonesian reader expects them: 84,12 · 1.234 · 22 November 2026."""

import datetime
import re
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_decimal

NO_DATA = "belum ada data"
_WHOLE = re.compile(r"[0-9]{1,9}|[1-9][0-9]{0,2}(\.[0-9]{3}){1,2}")  # 1920 or 1.920, never 1.5


def number(value: Decimal | Fraction | float | None, places: int = 2, language: str = "id") -> str:
    """A value with a fixed number of decimals, already rounded by whoever computed it: `84,12`."""
    if value is None:
        return NO_DATA
    if isinstance(value, Fraction):
        value = float(value)
    return str(format_decimal(value, format="#,##0." + "0" * places, locale=_locale(language)))


def signed(value: Decimal, places: int = 2, language: str = "id") -> str:
    """A difference with its sign: `+1,20`, `−0,20`, `0,00`."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number(abs(value), places, language)}"


def count(value: int | None, language: str = "id") -> str:
    """A whole number with its thousands marked: `1.234`."""
    return NO_DATA if value is None else str(format_decimal(value, format="#,##0", locale=_locale(language)))


def in_sentence(words: str) -> str:
    """Words without their capital letter, to stand in the middle of a sentence; acronyms keep theirs."""
    return words[:1].lower() + words[1:]


def read_count(typed: str) -> int | None:
    """A whole number as people write it, `1234` or `1.234`; None for anything else."""
    return int(typed.replace(".", "")) if _WHOLE.fullmatch(typed) else None


def date(value: datetime.date, language: str = "id") -> str:
    """`22 November 2026`."""
    return str(format_date(value, format="d MMMM yyyy", locale=_locale(language)))


def month(value: datetime.date, language: str = "id") -> str:
    """`Nov 2026`."""
    return str(format_date(value, format="MMM yyyy", locale=_locale(language)))


def moment(value: datetime.datetime) -> str:
    """A day and what its clock showed: `4 Mei 2026 10.15`."""
    return f"{date(value.date())} {value:%H.%M}"


def zoned_moment(value: datetime.datetime, at: str = " ") -> str:
    """A moment with its zone, `4 Mei 2026 10.15 WITA`; `at` stands between the day and the time."""
    return f"{date(value.date())}{at}{value:%H.%M %Z}"


def _locale(language: str) -> str:
    # CLDR has no Balinese number or date patterns of its own; Bali writes them the Indonesian way.
    return "en_GB" if language == "en" else "id"
