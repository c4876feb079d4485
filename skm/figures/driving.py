"""Which elements decide how people judge the service as a whole, where they were asked for that."""

from collections.abc import Iterator, Sequence

from skm import ikm
from skm.figures.answers import Answers
from skm.figures.dated import date_of, unit_of
from skm.figures.scheme import scheme


def find_drivers(answers: Answers, instruments: Sequence[str]) -> ikm.Drivers | None:
    """What the answers to those of the questionnaires say that ask for the whole; None where none of them does."""
    parts = list(_parts(answers, instruments))
    return ikm.drivers(parts) if parts else None


def _parts(answers: Answers, instruments: Sequence[str]) -> Iterator[ikm.Rated]:
    for name in instruments:
        overall = answers.known[name].overall
        if overall is None:
            continue
        for sign, block, days in answers.each_day(name):
            keys = days.each
            yield ikm.Rated(block, scheme(answers.known[name]), overall, unit_of(keys), date_of(keys), sign)
