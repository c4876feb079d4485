"""How the figures of a period are frozen, revised and published, and how a publication is withdrawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, url_for

from skm.i18n import formats
from skm.survey.problem import Problem
from skm.usecases.closing import freezing, publishing, records, review
from skm.usecases.closing.records import FreezingState
from skm.usecases.closing.review import Review
from skm.web.asking.question import Crumb, Page, Question, ask, attempt, show, words
from skm.web.city import forms
from skm.web.frame.addresses import address
from skm.web.frame.connection import now, store
from skm.web.frame.officer import deed
from skm.wording.index import headline
from skm.wording.review import review_basis, review_lines
from skm.wording.snapshot import NAMED, days, late_answers

freezing_pages = Blueprint("freezing", __name__)
DOORS = {
    "freezing.freeze_period": "freezes",
    "freezing.revise_period": "freezes",
    "freezing.publish_period": "freezes",
    "freezing.withdraw_publication": "freezes",
}


@dataclass(frozen=True)
class ReviewQuestion(Question):
    """A question below what it is about.

    `basis` says from how many answers a figure is, `lines` what is not in it; `silent` names units where many are.
    """

    basis: Sequence[str] = ()
    lines: Sequence[str] = ()
    silent: Sequence[str] = ()
    held_url: str = ""  # where answers wait for a decision


@freezing_pages.route("/periods/<period_id>/freeze", methods=["GET", "POST"])
def freeze_period(period_id: str) -> Page:
    """Freezes the figures of a period that has ended, as they were shown."""
    state = records.get_freezing_state(store(), period_id, now())
    question, form = _freezing_question(state), forms.Freezing(state.period.name)
    return _ask(
        question,
        form,
        lambda: freezing.review_freezing(store(), deed(), period_id),
        lambda: freezing.freeze_period(store(), deed(), period_id, *_agreed(form)),
    )


@freezing_pages.route("/periods/<period_id>/revise", methods=["GET", "POST"])
def revise_period(period_id: str) -> Page:
    """Freezes the figures of a frozen period once more, as they were shown, with a reason."""
    state = records.get_freezing_state(store(), period_id, now())
    question = _revising_question(state, late_answers(records.show_late(store(), period_id)))
    form = forms.Revision()
    return _ask(
        question,
        form,
        lambda: freezing.review_revision(store(), deed(), period_id),
        lambda: freezing.revise_period(store(), deed(), period_id, form.reason.data or "", *_agreed(form)),
    )


@freezing_pages.route("/periods/<period_id>/revisions/<int:revision>/publish", methods=["GET", "POST"])
def publish_period(period_id: str, revision: int) -> Page:
    """Makes the frozen figures of a period, as of the revision that was looked at, official for everyone."""
    state = records.get_freezing_state(store(), period_id, now())
    return _ask(
        _publishing_question(state, revision),
        forms.Publication(),
        lambda: review.review_publication(store(), period_id, revision),
        lambda: publishing.publish_period(store(), deed(), period_id, revision),
    )


@freezing_pages.route("/periods/<period_id>/publication/withdraw", methods=["GET", "POST"])
def withdraw_publication(period_id: str) -> Page:
    """Withdraws a publication, with a reason."""
    state = records.get_freezing_state(store(), period_id, now())
    question = _question(
        state,
        f"Tarik pengumuman {state.period.name}",
        "Tarik pengumuman",
        f"Pengumuman {state.period.name} ditarik.",
        ["Angkanya tidak lagi tampil untuk warga; yang tampil adalah periode sebelumnya yang diumumkan."],
        danger=True,
    )
    form = forms.Withdrawal()
    return ask(
        question, form, lambda: publishing.withdraw_publication(store(), deed(), period_id, form.reason.data)
    )


def _ask(
    question: ReviewQuestion,
    form: forms.Freezing | forms.Revision | forms.Publication,
    look: Callable[[], Review],
    act: Callable[[], object],
) -> Page:
    """Asks below what will be frozen or published. Where that has changed since it was read, it is shown again."""
    problem = attempt(form, act) if form.is_submitted() else ""
    if problem is None:
        flash(question.done)
        return redirect(question.back, 303)
    try:
        reviewed = look()
    except Problem as obstacle:
        problem = words(obstacle)
    else:
        question, form.shown.data = _with_review(question, reviewed), reviewed.seal
        if "undecided" in form and not reviewed.figure.held:
            del form.undecided  # nothing is held
    return show(question, form, problem), 422 if form.is_submitted() else 200


def _agreed(form: forms.Freezing | forms.Revision) -> tuple[str, str]:
    """What was shown, and why it is frozen although answers are held."""
    return form.shown.data or "", (form.undecided.data or "") if form.undecided else ""


def _with_review(question: ReviewQuestion, shown: Review) -> ReviewQuestion:
    return replace(
        question,
        lead=headline(shown.figure.result),
        basis=review_basis(shown.figure, shown.before),
        lines=review_lines(shown.period, shown.figure, shown.silent, shown.papers, shown.outside),
        silent=shown.silent if len(shown.silent) > NAMED else (),
        held_url=question.held_url if shown.figure.held else "",
    )


def _freezing_question(state: FreezingState) -> ReviewQuestion:
    name = state.period.name
    effects = [
        f"Angka {state.owner.name} dan semua organisasi di bawahnya dihitung dari semua jawaban "
        f"{days(state.period.opens, state.period.closes)}, lalu dibekukan.",
        "Angka yang sudah dibekukan tidak pernah berubah. Yang datang sesudahnya menjadi revisi dengan alasan.",
        "Nama dan tanggal periode ini tidak dapat diubah lagi.",
    ]
    return _question(state, f"Bekukan {name}", "Bekukan angkanya", f"{name} dibekukan.", effects, danger=True)


def _revising_question(state: FreezingState, late: str) -> ReviewQuestion:
    name = state.period.name
    effects = [
        late,
        "Angka dihitung ulang; yang berubah mendapat rekaman baru. "
        "Rekaman lama tetap dapat dibaca, beserta perbedaannya.",
    ]
    return _question(state, f"Revisi {name}", "Buat revisi", f"Revisi {name} dibuat.", effects)


def _publishing_question(state: FreezingState, revision: int) -> ReviewQuestion:
    name, late = state.period.name, formats.count(state.late)
    effects = [
        f"{late} jawaban datang atau diputuskan sesudah rekaman itu dan tidak ada di dalamnya.",
        f"IKM {state.owner.name} dan semua organisasi di bawahnya menurut revisi {revision} menjadi angka resmi "
        "untuk setiap orang, juga di halaman sesudah warga mengirim penilaian.",
        "IKM dari kurang dari lima jawaban tidak ditampilkan.",
        "Bila kelak ada revisi, revisi itu diumumkan tersendiri; sampai saat itu yang ini tetap berlaku.",
    ]
    effects = effects if state.late else effects[1:]
    return _question(state, f"Umumkan {name}", "Umumkan", f"{name} diumumkan.", effects)


def _question(
    state: FreezingState, title: str, button: str, done: str, effects: Sequence[str], danger: bool = False
) -> ReviewQuestion:
    back = url_for("snapshots.show_freezing", slug=state.owner.slug)
    crumbs: list[Crumb] = [
        {"name": state.owner.name, "url": address(state.owner)},
        {"name": "Periode yang dibekukan", "url": back},
    ]
    return ReviewQuestion(
        title,
        button,
        back,
        crumbs,
        effects=effects,
        danger=danger,
        done=done,
        template="city/review.html",
        held_url=url_for("held.show_waiting_units", slug=state.owner.slug),
    )
