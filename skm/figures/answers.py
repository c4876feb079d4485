"""The opened answers: every figure begins here, so that none counts what another leaves out.

`open_answers` reads a selection and the terms by which it is counted; what follows from it are tallies, results and
figures.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from skm import ikm
from skm.figures.computation import Part, compute_figure
from skm.figures.dated import DATE, respondent_days, split_days
from skm.figures.figure import Figure, Result, Terms
from skm.figures.results import Regime, over_units, result_of
from skm.figures.states import Differing, States, read_differing
from skm.figures.tallies import Tallies, added, count, less_groups, more_groups
from skm.figures.terms import terms_of
from skm.store import instruments, scores
from skm.store.database import Database
from skm.store.scores import UNIT_MONTH, Block, Mark, Selection
from skm.survey.instrument import Instrument
from skm.survey.period import MEAN_OF_UNITS, Span
from skm.survey.states import MONTH

EVERYBODY = "all"
HELD = ("held",)
Blocks = list[tuple[Block, bytes]]
Group = Callable[..., str | None]  # takes the values of `by`, gives the group's name; None leaves them out


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The scores of a selection, joined per value of `by` and instrument, and the terms by which they are counted.

    `blocks` are all of them; those in `left_out` do not count. `regime` says which of them measure the same; None:
    in every group that of most. Those in `held` are the ones among `left_out` that wait for a decision. `months`
    narrow all of them further, None takes all. `whole` are the same answers of every month. `narrow` keeps of other
    answers what was kept of these. Answers by unit and month may be `dated`: then full tallies have their days, and
    intervals are by days. `differing` is there for a reader of states. Each month shows what it does at the level of
    the largest span of the calendar within the months that holds it, or at `level`. `marks` say how far spans were
    read that are frozen.
    """

    blocks: Mapping[Block, bytes]
    left_out: Mapping[Block, bytes]
    known: Mapping[str, Instrument]
    terms: Terms
    regime: Regime | None = None
    selection: Selection
    by: Sequence[str]
    held: Mapping[Block, bytes]
    months: frozenset[str] | None = None
    whole: "Answers | None" = field(default=None, repr=False, compare=False)
    narrow: "Callable[[Answers], Answers]" = field(default=lambda answers: answers, repr=False, compare=False)
    dated: bool = False
    differing: Differing | None = None
    level: int | None = None
    marks: Mapping[Span, Mark] = field(default_factory=dict)

    def within(self, months: Sequence[str] | None) -> "Answers":
        """Those of some months, or of all (None); for answers by unit and month."""
        return replace(self, months=None if months is None else frozenset(months), whole=self)

    # Tallies

    def full(self, group: Group) -> dict[str, Tallies]:
        """Full tallies of the answers that count, by group and instrument."""
        return self._counted(self._tallied, group)

    def not_counted(self, group: Group) -> dict[str, Tallies]:
        """Full tallies of those held back or excluded."""
        return self._tallied(self.left_out, group)

    def brief(self, group: Group) -> dict[str, Tallies]:
        """As `full`, several times as fast, without counts and moments: for values without an interval."""
        return self._counted(self._brief, group)

    @cached_property
    def pooled(self) -> Tallies:
        """All that count together, in full: months that are tallied already are added up."""
        if self.whole is None or self.differing:
            return self.full(lambda *_: EVERYBODY).get(EVERYBODY, {})
        by_month = self.whole.by_month
        return added(by_month[at] for at in by_month if self.months is None or at in self.months)

    @cached_property
    def aside(self) -> Tallies:
        """Those held back or excluded, together."""
        return self.not_counted(lambda *_: EVERYBODY).get(EVERYBODY, {})

    @cached_property
    def by_month(self) -> dict[str, Tallies]:
        """By month, in full."""
        return replace(self, level=MONTH).full(lambda _, at: at)

    @cached_property
    def by_unit(self) -> dict[str, Tallies]:
        """By unit, those with answers only; in full where the mean of units needs their intervals."""
        return _answered(self.by_unit_in_full) if self.terms.rule == MEAN_OF_UNITS else self.by_unit_in_brief

    @cached_property
    def by_unit_in_full(self) -> dict[str, Tallies]:
        """By unit, in full."""
        return self.full(lambda unit, _: unit)

    @property
    def by_unit_in_brief(self) -> dict[str, Tallies]:
        """By unit, those with answers only, for values without an interval."""
        return _answered(self.brief(lambda unit, _: unit))

    @property
    def part(self) -> Part:
        """What they bring to a figure, all together. Raises ValueError for answers that cannot be read."""
        return Part(self.pooled, self.aside, sum(self._numbers(self.held).values()))

    # What is said without tallies

    def numbers(self) -> dict[str, int]:
        """How many answers each questionnaire has, those that do not count among them."""
        return self._numbers(self.blocks)

    @cached_property
    def numbers_by_unit(self) -> dict[str, Counter[str]]:
        """The same by unit."""
        numbers: dict[str, Counter[str]] = defaultdict(Counter)
        for key, block in self.blocks.items():
            if self._holds(key):
                numbers[key[0]][key[-1]] += len(block) // self._size[key[-1]]
        return numbers

    def each_day(self, instrument: str) -> Iterator[tuple[int, bytes, ikm.RespondentDays]]:
        """The scores of a questionnaire with the day of each; with the sign -1 those that do not count. Dated only."""
        hidden, still = self.differing.at(self.months, self.level) if self.differing else ({}, {})
        for sign, blocks in ((1, self.blocks), (-1, self.left_out), (-1, hidden), (1, still)):
            some = self._grouped(blocks, lambda *_: EVERYBODY).get(EVERYBODY, {}).get(instrument, [])
            if some:
                yield sign, *self._split(some, instrument)

    # Results and figures

    def result(self, tallies: Tallies) -> Result:
        """The index of tallies, pooled over respondents."""
        return result_of(tallies, self.known, self.terms.weights, self.regime)

    def over(self, units: Mapping[str, Tallies]) -> Result:
        """The index over several units by the rule of the terms."""
        return over_units(units, self.known, self.terms, self.regime)

    def of_unit(self, unit: str, tallies: Tallies) -> Result:
        """The index of one unit as it goes into a mean of units: by its own weights."""
        return result_of(tallies, self.known, self.terms.of_unit(unit), self.regime)

    def over_all(self, population: int | None = None) -> Result:
        """The index of all of them by the rule of the terms, with its interval."""
        return over_units(self.by_unit, self.known, self.terms, self.regime, self.pooled, population)

    def figure(self, silent: Sequence[str] = (), population: int | None = None) -> Figure:
        """The figure of all of them; `silent` are the units without answers."""
        return compute_figure(
            self.part, self.by_unit, self.known, self.terms, self.regime, silent, population
        )

    def with_aside(self) -> ikm.Alternative | None:
        """The index as it would be with those held back or excluded; None where there are none."""
        if not count(self.aside):
            return None
        measure = self.result(added([self.pooled, self.aside])).measure
        return ikm.Alternative(measure.index, measure.grade) if measure else None

    def _counted(
        self, tally: Callable[[Mapping[Block, bytes], Group], dict[str, Tallies]], group: Group
    ) -> dict[str, Tallies]:
        """The tallies of those that count, or for a reader of states of those that show."""
        counted = less_groups(tally(self.blocks, group), tally(self.left_out, group))
        if self.differing is None:
            return counted
        hidden, still = self.differing.at(self.months, self.level)
        return more_groups(less_groups(counted, tally(hidden, group)), tally(still, group))

    def _holds(self, key: Block) -> bool:
        return self.months is None or key[1] in self.months

    def _numbers(self, blocks: Mapping[Block, bytes]) -> dict[str, int]:
        numbers: dict[str, int] = defaultdict(int)
        for key, block in blocks.items():
            if self._holds(key):
                numbers[key[-1]] += len(block) // self._size[key[-1]]
        return dict(numbers)

    @cached_property
    def _size(self) -> dict[str, int]:
        """How many characters an answer to each questionnaire has in a block."""
        return {name: len(one.items) + (DATE if self.dated else 0) for name, one in self.known.items()}

    def _grouped(self, blocks: Mapping[Block, bytes], group: Group) -> dict[str, dict[str, Blocks]]:
        """The blocks by group and instrument."""
        parts: dict[str, dict[str, Blocks]] = defaultdict(lambda: defaultdict(list))
        months = self.months
        for key, block in blocks.items():
            if (months is None or key[1] in months) and (name := group(*key[:-1])):
                parts[name][key[-1]].append((key, block))
        return parts

    def _scores(self, blocks: Blocks, instrument: str) -> bytes:
        joined = b"".join(block for _, block in blocks)
        return split_days(joined, len(self.known[instrument].items))[0] if self.dated else joined

    def _tallied(self, blocks: Mapping[Block, bytes], group: Group) -> dict[str, Tallies]:
        return {
            name: {i: self._tally(some, i) for i, some in by_instrument.items()}
            for name, by_instrument in self._grouped(blocks, group).items()
        }

    def _tally(self, blocks: Blocks, instrument: str) -> ikm.Tally:
        asked = self.known[instrument]
        if not self.dated:
            return ikm.tally(b"".join(block for _, block in blocks), len(asked.items), asked.scale)
        answers, days = self._split(blocks, instrument)
        return ikm.tally(answers, len(asked.items), asked.scale, days)

    def _split(self, blocks: Blocks, instrument: str) -> tuple[bytes, ikm.RespondentDays]:
        """The scores of dated blocks, and the day of each answer."""
        joined = b"".join(block for _, block in blocks)
        answers, dates = split_days(joined, len(self.known[instrument].items))
        places = [(key[0], key[1], len(block) // self._size[instrument]) for key, block in blocks]
        return answers, respondent_days(places, dates)

    def _brief(self, blocks: Mapping[Block, bytes], group: Group) -> dict[str, Tallies]:
        by_instrument: dict[str, dict[str, bytes]] = defaultdict(dict)
        for name, by_name in self._grouped(blocks, group).items():
            for instrument, some in by_name.items():
                by_instrument[instrument][name] = self._scores(some, instrument)
        tallies: dict[str, Tallies] = defaultdict(dict)
        for instrument, groups in by_instrument.items():
            asked = self.known[instrument]
            for name, tally in ikm.tally_groups(groups, len(asked.items), asked.scale).items():
                tallies[name][instrument] = tally
        return tallies


def open_answers(
    db: Database,
    selection: Selection,
    by: Sequence[str] = UNIT_MONTH,
    terms: Terms | None = None,
    *,
    dated: bool | None = None,
    states: States | None = None,
) -> Answers:
    """The answers of a selection, ready to be counted in groups of the values of `by`.

    By default they are counted by the terms of the nearest period, as `terms_of` says, and are dated by unit and
    month; whoever needs no intervals reads faster without. With `states`: no service, no counter, no other `by`.
    """
    with_days = by == UNIT_MONTH if dated is None else dated
    if states:
        if by != UNIT_MONTH or selection.service_id or selection.counter_id:
            raise ValueError("states are of units and months")
        selection = replace(selection, until=states.mark)
    blocks = scores.score_blocks(db, selection, by, dated=with_days)
    left_out = scores.left_out_blocks(db, selection, by, dated=with_days)
    return Answers(
        selection=selection,
        by=by,
        blocks=blocks,
        left_out=left_out,
        held=scores.left_out_blocks(db, selection, by, HELD, dated=with_days) if left_out else {},
        known={name: instruments.get(db, name) for name in sorted({key[-1] for key in blocks})},
        terms=terms or terms_of(db, selection.path, selection.span),
        dated=with_days,
        differing=read_differing(db, selection, states, dated=with_days) if states else None,
    )


def answers_of(block: bytes, instrument_id: str, instrument: Instrument, terms: Terms) -> Answers:
    """Answers to one questionnaire that were read otherwise, such as those of one bundle of paper."""
    blocks: dict[Block, bytes] = {(instrument_id,): block} if block else {}
    return Answers(
        selection=Selection(""),
        by=(),
        blocks=blocks,
        left_out={},
        held={},
        known={instrument_id: instrument},
        terms=terms,
    )


def _answered(tallied: Mapping[str, Tallies]) -> dict[str, Tallies]:
    return {unit: tallies for unit, tallies in tallied.items() if count(tallies)}
