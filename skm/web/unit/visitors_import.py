"""The visitors of many units at once: a sheet to fill in, what it would do, then all of it or nothing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from skm.survey.organisation import Organisation
from skm.survey.period import Period
from skm.survey.problem import Problem, needed
from skm.usecases.exchange import visitors_import
from skm.usecases.exchange.plan import OUTCOMES, Plan, summary
from skm.usecases.exchange.spreadsheet import get_upload, store_upload
from skm.web.asking.form import Reviewed, Upload
from skm.web.asking.question import Page, faults, words
from skm.web.frame.addresses import address
from skm.web.frame.connection import now, store
from skm.web.frame.officer import deed, officer
from skm.web.frame.sending import send
from skm.web.unit.visitors import visitor_pages
from skm.wording import spans

DOORS = {
    "visitors.download_blank": "enters_visitors",
    "visitors.import_visitors": "enters_visitors",
    "visitors.apply_visitors": "enters_visitors",
}
UPLOADS = {"visitors.import_visitors": 21_000_000}

SHOWN = 1_000  # rows on a page, the faulty ones first; how many more there are is said


@visitor_pages.get("/organisations/<slug>/visitors.xlsx")
def download_blank(slug: str) -> Response:
    """The sheet to fill in for a period."""
    return send(visitors_import.blank_visitors(store(), *_asked(slug), now()))


@visitor_pages.route("/organisations/<slug>/visitors", methods=["GET", "POST"])
def import_visitors(slug: str) -> Page:
    """Takes a sheet and shows what would happen to each of its rows; nothing is changed yet."""
    organisation, period = _asked(slug)
    if not request.args.get("period"):  # on another day another period may be the one that runs
        return redirect(url_for("visitors.import_visitors", slug=slug, period=period.id))
    form = Upload()
    if not form.is_submitted():
        return _page(organisation, period, form)
    if not form.validate():
        return _page(organisation, period, form), 422
    return _review(organisation, period, form)


@visitor_pages.post("/organisations/<slug>/visitors/apply")
def apply_visitors(slug: str) -> Page:
    """Does what was shown, all of it or nothing."""
    organisation, period = _asked(slug)
    form = Reviewed()
    try:
        upload = get_upload(store(), officer().actor, form.key.data or "")
        file = upload.content, upload.name
        plan = visitors_import.apply_visitors(store(), deed(), organisation, period, *file)
    except Problem as problem:
        return _page(organisation, period, Upload(formdata=None), words(problem)), 422
    flash(f"{upload.name} diimpor: {summary(plan)}.")
    return redirect(_back(organisation), 303)


def _asked(slug: str) -> tuple[Organisation, Period]:
    organisation, period = visitors_import.find_period(store(), slug, request.args.get("period", ""), now())
    return organisation, needed(period, "period_unknown")


def _review(organisation: Organisation, period: Period, form: Upload) -> Page:
    """What a file would do; it is stored until that is agreed to, unless there is nothing to do."""
    content, name = form.file.data.read(), form.file.data.filename
    try:
        plan = visitors_import.plan_visitors(store(), organisation, period, content, name, now())
    except Problem as problem:
        return _page(organisation, period, form, words(problem)), 422
    ready = not plan.faults and plan.counts["same"] < len(plan.rows)
    key = store_upload(store(), deed(), content, name) if ready else ""
    return _page(organisation, period, Upload(formdata=None), plan=plan, key=key)


def _page(
    organisation: Organisation,
    period: Period,
    form: Upload,
    problem: str = "",
    plan: Plan | None = None,
    key: str = "",
) -> str:
    at: dict[str, Any] = {"slug": organisation.slug, "period": period.id}
    outcomes = sorted(plan.rows, key=lambda row: row.outcome != "fault") if plan else []
    crumbs: list[dict[str, str | None]] = [
        {"name": organisation.name, "url": address(organisation)},
        {"name": "Jumlah responden", "url": _back(organisation)},
        {"name": "Impor jumlah pengunjung", "url": None},
    ]
    return render_template(
        "unit/visitors_import.html",
        lead=f"{organisation.name}, {period.name}: {spans.days(period.opens, period.closes)}.",
        sheet_url=url_for("visitors.download_blank", **at),
        apply_url=url_for("visitors.apply_visitors", **at),
        upload_url=url_for("visitors.import_visitors", **at),
        form=form,
        faults=faults(form, problem),
        counted=summary(plan) if plan else "",
        faulty=len(plan.faults) if plan else 0,
        notes_of=plan.notes if plan else (),
        rows=outcomes[:SHOWN],
        more=len(outcomes[SHOWN:]),
        outcomes=OUTCOMES,
        reviewed=Reviewed(formdata=None, data={"key": key}) if key else None,
        crumbs=crumbs,
    )


def _back(organisation: Organisation) -> str:
    return url_for("sample.show_sample", slug=organisation.slug, period=request.args.get("period") or None)
