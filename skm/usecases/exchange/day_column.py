"""The day on which each respondent of a file answered."""

import re
from collections.abc import Sequence
from datetime import date

from skm.survey.problem import Problem

COLUMN = "tanggal"  # which is taken where no other is named
NONE = "-"  # in place of a name: the days are not to be read
_ISO = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_LOCAL = re.compile(r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})")
_TIME = re.compile(r"[T ].*")


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


def read_day(row: Sequence[str], column: int, header: Sequence[str], number: int) -> date:
    """The day in row `number`: 2026-03-09, 09/03/2026, 9-3-2026 or 09.03.2026, with a time after it or without.

    Raises Problem for anything else: an answer without a day would make its day a guess.
    """
    value = row[column].strip() if column < len(row) else ""
    if day := find_day(value):
        return day
    raise Problem("day_invalid", row=number, column=header[column], value=value)


def find_day(typed: str) -> date | None:
    """The day that somebody typed in one of these ways; None for anything else."""
    alone = _TIME.sub("", typed)
    if match := _ISO.fullmatch(alone) or _LOCAL.fullmatch(alone):
        try:
            return date(*(int(match[part]) for part in ("year", "month", "day")))
        except ValueError:
            pass  # the 30th of February
    return None
