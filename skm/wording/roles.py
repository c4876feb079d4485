"""The roles of an officer in words, and what is said of those that end or have ended on their last day."""

from collections.abc import Iterable, Sequence
from datetime import date

from skm.i18n import formats
from skm.survey.officer import UNIT_HEAD, Membership
from skm.wording.reach import Notice

WARNED = 30  # days before the last one


def role_in_full(held: Membership) -> str:
    """`Plt. Kepala unit, Puskesmas I, sampai 31 Desember 2026`."""
    return ", ".join(filter(None, [held.title, held.organisation, term(held)]))


def term(held: Membership) -> str:
    """`sampai 31 Desember 2026`; "" where a role has no end."""
    return f"sampai {formats.date(held.last_day)}" if held.last_day else ""


def term_notices(given: Iterable[tuple[str, Membership]], today: date) -> list[Notice]:
    """Of people with their roles: which end soon, and where an acting head has left and nobody followed.

    The soonest first; what has passed is loud.
    """
    given = list(given)
    headed = {held.organisation_id for _, held in given if held.role == UNIT_HEAD and held.is_held_on(today)}
    by_day = sorted((held.last_day, name, held) for name, held in given if held.last_day)
    return [
        *_ended([(day, name, held) for day, name, held in by_day if day < today], headed),
        *_ending(
            [(day, name, held) for day, name, held in by_day if 0 <= (day - today).days <= WARNED], today
        ),
    ]


def _ended(past: Sequence[tuple[date, str, Membership]], headed: set[str]) -> Iterable[Notice]:
    latest = {held.organisation_id: (day, name, held) for day, name, held in past if held.role == UNIT_HEAD}
    for day, name, held in latest.values():
        if held.organisation_id not in headed:
            words = f"{held.title} {held.organisation}, {name}, berakhir {formats.date(day)}"
            yield Notice(f"{words}; sejak itu {held.organisation} tidak mempunyai kepala.", loud=True)


def _ending(near: Sequence[tuple[date, str, Membership]], today: date) -> Iterable[Notice]:
    for day, name, held in near:
        left = (day - today).days
        when = f"{left} hari lagi" if left else "hari ini"
        words = f"{held.title} {held.organisation}, {name}, berakhir {formats.date(day)}"
        yield Notice(f"{words} ({when}).", loud=False)
