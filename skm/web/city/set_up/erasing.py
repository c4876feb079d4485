"""Words of a person are erased who asks for it, by the receipt."""

from flask import Blueprint, flash, url_for

from skm.usecases.answering import erasing
from skm.web.asking.question import Page, Question, ask
from skm.web.city import forms
from skm.web.city.set_up.views import guide_crumbs
from skm.web.frame.connection import settings, store
from skm.web.frame.officer import deed

erasing_pages = Blueprint("erasing", __name__)
DOORS = {"erasing.erase_words": "decides_answers"}


EFFECTS = (
    "Saran atau data responden hilang dari basis data dan tidak dapat dikembalikan.",
    "Nilainya tetap dihitung: IKM, rekaman yang dibekukan, dan kode bukti tidak berubah.",
    "Kode bukti dan alasannya tercatat di log; isi yang dihapus tidak.",
    "Berkas yang sudah diunduh dan cadangan yang sudah dibuat masih memuatnya. Cadangan yang dipulihkan di server ini "
    "dihapus lagi isinya.",
)


@erasing_pages.route("/erasures", methods=["GET", "POST"])
def erase_words() -> Page:
    """Asks whose words are to be erased, and why."""
    form = forms.Erasing()
    question = Question(
        "Hapus saran atau data responden",
        "Hapus untuk selamanya",
        url_for("set_up.show_guide"),
        guide_crumbs(),
        "Siapa yang pernah menjawab boleh meminta tulisannya dihapus. Kode bukti menunjukkan jawaban yang mana.",
        EFFECTS,
        danger=True,
    )
    return ask(question, form, lambda: _erase(form))


def _erase(form: forms.Erasing) -> None:
    whats = [form.what.data] if form.what.data in erasing.WHATS else list(erasing.WHATS)
    listed = erasing.list_beside(settings().database)
    done = erasing.erase_words(store(), deed(), form.receipt.data or "", whats, form.why.data or "", listed)
    words = " dan ".join(erasing.WHATS[what] for what in done.whats)
    flash(f"{words.capitalize()} pada jawaban {done.receipt} dihapus.")
