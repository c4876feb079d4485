"""The counters of a unit: added, changed, closed, opened again."""

from typing import Any

from skm.usecases.answering.ending import OPEN_FORMS
from skm.usecases.city import counters, showing
from skm.usecases.city.organisations import OrganisationCard, show_organisation
from skm.web.asking.form import Confirmation, Nothing
from skm.web.asking.question import Page, Question, ask
from skm.web.city import forms, tree
from skm.web.city.set_up.views import set_up
from skm.web.frame.connection import store
from skm.web.frame.officer import deed

DOORS = {
    "set_up.add_counter": "sets_up",
    "set_up.edit_counter": "sets_up",
    "set_up.close_counter": "sets_up",
    "set_up.reopen_counter": "sets_up",
}


@set_up.route("/organisations/<slug>/counters/add", methods=["GET", "POST"])
def add_counter(slug: str) -> Page:
    """Adds a counter to a unit; it has its QR at once."""
    card, form = show_organisation(store(), slug), forms.Counter()
    form.service_ids.choices = _services(card)
    question = _question(
        card,
        "Tambah loket",
        "Tambah",
        lead=card.organisation.name,
        done="Loket ditambahkan; kode QR-nya sudah siap dicetak.",
    )
    name, services = form.name, form.service_ids
    return ask(question, form, lambda: counters.add_counter(store(), deed(), slug, name.data, services.data))


@set_up.route("/counters/<counter_id>/edit", methods=["GET", "POST"])
def edit_counter(counter_id: str) -> Page:
    """Changes a counter's name and services."""
    counter, card = showing.show_counter(store(), counter_id)
    served = [one.id for one in showing.show_served(store(), card)[counter_id]]
    form = forms.Counter(data={"name": counter.name, "service_ids": served})
    form.service_ids.choices = _services(card)
    question = _question(
        card, f"Ubah loket {counter.name}", "Simpan", effects=["Kode QR-nya tetap sama."], done="Tersimpan."
    )
    name, services = form.name, form.service_ids
    return ask(
        question, form, lambda: counters.edit_counter(store(), deed(), counter_id, name.data, services.data)
    )


@set_up.route("/counters/<counter_id>/close", methods=["GET", "POST"])
def close_counter(counter_id: str) -> Page:
    """Closes a counter."""
    counter, card = showing.show_counter(store(), counter_id)
    question = _question(
        card,
        f"Tutup loket {counter.name}",
        "Tutup loket",
        effects=["Kode QR-nya tidak lagi menerima jawaban dan memberi penjelasan.", OPEN_FORMS, tree.STAYS],
        danger=True,
        done=f"Loket {counter.name} ditutup.",
    )
    form = Confirmation(counter.name)
    return ask(question, form, lambda: counters.close_counter(store(), deed(), counter_id))


@set_up.route("/counters/<counter_id>/reopen", methods=["GET", "POST"])
def reopen_counter(counter_id: str) -> Page:
    """Takes a closing back; the same QR works again."""
    counter, card = showing.show_counter(store(), counter_id)
    question = _question(
        card,
        f"Buka kembali loket {counter.name}",
        "Buka kembali",
        effects=["Kode QR yang sama berlaku lagi."],
        done="Loket dibuka kembali.",
    )
    return ask(question, Nothing(), lambda: counters.reopen_counter(store(), deed(), counter_id))


def _question(card: OrganisationCard, title: str, button: str, **more: Any) -> Question:
    return Question(title, button, tree.address(card.organisation) + "#loket", tree.crumbs(card), **more)


def _services(card: OrganisationCard) -> dict[str, str]:
    return {one.id: one.name for one in card.services if one.closed is None}
