"""What a unit changed because of earlier answers: noted, corrected, published for everyone, withdrawn."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from skm.i18n import formats
from skm.i18n.words import N_
from skm.survey.improvement import SENTENCE_LIMIT, STATES, Improvement
from skm.usecases.improving import improvements
from skm.usecases.improving.improvements import ImprovementDraft, Improvements
from skm.web.asking.form import Form, Nothing, of_this_age
from skm.web.asking.question import Crumb, Page, Question, ask
from skm.web.figures.tabs import Tab, sections
from skm.web.frame import guard
from skm.web.frame.addresses import way
from skm.web.frame.connection import now, store
from skm.web.frame.errors import not_in_list
from skm.web.frame.officer import deed

improvement_pages = Blueprint("improvements", __name__)
DOORS = {
    "improvements.show_improvements": "reads_figures",
    "improvements.redirect_follow_ups": "reads_figures",
    "improvements.add_improvement": "improves",
    "improvements.edit_improvement": "improves",
    "improvements.publish_improvement": "improves",
    "improvements.withdraw_improvement": "improves",
}
TABS = {"improvements.show_improvements": Tab("Perbaikan", ("unit",))}
PROBLEMS = {"improvement_unknown": not_in_list(N_("Perbaikan tidak ditemukan"))}
_NEEDED = "Bagian ini wajib diisi."


class Noted(Form):
    """What was changed, in a sentence for citizens, and when it was done."""

    sentence = TextAreaField(
        "Apa yang sudah diperbaiki",
        [DataRequired(_NEEDED), Length(max=SENTENCE_LIMIT, message="Paling banyak %(max)d huruf.")],
        filters=[lambda typed: " ".join((typed or "").split())],
        description="Satu kalimat untuk warga, misalnya: Kursi tunggu ditambah 20 buah. "
        "Jangan menyebut nama orang, baik warga maupun petugas.",
        render_kw={"maxlength": SENTENCE_LIMIT, "rows": 3},
    )
    done = DateField("Selesai pada tanggal", [InputRequired(_NEEDED), of_this_age])
    element = SelectField("Unsur yang diperbaiki", description="Boleh dikosongkan.")


@improvement_pages.get("/units/<slug>/improvements")
def show_improvements(slug: str) -> str:
    """What a unit has noted."""
    noted = improvements.show_improvements(store(), slug, now())
    unit = noted.unit
    return render_template(
        "unit/improvements.html",
        noted=noted,
        states=STATES,
        may_improve=guard.may("improves") and guard.reaches(unit.path),
        sections=sections(unit),
        crumbs=[*way([*noted.above, unit]), {"name": "Perbaikan", "url": None}],
    )


@improvement_pages.get("/units/<slug>/follow-ups", defaults={"view": "show_improvements"})
@improvement_pages.get("/units/<slug>/follow-ups/add", defaults={"view": "add_improvement"})
@improvement_pages.get("/follow-ups/<improvement_id>/edit", defaults={"view": "edit_improvement"})
@improvement_pages.get("/follow-ups/<improvement_id>/publish", defaults={"view": "publish_improvement"})
@improvement_pages.get("/follow-ups/<improvement_id>/withdraw", defaults={"view": "withdraw_improvement"})
def redirect_follow_ups(view: str, **named: Any) -> Response:
    """Redirects an address from when improvements were called follow-ups."""
    return redirect(url_for(f"improvements.{view}", **named), 301)


@improvement_pages.route("/units/<slug>/improvements/add", methods=["GET", "POST"])
def add_improvement(slug: str) -> Page:
    """Notes what was changed; nobody else sees it yet."""
    shown = improvements.show_improvements(store(), slug, now())
    form = _form(shown)
    question = _question(shown, "Catat perbaikan", "Simpan", "Perbaikan tersimpan. Warga belum melihatnya.")
    return ask(question, form, lambda: improvements.add_improvement(store(), deed(), slug, _draft(form)))


@improvement_pages.route("/improvements/<improvement_id>/edit", methods=["GET", "POST"])
def edit_improvement(improvement_id: str) -> Page:
    """Corrects what has not been published."""
    shown, improvement = improvements.show_improvement(store(), improvement_id, now())
    form = _form(shown, improvement)
    question = _question(shown, "Ubah perbaikan", "Simpan", "Perubahan tersimpan.")
    return ask(
        question,
        form,
        lambda: improvements.edit_improvement(store(), deed(), improvement_id, _draft(form)),
    )


@improvement_pages.route("/improvements/<improvement_id>/publish", methods=["GET", "POST"])
def publish_improvement(improvement_id: str) -> Page:
    """Shows an improvement to everyone."""
    shown, improvement = improvements.show_improvement(store(), improvement_id, now())
    question = _question(
        shown,
        "Umumkan perbaikan",
        "Umumkan",
        "Perbaikan diumumkan.",
        improvement,
        "Setiap orang yang selesai mengisi survei di unit ini dapat membacanya.",
        "Kalimatnya tidak dapat diubah lagi; yang keliru ditarik, lalu ditulis yang baru.",
    )
    return ask(question, Nothing(), lambda: improvements.publish_improvement(store(), deed(), improvement_id))


@improvement_pages.route("/improvements/<improvement_id>/withdraw", methods=["GET", "POST"])
def withdraw_improvement(improvement_id: str) -> Page:
    """Hides an improvement from citizens."""
    shown, improvement = improvements.show_improvement(store(), improvement_id, now())
    question = _question(
        shown,
        "Tarik perbaikan",
        "Tarik",
        "Perbaikan ditarik.",
        improvement,
        "Warga tidak membacanya lagi." if improvement.published else "Perbaikan ini tidak akan diumumkan.",
        "Catatannya tetap ada di daftar ini dan di log, dan tidak dapat diumumkan lagi.",
    )
    return ask(
        question, Nothing(), lambda: improvements.withdraw_improvement(store(), deed(), improvement_id)
    )


def _form(shown: Improvements, improvement: Improvement | None = None) -> Noted:
    values = improvement and {
        "sentence": improvement.sentence,
        "done": improvement.day,
        "element": improvement.element,
    }
    form = Noted(data=values or {"done": shown.unit.today(now())})
    former = (
        [improvement.element]
        if improvement and improvement.element and improvement.element not in shown.elements
        else []
    )
    form.element.choices = [
        ("", "Tidak tentang satu unsur"),
        *shown.elements.items(),
        *((code, code) for code in former),
    ]
    return form


def _draft(form: Noted) -> ImprovementDraft:
    return ImprovementDraft(form.element.data, form.sentence.data, form.done.data)


def _question(
    shown: Improvements,
    title: str,
    button: str,
    done: str,
    improvement: Improvement | None = None,
    *effects: str,
) -> Question:
    back = url_for("improvements.show_improvements", slug=shown.unit.slug)
    crumbs: list[Crumb] = [*way([*shown.above, shown.unit]), {"name": "Perbaikan", "url": back}]
    lead = f"“{improvement.sentence}” Selesai {formats.date(improvement.day)}." if improvement else ""
    return Question(title, button, back, crumbs, lead, effects, danger=button == "Tarik", done=done)
