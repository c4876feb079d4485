"""Who answered: the page of a unit, an agency or the city, and its tables to take home."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from skm.figures import respondents
from skm.figures.respondents import Respondents
from skm.output.csv_file import table_csv
from skm.survey.small_cells import K
from skm.usecases.answering import answer
from skm.web.figures.tabs import Tab, sections
from skm.web.frame import guard
from skm.web.frame.addresses import way
from skm.web.frame.connection import now, store
from skm.web.frame.sending import send
from skm.wording import index
from skm.wording.respondents import HEADS, group_tables, lines, respondents_text

respondent_pages = Blueprint("respondents", __name__)
DOORS = {
    "respondents.show_respondents": "reads_figures",
    "respondents.export_respondents": "reads_figures",
}
TABS = {"respondents.show_respondents": Tab("Siapa yang menjawab")}


@respondent_pages.get("/organisations/<slug>/who")
def show_respondents(slug: str) -> str:
    """Who answered in a year, and what index each group gives."""
    answered = _chosen(slug)
    here = answered.organisation
    return render_template(
        "figures/respondents.html",
        answered=answered,
        text=respondents_text(answered),
        index=index.headline(answered.result),
        tables=group_tables(answered),
        few=K,
        csv_url=url_for("respondents.export_respondents", slug=slug, period=answered.year.code),
        sections=sections(here),
        crumbs=[*way(answered.above), {"name": here.name, "url": None}],
    )


@respondent_pages.get("/organisations/<slug>/who.csv")
def export_respondents(slug: str) -> Response:
    """The same tables as a file."""
    answered = _chosen(slug)
    note = "DATA CONTOH" if answer.show_city_name(store()).demo else ""
    return send(table_csv(HEADS, lines(answered, note), f"responden-{slug}-{answered.year.code}.csv"))


def _chosen(slug: str) -> Respondents:
    """Whoever has no access to single answers sees how many answered, not what they think."""
    answered = respondents.show_respondents(store(), slug, request.args.get("period", ""), now())
    return answered if guard.has_rows() else respondents.without_index(answered)
