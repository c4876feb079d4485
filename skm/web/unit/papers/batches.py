"""Batches of papers: which there are, what each is, and how it comes to count."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from skm.figures import paper_batches
from skm.figures.paper_batches import BatchReport, show_report, without_answers
from skm.i18n.words import N_
from skm.survey.paper import STATES
from skm.survey.problem import Problem
from skm.usecases.papers import batches, checking
from skm.web.asking.question import Page, Question, ask, attempt, show, words
from skm.web.figures.tabs import Tab, sections
from skm.web.frame import guard
from skm.web.frame.connection import now, settings, store
from skm.web.frame.errors import Explanation, not_in_list
from skm.web.frame.officer import deed, officer
from skm.web.frame.sending import send
from skm.web.unit.papers import pages
from skm.web.unit.papers.forms import DiscardForm, StackForm, filled
from skm.wording.papers import waiting

papers = Blueprint("papers", __name__)
DOORS = {
    "papers.show_batches": "reads_papers",
    "papers.open_batch": "keys_papers",
    "papers.show_batch": "reads_papers",
    "papers.export_batch": "reads_papers",
    "papers.edit_batch": "keys_papers",
    "papers.finish_batch": "keys_papers",
    "papers.discard_batch": "keys_papers",
    "papers.count_batch": "keys_papers",
}
TABS = {"papers.show_batches": Tab("Kertas", ("unit",))}
NEXT_STEP = N_("Buka halaman bundelnya untuk melihat langkah berikutnya.")
PROBLEMS = {
    "paper_batch_unknown": not_in_list(N_("Bundel tidak ditemukan")),
    "paper_keying_done": Explanation(409, N_("Pengetikan sudah selesai"), NEXT_STEP),
    "paper_batch_done": Explanation(409, N_("Bundel ini sudah selesai"), NEXT_STEP),
}


@papers.get("/units/<slug>/papers")
def show_batches(slug: str) -> str:
    """The batches of a unit, and how far each is."""
    unit, listed = batches.show_batches(store(), slug)
    return render_template(
        "unit/papers/list.html",
        unit=unit,
        batches=listed,
        headline=waiting((one.batch, one.keyed) for one in listed) if listed else "",
        states=STATES,
        sections=sections(unit),
        crumbs=pages.here(pages.crumbs(unit)),
    )


@papers.route("/units/<slug>/papers/add", methods=["GET", "POST"])
def open_batch(slug: str) -> Page:
    """Takes what a stack is, and goes on to its first sheet."""
    unit, counters = batches.show_counters(store(), slug)
    form, opened = StackForm(), []
    form.offer(counters, now())
    back = url_for("papers.show_batches", slug=slug)
    question = Question("Bundel baru", "Mulai mengetik", back, pages.crumbs(unit), f"{unit.name}.")
    if not form.is_submitted():
        return show(question, form)
    problem = attempt(form, lambda: opened.append(batches.open_batch(store(), deed(), slug, form.stack)))
    if problem is not None:
        return show(question, form, problem), 422
    return redirect(url_for("sheets.key_sheet", batch_id=opened[0].id), 303)


@papers.get("/papers/<batch_id>")
def show_batch(batch_id: str) -> str:
    """How far a batch is and what comes next; once it is counted, its report."""
    return _page(batch_id)


@papers.get("/papers/<batch_id>.csv")
def export_batch(batch_id: str) -> Response:
    """The report of a batch as a table."""
    return send(pages.table(_report(batch_id)))


@papers.route("/papers/<batch_id>/edit", methods=["GET", "POST"])
def edit_batch(batch_id: str) -> Page:
    """Corrects what was said about the stack."""
    known = batches.being_keyed(store(), batch_id)
    details = paper_batches.show_batch(store(), batch_id)
    form = StackForm(data=filled(batches.stack_of(known)))
    form.offer(batches.show_counters(store(), details.unit.slug)[1], now())
    question = pages.question(details, "Ubah keterangan", "Simpan", done="Keterangan bundel tersimpan.")
    return ask(question, form, lambda: batches.edit_batch(store(), deed(), batch_id, form.stack))


@papers.post("/papers/<batch_id>/finish")
def finish_batch(batch_id: str) -> Page:
    """Ends the keying."""
    return _done(
        batch_id,
        lambda: batches.finish_batch(store(), deed(), batch_id),
        "Pengetikan selesai. Lembar contoh untuk pemeriksa sudah ditarik.",
    )


@papers.route("/papers/<batch_id>/discard", methods=["GET", "POST"])
def discard_batch(batch_id: str) -> Page:
    """Discards a batch."""
    details, form = paper_batches.show_batch(store(), batch_id), DiscardForm()
    question = pages.question(
        details,
        "Buang bundel",
        f"Buang Bundel {details.batch.number}",
        danger=True,
        effects=[
            f"{len(details.sheets)} lembar yang sudah diketik tidak akan dihitung.",
            "Bundel dan alasannya tetap tersimpan dan terlihat di daftar.",
        ],
        done=f"Bundel {details.batch.number} dibuang.",
    )
    return ask(question, form, lambda: batches.discard_batch(store(), deed(), batch_id, form.why.data))


@papers.post("/papers/<batch_id>/count")
def count_batch(batch_id: str) -> Page:
    """Ends the check: the sheets are answers from now on."""
    secret = settings().secret_key
    return _done(
        batch_id,
        lambda: checking.count_batch(store(), deed(), batch_id, secret),
        "Pemeriksaan selesai. Semua lembar bundel ini sekarang dihitung.",
    )


def _done(batch_id: str, act: Callable[[], object], message: str) -> Page:
    try:
        act()
    except Problem as problem:
        return _page(batch_id, words(problem)), 422
    flash(message)
    return redirect(url_for("papers.show_batch", batch_id=batch_id), 303)


def _page(batch_id: str, problem: str = "") -> str:
    page = pages.batch_page(_report(batch_id), officer().officer.id)
    way = pages.here(pages.crumbs(page.details.unit, page.details.batch))
    return render_template("unit/papers/batch.html", page=page, problem=problem, crumbs=way)


def _report(batch_id: str) -> BatchReport:
    """A small bundle is the answers of a few: whoever keyed papers knows them, and whoever may see single answers."""
    report = show_report(store(), batch_id)
    reader = officer().officer.id
    checked = {check.officer_id for check in report.progress.checks}
    knows = guard.has_rows() or reader in report.details.keyers or reader in checked
    return report if knows else without_answers(report)
