"""Closed periods: which there are, what was frozen, and how a period is closed or revised."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from skm.survey.organisation import Organisation
from skm.usecases import closing as deeds
from skm.usecases import closings as closed
from skm.usecases import publishing
from skm.usecases.closings import Closing
from skm.web import guard
from skm.web.connection import now, store
from skm.web.forms import words
from skm.web.office import forms
from skm.web.office.asking import Crumb, Page, Question, acting, ask, show
from skm.web.office.snapshot_words import day, late_in_words, page_of, published, state
from skm.web.rows import address
from skm.web.sections import sections
from skm.web.sending import send
from skm.web.visitor import officer

closings = Blueprint("closings", __name__)


@closings.get("/organisations/<slug>/closings")
def show_closings(slug: str) -> str:
    """The periods of an organisation, and how far each is."""
    found = closed.show_closings(store(), slug, now())
    way = _crumbs(found.organisation, found.above)
    return render_template(
        "office/closings/list.html",
        name=found.organisation.name,
        rows=[_row(one, found.organisation) for one in found.periods],
        sections=sections(found.organisation),
        crumbs=[*way, {"name": "Periode yang ditutup", "url": None}],
    )


@closings.get("/snapshots/<snapshot_id>")
def show_snapshot(snapshot_id: str) -> str:
    """What was frozen, how it was made, and what a revision changed."""
    found = closed.show_snapshot(store(), snapshot_id)
    back = url_for("closings.show_closings", slug=found.organisation.slug)
    way = [*_crumbs(found.organisation, found.above), {"name": "Periode yang ditutup", "url": back}]
    return render_template(
        "office/closings/snapshot.html",
        page=page_of(found),
        sections=sections(found.organisation),
        crumbs=[*way, {"name": found.content["period"]["name"], "url": None}],
    )


@closings.get("/snapshots/<snapshot_id>.json")
def download_snapshot(snapshot_id: str) -> Response:
    """The bytes over which the digest was made."""
    return send(closed.download(store(), snapshot_id))


@closings.route("/periods/<period_id>/closing", methods=["GET", "POST"])
def freeze_period(period_id: str) -> Page:
    """Closes a period that is over."""
    found = closed.show_closing(store(), period_id, now())
    question = _question(
        found,
        f"Tutup {found.period.name}",
        "Tutup dan bekukan angkanya",
        f"{found.period.name} ditutup.",
        [
            f"Angka {found.owner.name} dan semua organisasi di bawahnya dihitung dari semua jawaban "
            f"{day(found.period.opens)} sampai {day(found.period.closes)}, lalu dibekukan.",
            "Angka yang sudah dibekukan tidak pernah berubah. Yang datang sesudahnya menjadi revisi dengan alasan.",
            "Nama dan tanggal periode ini tidak dapat diubah lagi.",
        ],
        danger=True,
    )
    form, by = forms.Confirmation(found.period.name), officer().signature()
    if not form.is_submitted() and (problem := deeds.find_obstacle(store(), period_id, now())):
        return show(question, form, words(problem))
    return ask(question, form, lambda: deeds.close(store(), by, period_id, now()))


@closings.route("/periods/<period_id>/revision", methods=["GET", "POST"])
def revise_period(period_id: str) -> Page:
    """Freezes the figures of a closed period anew, with a reason."""
    found = closed.show_closing(store(), period_id, now())
    question = _question(
        found,
        f"Revisi {found.period.name}",
        "Buat revisi",
        f"Revisi {found.period.name} dibuat.",
        [
            late_in_words(closed.show_late(store(), period_id)),
            "Angka dihitung ulang; yang berubah mendapat rekaman baru. "
            "Rekaman lama tetap dapat dibaca, beserta perbedaannya.",
        ],
    )
    form, by = forms.Revision(), officer().signature()
    return ask(question, form, lambda: deeds.revise(store(), by, period_id, form.reason.data, now()))


@closings.route("/periods/<period_id>/revisions/<int:revision>/publication", methods=["GET", "POST"])
def publish_period(period_id: str, revision: int) -> Page:
    """Makes the figures of a closed period, as of the revision that was looked at, official for everyone."""
    found = closed.show_closing(store(), period_id, now())
    question = _question(
        found,
        f"Umumkan {found.period.name}",
        "Umumkan",
        f"{found.period.name} diumumkan.",
        [
            f"Nilai {found.owner.name} dan semua organisasi di bawahnya menurut revisi {revision} menjadi angka resmi "
            "untuk setiap orang, juga di halaman sesudah warga mengirim penilaian.",
            "Nilai dari kurang dari lima jawaban tidak ditampilkan.",
            "Bila kelak ada revisi, revisi itu diumumkan tersendiri; sampai saat itu yang ini tetap berlaku.",
        ],
    )
    form, by = forms.Nothing(), officer().signature()
    return ask(question, form, lambda: publishing.publish(store(), by, period_id, revision, now()))


@closings.route("/periods/<period_id>/publication/withdraw", methods=["GET", "POST"])
def withdraw_publication(period_id: str) -> Page:
    """Takes a publication back, with a reason."""
    found = closed.show_closing(store(), period_id, now())
    question = _question(
        found,
        f"Tarik pengumuman {found.period.name}",
        "Tarik pengumuman",
        f"Pengumuman {found.period.name} ditarik.",
        ["Angkanya tidak lagi tampil untuk warga; yang tampil adalah periode sebelumnya yang diumumkan."],
        danger=True,
    )
    form, by = forms.Withdrawal(), officer().signature()
    return ask(question, form, lambda: publishing.withdraw(store(), by, period_id, form.reason.data, now()))


def _question(
    found: Closing, title: str, button: str, done: str, effects: list[str], danger: bool = False
) -> Question:
    back = url_for("closings.show_closings", slug=found.owner.slug)
    crumbs: list[Crumb] = [
        {"name": found.owner.name, "url": address(found.owner)},
        {"name": "Periode yang ditutup", "url": back},
    ]
    return Question(title, button, back, crumbs, effects=effects, danger=danger, done=done)


def _row(found: Closing, organisation: Organisation) -> dict[str, object]:
    period, latest = found.period, found.snapshots[-1] if found.snapshots else None
    may_close = guard.may("closes") and acting().covers(found.owner.path)
    today = organisation.today(now())
    return {
        "name": period.name,
        "owner": None if found.owner.id == organisation.id else found.owner.name,
        "days": f"{day(period.opens)} sampai {day(period.closes)}",
        "state": state(found, organisation, today),
        "published": published(found.publication, organisation),
        "late": found.late,
        "url": latest and url_for("closings.show_snapshot", snapshot_id=latest.id),
        "actions": [{"name": name, "url": url} for name, url in _deeds(found, today) if may_close],
    }


def _deeds(found: Closing, today: date) -> Iterator[tuple[str, str]]:
    """What can be done about a period now, and where."""
    key, deed = found.period.id, found.publication
    standing = deed.revision if deed and deed.standing else 0
    if not found.ended and found.period.holds(today):
        yield "Akhiri lebih awal", url_for("set_up.close_period", period_id=key)
    if found.ended and not found.revision:
        yield "Tutup periode", url_for("closings.freeze_period", period_id=key)
    if found.revision > standing:
        yield "Umumkan", url_for("closings.publish_period", period_id=key, revision=found.revision)
    if found.revision:
        yield "Buat revisi", url_for("closings.revise_period", period_id=key)
    if standing:
        yield "Tarik pengumuman", url_for("closings.withdraw_publication", period_id=key)


def _crumbs(organisation: Organisation, above: Sequence[Organisation]) -> list[Crumb]:
    """The way down to an organisation, from where the reader may be."""
    seen = [one for one in above if guard.reaches(one.path)]
    return [{"name": one.name, "url": address(one)} for one in (*seen, organisation)]
