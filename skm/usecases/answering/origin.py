"""Which answer of the day, in its unit, comes from the same network address."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from skm.security.origins import Origin, origin_of
from skm.survey.organisation import Organisation

SHOWN = (6, 3, 2, 1)  # what stands for that number and those up to the next


@contextmanager
def counted(origin: Origin | None, unit: Organisation, now: datetime) -> Iterator[Callable[[], int | None]]:
    """Gives what counts an answer of the day by the unit's clock, as SHOWN; undone where it is not stored after all."""
    known = origin_of(origin.address) if origin else ""
    what, done = f"{known} {unit.id} {unit.today(now)}", []

    def count() -> int | None:
        number = origin.table.count(what, now) if origin and known else None
        done.append(number)
        return number and next(shown for shown in SHOWN if number >= shown)

    try:
        yield count
    except BaseException:
        if origin and any(done):
            origin.table.take_back(what, now)
        raise
