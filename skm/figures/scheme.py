"""From a questionnaire, in the survey's words, to what the arithmetic needs of it."""

from skm import ikm
from skm.survey.instrument import Instrument


def scheme(instrument: Instrument, index_code: str | None = None) -> ikm.Scheme:
    """The scheme of one of the instrument's indices, the main one by default. Raises KeyError."""
    index = instrument.main_index if index_code is None else instrument.index(index_code)
    return ikm.Scheme(
        codes=index.elements,
        columns=tuple(instrument.positions(element) for element in index.elements),
        width=len(instrument.items),
        weights=index.weights,
        scale=instrument.scale,
        graded=index.graded,
    )


def weights_for(its: ikm.Scheme, weights: str) -> str:
    """The convention by which a scheme is computed: the wanted one, or exact where it knows no such."""
    return weights if weights in its.conventions else ikm.EXACT
