"""Held answers: which wait in a unit and why, and what its index is with and without them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from skm.figures.answers import Answers, open_answers
from skm.figures.figure import Result
from skm.figures.tallies import Tallies, added, count
from skm.store import held_answers, organisations
from skm.store.database import Database
from skm.store.held_answers import HeldAnswer, WaitingUnit
from skm.store.scores import Selection
from skm.survey.organisation import Organisation
from skm.survey.period import Span, year
from skm.survey.small_cells import K


@dataclass(frozen=True)
class HeldGroup:
    """Held answers with one reason, all proposed to be excluded by one person for one reason, or none of them.

    `code` names the group in addresses.
    """

    code: str
    why: str
    proposer_id: str | None
    proposer: str
    proposal: str
    answers: Sequence[HeldAnswer]

    @property
    def is_proposed(self) -> bool:
        """Whether a second person has to agree, or not."""
        return bool(self.proposal)


@dataclass(frozen=True)
class HeldYear:
    """The index of a unit in a year without and with its held answers."""

    span: Span
    held: int
    without: Result
    including: Result


@dataclass(frozen=True)
class HeldAnswers:
    """The held answers of a unit by reason, the group that has waited longest first, and the years that they are of."""

    unit: Organisation
    above: Sequence[Organisation]
    groups: Sequence[HeldGroup]
    years: Sequence[HeldYear]


@dataclass(frozen=True)
class WaitingUnits:
    """The units below an organisation that have held answers."""

    organisation: Organisation
    above: Sequence[Organisation]
    units: Sequence[WaitingUnit]


def show_held(db: Database, slug: str) -> HeldAnswers:
    """What waits in a unit; raises Problem."""
    unit = organisations.get_by_slug(db, slug)
    held = held_answers.all_for_unit(db, unit.id)
    years = sorted({one.local_date[:4] for one in held})
    return HeldAnswers(
        unit=unit,
        above=organisations.all_above(db, unit),
        groups=_groups(held),
        years=[_year(db, unit, year(int(number))) for number in years],
    )


def show_waiting_units(db: Database, slug: str) -> WaitingUnits:
    """Where answers wait below an organisation, by the tree of today; raises Problem."""
    organisation = organisations.get_by_slug(db, slug)
    return WaitingUnits(
        organisation,
        organisations.all_above(db, organisation),
        held_answers.all_waiting(db, organisation.path),
    )


def may_tell(held: Iterable[int]) -> bool:
    """Whether the index with some held answers may leave for people who see no single ones; `held` are those by unit.

    Every unit has none, or K. So whatever is told is a sum of told units, and no difference holds one to four.
    """
    numbers = list(held)
    return any(numbers) and all(n == 0 or n >= K for n in numbers)


def count_held(answers: Answers) -> int:
    """How many of these answers are held."""
    return answers.part.held


def held_by_unit(answers: Answers) -> Mapping[str, Tallies]:
    """The tallies of those that are held, by unit."""
    only_held = replace(answers, left_out=answers.held)
    return {
        unit: tallies
        for unit, tallies in only_held.not_counted(lambda unit, *_: unit).items()
        if count(tallies)
    }


def index_including_held(answers: Answers, unit: str | None = None) -> Result:
    """The index as it would be if every held answer counted, by the rule of the terms; of all, or of one unit."""
    counted, held = answers.by_unit, held_by_unit(answers)
    units = [unit] if unit else sorted({*counted, *held})
    return answers.over({key: added([counted.get(key, {}), held.get(key, {})]) for key in units})


def _groups(held: Sequence[HeldAnswer]) -> list[HeldGroup]:
    groups: dict[tuple[str, str | None, str, str], list[HeldAnswer]] = {}
    for one in held:
        groups.setdefault((one.why, one.proposer_id, one.proposer, one.proposal), []).append(one)
    return [HeldGroup(_code(key), *key, answers) for key, answers in groups.items()]


def _code(key: Sequence[str | None]) -> str:
    return sha256("\n".join(str(part) for part in key).encode()).hexdigest()[:12]


def _year(db: Database, unit: Organisation, span: Span) -> HeldYear:
    answers = open_answers(db, Selection(unit.path, span))
    return HeldYear(span, count_held(answers), answers.over_all(), index_including_held(answers))
