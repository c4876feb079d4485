"""How the figures of a period are frozen, revised and published, and how a publication is withdrawn."""

from flask import Blueprint, url_for

from skm.usecases.closing import freezing, publishing, records
from skm.usecases.closing.records import FreezingState
from skm.web.asking.form import Confirmation, Nothing
from skm.web.asking.question import Crumb, Page, Question, ask, show, words
from skm.web.city import forms
from skm.web.frame.addresses import address
from skm.web.frame.connection import now, store
from skm.web.frame.officer import deed
from skm.wording.snapshot import days, late_answers

freezing_pages = Blueprint("freezing", __name__)
DOORS = {
    "freezing.freeze_period": "freezes",
    "freezing.revise_period": "freezes",
    "freezing.publish_period": "freezes",
    "freezing.withdraw_publication": "freezes",
}


@freezing_pages.route("/periods/<period_id>/freeze", methods=["GET", "POST"])
def freeze_period(period_id: str) -> Page:
    """Freezes the figures of a period that has ended."""
    state = records.get_freezing_state(store(), period_id, now())
    question = _question(
        state,
        f"Bekukan {state.period.name}",
        "Bekukan angkanya",
        f"{state.period.name} dibekukan.",
        _freezing_effects(state),
        danger=True,
    )
    form = Confirmation(state.period.name)
    if not form.is_submitted() and (problem := freezing.find_freezing_obstacle(store(), period_id, now())):
        return show(question, form, words(problem))
    return ask(question, form, lambda: freezing.freeze_period(store(), deed(), period_id))


@freezing_pages.route("/periods/<period_id>/revise", methods=["GET", "POST"])
def revise_period(period_id: str) -> Page:
    """Freezes the figures of a frozen period once more, with a reason."""
    state = records.get_freezing_state(store(), period_id, now())
    question = _question(
        state,
        f"Revisi {state.period.name}",
        "Buat revisi",
        f"Revisi {state.period.name} dibuat.",
        [
            late_answers(records.show_late(store(), period_id)),
            "Angka dihitung ulang; yang berubah mendapat rekaman baru. "
            "Rekaman lama tetap dapat dibaca, beserta perbedaannya.",
        ],
    )
    form = forms.Revision()
    return ask(question, form, lambda: freezing.revise_period(store(), deed(), period_id, form.reason.data))


@freezing_pages.route("/periods/<period_id>/revisions/<int:revision>/publish", methods=["GET", "POST"])
def publish_period(period_id: str, revision: int) -> Page:
    """Makes the frozen figures of a period, as of the revision that was looked at, official for everyone."""
    state = records.get_freezing_state(store(), period_id, now())
    question = _question(
        state,
        f"Umumkan {state.period.name}",
        "Umumkan",
        f"{state.period.name} diumumkan.",
        [
            f"IKM {state.owner.name} dan semua organisasi di bawahnya menurut revisi {revision} menjadi angka resmi "
            "untuk setiap orang, juga di halaman sesudah warga mengirim penilaian.",
            "IKM dari kurang dari lima jawaban tidak ditampilkan.",
            "Bila kelak ada revisi, revisi itu diumumkan tersendiri; sampai saat itu yang ini tetap berlaku.",
        ],
    )
    return ask(question, Nothing(), lambda: publishing.publish_period(store(), deed(), period_id, revision))


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


def _freezing_effects(state: FreezingState) -> list[str]:
    return [
        f"Angka {state.owner.name} dan semua organisasi di bawahnya dihitung dari semua jawaban "
        f"{days(state.period.opens, state.period.closes)}, lalu dibekukan.",
        "Angka yang sudah dibekukan tidak pernah berubah. Yang datang sesudahnya menjadi revisi dengan alasan.",
        "Nama dan tanggal periode ini tidak dapat diubah lagi.",
    ]


def _question(
    state: FreezingState, title: str, button: str, done: str, effects: list[str], danger: bool = False
) -> Question:
    back = url_for("snapshots.show_freezing", slug=state.owner.slug)
    crumbs: list[Crumb] = [
        {"name": state.owner.name, "url": address(state.owner)},
        {"name": "Periode yang dibekukan", "url": back},
    ]
    return Question(title, button, back, crumbs, effects=effects, danger=danger, done=done)
