"""What a unit changed because of earlier answers: noted, corrected, published for everyone, withdrawn."""

from flask import Blueprint, render_template, url_for
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from skm.i18n import formats
from skm.survey.follow_up import DRAFT, PUBLISHED, SENTENCE_LIMIT, WITHDRAWN, FollowUp
from skm.usecases.improving import follow_ups as registry
from skm.usecases.improving.follow_ups import Draft, FollowUps
from skm.web.asking.form import Form, Nothing, of_this_age
from skm.web.asking.question import Crumb, Page, Question, ask
from skm.web.figures.tabs import sections
from skm.web.frame import guard
from skm.web.frame.addresses import address
from skm.web.frame.connection import now, store
from skm.web.frame.officer import officer

follow_ups = Blueprint("follow_ups", __name__)
STATES = {DRAFT: "belum diumumkan", PUBLISHED: "diumumkan", WITHDRAWN: "ditarik"}
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


@follow_ups.get("/units/<slug>/follow-ups")
def show_follow_ups(slug: str) -> str:
    """What a unit has noted."""
    found = registry.show_follow_ups(store(), slug, now())
    return render_template(
        "unit/follow_ups.html",
        name=found.unit.name,
        rows=[_row(one, found) for one in found.follow_ups],
        add_url=url_for("follow_ups.add_follow_up", slug=slug),
        sections=sections(found.unit),
        crumbs=[*_crumbs(found), {"name": "Perbaikan", "url": None}],
    )


@follow_ups.route("/units/<slug>/follow-ups/add", methods=["GET", "POST"])
def add_follow_up(slug: str) -> Page:
    """Notes what was changed; nobody else sees it yet."""
    found = registry.show_follow_ups(store(), slug, now())
    form, by = _form(found), officer().signature()
    question = _question(found, "Catat perbaikan", "Simpan", "Perbaikan tersimpan. Warga belum melihatnya.")
    return ask(question, form, lambda: registry.add(store(), by, slug, _draft(form), now()))


@follow_ups.route("/follow-ups/<follow_up_id>/edit", methods=["GET", "POST"])
def edit_follow_up(follow_up_id: str) -> Page:
    """Corrects what has not been published."""
    found, one = registry.show_follow_up(store(), follow_up_id, now())
    form, by = _form(found, one), officer().signature()
    question = _question(found, "Ubah perbaikan", "Simpan", "Perubahan tersimpan.")
    return ask(question, form, lambda: registry.edit(store(), by, follow_up_id, _draft(form), now()))


@follow_ups.route("/follow-ups/<follow_up_id>/publish", methods=["GET", "POST"])
def publish_follow_up(follow_up_id: str) -> Page:
    """Tells everyone."""
    found, one = registry.show_follow_up(store(), follow_up_id, now())
    question = _question(
        found,
        "Umumkan perbaikan",
        "Umumkan",
        "Perbaikan diumumkan.",
        one,
        "Setiap orang yang selesai mengisi survei di unit ini dapat membacanya.",
        "Kalimatnya tidak dapat diubah lagi; yang keliru ditarik, lalu ditulis yang baru.",
    )
    by = officer().signature()
    return ask(question, Nothing(), lambda: registry.publish(store(), by, follow_up_id, now()))


@follow_ups.route("/follow-ups/<follow_up_id>/withdraw", methods=["GET", "POST"])
def withdraw_follow_up(follow_up_id: str) -> Page:
    """Tells nobody any more."""
    found, one = registry.show_follow_up(store(), follow_up_id, now())
    question = _question(
        found,
        "Tarik perbaikan",
        "Tarik",
        "Perbaikan ditarik.",
        one,
        "Warga tidak membacanya lagi." if one.published else "Perbaikan ini tidak akan diumumkan.",
        "Catatannya tetap ada di daftar ini dan di log, dan tidak dapat diumumkan lagi.",
    )
    by = officer().signature()
    return ask(question, Nothing(), lambda: registry.withdraw(store(), by, follow_up_id, now()))


def _form(found: FollowUps, one: FollowUp | None = None) -> Noted:
    known = one and {"sentence": one.sentence, "done": one.day, "element": one.element}
    form = Noted(data=known or {"done": found.unit.today(now())})
    kept = [one.element] if one and one.element and one.element not in found.elements else []
    form.element.choices = [
        ("", "Tidak tentang satu unsur"),
        *found.elements.items(),
        *((k, k) for k in kept),
    ]
    return form


def _draft(form: Noted) -> Draft:
    return Draft(form.element.data, form.sentence.data, form.done.data)


def _question(
    found: FollowUps, title: str, button: str, done: str, one: FollowUp | None = None, *effects: str
) -> Question:
    back = url_for("follow_ups.show_follow_ups", slug=found.unit.slug)
    crumbs: list[Crumb] = [*_crumbs(found), {"name": "Perbaikan", "url": back}]
    lead = f"“{one.sentence}” Selesai {formats.date(one.day)}." if one else ""
    return Question(title, button, back, crumbs, lead, effects, danger=button == "Tarik", done=done)


def _row(one: FollowUp, found: FollowUps) -> dict[str, object]:
    deeds = {
        "Umumkan": one.state == DRAFT and "publish_follow_up",
        "Ubah": one.state == DRAFT and "edit_follow_up",
        "Tarik": one.state != WITHDRAWN and "withdraw_follow_up",
    }
    may = guard.may("follows_up") and guard.reaches(found.unit.path)
    return {
        "sentence": one.sentence,
        "done": one.day,
        "element": found.elements.get(one.element, one.element),
        "state": STATES[one.state],
        "told": one.state == PUBLISHED,
        "actions": [
            {"name": name, "url": url_for(f"follow_ups.{deed}", follow_up_id=one.id)}
            for name, deed in deeds.items()
            if may and deed
        ],
    }


def _crumbs(found: FollowUps) -> list[Crumb]:
    """The way down to the unit, from where the reader may be."""
    seen = [one for one in found.above if guard.reaches(one.path)]
    return [{"name": one.name, "url": address(one)} for one in (*seen, found.unit)]
