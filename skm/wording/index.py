"""A figure in words: the index and its grade, how sure both are, how they were made, and what to beware of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from skm import ikm
from skm.figures.figure import Figure, Result
from skm.i18n import formats
from skm.survey.instrument import say
from skm.survey.period import AGGREGATIONS
from skm.wording.certainty import doubt, drawn


@dataclass(frozen=True)
class OtherValue:
    """The index by another convention or rule; `differs` where its grade is another one."""

    name: str
    index: Decimal | None
    grade: str | None
    differs: bool


@dataclass(frozen=True)
class FigureWords:
    """Everything that a page says about one figure, live or frozen.

    `sure` is about the visitors who did not answer, and what would make the grade certain; `rule` is "" where the rule
    over units makes no difference; `drawn` says how the interval came about.
    """

    headline: str
    change: str
    subline: str
    sure: Sequence[str]
    warnings: Sequence[str]
    instruments: str
    rule: str
    convention: str
    drawn: str
    other_values: Sequence[OtherValue]


def figure_words(figure: Figure, when: str, change: str = "", sure: Sequence[str] = ()) -> FigureWords:
    """A figure in words; `when` names the time of its answers, `change` is the sentence of its change."""
    return FigureWords(
        headline=headline(figure.result),
        change=change,
        subline=subline(figure.result, when),
        sure=sure,
        warnings=warnings(figure.result),
        instruments=instruments(figure),
        rule=AGGREGATIONS[figure.terms.rule] if figure.result.other else "",
        convention=convention(figure),
        drawn=drawn(figure.measure) if figure.measure else "",
        other_values=other_values(figure),
    )


def kinerja(grade: str | None) -> str:
    """The word of a grade (kinerja unit pelayanan)."""
    return ikm.KINERJA[grade] if grade else ""


def headline(result: Result) -> str:
    """The index and its grade in a sentence."""
    if result.measure is None:
        return "Belum ada data."
    if result.index is None or result.grade is None:
        return "IKM belum dapat dihitung: ada unsur yang belum dijawab."
    return f"IKM {formats.number(result.index)} – {kinerja(result.grade)}."


def subline(result: Result, when: str) -> str:
    """How many answers, of which time, and how sure the index is."""
    if result.measure is None:
        return f"Periode yang dipilih: {when}."
    interval = result.measure.interval
    sure = f" Selang kepercayaan 95 %: {between(interval)}." if interval else ""
    return f"Dari {formats.count(result.n)} jawaban, {when}.{sure}"


def in_units(answered: int, silent: int, when: str) -> str:
    """The time of some answers, and from how many of the units they are, where some have none."""
    if not (answered and silent):
        return when
    return f"dari {formats.count(answered)} dari {formats.count(answered + silent)} unit, {when}"


def by_visitors(found: ikm.VisitorIndex) -> str:
    """The index of all visitors, beside the one of those who answered."""
    interval = f" (selang {between(found.interval)})" if found.interval else ""
    return f"Menurut pengunjung setiap layanan: {formats.number(found.index)}, mutu {found.grade}{interval}."


def tipping(point: ikm.TippingPoint) -> str:
    """What the visitors who did not answer could change."""
    number = formats.count(point.silent)
    if point.value is None:
        return (
            f"Mutu {point.grade} tidak dapat turun, apa pun penilaian {number} pengunjung yang tidak mengisi."
        )
    value = formats.number(point.value)
    who = f"selama {number} pengunjung yang tidak mengisi rata-rata menilai di atas {value}"
    return f"Mutu {point.grade} tetap benar {who}."


def lacking(number: int) -> str:
    """How many more answers would make the grade certain."""
    return f"Dengan kira-kira {formats.count(number)} jawaban lagi mutunya pasti, kalau IKM-nya tetap."


def between(interval: ikm.Interval) -> str:
    """Both ends of an interval: 84,12–86,90."""
    return f"{formats.number(interval.low)}–{formats.number(interval.high)}"


def warnings(result: Result) -> list[str]:
    """What a reader has to beware of."""
    measure, sentences = result.measure, []
    if measure and (reason := doubt(measure)):
        sentences.append(reason)
    if measure and measure.grade_depends_on_weights:
        sentences.append("Mutu bergantung pada pembobotan; lihat IKM menurut cara hitung lain.")
    if result.grade_depends_on_rule:
        sentences.append("Mutu bergantung pada cara menggabungkan unit; lihat IKM menurut cara hitung lain.")
    if result.left_out:
        number = formats.count(result.left_out)
        sentences.append(f"{number} jawaban dari kuesioner dengan unsur lain tidak ikut dihitung di sini.")
    return sentences


def instruments(figure: Figure) -> str:
    """The questionnaires that are counted together."""
    names = [say(one.instrument.title, "id") for one in figure.joined]
    return "; ".join(dict.fromkeys(names)) or "–"


def convention(figure: Figure) -> str:
    """The weights of the elements."""
    if figure.measure is None:
        return "–"
    if figure.measure.weights != ikm.EXACT:
        return f"bobot {figure.measure.weights.replace('.', ',')}"
    alike = len(set(figure.weights.values())) == 1
    return f"bobot tepat 1/{len(figure.weights)}" if alike else "bobot menurut kuesioner"


def other_values(figure: Figure) -> list[OtherValue]:
    """The index by the other conventions for the weights, then by the other rule over units."""
    result, alternatives = figure.result, figure.measure.alternatives if figure.measure else {}
    named = {_convention(name): other for name, other in alternatives.items()}
    if result.other:
        named[AGGREGATIONS[figure.terms.other_rule]] = result.other
    return [
        OtherValue(name, other.index, other.grade, other.grade != result.grade)
        for name, other in named.items()
    ]


def _convention(name: str) -> str:
    return "Bobot tepat" if name == ikm.EXACT else f"Bobot {name.replace('.', ',')}"
