"""Agencies and the city, and what is downloaded once a year."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from skm.usecases import export
from skm.usecases.figures import show_root
from skm.web import figures, rows
from skm.web.connection import store
from skm.web.desk import printing
from skm.web.desk.views import chosen, page_of
from skm.web.sending import send

office = Blueprint("office", __name__)


@office.get("/city")
def show_city() -> str:
    """How the city does, and its downloads."""
    found = chosen(show_root(store()).slug)
    page = page_of(found) | {"export_years": [_year(*year) for year in export.show_years(store())]}
    return render_template("office/city.html", page=page, crumbs=figures.crumbs(found))


@office.get("/agencies/<slug>")
def show_agency(slug: str) -> str | Response:
    """How an agency does."""
    found = chosen(slug)
    if found.organisation.kind != "agency":
        return redirect(rows.address(found.organisation), 301)
    page = page_of(found) | {"sheets": printing.sizes("printing.print_sheets", slug=slug)}
    return render_template("office/agency.html", page=page, crumbs=figures.crumbs(found))


@office.get("/exports/<int:year>.xlsx")
def export_year(year: int) -> Response:
    """The workbook of a year."""
    return send(export.export_year(store(), year))


@office.get("/exports/<int:year>.csv")
def export_answers(year: int) -> Response:
    """All answers of a year."""
    return send(export.export_answers(store(), year))


def _year(year: int, n: int) -> dict[str, object]:
    return {
        "year": year,
        "n": n,
        "xlsx_url": url_for("office.export_year", year=year),
        "csv_url": url_for("office.export_answers", year=year),
    }
