"""Many at once: a template, a file to upload, what would happen to each of its rows, then all of it or nothing."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from skm.i18n.words import N_
from skm.survey.officer import reach_of
from skm.survey.problem import Problem
from skm.usecases.exchange import spreadsheet
from skm.usecases.exchange.plan import OUTCOMES, Plan, summary
from skm.usecases.exchange.spreadsheet import apply_import, plan_import
from skm.usecases.exchange.template import blank_template
from skm.web.asking.form import Reviewed, Upload
from skm.web.asking.question import Page, acting, faults, words
from skm.web.city.links import links_page
from skm.web.city.set_up.views import guide_crumbs, set_up
from skm.web.frame.connection import now, store
from skm.web.frame.errors import Explanation, not_in_list
from skm.web.frame.officer import deed, officer
from skm.web.frame.sending import send

DOORS = {
    "set_up.download_template": "sets_up",
    "set_up.export_spreadsheet": "sets_up",
    "set_up.import_spreadsheet": "sets_up",
    "set_up.apply_spreadsheet": "sets_up",
}
UPLOADS = {"set_up.import_spreadsheet": 21_000_000}
PROBLEMS = {
    "upload_gone": not_in_list(N_("Berkas tidak ditemukan")),
    "upload_busy": Explanation(
        503,
        N_("Berkas belum dibaca"),
        N_("Belum ada yang diubah; kembali ke halaman sebelumnya, lalu kirim sekali lagi."),
    ),
}

SHOWN = 10_000  # rows on a page; how many more there are is said
SHOWN_WAITING = 200  # below the row that they wait for


@set_up.get("/template.xlsx")
def download_template() -> Response:
    """A spreadsheet to fill in."""
    return send(blank_template())


@set_up.get("/export.xlsx")
def export_spreadsheet() -> Response:
    """Everything that is set up, in the same form; it can be changed and imported again."""
    return send(spreadsheet.export_organisations(store(), now()))


@set_up.route("/import", methods=["GET", "POST"])
def import_spreadsheet() -> Page:
    """Takes a file and shows what would happen to each of its rows; nothing is changed yet."""
    form = Upload()
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    content, name = form.file.data.read(), form.file.data.filename
    try:
        plan = plan_import(store(), acting().path, content, name, now(), reach_of(acting()))
    except Problem as problem:
        return _page(form, words(problem)), 422
    key = spreadsheet.store_upload(store(), deed(), content, name) if _may_apply(plan) else ""
    return _plan_page(plan, name, key)


@set_up.post("/import/apply")
def apply_spreadsheet() -> Page:
    """Does what was shown, all of it or nothing."""
    form = Reviewed()
    try:
        upload = spreadsheet.get_upload(store(), officer().actor, form.key.data or "")
    except Problem as problem:
        return _page(Upload(formdata=None), words(problem)), 422
    file = acting().path, upload.content, upload.name
    try:
        plan = apply_import(store(), deed(), *file, form.shown.data or "", reach_of(acting()))
    except Problem as problem:
        return _plan_page(
            plan_import(store(), *file, now(), reach_of(acting())), upload.name, upload.id, words(problem)
        ), 422
    flash(f"{upload.name} diimpor: {summary(plan)}.")
    return _after(plan)


def _after(plan: Plan) -> Page:
    """The links of those who were invited, which are shown this once; else the guide."""
    if plan.invited:
        return links_page("Undangan", plan.invited, guide_crumbs())
    return redirect(url_for("set_up.show_guide"), 303)


def _page(form: Upload, problem: str = "") -> str:
    crumbs = [*guide_crumbs(), {"name": "Impor dan ekspor", "url": None}]
    return render_template("city/set_up/import.html", form=form, faults=faults(form, problem), crumbs=crumbs)


def _may_apply(plan: Plan) -> bool:
    return plan.differs and not plan.faults


def _plan_page(plan: Plan, name: str, key: str, problem: str = "") -> str:
    form = Reviewed(formdata=None, data={"key": key, "shown": plan.digest})
    back = {"name": "Impor dan ekspor", "url": url_for("set_up.import_spreadsheet")}
    return render_template(
        "city/set_up/plan.html",
        name=name,
        counted=summary(plan),
        notes_of=plan.notes,
        faulty=plan.faults,
        rows=[row for row in plan.rows if row.outcome not in ("fault", "waiting")],
        waiting=sum(len(row.waiting) for row in plan.faults),
        outcomes=OUTCOMES,
        shown=SHOWN,
        shown_waiting=SHOWN_WAITING,
        form=form if _may_apply(plan) else None,
        faults=faults(form, problem),
        crumbs=[*guide_crumbs(), back, {"name": "Periksa", "url": None}],
    )
