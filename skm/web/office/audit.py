"""The log of what officers did, for the auditor to read and to search."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from skm.output.opendata import table_csv
from skm.usecases import audit as log
from skm.usecases.audit import Search
from skm.usecases.figures import show_root
from skm.web.connection import now, store
from skm.web.office import forms
from skm.web.office.asking import Page, acting, faults
from skm.web.office.audit_words import HEADS, cells, row, sought
from skm.web.sending import send

audit = Blueprint("audit", __name__)


@audit.get("/audit")
def show_audit() -> Page:
    """A page of the log, the newest first."""
    form, before = forms.LogSearch(request.args), request.args.get("before", "")
    if not form.validate():
        return _page(form, []), 422
    found, older = log.show_page(store(), acting(), _asked(form), before)
    asked = {name: typed for name, typed in request.args.items() if name in form.data and typed}
    return _page(
        form,
        [row(entry, show_root(store())) for entry in found],
        newest_url=_address("show_audit", asked) if before else None,
        older_url=_address("show_audit", asked | {"before": older}) if older else None,
        csv_url=_address("export_audit", asked),
    )


@audit.get("/audit.csv")
def export_audit() -> Page:
    """Everything that the search finds, as a table."""
    form, city = forms.LogSearch(request.args), show_root(store())
    if not form.validate():
        return _page(form, []), 422
    found = log.show_all(store(), acting(), _asked(form))
    return send(table_csv(HEADS, (cells(entry, city) for entry in found), f"log-{city.today(now())}.csv"))


def _page(form: forms.LogSearch, rows: list[dict[str, object]], **addresses: str | None) -> str:
    zone = f"{show_root(store()).local(now()):%Z}"
    return render_template(
        "office/audit.html", form=form, faults=faults(form), rows=rows, zone=zone, **addresses
    )


def _address(view: str, asked: dict[str, Any]) -> str:
    return url_for(f"audit.{view}", **asked)


def _asked(form: forms.LogSearch) -> Search:
    return Search(sought(form.words.data or ""), form.first.data, form.last.data)
