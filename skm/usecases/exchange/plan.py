"""What a file would do, row by row; rows that wait for another one stand below the row that they wait for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from skm.i18n import formats
from skm.usecases.exchange.spreadsheet_rows import Row
from skm.usecases.people.people import Invited

OUTCOMES = {
    "new": "baru",
    "moved": "pindah",
    "changed": "berubah",
    "same": "tetap",
    "fault": "salah",
    "waiting": "tertunda",
}
_COUNTED = ("new", "changed", "same", "fault")  # a move is a change; what waits is counted with its fault


@dataclass(frozen=True)
class RowOutcome:
    """What becomes of a row, by its number in the spreadsheet: a key of OUTCOMES, and why in words.

    `kind` says what the row is about (unit, layanan, loket), `name` whose row it is. `waiting` are the rows that
    nothing can be said about before this one is right.
    """

    number: int
    sheet: str
    outcome: str
    words: str
    kind: str
    name: str
    waiting: Sequence["RowOutcome"] = ()


@dataclass(frozen=True)
class Plan:
    """The outcome of every row of a file, sheet after sheet, and what a reader should know about the file.

    `invited` is who came to a role by it, with the links that are shown this once.
    """

    file: str
    rows: tuple[RowOutcome, ...]
    notes: tuple[str, ...]
    invited: tuple[Invited, ...] = ()  # once it is done

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows are new, changed (also by a move), the same, or faulty; rows that wait are not among them."""
        counts = Counter("changed" if row.outcome == "moved" else row.outcome for row in self.rows)
        return {outcome: counts[outcome] for outcome in _COUNTED}

    @property
    def digest(self) -> str:
        """The same for two plans that do the same."""
        return sha256(repr(self.rows).encode()).hexdigest()

    @property
    def differs(self) -> bool:
        """Whether something would change."""
        return bool(self.counts["new"] or self.counts["changed"])

    @property
    def faults(self) -> tuple[RowOutcome, ...]:
        """The rows that stand in the way."""
        return tuple(row for row in self.rows if row.outcome == "fault")


def planned(file: str, rows: Iterable[Row], notes: Sequence[str]) -> Plan:
    """The plan that rows come to, once each has its outcome."""
    rows = list(rows)
    waiting: dict[int, list[RowOutcome]] = defaultdict(list)
    outcomes: dict[int, RowOutcome] = {}
    for row in rows:
        if row.cause:
            outcomes[id(row)] = _waiting(row, row.cause)
            waiting[id(row.cause)].append(outcomes[id(row)])
    judged = (outcomes.get(id(row)) or _outcome(row, waiting[id(row)]) for row in rows)
    return Plan(file[:200], tuple(judged), tuple(notes))


def counted(rows: Iterable[RowOutcome]) -> str:
    """How many rows there are of each kind: `1 perangkat daerah, 12 unit, dan 24 layanan`."""
    kinds = Counter(row.kind for row in rows)
    words = [f"{formats.count(n)} {kind}" for kind, n in kinds.items()]
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def summary(plan: Plan) -> str:
    """What a file does in one sentence: `12 unit dan 24 layanan baru; 1 unit pindah; 3 loket tetap`."""
    by_outcome = {outcome: [row for row in plan.rows if row.outcome == outcome] for outcome in OUTCOMES}
    said = [f"{counted(rows)} {OUTCOMES[outcome]}" for outcome, rows in by_outcome.items() if rows]
    return "; ".join(said) or "tidak ada baris"


def _outcome(row: Row, waiting: Sequence[RowOutcome]) -> RowOutcome:
    outcome, words = ("fault", "; ".join(row.faults)) if row.faults else (row.outcome, row.words)
    if waiting:
        where = "lain dengan sebab yang sama" if row.shared else "di bawahnya"
        words = f"{words}; {counted(waiting)} {where} ikut tertunda"
    return RowOutcome(row.number, row.sheet, outcome, words, row.kind, row.name, tuple(waiting))


def _waiting(row: Row, cause: Row) -> RowOutcome:
    words = f"menunggu {cause.sheet} baris {cause.number}"
    return RowOutcome(row.number, row.sheet, "waiting", words, row.kind, row.name)
