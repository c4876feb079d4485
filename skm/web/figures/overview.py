"""Figures in words and rows, as the pages of desk and office show them."""

from typing import Any

from flask import url_for

from skm import ikm
from skm.figures.choice import Choice
from skm.figures.figure import Result, lowest
from skm.figures.overview import Figures, show_figures
from skm.i18n import formats
from skm.survey.instrument import say
from skm.survey.period import AGGREGATIONS, Span
from skm.web.figures import choices, tables
from skm.web.figures.tabs import sections
from skm.web.frame.addresses import address, way
from skm.web.frame.connection import store
from skm.wording import spans


def page(figures: Figures) -> dict[str, Any]:
    """The context `page` of a figures page."""
    measure = figures.result.measure
    found = {
        "name": figures.organisation.name,
        "kind": figures.organisation.kind,
        "headline": headline(figures.result),
        "change": _change(figures),
        "step": _step(figures),
        "priorities": _priorities(figures),
        "subline": _subline(figures),
        "index": measure.index if measure else None,
        "grade": measure.grade if measure else None,
        "kinerja": tables.kinerja(measure.grade if measure else None),
        "n": figures.result.n,
        "interval": measure.interval if measure else None,
        "convention": convention(measure),
        "alternatives": alternatives(measure),
        "warnings": warnings(figures.result),
        "instrument": _instruments(figures),
        "filters": choices.filters(figures),
        "rule": AGGREGATIONS[figures.terms.rule] if figures.result.other else None,
        "other_rule": tables.other_rule(figures.result, figures.terms),
        "aside": figures.aside,
        "fields": tables.fields(figures),
        "silent": [{"name": unit.name, "url": address(unit)} for unit in figures.silent],
        "indices": [{"code": code, "measure": measure} for code, measure in figures.indices.items()],
        "sources": tables.sources(figures),
        "elements": elements(figures),
        "months": [tables.point(span, result) for span, result in figures.months],
        "years": [tables.point(span, result) for span, result in figures.years],
        "chart_urls": {chart: _chart_links(figures, chart) for chart in ("elements", "months", "years")},
        "export_years": [],
        "empty": not figures.result.n,
        "empty_hint": _empty_hint(figures),
        "sections": sections(figures.organisation),
    }
    return found | tables.by_element(figures.children, figures.instruments)


def chosen(slug: str) -> Figures:
    """The figures that the address asks for."""
    return show_figures(store(), slug, choices.wish())


def crumbs(choice: Choice) -> list[dict[str, str | None]]:
    """The way down to this page, from where the reader may be."""
    return [*way(choice.above), {"name": choice.organisation.name, "url": None}]


def headline(result: Result) -> str:
    """The index and its grade in a sentence."""
    measure = result.measure
    if measure is None:
        return "Belum ada data."
    if measure.index is None or measure.grade is None:
        return "IKM belum dapat dihitung: ada unsur yang belum dijawab."
    return f"IKM {formats.number(measure.index)} – {tables.kinerja(measure.grade)}."


def change(step: ikm.Change | None, since: str) -> str:
    """A change of the index in words. Only what is more than chance is called a rise or a fall."""
    if step is None:
        return ""
    if not step.points:
        return f"sama dengan {since}"
    if step.real:
        way = "naik" if step.points > 0 else "turun"
        return f"{way} {formats.number(abs(step.points))} dari {since}, perubahan nyata"
    sign, unsure = (
        "+" if step.points > 0 else "−",
        ", belum tentu perubahan nyata" if step.real is False else "",
    )
    return f"selisih {sign}{formats.number(abs(step.points))} dari {since}{unsure}"


def _change(figures: Figures) -> str:
    step = _step(figures)
    since = spans.name(figures.before[0]).replace("Tahun", "tahun") if figures.before else ""
    words = change(step, since)
    return words and f"{words[0].upper()}{words[1:]}."


def _step(figures: Figures) -> ikm.Change | None:
    """From the span before to the chosen one."""
    if figures.before is None or figures.before[1].measure is None or figures.result.measure is None:
        return None
    return ikm.change(figures.before[1].measure, figures.result.measure)


