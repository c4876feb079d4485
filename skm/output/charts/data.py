"""The numbers of a chart as a small CSV, for those who draw their own."""

from collections.abc import Iterable, Sequence

from skm.output.charts.shapes import ElementChart, GainChart, TrendChart
from skm.output.csv_file import table_csv
from skm.output.document import Document


def element_csv(chart: ElementChart) -> Document:
    """One row per element."""
    rows = (
        (bar.figure.code, bar.name, bar.figure.n, bar.figure.value, bar.figure.grade) for bar in chart.bars
    )
    return _csv("unsur.csv", ("unsur", "nama", "jawaban", "ikm_unsur", "mutu"), rows)


def trend_csv(chart: TrendChart) -> Document:
    """One row per point."""
    rows = ((point.label, point.n, point.value, point.low, point.high) for point in chart.points)
    return _csv("tren.csv", ("periode", "jawaban", "ikm", "batas_bawah_95", "batas_atas_95"), rows)


def gain_csv(chart: GainChart) -> Document:
    """One row per element."""
    heads = ("unsur", "nama", "ikm_unsur", "menahan_ikm", "nilai_1_atau_2", "jawaban", "mungkin_pertama")
    rows = (
        (
            *(bar.figure.code, bar.name, bar.figure.value, bar.points, bar.low.low, bar.low.answers),
            "ya" if bar.first else "tidak",
        )
        for bar in chart.bars
    )
    return _csv("prioritas.csv", heads, rows)


def _csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Document:
    return table_csv(heads, (["" if value is None else str(value) for value in row] for row in rows), name)
