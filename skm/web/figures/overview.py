"""The page of a unit, an agency or the city: its figure, charts with their tables, and what lies below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from skm import ikm
from skm.figures.changes import read_changes
from skm.figures.choice import Choice
from skm.figures.computation import pooled_indices
from skm.figures.frozen import FrozenFigure
from skm.figures.overview import Overview, show_figures
from skm.web.figures import choices, tables
from skm.web.figures.choices import Filters
from skm.web.figures.figure import ShownFigure, shown_figure
from skm.web.figures.pictures import ChartFiles, chart_files
from skm.web.figures.tables import HeatTable, NamedResult, SourceRow
from skm.web.figures.tabs import sections
from skm.web.frame import addresses
from skm.web.frame.addresses import address, way
from skm.web.frame.connection import store
from skm.wording import snapshot, spans
from skm.wording.change import compared, drawn, parts
from skm.wording.held import with_held
from skm.wording.index import by_visitors, in_units, lacking, tipping

CHARTS = {"elements": "IKM per unsur", "months": "IKM per bulan", "years": "IKM per tahun"}


@dataclass(frozen=True)
class RecordBeside:
    """The record of the chosen period: in a sentence, with its page.

    `basis` says of each table and chart what it follows, where record and running figure differ. Where the page follows
    the record, `running` is the running figure; else `shown` is that of the record, and `warning` may say why.
    """

    sentence: str
    url: str
    basis: str = ""
    warning: str = ""
    shown: ShownFigure | None = None
    running: ShownFigure | None = None


@dataclass(frozen=True)
class OverviewPage:
    """What the templates of the overviews show; `fields` and `silent` are named and linked.

    `fingerprint` names the record of the chosen period on paper.
    """

    name: str
    kind: str
    shown: ShownFigure
    record: RecordBeside | None
    fingerprint: str
    filters: Filters
    sections: Sequence[dict[str, object]]
    heat: HeatTable
    charts: Mapping[str, ChartFiles]
    months: Sequence[NamedResult]
    years: Sequence[NamedResult]
    fields: Sequence[NamedResult]
    silent: Sequence[tuple[str, str]]
    indices: Mapping[str, ikm.Measure]
    sources: Sequence[SourceRow]
    empty_hint: str
    held: tuple[str, str] | None  # how many answers wait, with the index if they counted; and their page

    @property
    def basis(self) -> str:
        """What the tables and charts follow, for their headings; "" where there is no other."""
        return f" ({self.record.basis})" if self.record and self.record.basis else ""

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.shown.figure.n


def overview_page(overview: Overview) -> OverviewPage:
    """The page of what was chosen."""
    choice = overview.choice
    return OverviewPage(
        name=choice.organisation.name,
        kind=choice.organisation.kind,
        shown=_shown(overview),
        record=_record(overview) if choice.record else None,
        fingerprint=snapshot.fingerprint(choice.record) if choice.record else "",
        filters=choices.filters(choice),
        sections=sections(choice.organisation),
        heat=_heat(overview),
        charts={chart: _chart_files(choice, chart) for chart in CHARTS},
        months=[NamedResult(spans.label(at), result) for at, result in overview.months],
        years=[NamedResult(spans.label(at), result) for at, result in overview.years],
        fields=tables.fields(overview.fields),
        silent=[(unit.name, address(unit)) for unit in overview.silent],
        indices=pooled_indices(overview.figure),
        sources=[tables.source(source, overview.instruments) for source in overview.sources],
        empty_hint=_empty_hint(overview),
        held=_held(overview),
    )


def chosen(slug: str, *, last_months: bool = False) -> Overview:
    """The figures that the address asks for."""
    return show_figures(store(), choices.choice(slug), last_months=last_months)


def crumbs(choice: Choice) -> list[dict[str, str | None]]:
    """The way down to this page, from where the reader may be."""
    return [*way(choice.above), {"name": choice.organisation.name, "url": None}]


def _heat(overview: Overview) -> HeatTable:
    """What is right below; units with their changes, which the city's page would take too long to read for all."""
    if overview.choice.organisation.kind != "agency" or not overview.figure.n:
        return tables.heat_table(overview.children, overview.instruments)
    choice = overview.choice if overview.follows else overview.choice.running
    changes = read_changes(store(), choice)
    return tables.heat_table(overview.children, overview.instruments, changes, choice)


def _shown(overview: Overview) -> ShownFigure:
    span, step = overview.choice.span, overview.step
    answered = [at for at, result in overview.months if result.n and (span is None or at.code in span.months)]
    when = spans.stretch(answered) if answered and overview.figure.measure else spans.name(span)
    return shown_figure(
        overview.figure,
        in_units(overview.answered, len(overview.silent), when),
        compared(overview.comparison) if overview.comparison else "",
        step,
        overview.with_aside,
        _sure(overview),
        drawn(overview.comparison) if overview.comparison else "",
    )


def _record(overview: Overview) -> RecordBeside | None:
    choice, record, running = overview.choice, overview.choice.record, overview.running
    if record is None:
        return None
    when, url = snapshot.days(record.opens, record.closes), _snapshot_url(record)
    if choice.partial:
        return RecordBeside(snapshot.part_of_record(record), url)
    if not overview.follows:
        warning = "" if choice.states else snapshot.cannot_follow(record, overview.figure)
        sentence, shown = snapshot.frozen_sentence(record, moved_on=True), shown_figure(record.figure, when)
        return RecordBeside(sentence, url, snapshot.basis(overview), warning, shown)
    sentence = snapshot.frozen_sentence(record, moved_on=running is not None)
    if running is None:
        return RecordBeside(sentence, url)
    return RecordBeside(sentence, url, snapshot.basis(overview), running=shown_figure(running, when))


def _snapshot_url(record: FrozenFigure) -> str:
    return url_for("snapshots.show_snapshot", snapshot_id=record.snapshot.id, **addresses.chosen())


def _sure(overview: Overview) -> list[str]:
    """What the change is made of; what is known of those who did not answer, and how many more answers it needs."""
    sentences = list(filter(None, [parts(overview.comparison)])) if overview.comparison else []
    if overview.lacking is not None:
        sentences.append(lacking(overview.lacking))
    if overview.by_visitors is not None:
        sentences.append(by_visitors(overview.by_visitors))
    if overview.tipping_point is not None:
        sentences.append(tipping(overview.tipping_point))
    return sentences


def _chart_files(choice: Choice, chart: str) -> ChartFiles:
    alt = f"Grafik {CHARTS[chart]} {choice.organisation.name}; angkanya ada pada tabel di bawah."
    at = {"slug": choice.organisation.slug, "chart": chart} | choices.asked()
    return chart_files("figures.show_chart", alt, at)


def _held(overview: Overview) -> tuple[str, str] | None:
    """What waits; nothing where a record is followed since which more was decided: it says what waited then."""
    if overview.including_held is None or overview.running is not None:
        return None
    organisation = overview.choice.organisation
    endpoint = "held.show_held" if organisation.kind == "unit" else "held.show_waiting_units"
    words = with_held(overview.figure.held, overview.including_held)
    return words, url_for(endpoint, slug=organisation.slug)


def _empty_hint(overview: Overview) -> str:
    if overview.months:
        return "Pilih periode atau layanan lain: pada pilihan ini belum ada jawaban."
    return "Cetak lembar QR dan pasang di loket; jawaban pertama langsung terlihat di sini."
