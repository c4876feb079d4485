"""Answers on paper: a batch (bundel) of sheets (lembar) that one person keys and a second person checks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256

from skm.survey.instrument import Instrument
from skm.survey.organisation import Counter, Organisation, Service

STATES = {
    "keying": "sedang diketik",
    "checking": "menunggu pemeriksaan orang kedua",
    "counted": "sudah dihitung",
    "discarded": "dibuang",
}
# The printed questionnaire asks for one of two parts of the day (Jam Survei); each is stored as its first hour.
PARTS = {8: "08.00–12.00", 13: "13.00–17.00"}
STACK_LIMIT = 500  # sheets: more than a person keys in a day
UNANSWERED = "-"

SMALLEST_SAMPLE = 3  # sheets: fewer say nothing about how carefully a stack was keyed
SAMPLE_SHARE = Fraction(1, 10)
# Even if every wrong field erred by one answer to the same side, one in a hundred moves an index by 0.01 * 25 = 0.25:
# less than the interval of any batch.
WRONG_LIMIT = Fraction(1, 100)


@dataclass(frozen=True)
class Batch:
    """A stack of papers of one counter, one service and one day.

    `stack` is the number of sheets counted by hand; `keyed`, `counted` and `discarded` are the moments at which
    keying ended, the sheets became answers, or the batch was given up for a reason (`why`).
    """

    id: str
    unit_id: str
    number: int
    counter_id: str
    service_id: str
    instrument_id: str
    survey_date: str
    local_hour: int
    language: str
    stack: int
    opened: str
    officer_id: str | None
    officer_name: str
    keyed: str | None = None
    counted: str | None = None
    discarded: str | None = None
    why: str = ""

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.discarded:
            return "discarded"
        return "counted" if self.counted else "checking" if self.keyed else "keying"

    @property
    def day(self) -> date:
        """The day that the papers were filled in."""
        return date.fromisoformat(self.survey_date)

    @property
    def is_open(self) -> bool:
        """Whether its sheets may still become answers."""
        return self.state in ("keying", "checking")


@dataclass(frozen=True)
class Sheet:
    """One paper as it was keyed, and corrected since; `id` is the idempotency key, and later the answer's id.

    `drawn` is the round in which it was drawn to be checked, 0 for none; `profile` is stored as by `profile.pack`.
    """

    id: str
    batch_id: str
    number: int
    officer_id: str | None
    officer_name: str
    saved: str
    scores: str
    profile: str
    comment: str
    drawn: int = 0
    removed: str | None = None


@dataclass(frozen=True)
class Check:
    """A sheet keyed a second time, by whom; `fields` is how many were compared."""

    sheet_id: str
    batch_id: str
    officer_id: str | None
    officer_name: str
    at: str
    fields: int


@dataclass(frozen=True)
class Difference:
    """A field in which two people read a sheet differently; `chosen` is what the paper says, None while undecided."""

    sheet_id: str
    field: str
    batch_id: str
    first: str
    second: str
    chosen: str | None = None
    officer_id: str | None = None
    officer_name: str = ""
    decided: str | None = None

    @property
    def wrong(self) -> bool:
        """Whether it was the first person who erred."""
        return self.chosen is not None and self.chosen != self.first


@dataclass(frozen=True)
class BatchDetails:
    """A batch with the names of what it is about, its sheets, and who keyed them (names by id)."""

    batch: Batch
    unit: Organisation
    counter: Counter
    service: Service
    instrument: Instrument
    sheets: Sequence[Sheet]
    keyers: Mapping[str, str]

    @property
    def next_number(self) -> int:
        """The lowest number that no sheet has: it is written on the paper that is keyed next."""
        return free_number(self.sheets)


@dataclass(frozen=True)
class CheckProgress:
    """How far the check is: sheets drawn, those keyed again, what differed, and what is still to be done."""

    drawn: Sequence[Sheet]
    checks: Sequence[Check]
    differences: Sequence[Difference]

    @property
    def todo(self) -> list[Sheet]:
        """The drawn sheets that nobody has keyed again yet."""
        done = {check.sheet_id for check in self.checks}
        return [sheet for sheet in self.drawn if sheet.id not in done]

    @property
    def undecided(self) -> list[Sheet]:
        """The sheets with a difference that nobody has looked up on the paper yet."""
        open_ones = {one.sheet_id for one in self.differences if one.chosen is None}
        return [sheet for sheet in self.drawn if sheet.id in open_ones]

    @property
    def left(self) -> int:
        """How many sheets are still to be keyed again or decided."""
        return len(self.todo) + len(self.undecided)

    @property
    def checkers(self) -> list[str]:
        """Who keyed or decided anything the second time."""
        officers = [(one.officer_id, one.officer_name) for one in self.checks]
        officers += [(one.officer_id, one.officer_name) for one in self.differences if one.chosen]
        return list(dict(officers).values())

    @property
    def compared(self) -> int:
        """How many fields were keyed twice."""
        return sum(check.fields for check in self.checks)

    @property
    def wrong(self) -> int:
        """How many of them the first person had wrong."""
        return sum(one.wrong for one in self.differences)

    @property
    def draws(self) -> int:
        """How often sheets were drawn."""
        return max((sheet.drawn for sheet in self.drawn), default=0)


def fields_of(instrument: Instrument) -> list[str]:
    """What is compared: every item and every field about the respondent. A comment is nobody's figure."""
    return [item.code for item in instrument.items] + [field.code for field in instrument.profile]


