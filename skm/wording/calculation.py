"""The index of a file of answers in words: its value and grade, its weights, and what to know before quoting it."""

from collections.abc import Iterator

from skm.i18n.formats import number
from skm.ikm import EXACT, KINERJA, PRINTED, Alternative, Measure, grade_before_2017
from skm.survey.instrument import Instrument
from skm.wording.certainty import doubt, drawn

PRINTED_WORDS = {
    "nrr-3dp-first": "NRR dibulatkan tiga desimal, lalu rata-ratanya",
    "stepwise-2dp": "NRR dibulatkan dua desimal, lalu rata-ratanya dibulatkan dua desimal",
    "weighted-nrr-2dp": "NRR tertimbang (bobot empat desimal) dibulatkan dua desimal, lalu dijumlahkan",
}  # each of ikm.PRINTED, as a report would describe it


def verdict(measure: Measure | Alternative) -> str:
    """An index with its grade: `87,64, mutu B (Baik)`."""
    if measure.grade is None:
        return number(measure.index)
    return f"{number(measure.index)}, mutu {measure.grade} ({KINERJA[measure.grade]})"


def weight(name: str, instrument: Instrument) -> str:
    """How a convention reads: `1/9` for exact, `0,11`; an instrument's own weights are no single number."""
    if name in PRINTED_WORDS:
        return PRINTED_WORDS[name]
    if name != EXACT:
        return name.replace(".", ",")
    index = instrument.main_index
    return "menurut kuesioner" if index.weights else f"1/{len(index.elements)}"


def remarks(measure: Measure, instrument: Instrument) -> Iterator[str]:
    """What a reader should know before quoting the index."""
    for name, other in measure.alternatives.items():
        yield f"Dengan bobot {weight(name, instrument)}: {verdict(other)}"
    if measure.grade_depends_on_weights:
        yield "Mutu bergantung pada bobot yang dipakai."
    earlier = None if measure.index is None else grade_before_2017(measure.index)
    if measure.weights in PRINTED and earlier != measure.grade:
        yield f"Menurut batas sebelum 2017 (KEP/25/M.PAN/2/2004): mutu {earlier}"
    if interval := measure.interval:
        yield f"Selang kepercayaan 95 %: {number(interval.low)} sampai {number(interval.high)}"
        if how := drawn(measure):
            yield how
    if reason := doubt(measure):
        yield reason
