"""The services of a unit: added, changed, closed, opened again."""

from typing import Any

from skm.i18n.words import N_
from skm.usecases.city import services, showing
from skm.usecases.city.organisations import OrganisationCard, show_organisation
from skm.web.asking.form import Confirmation, Nothing
from skm.web.asking.question import Page, Question, ask
from skm.web.city import forms, tree
from skm.web.city.set_up.views import set_up
from skm.web.frame.connection import store
from skm.web.frame.errors import not_in_list
from skm.web.frame.officer import deed

DOORS = {
    "set_up.add_service": "sets_up",
    "set_up.edit_service": "sets_up",
    "set_up.close_service": "sets_up",
    "set_up.reopen_service": "sets_up",
}
PROBLEMS = {
    "service_unregistered": not_in_list(N_("Layanan tidak ditemukan")),
}


@set_up.route("/organisations/<slug>/services/add", methods=["GET", "POST"])
def add_service(slug: str) -> Page:
    """Adds a service to a unit."""
    card, form = show_organisation(store(), slug), forms.Service()
    question = _question(
        card, "Tambah layanan", "Tambah", lead=card.organisation.name, done="Layanan ditambahkan."
    )
    return ask(question, form, lambda: services.add_service(store(), deed(), slug, *_values(form)))


@set_up.route("/services/<service_id>/edit", methods=["GET", "POST"])
def edit_service(service_id: str) -> Page:
    """Changes a service."""
    service, card = showing.show_service(store(), service_id)
    form = forms.Service(obj=service)
    question = _question(card, f"Ubah layanan {service.name}", "Simpan", done="Tersimpan.")
    return ask(question, form, lambda: services.edit_service(store(), deed(), service_id, *_values(form)))


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
    form = Confirmation(service.name)
    return ask(question, form, lambda: services.close_service(store(), deed(), service_id))


@set_up.route("/services/<service_id>/reopen", methods=["GET", "POST"])
def reopen_service(service_id: str) -> Page:
    """Takes a closing back."""
    service, card = showing.show_service(store(), service_id)
    question = _question(
        card, f"Buka kembali layanan {service.name}", "Buka kembali", done="Layanan dibuka kembali."
    )
    return ask(question, Nothing(), lambda: services.reopen_service(store(), deed(), service_id))


def _question(card: OrganisationCard, title: str, button: str, **more: Any) -> Question:
    return Question(title, button, tree.address(card.organisation) + "#layanan", tree.crumbs(card), **more)


def _values(form: forms.Service) -> tuple[str, str, bool, int | None]:
    return form.name.data, form.channel.data, form.free_of_charge.data, form.yearly_visitors.data
