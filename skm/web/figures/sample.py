"""The sample of an organisation: how many respondents are wanted, and how many have answered."""

from flask import Blueprint, render_template, request, url_for

from skm import ikm
from skm.figures import sample
from skm.figures.sample import Sample
from skm.survey.period import code_of
from skm.web.figures.tabs import Tab, sections
from skm.web.frame.addresses import way
from skm.web.frame.connection import now, store
from skm.wording.sample import met, sample_text, state

sample_page = Blueprint("sample", __name__)
DOORS = {
    "sample.show_sample": "reads_figures",
}
TABS = {"sample.show_sample": Tab("Jumlah responden")}
# What the template needs for its rows and options.
_ROWS = {"state": state, "met": met, "code_of": code_of, "enough": ikm.sample_size(None)}


@sample_page.get("/organisations/<slug>/sample")
def show_sample(slug: str) -> str:
    """How far a unit, an agency or the city has come."""
    wanted = request.args.get("period", "")
    progress = sample.show_sample(store(), slug, wanted, now())
    return render_template(
        "figures/sample.html",
        progress=progress,
        text=sample_text(progress),
        wanted=wanted,
        enter_url=_enter_url(progress),
        sections=sections(progress.organisation),
        crumbs=[*way([*progress.above, progress.organisation]), {"name": "Jumlah responden", "url": None}],
        **_ROWS,
    )


def _enter_url(progress: Sample) -> str:
    """Where the visitors are entered: of a unit one by one, of many units from a spreadsheet."""
    if progress.period is None or not progress.total.units or progress.organisation.closed:
        return ""
    endpoint = "visitors.enter_visitors" if progress.unit else "visitors.import_visitors"
    return url_for(endpoint, slug=progress.organisation.slug, period=code_of(progress.period))
