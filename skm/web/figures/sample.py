"""The sample of an organisation: how many respondents are wanted, and how many have answered."""

from flask import Blueprint, render_template, request

from skm.figures import sample
from skm.web.figures import progress
from skm.web.figures.tabs import sections
from skm.web.frame.addresses import way
from skm.web.frame.connection import now, store

sample_page = Blueprint("sample", __name__)
DOORS = {
    "sample.show_sample": "reads_figures",
}


@sample_page.get("/organisations/<slug>/sample")
def show_sample(slug: str) -> str:
    """How far a unit, an agency or the city has come."""
    found = sample.show_sample(store(), slug, request.args.get("period", ""), now())
    page = progress.page(found) | {"sections": sections(found.organisation)}
    crumbs = [*way([*found.above, found.organisation]), {"name": "Jumlah responden", "url": None}]
    return render_template("figures/sample.html", page=page, crumbs=crumbs)
