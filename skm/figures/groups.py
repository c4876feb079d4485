"""From the answers of a year to groups of respondents under each heading, only as far as they may be shown."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from skm.figures.results import Regime, regime_of
from skm.figures.tallies import Answers, Tallies
from skm.store.scores import Block
from skm.survey import respondent
from skm.survey.respondent import TRAITS, part_of_day
from skm.survey.small_cells import Cell, shown

BY = ("unit_id", "local_month", "service_id", "local_hour", "channel", "profile")
HEADINGS = (*TRAITS, "service", "hour", "channel")

Read = Mapping[str, Callable[[str], tuple[str, ...]]]  # by instrument
Rows = dict[str, list[bytes]]


@dataclass(frozen=True)
class Groups:
    """The groups under one heading that may be shown, and how many respondents there are, shown or not."""

    tallies: Mapping[str, Tallies]
    everybody: int

    @property
    def n(self) -> int:
        """How many respondents are shown."""
        return sum(tally.n for tallies in self.tallies.values() for tally in tallies.values())


def groups(
    answers: Answers, regime: Regime | None, over: Sequence[str], headings: Sequence[str] = HEADINGS
) -> dict[str, Groups]:
    """The groups of a year's answers, read by BY; only of questionnaires in the regime, only of quarters `over`."""
    read = {
        name: respondent.reader(known) for name, known in answers.known.items() if regime_of(known) == regime
    }
    blocks, left_out = (_cells(some, read, headings) for some in (answers.blocks, answers.left_out))
    return {
        heading: _groups(
            Answers(("unit_id", "quarter", "row"), blocks[heading], left_out[heading], answers.known), over
        )
        for heading in headings
    }


def by_instrument(answers: Answers) -> Counter[str]:
    """How many answers count, by questionnaire."""
    signs: Counter[str] = Counter()
    for sign, blocks in ((1, answers.blocks), (-1, answers.left_out)):
        for (*_, name), block in blocks.items():
            signs[name] += sign * len(block)
    return Counter({name: n // len(answers.known[name].items) for name, n in signs.items()})


def _groups(answers: Answers, over: Sequence[str]) -> Groups:
    cells: Counter[Cell] = Counter()
    for sign, blocks in ((1, answers.blocks), (-1, answers.left_out)):
        for (unit, quarter, row, name), block in blocks.items():
            cells[unit, quarter, row] += sign * (len(block) // len(answers.known[name].items))
    rows = shown(cells, over)
    tallies = answers.full(lambda unit, quarter, row: rows.get((unit, quarter, row)))
    return Groups(tallies, cells.total())


def _cells(
    blocks: Mapping[Block, bytes], read: Read, headings: Sequence[str]
) -> dict[str, dict[Block, bytes]]:
    """The blocks joined anew under each heading: by unit, quarter and row."""
    places = [(place, heading) for place, heading in enumerate(HEADINGS) if heading in headings]
    found: dict[str, dict[Block, bytes]] = {heading: defaultdict(bytes) for heading in headings}
    for (unit, month, name), rows_of in _rows(blocks, read).items():
        quarter = f"{month[:4]}-TW{(int(month[5:]) + 2) // 3}"
        for place, heading in places:
            for row, some in rows_of[place].items():
                found[heading][unit, quarter, row, name] += b"".join(some)
    return found


def _rows(blocks: Mapping[Block, bytes], read: Read) -> dict[Block, list[Rows]]:
    """By unit, month and instrument, under each of HEADINGS: the scores of each row."""
    hours = [part_of_day(hour) for hour in range(24)]
    found: dict[Block, list[Rows]] = defaultdict(lambda: [defaultdict(list) for _ in HEADINGS])
    for (unit, month, service, hour, channel, profile, name), block in blocks.items():
        if name in read:
            rows = (*read[name](profile), service, hours[int(hour)], channel)
            for row, rows_of in zip(rows, found[unit, month, name], strict=True):
                rows_of[row].append(block)
    return found
