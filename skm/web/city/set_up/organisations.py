"""The tree: what is below an organisation, and how it is added to, changed, moved, merged and closed."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from flask import render_template

from skm.store.organisations import get_by_slug
from skm.survey.organisation import CHANNELS, KINDS, PARENTS, Organisation, is_closed
from skm.usecases.answering.ending import OPEN_FORMS
from skm.usecases.city import counter_moves, organisations, showing
from skm.usecases.city.organisations import Branch, OrganisationCard
from skm.web.asking import paging
from skm.web.asking.form import Nothing
from skm.web.asking.question import Page, Question, acting, ask
from skm.web.city import forms, tree
from skm.web.city.set_up.periods import period_rows
from skm.web.city.set_up.views import set_up
from skm.web.frame.addresses import sheet_links
from skm.web.frame.connection import now, store
from skm.web.frame.officer import deed

DOORS = {
    "set_up.show_organisation": "sets_up",
    "set_up.add_organisation": "sets_up",
    "set_up.rename_organisation": "sets_up",
    "set_up.edit_organisation": "sets_up",
    "set_up.move_organisation": "sets_up",
    "set_up.merge_organisation": "sets_up",
    "set_up.close_organisation": "sets_up",
    "set_up.reopen_organisation": "sets_up",
}


@set_up.get("/organisations/<slug>")
def show_organisation(slug: str) -> Page:
    """An organisation with everything below it and in it."""
    card = organisations.show_organisation(store(), slug)
    crumbs = [*tree.crumbs(card)[:-1], {"name": card.organisation.name, "url": None}]
    return render_template("city/set_up/organisation.html", **_shown(card), crumbs=crumbs)


@set_up.route("/organisations/<slug>/add", methods=["GET", "POST"])
def add_organisation(slug: str) -> Page:
    """Adds an organisation below this one."""
    card = organisations.show_organisation(store(), slug)
    form = forms.Organisation()
    form.kind.choices = {kind: KINDS[kind].capitalize() for kind in _kinds_below(card.organisation)}
    question = _question(
        card,
        "Tambah organisasi",
        "Tambah",
        lead=f"Di bawah {card.organisation.name}.",
        done="Organisasi ditambahkan.",
    )
    return ask(question, form, lambda: _add(form, card.organisation))


@set_up.route("/organisations/<slug>/rename", methods=["GET", "POST"])
def rename_organisation(slug: str) -> Page:
    """Gives an organisation another name."""
    card = organisations.show_organisation(store(), slug)
    form = forms.Rename(obj=card.organisation)
    question = _question(
        card,
        f"Ganti nama {card.organisation.name}",
        "Ganti nama",
        effects=[
            "Kode QR dan alamat halaman tetap sama.",
            "Nama baru tampil pada semua tahun; nama lama tetap tercatat.",
        ],
        done="Nama diganti.",
    )
    return ask(question, form, lambda: _rename(form, slug))


@set_up.route("/organisations/<slug>/edit", methods=["GET", "POST"])
def edit_organisation(slug: str) -> Page:
    """Changes address, telephone number and time zone."""
    card = organisations.show_organisation(store(), slug)
    form = forms.Address(obj=card.organisation)
    question = _question(card, f"Ubah keterangan {card.organisation.name}", "Simpan", done="Tersimpan.")
    return ask(question, form, lambda: _edit(form, slug))


@set_up.route("/organisations/<slug>/move", methods=["GET", "POST"])
def move_organisation(slug: str) -> Page:
    """Puts an organisation, with all below it, under another."""
    card = organisations.show_organisation(store(), slug)
    form = forms.Move(data={"on": card.organisation.today(now())})
    form.slug.choices = _others(card, PARENTS[card.organisation.kind])
    question = _question(
        card,
        f"Pindahkan {card.organisation.name}",
        "Pindahkan",
        effects=[
            "Semua yang ada di bawahnya ikut pindah.",
            "Jawaban sejak tanggal itu dihitung di tempat yang baru; angka sebelumnya tidak berubah.",
        ],
        done=f"{card.organisation.name} dipindahkan.",
    )
    return ask(question, form, lambda: _move(form, slug))


@set_up.route("/organisations/<slug>/merge", methods=["GET", "POST"])
def merge_organisation(slug: str) -> Page:
    """Ends an organisation whose work another goes on with."""
    card = organisations.show_organisation(store(), slug)
    form = forms.Merge(card.organisation.name, data={"on": card.organisation.today(now())})
    form.slug.choices = _others(card, [card.organisation.kind])
    question = _question(
        card,
        f"Gabungkan {card.organisation.name}",
        "Gabungkan",
        effects=_merge_effects(card),
        danger=True,
        done=f"{card.organisation.name} digabungkan.",
    )
    return ask(question, form, lambda: _merge(form, slug))


@set_up.route("/organisations/<slug>/close", methods=["GET", "POST"])
def close_organisation(slug: str) -> Page:
    """Closes an organisation from a day."""
    card = organisations.show_organisation(store(), slug)
    form = forms.Close(card.organisation.name, data={"on": card.organisation.today(now())})
    question = _question(
        card,
        f"Tutup {card.organisation.name}",
        "Tutup",
        effects=["Sejak tanggal itu kode QR-nya tidak lagi menerima jawaban.", OPEN_FORMS, tree.STAYS],
        danger=True,
        done=f"{card.organisation.name} ditutup.",
    )
    on = form.on
    return ask(question, form, lambda: organisations.close_organisation(store(), deed(), slug, on.data))


@set_up.route("/organisations/<slug>/reopen", methods=["GET", "POST"])
def reopen_organisation(slug: str) -> Page:
    """Takes a closing or a merger back."""
    card = organisations.show_organisation(store(), slug)
    name = card.organisation.name
    effects = ["Kode QR yang sama berlaku lagi."]
    question = _question(
        card, f"Buka kembali {name}", "Buka kembali", effects=effects, done=f"{name} dibuka kembali."
    )
    return ask(question, Nothing(), lambda: organisations.reopen_organisation(store(), deed(), slug))


def _shown(card: OrganisationCard) -> dict[str, Any]:
    """What the page of an organisation shows."""
    place = card.organisation
    return {
        "place": place,
        "card": card,
        "kind": KINDS[place.kind],
        "closed_on": showing.first_day_closed(place, place),
        "works": not is_closed(place, now()),
        "below_words": " atau ".join(KINDS[kind] for kind in _kinds_below(place)),
        "channels": CHANNELS,
        "day": date.fromisoformat,
        **_below(place),
        "sheets": sheet_links("printing.print_sheets", slug=place.slug),
        "served": showing.show_served(store(), card),
        **_moves(place),
        "closed_day": lambda thing: showing.first_day_closed(thing, place),
        "periods": period_rows(card),
    }


def _moves(place: Organisation) -> dict[str, Any]:
    """The counters that came into a unit, with what may be undone today, and those that left it."""
    moves = counter_moves.show_moves(store(), place.id) if place.kind == "unit" else []
    return {
        "came": {one.counter.id: one for one in moves if one.into.id == place.id},
        "left": [one for one in moves if one.into.id != place.id],
        "undoable": {one.counter.id for one in moves if one.day == one.unit.today(now())},
    }


def _below(place: Organisation) -> dict[str, Any]:
    """What stands below; of more than a page only what stands right below, until something is sought."""
    branches = organisations.show_tree(store(), place.path)[1:]
    under = Counter(key for one in branches for key in one.organisation.ancestors[1:])
    names = {one.organisation.id: one.organisation.name for one in branches}
    folded = len(branches) > paging.LENGTH
    listed = [one for one in branches if one.depth == 1] if folded and not paging.words() else branches
    shown = paging.part(listed, lambda one: f"{one.organisation.name} {one.organisation.slug}")
    rows = [
        _row(one, under[one.organisation.id], names.get(one.organisation.parent_id or "", ""))
        for one in shown.rows
    ]
    to_print = sum(one.counters for one in branches)
    return {"branches": rows, "part": shown, "every": len(branches), "folded": folded, "to_print": to_print}


def _question(card: OrganisationCard, title: str, button: str, **more: Any) -> Question:
    return Question(title, button, tree.address(card.organisation), tree.crumbs(card), **more)


def _merge_effects(card: OrganisationCard) -> list[str]:
    return [
        "Organisasi ini ditutup; kode QR-nya tidak lagi menerima jawaban.",
        OPEN_FORMS,
        *(["Unit di bawahnya pindah ke organisasi yang dipilih."] if card.children else []),
        tree.STAYS,
    ]


def _add(form: forms.Organisation, above: Organisation) -> None:
    more = {"address": form.address.data, "phone": form.phone.data}
    organisations.add_organisation(store(), deed(), above.id, form.kind.data, form.name.data, **more)


def _rename(form: forms.Rename, slug: str) -> None:
    organisations.rename_organisation(store(), deed(), slug, form.name.data)


def _edit(form: forms.Address, slug: str) -> None:
    address, phone, zone = form.address.data, form.phone.data, form.time_zone.data
    organisations.edit_organisation(store(), deed(), slug, address, phone, zone, form.field.data)


def _move(form: forms.Move, slug: str) -> None:
    into = get_by_slug(store(), form.slug.data)
    organisations.move_organisation(store(), deed(), slug, into.id, form.on.data)


def _merge(form: forms.Merge, slug: str) -> None:
    organisations.merge_organisation(store(), deed(), slug, form.slug.data, form.on.data)


def _others(card: OrganisationCard, kinds: Collection[str]) -> dict[str, str]:
    """Open organisations of some kinds, within what the role covers, but for this one and those below it."""
    branches = organisations.show_tree(store(), acting().path)
    fitting = {
        branch.organisation.slug
        for branch in branches
        if branch.organisation.kind in kinds
        and not branch.organisation.path.startswith(card.organisation.path)
    }
    return {code: words for code, words in tree.choices(branches).items() if code in fitting}


def _kinds_below(above: Organisation) -> list[str]:
    """The kinds that may stand below, the usual one first."""
    return [kind for kind in reversed(PARENTS) if above.kind in PARENTS[kind]]


def _row(branch: Branch, under: int, above: str) -> dict[str, object]:
    organisation = branch.organisation
    return {
        "name": organisation.name,
        "url": tree.address(organisation),
        "kind": KINDS[organisation.kind],
        "depth": min(branch.depth, 5),
        "under": under,
        "above": above,
        "services": branch.services if organisation.kind == "unit" else None,
        "counters": branch.counters if organisation.kind == "unit" else None,
        "closed": showing.first_day_closed(organisation, organisation),
    }
