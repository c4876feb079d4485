"""Closed periods: which there are, and what was frozen."""

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from skm.i18n.words import N_
from skm.survey.organisation import Organisation
from skm.usecases.closing import records
from skm.usecases.closing.records import Closing
from skm.web.asking.question import acting
from skm.web.figures.snapshot import day, page_of, published, state
from skm.web.figures.tabs import Tab, sections
from skm.web.frame import guard
from skm.web.frame.addresses import way
from skm.web.frame.connection import now, store
from skm.web.frame.errors import Explanation, not_in_list
from skm.web.frame.sending import send

snapshots = Blueprint("snapshots", __name__)
DOORS = {
    "snapshots.show_closings": "reads_figures",
    "snapshots.show_snapshot": "reads_figures",
    "snapshots.download_snapshot": "reads_figures",
}
TABS = {"snapshots.show_closings": Tab("Periode yang dibekukan")}
PROBLEMS = {
    "snapshot_unknown": not_in_list(N_("Rekaman tidak ditemukan")),
    "snapshot_damaged": Explanation(
        409, N_("Rekaman ini rusak"), N_("Beri tahu pengelola sistem dan auditor; jangan memakai angkanya.")
    ),
}


@snapshots.get("/organisations/<slug>/closings")
def show_closings(slug: str) -> str:
    """The periods of an organisation, and how far each is."""
    found = records.show_closings(store(), slug, now())
    return render_template(
        "figures/closings.html",
        name=found.organisation.name,
        rows=[_row(one, found.organisation) for one in found.periods],
        sections=sections(found.organisation),
        crumbs=[*way([*found.above, found.organisation]), {"name": "Periode yang dibekukan", "url": None}],
    )


@snapshots.get("/snapshots/<snapshot_id>")
def show_snapshot(snapshot_id: str) -> str:
    """What was frozen, how it was made, and what a revision changed."""
    found = records.show_snapshot(store(), snapshot_id)
    back = url_for("snapshots.show_closings", slug=found.organisation.slug)
    line = [*way([*found.above, found.organisation]), {"name": "Periode yang dibekukan", "url": back}]
    return render_template(
        "figures/snapshot.html",
        page=page_of(found),
        sections=sections(found.organisation),
        crumbs=[*line, {"name": found.content["period"]["name"], "url": None}],
    )


@snapshots.get("/snapshots/<snapshot_id>.json")
def download_snapshot(snapshot_id: str) -> Response:
    """The bytes over which the digest was made."""
    return send(records.download(store(), snapshot_id))


def _row(found: Closing, organisation: Organisation) -> dict[str, object]:
    period, latest = found.period, found.snapshots[-1] if found.snapshots else None
    may_close = guard.may("freezes") and acting().covers(found.owner.path)
    today = organisation.today(now())
    return {
        "name": period.name,
        "owner": None if found.owner.id == organisation.id else found.owner.name,
        "days": f"{day(period.opens)} sampai {day(period.closes)}",
        "state": state(found, organisation, today),
        "published": published(found.publication, organisation),
        "late": found.late,
        "url": latest and url_for("snapshots.show_snapshot", snapshot_id=latest.id),
        "actions": [{"name": name, "url": url} for name, url in _deeds(found, today) if may_close],
    }


def _deeds(found: Closing, today: date) -> Iterator[tuple[str, str]]:
    """What can be done about a period now, and where."""
    key, deed = found.period.id, found.publication
    standing = deed.revision if deed and deed.standing else 0
    if not found.ended and found.period.holds(today):
        yield "Akhiri lebih awal", url_for("set_up.end_period_early", period_id=key)
    if found.ended and not found.revision:
        yield "Bekukan angka periode", url_for("closing.freeze_period", period_id=key)
    if found.revision > standing:
        yield "Umumkan", url_for("closing.publish_period", period_id=key, revision=found.revision)
    if found.revision:
        yield "Buat revisi", url_for("closing.revise_period", period_id=key)
    if standing:
        yield "Tarik pengumuman", url_for("closing.withdraw_publication", period_id=key)
