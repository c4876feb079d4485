"""Frozen periods: which there are, and what was frozen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from skm.figures.figure import UnitFigure
from skm.figures.frozen import FrozenFigure, find_official
from skm.figures.method import frozen_method
from skm.i18n.words import N_
from skm.store.snapshots import Snapshot
from skm.survey.order import natural
from skm.survey.organisation import Organisation
from skm.usecases.closing import records
from skm.usecases.closing.records import FreezingState, Record
from skm.usecases.exchange import workings
from skm.web.asking.question import acting
from skm.web.figures import steps
from skm.web.figures.figure import ShownFigure, shown_figure
from skm.web.figures.tabs import Tab, sections
from skm.web.frame import guard
from skm.web.frame.addresses import chosen, way
from skm.web.frame.connection import now, store
from skm.web.frame.errors import Explanation, not_in_list
from skm.web.frame.sending import send
from skm.wording.index import in_units
from skm.wording.snapshot import (
    ChangedFigure,
    RevisionWords,
    changed_figures,
    days,
    fingerprint,
    late_since,
    newer_revision,
    period_state,
    publication_state,
    revision_words,
    snapshot_details,
)
from skm.wording.standing import standing_of_record

snapshots = Blueprint("snapshots", __name__)
DOORS = {
    "snapshots.show_freezing": "reads_figures",
    "snapshots.redirect_closings": "reads_figures",
    "snapshots.show_snapshot": "reads_figures",
    "snapshots.download_snapshot": "reads_rows",
    "snapshots.show_frozen_method": "reads_figures",
    "snapshots.export_frozen_method": "reads_figures",
}
TABS = {"snapshots.show_freezing": Tab("Periode yang dibekukan")}
PROBLEMS = {
    "snapshot_unknown": not_in_list(N_("Rekaman tidak ditemukan")),
    "snapshot_unpublished": Explanation(
        409, N_("Rekaman ini belum diumumkan"), N_("Angkanya dapat dibaca sesudah diumumkan.")
    ),
    "record_steps_hidden": Explanation(
        409, N_("Langkah perhitungan tidak dibuka"), N_("Angkanya ada pada halaman rekaman.")
    ),
    "snapshot_damaged": Explanation(
        409, N_("Rekaman ini rusak"), N_("Beri tahu pengelola sistem dan auditor; jangan memakai angkanya.")
    ),
}


@dataclass(frozen=True)
class UnitRow:
    """A unit that took part, and its own snapshot, where it has one."""

    name: str
    figure: UnitFigure
    url: str | None


@dataclass(frozen=True)
class RecordPage:
    """A frozen figure, what a revision changed since `before`, and all revisions, each but this one with its link."""

    shown: ShownFigure
    fingerprint: str
    warnings: Sequence[str]
    units: Sequence[UnitRow]
    details: Mapping[str, str]
    json_url: str | None
    method_url: str | None
    sheet_url: str | None
    revisions: Sequence[tuple[RevisionWords, str | None]]
    before: int | None
    changes: Sequence[ChangedFigure]


@snapshots.get("/organisations/<slug>/freezing")
def show_freezing(slug: str) -> str:
    """The periods of an organisation, and how far each is."""
    overview = records.show_freezing(store(), slug, now())
    return render_template(
        "figures/freezing.html",
        name=overview.organisation.name,
        rows=[_row(one, overview.organisation) for one in overview.periods],
        sections=sections(overview.organisation),
        crumbs=[
            *way([*overview.above, overview.organisation]),
            {"name": "Periode yang dibekukan", "url": None},
        ],
    )


@snapshots.get("/organisations/<slug>/closings")
def redirect_closings(slug: str) -> Response:
    """Redirects an address from when freezing was called closing."""
    return redirect(url_for("snapshots.show_freezing", slug=slug), 301)


@snapshots.get("/snapshots/<snapshot_id>")
def show_snapshot(snapshot_id: str) -> str:
    """What was frozen, how it was made, and what a revision changed."""
    record = _get_record(snapshot_id)
    return render_template(
        "figures/snapshot.html",
        name=record.organisation.name,
        frozen=record.frozen,
        page=_record_page(record),
        sections=sections(record.organisation),
        crumbs=_crumbs(record, record.frozen.period),
    )


@snapshots.get("/snapshots/<snapshot_id>/method")
def show_frozen_method(snapshot_id: str) -> str:
    """How a frozen index came about, from its record."""
    record = records.with_steps(_get_record(snapshot_id))
    frozen, here = record.frozen, record.organisation
    shown = frozen_method(store(), frozen, here, record.units)
    return render_template(
        "figures/method.html",
        name=here.name,
        frozen=frozen,
        span=frozen.period,
        page=steps.method_page(shown, days(frozen.opens, frozen.closes)),
        standing=standing_of_record(frozen, here),
        sheet_url=url_for("snapshots.export_frozen_method", snapshot_id=snapshot_id),
        sections=sections(here),
        crumbs=_crumbs(record, "Cara menghitung"),
        **steps.WORDS,
    )


@snapshots.get("/snapshots/<snapshot_id>/method.xlsx")
def export_frozen_method(snapshot_id: str) -> Response:
    """The same as live formulas."""
    record = records.with_steps(_get_record(snapshot_id))
    frozen, here = record.frozen, record.organisation
    return send(workings.export_frozen_method(store(), frozen, here, record.units))


@snapshots.get("/snapshots/<snapshot_id>.json")
def download_snapshot(snapshot_id: str) -> Response:
    """The bytes over which the digest was made."""
    return send(records.download(store(), snapshot_id))


def _get_record(snapshot_id: str) -> Record:
    """Whoever has no access to single answers reads what is or was official."""
    show = records.show_snapshot if guard.has_rows() else records.show_official
    return show(store(), snapshot_id)


def _crumbs(record: Record, name: str) -> list[dict[str, str | None]]:
    """The way down to a record, or by it to a page about it."""
    back = url_for("snapshots.show_freezing", slug=record.organisation.slug, **chosen())
    line = [*way([*record.above, record.organisation])]
    line.append({"name": "Periode yang dibekukan", "url": back})
    if name != record.frozen.period:
        line.append({"name": record.frozen.period, "url": _address(record.frozen.snapshot)})
    return [*line, {"name": name, "url": None}]


def _record_page(record: Record) -> RecordPage:
    frozen, organisation = record.frozen, record.organisation
    return RecordPage(
        shown=shown_figure(frozen.figure, _when(frozen)),
        fingerprint=fingerprint(frozen),
        warnings=[*newer_revision(frozen.snapshot, record.revisions[-1]), *late_since(record.late)],
        units=_units(record),
        details=snapshot_details(frozen, organisation, record.publication),
        json_url=_json_url(frozen.snapshot),
        method_url=_steps_url(record, "snapshots.show_frozen_method"),
        sheet_url=_steps_url(record, "snapshots.export_frozen_method"),
        revisions=[
            (revision_words(one, organisation), _address(one) if one != frozen.snapshot else None)
            for one in reversed(record.revisions)
        ],
        before=record.before.revision if record.before else None,
        changes=list(changed_figures(record.changes, frozen.units)),
    )


def _when(frozen: FrozenFigure) -> str:
    """The days of a record, and from how many units its answers are."""
    units = frozen.figure.units or {}
    answered = sum(unit.n > 0 for unit in units.values())
    return in_units(answered, len(frozen.figure.silent), days(frozen.opens, frozen.closes))


def _units(record: Record) -> list[UnitRow]:
    """The units that take part, by name; none for a unit itself."""
    names, own = record.frozen.units, record.units
    links = {key: url_for("snapshots.show_snapshot", snapshot_id=own[key], **chosen()) for key in own}
    units = record.frozen.figure.units or {}
    rows = [UnitRow(names[key], figure, links.get(key)) for key, figure in units.items()]
    return sorted(rows, key=lambda row: natural(row.name))


def _json_url(snapshot: Snapshot) -> str | None:
    """The whole record names small units too, so it is for those who may see single answers."""
    if not guard.has_rows():
        return None
    return url_for("snapshots.download_snapshot", snapshot_id=snapshot.id)


def _steps_url(record: Record, endpoint: str) -> str | None:
    if not record.has_steps or record.frozen.figure.measure is None:
        return None
    return url_for(endpoint, snapshot_id=record.frozen.snapshot.id, **chosen())


def _address(snapshot: Snapshot) -> str:
    return url_for("snapshots.show_snapshot", snapshot_id=snapshot.id, **chosen())


def _row(state: FreezingState, organisation: Organisation) -> dict[str, object]:
    period, latest = state.period, state.snapshots[-1] if state.snapshots else None
    readable = latest if guard.has_rows() else find_official(store(), state.snapshots)
    may_close = guard.may("freezes") and acting().covers(state.owner.path)
    today = organisation.today(now())
    return {
        "name": period.name,
        "owner": None if state.owner.id == organisation.id else state.owner.name,
        "days": days(period.opens, period.closes),
        "state": period_state(period, organisation, latest, state.revision > 0, state.ended, today),
        "published": publication_state(state.publication, organisation),
        "late": state.late,
        "url": readable and _address(readable),
        "actions": [{"name": name, "url": url} for name, url in _deeds(state, today) if may_close],
    }


def _deeds(state: FreezingState, today: date) -> Iterator[tuple[str, str]]:
    """What can be done about a period now, and where."""
    key, deed = state.period.id, state.publication
    standing = deed.revision if deed and deed.standing else 0
    if not state.ended and state.period.holds(today):
        yield "Akhiri lebih awal", url_for("set_up.end_period_early", period_id=key)
    if state.ended and not state.revision:
        yield "Bekukan angka periode", url_for("freezing.freeze_period", period_id=key)
    if state.revision > standing:
        yield "Umumkan", url_for("freezing.publish_period", period_id=key, revision=state.revision)
    if state.revision:
        yield "Buat revisi", url_for("freezing.revise_period", period_id=key)
    if standing:
        yield "Tarik pengumuman", url_for("freezing.withdraw_publication", period_id=key)
