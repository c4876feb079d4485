"""Agencies and the city, and what is downloaded once a year."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from skm.i18n.words import N_
from skm.output.csv_file import COMMA, SEMICOLON
from skm.store.organisations import get_root
from skm.usecases.exchange import export
from skm.web.figures import overview
from skm.web.figures.period_notices import period_notices
from skm.web.frame.addresses import address, chosen, sheet_links
from skm.web.frame.connection import store
from skm.web.frame.errors import Explanation, not_in_list
from skm.web.frame.sending import send

city = Blueprint("city", __name__)
DOORS = {
    "city.show_city": "reads_city",
    "city.show_agency": "reads_figures",
    "city.export_year": "exports",
    "city.export_answers": "exports",
}
PROBLEMS = {
    "year_empty": not_in_list(N_("Belum ada data")),
    "worksheet_too_long": Explanation(
        422, N_("Buku kerja tidak dapat dibuat"), N_("Unduh jawaban tahun itu sebagai CSV.")
    ),
    "city_missing": Explanation(404, N_("Belum ada data"), N_("Siapkan organisasi dan loket lebih dahulu.")),
}


@city.get("/city")
def show_city() -> str:
    """How the city does, and its downloads."""
    shown = overview.chosen(get_root(store()).slug)
    years = [_year(*year) for year in export.show_years(store())]
    page, crumbs = overview.overview_page(shown), overview.crumbs(shown.choice)
    notices = period_notices(shown.choice.organisation)
    units = url_for("figures.show_units", slug=shown.choice.organisation.slug, **chosen())
    nouns = {"page": page, "crumbs": crumbs, "notices": notices, "units_url": units}
    return render_template("city/city.html", export_years=years, **nouns)


@city.get("/agencies/<slug>")
def show_agency(slug: str) -> str | Response:
    """How an agency does."""
    shown = overview.chosen(slug)
    if shown.choice.organisation.kind != "agency":
        return redirect(address(shown.choice.organisation), 301)
    sheets = sheet_links("printing.print_sheets", slug=slug)
    page, crumbs = overview.overview_page(shown), overview.crumbs(shown.choice)
    notices = period_notices(shown.choice.organisation)
    return render_template("city/agency.html", page=page, sheets=sheets, crumbs=crumbs, notices=notices)


@city.get("/exports/<int:year>.xlsx")
def export_year(year: int) -> Response:
    """The workbook of a year."""
    return send(export.export_year(store(), year))


@city.get("/exports/<int:year>.csv")
def export_answers(year: int) -> Response:
    """All answers of a year; between cells a comma, or a semicolon where the address asks for it."""
    separator = SEMICOLON if request.args.get("pemisah") == "titik-koma" else COMMA
    return send(export.export_answers(store(), year, separator))


def _year(year: int, n: int) -> dict[str, object]:
    return {
        "year": year,
        "n": n,
        "xlsx_url": url_for("city.export_year", year=year),
        "csv_url": url_for("city.export_answers", year=year),
        "excel_url": url_for("city.export_answers", year=year, pemisah="titik-koma"),
    }
