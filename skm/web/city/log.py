"""The log of what officers did, for the auditor to read and to search."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from skm.output.csv_file import table_csv
from skm.store.organisations import get_root
from skm.tables import FIELDS, VERBS
from skm.usecases.log import audit
from skm.usecases.log.audit import Search
from skm.web.asking.question import Page, acting, faults
from skm.web.city import forms
from skm.web.frame.connection import now, store
from skm.web.frame.sending import send
from skm.wording.log import HEADS, Line, LogWords, cells, line, sought

log_pages = Blueprint("log", __name__)
DOORS = {
    "log.show_log": "audit",
    "log.export_log": "audit",
}
_WORDS = LogWords(VERBS, FIELDS)


@log_pages.get("/audit")
def show_log() -> Page:
    """A page of the log, the newest first."""
    form, before = forms.LogSearch(request.args), request.args.get("before", "")
    if not form.validate():
        return _page(form, []), 422
    entries, older = audit.show_page(store(), acting(), _asked(form), before)
    asked = {name: typed for name, typed in request.args.items() if name in form.data and typed}
    return _page(
        form,
        [line(entry, get_root(store()), _WORDS) for entry in entries],
        newest_url=_address("show_log", asked) if before else None,
        older_url=_address("show_log", asked | {"before": older}) if older else None,
        csv_url=_address("export_log", asked),
    )


@log_pages.get("/audit.csv")
def export_log() -> Page:
    """Everything that the search finds, as a table."""
    form, city = forms.LogSearch(request.args), get_root(store())
    if not form.validate():
        return _page(form, []), 422
    entries = audit.show_all(store(), acting(), _asked(form))
    return send(
        table_csv(HEADS, (cells(entry, city, _WORDS) for entry in entries), f"log-{city.today(now())}.csv")
    )


def _page(form: forms.LogSearch, rows: list[Line], **addresses: str | None) -> str:
    zone = f"{get_root(store()).local(now()):%Z}"
    return render_template("city/log.html", form=form, faults=faults(form), rows=rows, zone=zone, **addresses)


def _address(view: str, asked: dict[str, Any]) -> str:
    return url_for(f"log.{view}", **asked)


def _asked(form: forms.LogSearch) -> Search:
    return Search(sought(form.words.data or "", _WORDS), form.first.data, form.last.data)