def values_of(instrument: Instrument, scores: str, profile: Mapping[str, object]) -> dict[str, str]:
    """A sheet as text by field, UNANSWERED where nothing was given."""
    answers = {item.code: score for item, score in zip(instrument.items, scores, strict=True)}
    return answers | {field.code: str(profile.get(field.code, UNANSWERED)) for field in instrument.profile}


def contents_of(instrument: Instrument, values: Mapping[str, str]) -> tuple[str, dict[str, str | int]]:
    """The reverse of `values_of`: scores and profile."""
    scores = "".join(values[item.code] for item in instrument.items)
    given = [field for field in instrument.profile if values[field.code] != UNANSWERED]
    return scores, {f.code: int(values[f.code]) if f.kind == "number" else values[f.code] for f in given}


def differing(first: Mapping[str, str], second: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Field, first and second reading wherever they differ."""
    return [(field, first[field], second[field]) for field in first if first[field] != second[field]]


def free_number(sheets: Iterable[Sheet]) -> int:
    """The lowest number that none of the sheets has."""
    taken = {sheet.number for sheet in sheets}
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def sample_size(sheets: int) -> int:
    """How many of a batch's sheets are keyed a second time: a tenth, at least three, at most all."""
    return min(sheets, max(SMALLEST_SAMPLE, -int(-sheets * SAMPLE_SHARE // 1)))


def further(sheets: int, drawn: int, compared: int, wrong: int) -> int:
    """How many sheets more have to be checked when all drawn ones are: as many again while too much was wrong.

    A small sample cannot tell one slip from carelessness; doubling it does, and ends with every sheet checked.
    """
    if not compared or Fraction(wrong, compared) <= WRONG_LIMIT:
        return 0
    return min(sheets - drawn, drawn)


def draw(batch_id: str, sheets: Iterable[Sheet], size: int) -> Sequence[Sheet]:
    """The sheets to be checked: nobody chooses them, and anybody can draw them again.

    In the order of the SHA-256 of `batch id/sheet number`, those drawn already first; in the order of the stack.
    """
    order = sorted(sheets, key=lambda s: (not s.drawn, sha256(f"{batch_id}/{s.number}".encode()).digest()))
    return sorted(order[:size], key=lambda sheet: sheet.number)
