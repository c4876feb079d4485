"""A unit: its figures."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from skm.web.figures import overview
from skm.web.figures.period_notices import period_notices
from skm.web.frame.addresses import address

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
    counters = url_for("counters.show_counters", slug=slug)
    page, crumbs = overview.overview_page(shown), overview.crumbs(shown.choice)
    return render_template(
        "unit/unit.html",
        page=page,
        counters_url=counters,
        crumbs=crumbs,
        notices=period_notices(shown.choice.organisation),
    )
