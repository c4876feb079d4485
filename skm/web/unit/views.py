"""A unit: its figures."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from skm.web.figures import overview
from skm.web.frame.addresses import address

unit = Blueprint("unit", __name__)
DOORS = {
    "unit.show_unit": "reads_figures",
}


@unit.get("/units/<slug>")
def show_unit(slug: str) -> str | Response:
    """How a unit does."""
    found = overview.chosen(slug)
    if found.organisation.kind != "unit":
        return redirect(address(found.organisation), 301)
    page = overview.page(found) | {"counters_url": url_for("counters.show_counters", slug=slug)}
    return render_template("unit/unit.html", page=page, crumbs=overview.crumbs(found))
