"""A unit: its figures."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from skm.figures.last_week import count_last_week
from skm.figures.live_tables import show_live_tables
from skm.figures.overview import Overview
from skm.figures.state_tables import show_state_tables
from skm.web.figures import overview
from skm.web.figures.period_notices import period_notices
from skm.web.frame.addresses import address, chosen
from skm.web.frame.connection import now, store
from skm.web.unit.devices import device_link
from skm.wording.breakdown import BreakdownText, breakdown_text
from skm.wording.last_week import last_week_sentence

unit = Blueprint("unit", __name__)
DOORS = {
    "unit.show_unit": "reads_figures",
}


@unit.get("/units/<slug>")
def show_unit(slug: str) -> str | Response:
    """How a unit does."""
    shown = overview.chosen(slug)
    if shown.choice.organisation.kind != "unit":
        return redirect(address(shown.choice.organisation), 301)
    return render_template("unit/unit.html", **_nouns(shown))


def _nouns(shown: Overview) -> dict[str, Any]:
    choice = shown.choice
    return {
        "page": overview.overview_page(shown),
        "breakdown": _breakdown(shown),
        "counters_url": url_for("counters.show_counters", slug=choice.organisation.slug, **chosen()),
        "crumbs": overview.crumbs(choice),
        "week": last_week_sentence(count_last_week(store(), choice.organisation, now())),
        "notices": period_notices(choice.organisation),
        "devices": device_link(choice.organisation),
    }


def _breakdown(shown: Overview) -> BreakdownText | None:
    """The tables by service, counter and hour; where the page shows the running figure they are of it too."""
    choice = shown.choice if shown.follows else shown.choice.running
    show = show_live_tables if choice.states is None else show_state_tables
    return breakdown_text(show(store(), choice, shown.figure))
