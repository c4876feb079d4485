"""The day on which each respondent of a file answered."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from skm.survey.problem import Problem

COLUMN = "tanggal"  # which is taken where no other is named
NONE = "-"  # in place of a name: the days are not to be read
_ISO = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_LOCAL = re.compile(r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})")
_AMERICAN = re.compile(r"(?P<month>\d{1,2})(/)(?P<day>\d{1,2})/(?P<year>\d{4})")
_TIME = re.compile(r"[T ,].*")


def find_day_column(header: Sequence[str], wanted: str | None) -> int | None:
    """The place of the column with the days; None where there is none, or none is to be read.

    Raises Problem where a column that was asked for is not there, and where two have its name.
    """
    if wanted == NONE:
        return None
    name = COLUMN if wanted is None else wanted.strip().casefold()
    places = [place for place, cell in enumerate(header) if cell.strip().casefold() == name]
    if len(places) > 1:
        raise Problem("column_doubled", first=header[places[0]], second=header[places[1]])
    if not places and wanted is not None:
        raise Problem("day_column_missing", column=wanted)
    return places[0] if places else None


class DayColumn:
    """Reads the days of a column: 2026-03-09, 09/03/2026, 9-3-2026 or 09.03.2026, with a time after it or without.

    Forms in English write 4/22/2026. A column that has such a day has the month first in all of them.
    """

    def __init__(self, place: int, header: Sequence[str]) -> None:
        self.place = place
        self._head = header[place]
        self._read: list[tuple[int | str, str]] = []  # row and what it says

    def add(self, row: Sequence[str], number: int | str) -> None:
        """Takes up the day of a row, to be worked out with those of the others."""
        self._read.append((number, row[self.place].strip() if self.place < len(row) else ""))

    @cached_property
    def month_first(self) -> bool:
        """Whether a day of the column makes sense only with its month first."""
        return any(find_day(typed) is None and _day(typed, _AMERICAN) for _, typed in self._read)

    @cached_property
    def doubtful(self) -> str:
        """A day that would be another one with its month first, where no day of the column decides; "" for none."""
        doubtful = ""
        for typed in dict.fromkeys(typed for _, typed in self._read):
            ways = _day(typed, _LOCAL), _day(typed, _AMERICAN)
            if (ways[0] is None) != (ways[1] is None) and "/" in typed:
                return ""
            doubtful = doubtful or (typed if None not in ways and ways[0] != ways[1] else "")
        return doubtful

    def days(self) -> list[date]:
        """The days in the order of their rows.

        Raises Problem for what is no day, or has the day first among months: a guess would be no day either.
        """
        known: dict[str, date | None] = {}
        for _, typed in self._read:
            if typed not in known:
                known[typed] = self._day(typed)
        for number, typed in self._read:
            if known[typed] is None:
                raise Problem("day_invalid", row=number, column=self._head, value=typed)
        return [day for _, typed in self._read if (day := known[typed])]

    def _day(self, typed: str) -> date | None:
        return _day(typed, _ISO, _AMERICAN) if self.month_first else find_day(typed)


def find_day(typed: str) -> date | None:
    """The day that somebody typed in one of these ways, the day before the month; None for anything else."""
    return _day(typed, _ISO, _LOCAL)


def _day(typed: str, *shapes: re.Pattern[str]) -> date | None:
    alone = _TIME.sub("", typed)
    for shape in shapes:
        if match := shape.fullmatch(alone):
            try:
                return date(*(int(match[part]) for part in ("year", "month", "day")))
            except ValueError:
                return None  # the 30th of February
    return None
