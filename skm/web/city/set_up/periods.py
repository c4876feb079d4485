"""The periods in which an organisation, and all below it, is asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for

from skm.figures.scheme import scheme
from skm.i18n.words import N_
from skm.ikm import EXACT
from skm.store.periods import get
from skm.survey.instrument import Instrument, say
from skm.survey.period import AGGREGATIONS
from skm.usecases.city import periods, showing
from skm.usecases.city.instruments import instrument_choices
from skm.usecases.city.organisations import OrganisationCard, show_organisation
from skm.web.asking.form import Confirmation
from skm.web.asking.question import Page, Question, ask
from skm.web.city import forms, tree
from skm.web.city.set_up.views import set_up
from skm.web.frame.connection import now, store
from skm.web.frame.errors import not_in_list
from skm.web.frame.officer import deed

DOORS = {
    "set_up.add_period": "sets_up",
    "set_up.edit_period": "sets_up",
    "set_up.end_period_early": "sets_up",
    "set_up.remove_period": "sets_up",
}
PROBLEMS = {
    "period_unknown": not_in_list(N_("Periode tidak ditemukan")),
}

DEFAULT = "permenpan-14-2017"


@set_up.route("/organisations/<slug>/periods/add", methods=["GET", "POST"])
def add_period(slug: str) -> Page:
    """Opens a period, one of the usual ones or with dates of its own."""
    card = show_organisation(store(), slug)
    form = forms.NewPeriod(data={"instrument": DEFAULT})
    form.span.choices = _usual(card) | {forms.OWN_DATES: "Tanggal sendiri (isi di bawah)"}
    offered = instrument_choices(store())
    form.instrument.choices = {one.code: one.title for one in offered}
    form.weights.choices = _weights([one.instrument for one in offered])
    lead = (
        f"Berlaku untuk {card.organisation.name} dan semua di bawahnya yang tidak mempunyai periode sendiri."
    )
    question = _question(card, "Tambah periode", "Tambah", lead=lead, done="Periode ditambahkan.")
    return ask(question, form, lambda: _add(form, slug))


@set_up.route("/periods/<period_id>/edit", methods=["GET", "POST"])
def edit_period(period_id: str) -> Page:
    """Changes a period's name, its days, and how units are put together."""
    period = get(store(), period_id)
    form = forms.Period(obj=period)
    question = _question(
        showing.show_owner(store(), period),
        f"Ubah {period.name}",
        "Simpan",
        effects=["Kuesioner dan bobot unsur tetap sama.", "Jawaban yang sudah masuk tetap tersimpan."],
        done="Tersimpan.",
    )
    return ask(question, form, lambda: _edit(form, period_id))


@set_up.route("/periods/<period_id>/end", methods=["GET", "POST"])
def end_period_early(period_id: str) -> Page:
    """Ends a period before its time."""
    period = get(store(), period_id)
    card = showing.show_owner(store(), period)
    form = forms.EarlyEnd(period.name, data={"on": card.organisation.today(now())})
    question = _question(
        card,
        f"Akhiri {period.name} lebih awal",
        "Akhiri periode",
        effects=["Sesudah hari itu kode QR tidak lagi menerima jawaban untuk periode ini.", tree.STAYS],
        danger=True,
        done=f"{period.name} diakhiri lebih awal.",
    )
    return ask(question, form, lambda: periods.end_period_early(store(), deed(), period_id, form.on.data))


@set_up.route("/periods/<period_id>/remove", methods=["GET", "POST"])
def remove_period(period_id: str) -> Page:
    """Takes a period away in which nobody has answered."""
    period = get(store(), period_id)
    card = showing.show_owner(store(), period)
    question = _question(
        card,
        f"Hapus {period.name}",
        "Hapus periode",
        effects=["Hanya dapat dihapus selama belum ada jawaban."],
        danger=True,
        done=f"{period.name} dihapus.",
    )
    form = Confirmation(period.name)
    return ask(question, form, lambda: periods.remove_period(store(), deed(), period_id))


def period_rows(card: OrganisationCard) -> list[dict[str, object]]:
    """The periods that hold for an organisation, as a page shows them."""
    today = card.organisation.today(now())
    return [
        {
            "name": period.name,
            "opens": period.opens,
            "closes": period.closes,
            "state": _state(period.opens, period.closes, today),
            "instrument": say(instrument.title, "id"),
            "weights": _weights_in_words(period.weights),
            "aggregation": AGGREGATIONS[period.aggregation],
            "of": None if owner.id == card.organisation.id else owner.name,
            "edit_url": url_for("set_up.edit_period", period_id=period.id),
            "end_url": url_for("set_up.end_period_early", period_id=period.id),
            "remove_url": url_for("set_up.remove_period", period_id=period.id),
        }
        for period, instrument, owner in showing.show_periods(store(), card)
    ]


def _state(opens: date, closes: date, today: date) -> str:
    return "akan datang" if today < opens else "terbuka" if today <= closes else "selesai"


def _weights(instruments: Sequence[Instrument]) -> dict[str, str]:
    """The weight conventions of some questionnaires, in words."""
    names = dict.fromkeys(name for one in instruments for name in scheme(one).conventions)
    return {name: _weights_in_words(name) for name in names}


def _weights_in_words(name: str) -> str:
    return "Tepat: 1 dibagi banyaknya unsur" if name == EXACT else f"{name.replace('.', ',')} (dibulatkan)"


def _usual(card: OrganisationCard) -> dict[str, str]:
    """The usual spans of this year and the next that are not over."""
    today = card.organisation.today(now())
    suggested = [*periods.suggest_periods(today.year), *periods.suggest_periods(today.year + 1)]
    return {one.name: one.name for one in suggested if one.closes >= today}


def _add(form: forms.NewPeriod, slug: str) -> None:
    name, opens, closes = form.name.data, form.opens.data, form.closes.data
    if form.span.data != forms.OWN_DATES:
        year = int(form.span.data[-4:])
        chosen = next(one for one in periods.suggest_periods(year) if one.name == form.span.data)
        name, opens, closes = chosen.name, chosen.opens, chosen.closes
    instrument, weights, rule = form.instrument.data, form.weights.data, form.aggregation.data
    periods.add_period(store(), deed(), slug, name, opens, closes, instrument, weights, rule)


def _edit(form: forms.Period, period_id: str) -> None:
    name, opens, closes = form.name.data, form.opens.data, form.closes.data
    periods.edit_period(store(), deed(), period_id, name, opens, closes, form.aggregation.data)


def _question(card: OrganisationCard, title: str, button: str, **more: Any) -> Question:
    return Question(title, button, tree.address(card.organisation) + "#periode", tree.crumbs(card), **more)
