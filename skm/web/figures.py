"""Figures in words and rows, as the pages of desk and office show them."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from skm import ikm
from skm.i18n import formats
from skm.survey.instrument import Instrument, say
from skm.survey.organisation import Organisation
from skm.survey.period import Span
from skm.usecases.figures import WHOLE_TIME, Child, Figures, Result, lowest
from skm.web import spans
from skm.web.connection import settings
from skm.web.guard import may, reaches

SORTS = {"name": lambda row: row["name"], "n": lambda row: row["n"], "index": lambda row: row["index"] or -1}


def page(figures: Figures) -> dict[str, Any]:
    """The context `page` of a figures page."""
    measure = figures.result.measure
    found = {
        "name": figures.organisation.name,
        "kind": figures.organisation.kind,
        "headline": headline(figures.result),
        "change": _change(figures),
        "priorities": _priorities(figures),
        "subline": _subline(figures),
        "index": measure.index if measure else None,
        "grade": measure.grade if measure else None,
        "kinerja": _kinerja(measure.grade if measure else None),
        "n": figures.result.n,
        "interval": measure.interval if measure else None,
        "convention": convention(measure),
        "alternatives": _alternatives(measure),
        "warnings": _warnings(figures.result),
        "instrument": _instruments(figures),
        "filters": {"services": _services(figures), "spans": _spans(figures)},
        "elements": elements(figures),
        "months": [point(span, result) for span, result in figures.months],
        "years": [point(span, result) for span, result in figures.years],
        "chart_urls": {chart: _chart_links(figures, chart) for chart in ("elements", "months", "years")},
        "export_years": [],
        "empty": not figures.result.n,
        "empty_hint": _empty_hint(figures),
    }
    return found | _children(figures)


def crumbs(figures: Figures) -> list[dict[str, str | None]]:
    """The way down to this page, from where the reader may be."""
    return [*way(figures.above), {"name": figures.organisation.name, "url": None}]


def way(line: Iterable[Organisation]) -> list[dict[str, str | None]]:
    """The pages of a line of organisations that the reader may open: figures, or else the summary."""
    figures_too = may("reads_figures") or settings().open_pages
    return [
        {
            "name": one.name,
            "url": address(one) if figures_too else url_for("desk.show_summary", slug=one.slug),
        }
        for one in line
        if reaches(one.path)
    ]


def address(organisation: Organisation) -> str:
    """Where the figures of an organisation are."""
    if organisation.kind == "government":
        return url_for("office.show_city")
    if organisation.kind == "agency":
        return url_for("office.show_agency", slug=organisation.slug)
    return url_for("desk.show_unit", slug=organisation.slug)


def headline(result: Result) -> str:
    """The index and its grade in a sentence."""
    measure = result.measure
    if measure is None:
        return "Belum ada data."
    if measure.index is None or measure.grade is None:
        return "IKM belum dapat dihitung: ada unsur yang belum dijawab."
    return f"IKM {formats.number(measure.index)} – {_kinerja(measure.grade)}."


def change(step: ikm.Change | None, since: str) -> str:
    """A change of the index in words: by how much, since when, and whether it is more than chance."""
    if step is None:
        return ""
    if not step.points:
        return f"sama dengan {since}"
    sure = {True: ", perubahan nyata", False: ", belum tentu perubahan nyata", None: ""}[step.real]
    return f"{'naik' if step.points > 0 else 'turun'} {formats.number(abs(step.points))} dari {since}{sure}"


def _change(figures: Figures) -> str:
    if figures.before is None:
        return ""
    span, earlier = figures.before
    if earlier.measure is None or figures.result.measure is None:
        return ""
    since = spans.name(span).replace("Tahun", "tahun")
    words = change(ikm.change(earlier.measure, figures.result.measure), since)
    return words and f"{words[0].upper()}{words[1:]}."


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
            "kinerja": _kinerja(figure.grade),
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


def _kinerja(grade: str | None) -> str:
    return ikm.KINERJA[grade] if grade else ""


def _alternatives(measure: ikm.Measure | None) -> list[dict[str, Any]]:
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


def _warnings(result: Result) -> list[str]:
    measure, found = result.measure, []
    if measure and measure.interval and not measure.interval.grade_certain:
        found.append("Mutu belum pasti: selang kepercayaannya melewati batas mutu.")
    if measure and measure.grade_depends_on_weights:
        found.append("Mutu bergantung pada pembobotan; lihat nilai menurut cara hitung lain.")
    if result.left_out:
        number = formats.count(result.left_out)
        found.append(f"{number} jawaban dari kuesioner dengan unsur lain tidak ikut dihitung di sini.")
    return found


def _instruments(figures: Figures) -> str:
    names = [say(figures.instruments[name].title, "id") for name in figures.result.instruments]
    return "; ".join(dict.fromkeys(names)) or "–"


def _services(figures: Figures) -> list[dict[str, Any]]:
    if len(figures.services) < 2:
        return []
    chosen = figures.service.id if figures.service else ""
    every = [{"id": "", "name": "Semua pelayanan", "selected": not chosen}]
    return every + [{"id": s.id, "name": s.name, "selected": s.id == chosen} for s in figures.services]


def _spans(figures: Figures) -> list[dict[str, Any]]:
    chosen = figures.span.code if figures.span else WHOLE_TIME
    every = [{"code": WHOLE_TIME, "name": "Seluruh waktu", "selected": chosen == WHOLE_TIME, "group": ""}]
    return every + [
        {"code": s.code, "name": spans.name(s), "selected": s.code == chosen, "group": spans.group(s)}
        for s in figures.spans
    ]


def label(span: Span) -> str:
    """A span at the foot of a chart, where years need no more than their number."""
    return span.code if len(span.code) == 4 else spans.name(span)


def point(span: Span, result: Result) -> dict[str, Any]:
    """One point of a trend: its label, n, index, grade and interval."""
    measure = result.measure
    interval = measure.interval if measure else None
    return {
        "label": label(span),
        "n": result.n,
        "index": measure.index if measure else None,
        "grade": measure.grade if measure else None,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
    }


def _chart_links(figures: Figures, chart: str) -> dict[str, str]:
    chosen: dict[str, Any] = {
        key: request.args[key] for key in ("period", "service") if request.args.get(key)
    }
    slug = figures.organisation.slug
    links = {
        extension: url_for("desk.show_chart", slug=slug, chart=chart, extension=extension, **chosen)
        for extension in ("svg", "png", "csv")
    }
    what = {"elements": "nilai sembilan unsur", "months": "IKM per bulan", "years": "IKM per tahun"}[chart]
    return links | {"alt": f"Grafik {what} {figures.organisation.name}; angkanya ada pada tabel di bawah."}


def _empty_hint(figures: Figures) -> str:
    if figures.months:
        return "Pilih periode atau pelayanan lain: pada pilihan ini belum ada jawaban."
    return "Cetak lembar QR dan pasang di loket; jawaban pertama langsung terlihat di sini."


def _children(figures: Figures) -> dict[str, Any]:
    wanted = request.args.get("sort", "name")
    column = wanted.removeprefix("-") if wanted.removeprefix("-") in SORTS else "name"
    rows = sorted((_child(child, figures.instruments) for child in figures.children), key=SORTS["name"])
    rows.sort(key=SORTS[column], reverse=wanted.startswith("-"))
    return {
        "children": rows,
        "sorted_by": wanted,
        "sort_links": {name: _sort_link(name, wanted) for name in SORTS},
    }


def _sort_link(column: str, sorted_by: str) -> str:
    other = (
        column if sorted_by == f"-{column}" or (column == "name" and sorted_by != "name") else f"-{column}"
    )
    return "?" + urlencode(request.args.to_dict() | {"sort": other})


def _child(child: Child, known: Mapping[str, Instrument]) -> dict[str, Any]:
    measure = child.result.measure
    weakest = _lowest_element(child.result, known)
    return {
        "name": child.organisation.name,
        "url": address(child.organisation),
        "n": child.result.n,
        "index": measure.index if measure else None,
        "grade": measure.grade if measure else None,
        "kinerja": _kinerja(measure.grade if measure else None),
        "lowest_element": weakest,
    }


def _lowest_element(result: Result, known: Mapping[str, Instrument]) -> str | None:
    weakest = lowest(result.measure)[:1] if result.measure else []
    names = {figure.code: known[result.instruments[0]].element(figure.code).name for figure in weakest}
    return next((f"{code} {say(name, 'id')}" for code, name in names.items()), None)
