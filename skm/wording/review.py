"""What is looked at before figures are frozen or published, in words."""

from collections.abc import Iterator, Sequence

from skm.figures.figure import Figure
from skm.i18n import formats
from skm.survey.paper import STATES, Batch
from skm.survey.period import Period
from skm.wording.index import headline
from skm.wording.snapshot import NAMED, days


def review_basis(figure: Figure, before: Figure | None) -> list[str]:
    """The grade and from how many answers; and what stands in the revision before."""
    former = [f"Rekaman sebelumnya: {headline(before.result)} {_basis(before)}"] if before else []
    return [_basis(figure), *former]


def review_lines(
    period: Period,
    figure: Figure,
    silent: Sequence[str],
    papers: Sequence[tuple[str, Batch]],
    outside: Sequence[tuple[str, int]],
) -> list[str]:
    """What is not in a figure: a sentence for each kind, or that nothing is missing."""
    lines = [
        *_silent(silent),
        *_papers(papers),
        *_aside(figure),
        *_outside(period, outside),
    ]
    return lines or [
        "Tidak ada yang tertinggal: setiap unit mempunyai jawaban, semua kertas sudah dihitung, dan tidak ada jawaban "
        "yang ditahan."
    ]


def _basis(figure: Figure) -> str:
    result = figure.result
    n = f"dari {formats.count(result.n)} jawaban."
    return f"Mutu {result.grade}, {n}" if result.grade else n.capitalize()


def _silent(silent: Sequence[str]) -> Iterator[str]:
    if silent:
        yield f"{formats.count(len(silent))} unit tanpa jawaban: {_some(silent, 'unit')}."


def _papers(papers: Sequence[tuple[str, Batch]]) -> Iterator[str]:
    if papers:
        sheets = formats.count(sum(batch.stack for _, batch in papers))
        named = [
            f"{unit}, Bundel {batch.number} ({formats.count(batch.stack)} lembar, {STATES[batch.state]})"
            for unit, batch in papers
        ]
        yield (
            f"{sheets} lembar kertas belum dihitung: {_some(named, 'bundel')}. Selesaikan dahulu; "
            "sesudah dibekukan hanya masuk lewat revisi."
        )


def _aside(figure: Figure) -> Iterator[str]:
    if figure.held:
        yield (
            f"{formats.count(figure.held)} jawaban masih ditahan dan tidak dihitung. Putuskan dahulu; sesudah "
            "dibekukan hanya masuk lewat revisi."
        )
    if figure.excluded:
        yield f"{formats.count(figure.excluded)} jawaban dikeluarkan dan tidak dihitung."
    if figure.result.left_out:
        yield f"{formats.count(figure.result.left_out)} jawaban kuesioner lain tidak dihitung di sini."


def _outside(period: Period, outside: Sequence[tuple[str, int]]) -> Iterator[str]:
    if outside:
        total = formats.count(sum(n for _, n in outside))
        named = [f"{unit} ({formats.count(n)})" for unit, n in outside]
        yield (
            f"{total} jawaban diberikan dalam periode ini, tetapi tanggalnya di luar "
            f"{days(period.opens, period.closes)}; jawaban itu tidak dihitung di sini: {_some(named, 'unit')}."
        )


def _some(named: Sequence[str], what: str) -> str:
    more = len(named) - NAMED
    return "; ".join(named[:NAMED]) + (f"; dan {formats.count(more)} {what} lain" if more > 0 else "")
