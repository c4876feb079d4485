"""The index of a table of answers: the calculator, which needs no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skm import ikm
from skm.figures.scheme import scheme
from skm.survey.instrument import Instrument
from skm.survey.problem import Problem
from skm.usecases.exchange.answer_table import LeftOut
from skm.usecases.exchange.read_answers import Answers, Choices, read_answers


@dataclass(frozen=True)
class HeldAnswers:
    """How many answers of a file are held, how many excluded, and the index if the held ones counted."""

    n: int
    excluded: int
    including: ikm.Measure


@dataclass(frozen=True)
class Calculation:
    """The main index, the instrument's other indices by code, and why respondents were skipped.

    `left_out` are rows that are no respondents, `notes` what a reader should know about the file. `held` are answers
    that wait for a decision, and the index with them; None where the file does not say which those are.
    """

    instrument: Instrument
    measure: ikm.Measure
    others: Mapping[str, ikm.Measure]
    skipped: Sequence[Problem]
    left_out: Sequence[LeftOut] = ()
    notes: Sequence[str] = ()
    held: HeldAnswers | None = None


def calculate(
    source: bytes | Iterable[str],
    instrument: Instrument,
    weights: str = ikm.EXACT,
    skip_invalid: bool = False,
    day: str | None = None,
    sheet: str | None = None,
) -> Calculation:
    """The figures of a table of answers, the content of a file (XLSX or text) or its lines: a row per respondent.

    Columns carry item codes, the code or name of an element with one item, or the question; other columns are ignored,
    and those of items that count in no index with them. An empty cell is unanswered. The column `day`, by default one
    called `tanggal`, says when each answered; then the interval is by days. `sheet` is one of a workbook.
    Where a column `keadaan` says so, as in our own export, held and excluded answers do not count.
    Raises Problem for unknown weights, for missing or doubled columns, for a row without a day where there is such a
    column, and for an invalid row, unless `skip_invalid`.
    """
    offered = scheme(instrument).offered
    if weights not in offered:
        raise Problem("weights_unknown", weights=weights, known=", ".join(offered))
    content = source if isinstance(source, bytes) else "".join(source).encode()
    answers = read_answers(content, instrument, Choices(skip_invalid, day, sheet))
    block = "".join(answers.scores).encode()
    tally = ikm.tally(block, len(instrument.items), instrument.scale, answers.days)
    main, *others = (_measure(tally, instrument, index.code, weights) for index in instrument.indices)
    codes = [index.code for index in instrument.indices[1:]]
    named = dict(zip(codes, others, strict=True))
    held = None if answers.held is None else _held(answers, instrument, weights)
    return Calculation(instrument, main, named, answers.skipped, answers.left_out, answers.notes, held)


def _held(answers: Answers, instrument: Instrument, weights: str) -> HeldAnswers:
    held = answers.held or ()
    block = "".join([*answers.scores, *held]).encode()
    tally = ikm.tally(block, len(instrument.items), instrument.scale)
    main = instrument.indices[0].code
    return HeldAnswers(len(held), answers.excluded, _measure(tally, instrument, main, weights))


def _measure(tally: ikm.Tally, instrument: Instrument, code: str, weights: str) -> ikm.Measure:
    its = scheme(instrument, code)
    return ikm.measure([(tally, its)], weights if weights in its.offered else ikm.EXACT)
