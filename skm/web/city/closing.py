"""How the figures of a period are frozen, revised and published, and how a publication is withdrawn."""

from flask import Blueprint, url_for

from skm.usecases.closing import freezing, publishing, records
from skm.usecases.closing.records import Closing
from skm.web.asking.form import Confirmation, Nothing
from skm.web.asking.question import Crumb, Page, Question, ask, show, words
from skm.web.city import forms
from skm.web.frame.addresses import address
from skm.web.frame.connection import now, store
from skm.web.frame.officer import deed
from skm.wording.snapshot import days, late_answers

closing = Blueprint("closing", __name__)
DOORS = {
    "closing.freeze_period": "freezes",
    "closing.revise_period": "freezes",
    "closing.publish_period": "freezes",
    "closing.withdraw_publication": "freezes",
}


@closing.route("/periods/<period_id>/freeze", methods=["GET", "POST"])
def freeze_period(period_id: str) -> Page:
    """Freezes the figures of a period that has ended."""
    found = records.show_closing(store(), period_id, now())
    question = _question(
        found,
        f"Bekukan {found.period.name}",
        "Bekukan angkanya",
        f"{found.period.name} dibekukan.",
        [
            f"Angka {found.owner.name} dan semua organisasi di bawahnya dihitung dari semua jawaban "
            f"{days(found.period.opens, found.period.closes)}, lalu dibekukan.",
            "Angka yang sudah dibekukan tidak pernah berubah. Yang datang sesudahnya menjadi revisi dengan alasan.",
            "Nama dan tanggal periode ini tidak dapat diubah lagi.",
        ],
        danger=True,
    )
    form = Confirmation(found.period.name)
    if not form.is_submitted() and (problem := freezing.find_freezing_obstacle(store(), period_id, now())):
        return show(question, form, words(problem))
    return ask(question, form, lambda: freezing.freeze_period(store(), deed(), period_id))


@closing.route("/periods/<period_id>/revise", methods=["GET", "POST"])
def revise_period(period_id: str) -> Page:
    """Freezes the figures of a frozen period once more, with a reason."""
    found = records.show_closing(store(), period_id, now())
    question = _question(
        found,
        f"Revisi {found.period.name}",
        "Buat revisi",
        f"Revisi {found.period.name} dibuat.",
        [
            late_answers(records.show_late(store(), period_id)),
            "Angka dihitung ulang; yang berubah mendapat rekaman baru. "
            "Rekaman lama tetap dapat dibaca, beserta perbedaannya.",
        ],
    )
    form = forms.Revision()
    return ask(question, form, lambda: freezing.revise_period(store(), deed(), period_id, form.reason.data))


@closing.route("/periods/<period_id>/revisions/<int:revision>/publish", methods=["GET", "POST"])
def publish_period(period_id: str, revision: int) -> Page:
    """Makes the frozen figures of a period, as of the revision that was looked at, official for everyone."""
    found = records.show_closing(store(), period_id, now())
    question = _question(
        found,
        f"Umumkan {found.period.name}",
        "Umumkan",
        f"{found.period.name} diumumkan.",
        [
            f"IKM {found.owner.name} dan semua organisasi di bawahnya menurut revisi {revision} menjadi angka resmi "
            "untuk setiap orang, juga di halaman sesudah warga mengirim penilaian.",
            "IKM dari kurang dari lima jawaban tidak ditampilkan.",
            "Bila kelak ada revisi, revisi itu diumumkan tersendiri; sampai saat itu yang ini tetap berlaku.",
        ],
    )
    return ask(question, Nothing(), lambda: publishing.publish_period(store(), deed(), period_id, revision))


@closing.route("/periods/<period_id>/publication/withdraw", methods=["GET", "POST"])
def withdraw_publication(period_id: str) -> Page:
    """Withdraws a publication, with a reason."""
    found = records.show_closing(store(), period_id, now())
    question = _question(
        found,
        f"Tarik pengumuman {found.period.name}",
        "Tarik pengumuman",
        f"Pengumuman {found.period.name} ditarik.",
        ["Angkanya tidak lagi tampil untuk warga; yang tampil adalah periode sebelumnya yang diumumkan."],
        danger=True,
    )
    form = forms.Withdrawal()
    return ask(
        question, form, lambda: publishing.withdraw_publication(store(), deed(), period_id, form.reason.data)
    )


def _question(
    found: Closing, title: str, button: str, done: str, effects: list[str], danger: bool = False
) -> Question:
    back = url_for("snapshots.show_closings", slug=found.owner.slug)
    crumbs: list[Crumb] = [
        {"name": found.owner.name, "url": address(found.owner)},
        {"name": "Periode yang dibekukan", "url": back},
    ]
    return Question(title, button, back, crumbs, effects=effects, danger=danger, done=done)
