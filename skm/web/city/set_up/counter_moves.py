"""A counter goes on in another unit: which one, under which name, with which services; taken back on the same day."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, url_for

from skm.store.organisations import get_unit, services_at
from skm.survey.names import folded
from skm.survey.organisation import Counter, Organisation, Service
from skm.usecases.city import counter_moves, showing
from skm.usecases.city.organisations import OrganisationCard, show_tree
from skm.web.asking.form import Nothing
from skm.web.asking.question import Page, Question, acting, ask, attempt, show
from skm.web.city import forms, tree
from skm.web.city.set_up.views import set_up
from skm.web.frame.connection import store
from skm.web.frame.officer import deed

DOORS = {
    "set_up.choose_unit": "sets_up",
    "set_up.move_counter": "sets_up",
    "set_up.undo_counter_move": "sets_up",
}


@set_up.route("/counters/<counter_id>/move", methods=["GET", "POST"])
def choose_unit(counter_id: str) -> Page:
    """Asks for the unit to which a counter moves."""
    counter, card = showing.show_counter(store(), counter_id)
    form = forms.CounterMove()
    form.slug.choices = _other_units(card)
    question = _question(card, f"Pindahkan loket {counter.name}", "Lanjutkan", lead=card.organisation.name)
    if not form.is_submitted():
        return show(question, form)
    if attempt(form, lambda: None) is not None:
        return show(question, form), 422
    return redirect(url_for("set_up.move_counter", counter_id=counter_id, slug=form.slug.data), 303)


@set_up.route("/counters/<counter_id>/move/<slug>", methods=["GET", "POST"])
def move_counter(counter_id: str, slug: str) -> Page:
    """Moves a counter to another unit, with the services that it gives there."""
    counter, card = showing.show_counter(store(), counter_id)
    into = get_unit(store(), slug)
    form, question = _form(counter, into), _move_question(counter, card, into)
    return ask(question, form, lambda: _move(form, counter_id, slug), on=tree.address(into) + "#loket")


@set_up.route("/counters/<counter_id>/undo-move", methods=["GET", "POST"])
def undo_counter_move(counter_id: str) -> Page:
    """Takes a move back on its day."""
    counter, card = showing.show_counter(store(), counter_id)
    question = _question(
        card,
        f"Batalkan pemindahan loket {counter.name}",
        "Batalkan pemindahan",
        effects=[
            "Loket kembali ke unitnya semula, dengan nama dan layanan di sana. Kode QR-nya tetap sama.",
            f"Jawaban dari formulir yang dibuka sejak pemindahan tetap dihitung pada {card.organisation.name}.",
        ],
        done="Pemindahan dibatalkan.",
    )
    return ask(question, Nothing(), lambda: counter_moves.undo_counter_move(store(), deed(), counter_id))


def _question(card: OrganisationCard, title: str, button: str, **more: Any) -> Question:
    return Question(title, button, tree.address(card.organisation) + "#loket", tree.crumbs(card), **more)


def _other_units(card: OrganisationCard) -> dict[str, str]:
    """The open units within what the role covers, but for this one."""
    branches = show_tree(store(), acting().path)
    units = {one.organisation.slug for one in branches if one.organisation.kind == "unit"}
    choices = tree.choices(branches).items()
    return {code: words for code, words in choices if code in units and code != card.organisation.slug}


def _form(counter: Counter, into: Organisation) -> forms.Counter:
    """Name and services, as they would go on in the other unit: services of the same names are chosen."""
    there, missing = counter_moves.services_after_move(store(), counter, into)
    form = forms.Counter(data={"name": counter.name, "service_ids": _alike(counter, [*there, *missing])})
    made = {one.id: f"{one.name} (dibuat di {into.name})" for one in missing}
    form.service_ids.choices = {one.id: one.name for one in there} | made
    return form


def _alike(counter: Counter, services: Sequence[Service]) -> list[str]:
    names = {folded(one.name) for one in services_at(store(), counter.id)}
    return [one.id for one in services if folded(one.name) in names]


def _move_question(counter: Counter, card: OrganisationCard, into: Organisation) -> Question:
    unit = card.organisation
    effects = [
        f"Mulai saat ini jawaban di loket ini dihitung pada {into.name}.",
        f"Jawaban yang sudah masuk, dan yang formulirnya sudah dibuka, tetap dihitung pada {unit.name}.",
        f"Kertas dari hari-hari sebelumnya tetap diketik pada {unit.name}.",
        "Kode QR-nya tetap sama; cetak ulang lembarnya, karena nama unit tertulis di sana.",
        "Sepanjang hari ini pemindahan dapat dibatalkan.",
    ]
    title, done = f"Pindahkan loket {counter.name} ke {into.name}", f"Loket dipindahkan ke {into.name}."
    return _question(card, title, "Pindahkan", effects=effects, done=done)


def _move(form: forms.Counter, counter_id: str, slug: str) -> None:
    counter_moves.move_counter(store(), deed(), counter_id, slug, form.name.data, form.service_ids.data)
