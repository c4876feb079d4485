"""The states of units at the last close of a day: what is read by whoever has no access to single answers.

A state is made again from what happened, never stored. What is over does not change, so a process remembers how far it
has come with a unit, and goes on from there.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from threading import Lock

from skm.figures.parts import Parts, all_parts
from skm.store import arrivals, organisations
from skm.store.database import Database, reading
from skm.store.scores import Block, Mark, Selection, find_mark, score_blocks
from skm.survey.history import Change
from skm.survey.organisation import Organisation
from skm.survey.paper import UNANSWERED
from skm.survey.part_tables import Step
from skm.survey.period import Span
from skm.survey.states import YEAR, State, cover, level_of

GRACE = timedelta(minutes=5)  # after midnight, for what was sent before it and is still being written
NOTHING_READ = Mark(0, 0)
ByMask = Mapping[int, Sequence[int]]
Blocks = dict[Block, bytes]
ByLevels = Mapping[int, Blocks]


@dataclass(frozen=True)
class States:
    """What units show at the close of `day`. Answers and events are read as far as `mark`.

    `hidden` are the numbers of answers that count and do not show yet, `still` of those that show and do not count any
    more; by the levels at which they show, a bit each. `waiting` is how many are not in the figure of their year.
    `steps` are those of the figures of years, by unit and questionnaire.
    """

    day: date
    mark: Mark
    hidden: ByMask
    still: ByMask
    waiting: int
    steps: Mapping[str, Mapping[str, Sequence[Step]]]


@dataclass(frozen=True)
class Differing:
    """The scores of the answers that show otherwise than they count, by the levels at which they show."""

    states: States
    hidden: ByLevels
    still: ByLevels

    def at(self, months: frozenset[str] | None, level: int | None) -> tuple[Blocks, Blocks]:
        """Those that do not show in a span of some months or of all (None), and those that still do.

        A month counts at the level of the largest span of the calendar within the months, or at the given one.
        """
        covered = {} if months is None else cover(months)

        def shows(mask: int, month: str) -> bool:
            return bool(mask >> (covered.get(month, YEAR) if level is None else level) & 1)

        hidden: Blocks = {}
        still: Blocks = {}
        for mask, blocks in self.hidden.items():
            hidden |= {k: hidden.get(k, b"") + block for k, block in blocks.items() if not shows(mask, k[1])}
        for mask, blocks in self.still.items():
            still |= {k: still.get(k, b"") + block for k, block in blocks.items() if shows(mask, k[1])}
        return hidden, still


@dataclass
class _Deed:
    """Something that happened to a unit on a day, in the order of the list."""

    day: date
    instrument: str = ""
    change: Change | None = None
    period: str = ""
    mark: Mark = NOTHING_READ  # of a period's figure that was frozen or published
    level: int | None = None  # the smallest that holds a period that was published


@dataclass
class _Unit:
    """How far a process has come with a unit."""

    mark: Mark
    told: int  # how often a figure of the unit was frozen or published
    parts: Parts
    closed: date = date.min
    states: dict[str, State] = field(default_factory=dict)
    steps: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    pending: list[_Deed] = field(default_factory=list)  # of days that are not over


_units: dict[str, dict[str, _Unit]] = defaultdict(dict)  # by file, then by unit
_lock = Lock()


def find_states(db: Database, organisation: Organisation, now: datetime) -> States:
    """The states of all units that ever stood below an organisation, at the last close of a day."""
    with _lock, reading(db):
        day, mark = organisation.today(now - GRACE) - timedelta(days=1), find_mark(db)
        below = organisations.all_ever_below(db, organisation.path, None)
        units = {one.id: one for one in below if one.kind == "unit"}
        remembered, divided = _units[_file(db)], all_parts(db, units.values())
        _forget_changed(db, units, remembered, day, divided)
        _read_on(db, units, remembered, mark, divided)
        for key in units:
            _close_until(remembered[key], day)
        return _together({key: remembered[key] for key in units}, day, mark)


def read_differing(db: Database, selection: Selection, states: States, *, dated: bool) -> Differing:
    """The scores of the answers of a selection that show otherwise than they count."""

    def read(numbers: ByMask) -> ByLevels:
        return {
            mask: score_blocks(db, replace(selection, numbers=some), dated=dated)
            for mask, some in numbers.items()
            if some
        }

    return Differing(states, read(states.hidden), read(states.still))


def _file(db: Database) -> str:
    return str(db.conn.execute("PRAGMA database_list").fetchone()[2] or id(db.conn))


def _forget_changed(
    db: Database,
    units: Mapping[str, Organisation],
    remembered: dict[str, _Unit],
    day: date,
    divided: Mapping[str, Parts],
) -> None:
    """Forgets units with new decisions, frozen or published figures, periods or places, or asked for an earlier day."""
    events = {decision[2]: decision[0] for decision in arrivals.all_decisions(db, units)}
    told = Counter(each[0] for each in (*arrivals.all_frozen(db, units), *arrivals.all_published(db, units)))
    for key in units.keys() & remembered.keys():
        unit = remembered[key]
        is_new = events.get(key, 0) > unit.mark.event or told[key] != unit.told or divided[key] != unit.parts
        if unit.closed > day or is_new:
            del remembered[key]


def _read_on(
    db: Database,
    units: Mapping[str, Organisation],
    remembered: dict[str, _Unit],
    mark: Mark,
    divided: Mapping[str, Parts],
) -> None:
    """Reads what came since a process last looked, and everything of a unit that it does not remember."""
    _read_new(db, units, remembered, mark)
    if missing := {key: unit for key, unit in units.items() if key not in remembered}:
        deeds = _all_deeds(db, missing, divided)
        for key in missing:
            told = sum(bool(deed.period) for deed in deeds[key])
            remembered[key] = _Unit(mark, told, divided[key], pending=deeds[key])


def _read_new(
    db: Database, units: Mapping[str, Organisation], remembered: dict[str, _Unit], mark: Mark
) -> None:
    looked = min((remembered[key].mark.response for key in units if key in remembered), default=mark.response)
    if looked < mark.response:
        for arrival in arrivals.all_since(db, units, looked):
            number, unit = arrival[:2]
            one = remembered.get(unit)
            if one is None or number <= one.mark.response:
                continue
            deed = _arrived(arrival, units[unit], one.parts)
            if deed.day <= one.closed:  # that day was over: everything again, as another process would see it
                del remembered[unit]
            else:
                one.pending.append(deed)
    for key in units.keys() & remembered.keys():
        remembered[key].mark = mark


def _arrived(arrival: arrivals.Arrival, unit: Organisation, parts: Parts) -> _Deed:
    number, _, instrument, day, received, scores = arrival
    change = Change(number, day[:7], counted=True, part=parts.of(day), gaps=_gaps(scores))
    return _Deed(_day(unit, received), instrument, change)


def _all_deeds(
    db: Database, units: Mapping[str, Organisation], divided: Mapping[str, Parts]
) -> dict[str, list[_Deed]]:
    """Everything that happened to each unit; of one day answers first, then decisions, then what was told."""
    deeds: dict[str, list[_Deed]] = defaultdict(list)
    for arrival in arrivals.all_since(db, units, 0):
        deeds[arrival[1]].append(_arrived(arrival, units[arrival[1]], divided[arrival[1]]))
    counted: dict[int, bool] = {}
    for event, number, unit, instrument, day, at, counts, scores in arrivals.all_decisions(db, units):
        if counted.get(number, True) != bool(counts):
            counted[number] = bool(counts)
            change = Change(number, day[:7], bool(counts), event, divided[unit].of(day), _gaps(scores))
            deeds[unit].append(_Deed(_day(units[unit], at), instrument, change))
    for unit, made, period, response, event in arrivals.all_frozen(db, units):
        deeds[unit].append(_Deed(_day(units[unit], made), period=period, mark=Mark(response, event)))
    for unit, at, period, opens, closes, response, event in arrivals.all_published(db, units):
        level, mark = level_of(Span("", opens[:7], closes[:7]).months), Mark(response, event)
        deeds[unit].append(_Deed(_day(units[unit], at), period=period, mark=mark, level=level))
    return deeds


def _close_until(unit: _Unit, day: date) -> None:
    """Lets the days up to this one go by."""
    if unit.closed >= day:
        return
    over = sorted((deed for deed in unit.pending if deed.day <= day), key=lambda deed: deed.day)
    unit.pending = [deed for deed in unit.pending if deed.day > day]
    for closed, deeds in groupby(over, key=lambda deed: deed.day):
        touched = {name for deed in deeds for name in _happens(unit, deed)}
        for name in touched:
            unit.states[name].close_day()
        for name, state in unit.states.items():
            unit.steps[name] += [_step(closed, changes) for changes in state.stepped if changes]
            state.stepped.clear()
    unit.closed = day


def _step(day: date, changes: Sequence[Change]) -> Step:
    numbers = array("q", (one.answer if one.counted else -one.answer for one in changes))
    return Step(day, int(changes[0].month[:4]), numbers)


def _happens(unit: _Unit, deed: _Deed) -> list[str]:
    """Lets something happen to a unit; which questionnaires have changes by it."""
    if deed.change:
        unit.states.setdefault(deed.instrument, State()).note(deed.change)
        return [deed.instrument]
    for state in unit.states.values():
        if deed.level is None:
            state.freeze(deed.period, deed.mark.response, deed.mark.event)
        else:
            state.publish(deed.period, deed.level, deed.mark.response, deed.mark.event)
    return []


def _together(units: Mapping[str, _Unit], day: date, mark: Mark) -> States:
    hidden: dict[int, list[int]] = defaultdict(list)
    still: dict[int, list[int]] = defaultdict(list)
    event = mark.event
    steps = {key: {name: tuple(some) for name, some in unit.steps.items()} for key, unit in units.items()}
    for unit in units.values():
        for change in (deed.change for deed in unit.pending if deed.change):
            # What came on a day that is not over shows nowhere; what was decided on it has not happened yet.
            if change.event:
                event = min(event, change.event - 1)
            else:
                hidden[0].append(change.answer)
        for state in unit.states.values():
            for answer, counted, shown in state.otherwise:
                (hidden if counted else still)[shown].append(answer)
    waiting = sum(len(numbers) for shown, numbers in hidden.items() if not shown >> YEAR & 1)
    return States(day, Mark(mark.response, event), dict(hidden), dict(still), waiting, steps)


def _day(unit: Organisation, moment: str) -> date:
    return unit.local(datetime.fromisoformat(moment)).date()


def _span(opens: str, closes: str) -> Span:
    return Span("", opens[:7], closes[:7], "", opens, closes)


def _gaps(scores: str) -> tuple[int, ...]:
    """The places of the questions that were left out; most answers have none and arrive without their scores."""
    return tuple(place for place, score in enumerate(scores) if score == UNANSWERED)
