"""The log of what officers did, for the auditor to read and to search."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from skm.output.opendata import table_csv
from skm.usecases import audit as log
from skm.usecases.figures import show_root
from skm.web.connection import now, store
from skm.web.office.asking import acting
from skm.web.office.audit_words import HEADS, cells, row, sought
from skm.web.sending import send

audit = Blueprint("audit", __name__)


@audit.get("/audit")
def show_audit() -> str:
    """A page of the log, the newest first."""
    typed, before = request.args.get("words", "").strip()[:200], request.args.get("before", "")
    found, older = log.show_page(store(), acting(), sought(typed), before)
    city = show_root(store())
    return render_template(
        "office/audit.html",
        searched=typed,
        rows=[row(entry, city) for entry in found],
        zone=f"{city.local(now()):%Z}",
        newest_url=url_for("audit.show_audit", words=typed or None) if before else None,
        older_url=url_for("audit.show_audit", words=typed or None, before=older) if older else None,
        csv_url=url_for("audit.export_audit", words=typed or None),
    )


@audit.get("/audit.csv")
def export_audit() -> Response:
    """Everything that the search finds, as a table."""
    city = show_root(store())
    found = log.show_all(store(), acting(), sought(request.args.get("words", "").strip()[:200]))
    return send(table_csv(HEADS, (cells(entry, city) for entry in found), f"log-{city.today(now())}.csv"))
