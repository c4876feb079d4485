"""The services of a unit: added, changed, closed, opened again."""

from typing import Any

from skm.usecases.city import organisations, services, showing
from skm.usecases.city.organisations import Card
from skm.web.asking.form import Confirmation, Nothing
from skm.web.asking.question import Page, Question, ask
from skm.web.city import forms, tree
from skm.web.city.set_up.views import set_up
from skm.web.frame.connection import now, store
from skm.web.frame.officer import officer

DOORS = {
    "set_up.add_service": "sets_up",
    "set_up.edit_service": "sets_up",
    "set_up.close_service": "sets_up",
    "set_up.reopen_service": "sets_up",
}


@set_up.route("/organisations/<slug>/services/add", methods=["GET", "POST"])
def add_service(slug: str) -> Page:
    """Adds a service to a unit."""
    card, form = organisations.show(store(), slug), forms.Service()
    question = _question(
        card, "Tambah layanan", "Tambah", lead=card.organisation.name, done="Layanan ditambahkan."
    )
    return ask(
        question, form, lambda: services.add(store(), officer().signature(), slug, *_values(form), now())
    )


@set_up.route("/services/<service_id>/edit", methods=["GET", "POST"])
def edit_service(service_id: str) -> Page:
    """Changes a service."""
    service, card = showing.show_service(store(), service_id)
    form = forms.Service(obj=service)
    question = _question(card, f"Ubah layanan {service.name}", "Simpan", done="Tersimpan.")
    by = officer().signature()
    return ask(question, form, lambda: services.edit(store(), by, service_id, *_values(form), now()))


@set_up.route("/services/<service_id>/close", methods=["GET", "POST"])
def close_service(service_id: str) -> Page:
    """Closes a service."""
    service, card = showing.show_service(store(), service_id)
    question = _question(
        card,
        f"Tutup layanan {service.name}",
        "Tutup layanan",
        effects=["Layanan ini tidak lagi ditawarkan di kuesioner.", tree.STAYS],
        danger=True,
        done=f"Layanan {service.name} ditutup.",
    )
    by = officer().signature()
    return ask(question, Confirmation(service.name), lambda: services.close(store(), by, service_id, now()))


@set_up.route("/services/<service_id>/reopen", methods=["GET", "POST"])
def reopen_service(service_id: str) -> Page:
    """Takes a closing back."""
    service, card = showing.show_service(store(), service_id)
    question = _question(
        card, f"Buka kembali layanan {service.name}", "Buka kembali", done="Layanan dibuka kembali."
    )
    by = officer().signature()
    return ask(question, Nothing(), lambda: services.reopen(store(), by, service_id, now()))


def _question(card: Card, title: str, button: str, **more: Any) -> Question:
    return Question(title, button, tree.address(card.organisation) + "#layanan", tree.crumbs(card), **more)


def _values(form: forms.Service) -> tuple[str, str, bool, int | None]:
    return form.name.data, form.channel.data, form.free_of_charge.data, form.yearly_visitors.data
