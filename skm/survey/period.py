"""When: survey periods (periode survei), and the calendar spans by which results are read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

POOLED = "pooled"
MEAN_OF_UNITS = "mean_of_units"
# How the answers of several units become one figure.
AGGREGATIONS = {POOLED: "Gabungan seluruh responden", MEAN_OF_UNITS: "Rata-rata IKM unit"}


@dataclass(frozen=True)
class Period:
    """A time in which an organisation and all below it collect answers with one instrument."""

    id: str
    organisation_id: str
    name: str
    opens: date
    closes: date
    instrument_id: str
    weights: str
    aggregation: str

    def holds(self, day: date) -> bool:
        """Whether answers of this day belong to the period."""
        return self.opens <= day <= self.closes


@dataclass(frozen=True)
class Span:
    """A time by which results are read: a year, a semester, a triwulan, a month, or a survey period.

    `name`, `opens` and `closes` are those of a survey period, which need not begin or end with a month.
    """

    code: str
    first: str  # month, as 2026-07
    last: str
    name: str = ""
    opens: str = ""  # day, as 2026-07-01
    closes: str = ""

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the span, as `2026-07`."""
        return tuple(_months(self.first, self.last))

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the span."""
        after = date.fromisoformat(f"{self.last}-01") + timedelta(days=32)
        end = after.replace(day=1) - timedelta(days=1)
        return (
            date.fromisoformat(self.opens or f"{self.first}-01"),
            date.fromisoformat(self.closes) if self.closes else end,
        )

    @property
    def cuts_months(self) -> bool:
        """Whether only a part of the first or last month belongs to it."""
        after = date.fromisoformat(self.closes) + timedelta(days=1) if self.closes else None
        return not (self.opens.endswith("-01") or not self.opens) or bool(after and after.day != 1)


def year(number: int) -> Span:
    """A calendar year."""
    return Span(f"{number}", f"{number}-01", f"{number}-12")


def semester(number: int, half: int) -> Span:
    """The first or second half of a year."""
    first = 6 * half - 5
    return Span(f"{number}-S{half}", f"{number}-{first:02}", f"{number}-{first + 5:02}")


def quarter(number: int, part: int) -> Span:
    """A triwulan, 1 to 4."""
    first = 3 * part - 2
    return Span(f"{number}-TW{part}", f"{number}-{first:02}", f"{number}-{first + 2:02}")


def month(code: str) -> Span:
    """A single month."""
    return Span(code, code, code)


def span_of(period: Period) -> Span:
    """A survey period as the calendar span that it fills, or as a span of its own."""
    opens, closes = period.opens.isoformat(), period.closes.isoformat()
    own = Span(period.id, opens[:7], closes[:7], period.name, opens, closes)
    return find_calendar_span(period.opens, period.closes) or own


def find_calendar_span(opens: date, closes: date) -> Span | None:
    """The year, semester, quarter or month that begins and ends on these days."""
    spans = [*spans_of_year(opens.year), month(f"{opens:%Y-%m}")]
    return next((span for span in spans if span.days == (opens, closes)), None)


def is_month(span: Span) -> bool:
    """Whether it is a month of the calendar."""
    return span.code == span.first == span.last


def code_of(period: Period) -> str:
    """What addresses call a period: the code of the calendar span that it fills, such as 2026-S1, or else its id."""
    code = span_of(period).code
    return code if find_span(code) else period.id


def spans_of_year(number: int) -> list[Span]:
    """The year, its semesters and its quarters, the longest first."""
    return [year(number), *(semester(number, h) for h in (1, 2)), *(quarter(number, q) for q in (1, 2, 3, 4))]


def months_of_year(number: int) -> list[Span]:
    """The twelve months of a year."""
    return [month(code) for code in year(number).months]


def calendar_of_year(number: int) -> list[Span]:
    """Every span of the calendar that lies in a year, the longest first."""
    return [*spans_of_year(number), *months_of_year(number)]


def before(span: Span) -> Span:
    """The year, semester, quarter or month that ends where this one begins."""
    number = int(span.code[:4])
    if is_month(span):
        months = [*months_of_year(number - 1), *months_of_year(number)]
        return months[months.index(span) - 1]
    spans = [*spans_of_year(number - 1), *spans_of_year(number)]
    alike = [other for other in spans if other.code[4:-1] == span.code[4:-1]]
    return alike[alike.index(span) - 1]


def find_span(code: str) -> Span | None:
    """The span of a code such as 2026, 2026-S1, 2026-TW3 or 2026-07; None for anything else."""
    number = code[:4]
    if not (number.isascii() and number.isdigit() and 2000 <= int(number) <= 2100):
        return None
    return next((span for span in calendar_of_year(int(number)) if span.code == code), None)


def _months(first: str, last: str) -> Iterator[str]:
    number, part = int(first[:4]), int(first[5:])
    while (code := f"{number}-{part:02}") <= last:
        yield code
        number, part = (number, part + 1) if part < 12 else (number + 1, 1)