def _priorities(figures: Figures) -> list[dict[str, Any]]:
    """The elements to improve first; none where they are all alike."""
    return sorted((row for row in elements(figures) if row["lowest"]), key=lambda row: row["value"])


def convention(measure: ikm.Measure | None) -> str:
    """The weights of the elements in words."""
    if measure is None:
        return "–"
    if measure.weights == ikm.EXACT:
        return f"bobot tepat 1/{len(measure.elements)}"
    return f"bobot {measure.weights.replace('.', ',')}"


def elements(figures: Figures) -> list[dict[str, Any]]:
    """The elements in the order of the regulation, the lowest ones marked."""
    measure = figures.result.measure
    if measure is None:
        return []
    instrument = figures.instruments[figures.result.instruments[0]]
    return [
        {
            "code": figure.code,
            "name": say(instrument.element(figure.code).name, "id"),
            "n": figure.n,
            "nrr": None if figure.nrr is None else ikm.round_half_up(figure.nrr, 3),
            "value": figure.value,
            "grade": figure.grade,
            "kinerja": tables.kinerja(figure.grade),
            "lowest": figure in lowest(measure),
        }
        for figure in measure.elements
    ]


def _subline(figures: Figures) -> str:
    result = figures.result
    if not result.measure:
        return f"Periode yang dipilih: {spans.name(figures.span)}."
    answered = [span for span, month in figures.months if month.n and _within(span, figures.span)]
    when = (
        spans.months(Span("", answered[0].first, answered[-1].last)) if answered else spans.name(figures.span)
    )
    interval = result.measure.interval
    sure = f" Selang kepercayaan 95 %: {_between(interval)}." if interval else ""
    return f"Dari {formats.count(result.n)} jawaban, {when}.{sure}"


def _within(span: Span, outer: Span | None) -> bool:
    return outer is None or outer.first <= span.first <= outer.last


def _between(interval: ikm.Interval) -> str:
    return f"{formats.number(interval.low)}–{formats.number(interval.high)}"


def alternatives(measure: ikm.Measure | None) -> list[dict[str, Any]]:
    """The values under the other conventions for the weights."""
    if measure is None:
        return []
    return [
        {
            "name": "Bobot tepat" if name == ikm.EXACT else f"Bobot {name.replace('.', ',')}",
            "index": other.index,
            "grade": other.grade,
            "differs": other.grade != measure.grade,
        }
        for name, other in measure.alternatives.items()
    ]


def warnings(result: Result) -> list[str]:
    """What a reader has to beware of."""
    measure, found = result.measure, []
    if measure and measure.interval and not measure.interval.grade_certain:
        found.append("Mutu belum pasti: selang kepercayaannya melewati batas mutu.")
    if measure and measure.grade_depends_on_weights:
        found.append("Mutu bergantung pada pembobotan; lihat nilai menurut cara hitung lain.")
    if result.grade_depends_on_rule:
        found.append("Mutu bergantung pada cara menggabungkan unit; lihat nilai menurut cara hitung lain.")
    if result.left_out:
        number = formats.count(result.left_out)
        found.append(f"{number} jawaban dari kuesioner dengan unsur lain tidak ikut dihitung di sini.")
    return found


def _instruments(figures: Figures) -> str:
    names = [say(figures.instruments[name].title, "id") for name in figures.result.instruments]
    return "; ".join(dict.fromkeys(names)) or "–"


def _chart_links(figures: Figures, chart: str) -> dict[str, str]:
    chosen = choices.chosen()
    slug = figures.organisation.slug
    links = {
        extension: url_for("figures.show_chart", slug=slug, chart=chart, extension=extension, **chosen)
        for extension in ("svg", "png", "csv")
    }
    what = {"elements": "nilai sembilan unsur", "months": "IKM per bulan", "years": "IKM per tahun"}[chart]
    return links | {"alt": f"Grafik {what} {figures.organisation.name}; angkanya ada pada tabel di bawah."}


def _empty_hint(figures: Figures) -> str:
    if figures.months:
        return "Pilih periode atau layanan lain: pada pilihan ini belum ada jawaban."
    return "Cetak lembar QR dan pasang di loket; jawaban pertama langsung terlihat di sini."
