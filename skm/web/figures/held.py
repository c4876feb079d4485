"""The answers that are held: where they wait, what is known of each, and the decision on many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import BooleanField, HiddenField, SelectMultipleField

from skm.figures import held
from skm.figures.held import HeldAnswers, HeldGroup
from skm.i18n import formats
from skm.store.held_answers import HeldAnswer
from skm.survey.organisation import Organisation
from skm.survey.problem import Problem
from skm.usecases.answering import decisions
from skm.usecases.answering.decisions import Decisions
from skm.web.asking.form import Form, text
from skm.web.asking.paging import Part, part
from skm.web.asking.question import Page, faults, words
from skm.web.figures.tabs import Tab, sections
from skm.web.frame import guard
from skm.web.frame.addresses import way
from skm.web.frame.connection import store
from skm.web.frame.officer import deed, find_officer
from skm.wording.held import held_details, held_when

held_pages = Blueprint("held", __name__)
DOORS = {
    "held.show_waiting_units": "reads_rows",
    "held.show_held": "reads_rows",
    "held.decide_answers": "decides_answers",
}
TABS = {
    "held.show_waiting_units": Tab("Ditahan", ("government", "agency")),
    "held.show_held": Tab("Ditahan", ("unit",)),
}
DECISIONS = ("released", "excluded", "withdrawn")
LONGEST_NUMBER = 18  # digits that SQLite can compare


class Deciding(Form):
    """Which answers of a page, or all with the same reason, and why they are decided on."""

    answers = SelectMultipleField("Jawaban", coerce=int, validate_choice=False)
    every = BooleanField("Semua jawaban dengan alasan ini")
    last = HiddenField()  # the number of the last one shown: none that came since is decided on unseen
    why = text("Alasan keputusan", "Tersimpan pada setiap jawaban yang dipilih dan di log.")


@dataclass(frozen=True)
class HeldRow:
    """A held answer as it is offered."""

    number: int
    when: str
    details: Sequence[str]


@dataclass(frozen=True)
class GroupLink:
    """A group of held answers, and its page."""

    group: HeldGroup
    n: int
    since: date
    url: str


@held_pages.get("/organisations/<slug>/held")
def show_waiting_units(slug: str) -> Page:
    """Where answers wait below an organisation."""
    waiting = held.show_waiting_units(store(), slug)
    organisation = waiting.organisation
    if organisation.kind == "unit":
        return redirect(url_for("held.show_held", slug=slug), 301)
    return render_template(
        "figures/held_units.html",
        name=organisation.name,
        units=waiting.units,
        total=sum(unit.n for unit in waiting.units),
        sections=sections(organisation),
        crumbs=_crumbs([*waiting.above, organisation]),
    )


@held_pages.get("/units/<slug>/held")
def show_held(slug: str) -> Page:
    """The held answers of a unit."""
    return _page(held.show_held(store(), slug), Deciding())


@held_pages.post("/units/<slug>/held")
def decide_answers(slug: str) -> Page:
    """Releases the chosen answers, proposes to exclude them, agrees to that or withdraws it."""
    form, shown = Deciding(), held.show_held(store(), slug)
    if not form.validate():
        return _page(shown, form), 422
    try:
        made = decisions.decide_answers(
            store(), deed(), slug, _chosen_numbers(shown, form), _decision(), form.why.data or ""
        )
    except Problem as problem:
        return _page(shown, form, words(problem)), 422
    flash(_made(_decision(), made))
    return redirect(url_for("held.show_held", slug=slug), 303)


def _page(shown: HeldAnswers, form: Deciding, problem: str = "") -> str:
    group = _find_group(shown) or next(iter(shown.groups), None)
    if group:
        form.last.data = str(group.answers[-1].number)
    return render_template(
        "figures/held.html",
        unit=shown.unit,
        years=shown.years,
        groups=[_link(shown.unit, one) for one in shown.groups],
        group=group,
        rows=_rows(shown.unit, group) if group else None,
        form=form,
        faults=faults(form, problem),
        may_decide=guard.may("decides_answers") and guard.reaches(shown.unit.path),
        is_own=bool(group and group.is_proposed and group.proposer_id == _officer_id()),
        sections=sections(shown.unit),
        crumbs=_crumbs([*shown.above, shown.unit]),
    )


def _find_group(shown: HeldAnswers) -> HeldGroup | None:
    """The group that the address asks for."""
    return next((one for one in shown.groups if one.code == request.args.get("group")), None)


def _chosen_numbers(shown: HeldAnswers, form: Deciding) -> list[int]:
    """The answers that were ticked, or all of the group that were there when it was shown."""
    if not form.every.data:
        return list(form.answers.data or ())
    group, typed = _find_group(shown), form.last.data or ""
    last = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_NUMBER else 0
    return [one.number for one in (group.answers if group else ()) if one.number <= last]


def _decision() -> str:
    asked = request.form.get("decision", "")
    return asked if asked in DECISIONS else "released"


def _rows(unit: Organisation, group: HeldGroup) -> Part[HeldRow]:
    answers = part(group.answers, _text_of, group=group.code)
    rows = [HeldRow(one.number, held_when(one, unit), held_details(one)) for one in answers.rows]
    return Part(answers.words, rows, answers.first, answers.count, answers.earlier_url, answers.later_url)


def _text_of(answer: HeldAnswer) -> str:
    return f"{answer.local_date} {' '.join(held_details(answer))}"


def _link(unit: Organisation, group: HeldGroup) -> GroupLink:
    since = date.fromisoformat(min(one.local_date for one in group.answers))
    url = url_for("held.show_held", slug=unit.slug, group=group.code)
    return GroupLink(group, len(group.answers), since, url)


def _made(decision: str, made: Decisions) -> str:
    done = {
        "released": "dilepas dan dihitung lagi",
        "excluded": "dikeluarkan",
        "withdrawn": "tidak diusulkan lagi",
    }
    said = [
        f"{formats.count(made.done)} jawaban {done[decision]}." if made.done else "",
        f"{formats.count(made.proposed)} jawaban diusulkan dikeluarkan; petugas lain harus menyetujuinya."
        if made.proposed
        else "",
        f"{formats.count(made.left)} jawaban tidak diputuskan: sudah diputuskan petugas lain, atau Anda sendiri yang "
        "mengusulkannya."
        if made.left
        else "",
    ]
    return " ".join(filter(None, said))


def _officer_id() -> str | None:
    signed_in = find_officer()
    return signed_in.officer.id if signed_in else ""


def _crumbs(line: Sequence[Organisation]) -> list[dict[str, Any]]:
    return [*way(line), {"name": "Jawaban yang ditahan", "url": None}]
