"""How many answers count, without what they say."""

from skm.store.database import Database
from skm.store.scores import Selection
from skm.survey.period import Span
from skm.usecases.tallies import read_answers

Numbers = dict[tuple[str, ...], int]


def count_answers(db: Database, path: str, span: Span, *by: str) -> Numbers:
    """The number of answers of a subtree within a span, by the values of columns, without held and excluded ones."""
    answers = read_answers(db, Selection(path, span), by)
    numbers: Numbers = {}
    for sign, blocks in ((1, answers.blocks), (-1, answers.left_out)):
        for (*key, instrument), block in blocks.items():
            width = len(answers.known[instrument].items)
            numbers[tuple(key)] = numbers.get(tuple(key), 0) + sign * len(block) // width
    return {key: n for key, n in numbers.items() if n}
