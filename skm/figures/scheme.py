"""From a questionnaire, in the survey's words, to what the arithmetic needs of it."""

from fractions import Fraction
from functools import lru_cache

from skm import ikm
from skm.survey.instrument import Instrument


def scheme(instrument: Instrument, index_code: str | None = None) -> ikm.Scheme:
    """The scheme of one of the instrument's indices, the main one by default. Raises KeyError."""
    index = instrument.main_index if index_code is None else instrument.index(index_code)
    columns = tuple(instrument.positions(element) for element in index.elements)
    return _scheme(
        index.elements, columns, len(instrument.items), index.weights, instrument.scale, index.graded
    )


def weights_for(its: ikm.Scheme, weights: str) -> str:
    """The convention by which a scheme is computed: the wanted one, or exact where it knows no such."""
    return weights if weights in its.conventions else ikm.EXACT


@lru_cache(256)
def _scheme(
    codes: tuple[str, ...],
    columns: tuple[tuple[int, ...], ...],
    width: int,
    weights: tuple[Fraction, ...] | None,
    scale: int,
    graded: bool,
) -> ikm.Scheme:
    """One scheme for equal ones: a page makes an index of it a hundred times, and it works out its weights once."""
    return ikm.Scheme(codes, columns, width, weights, scale, graded)
