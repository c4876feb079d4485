"""Who may sign in, in which roles: the admin invites, takes roles away, closes accounts, and helps back in."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from skm.i18n.words import N_
from skm.output import mail
from skm.store.organisations import get_by_slug
from skm.survey.officer import ROLES, Membership
from skm.usecases.city.organisations import show_tree
from skm.usecases.people import people
from skm.usecases.people.people import Person
from skm.web.asking import paging
from skm.web.asking.form import Confirmation, Nothing
from skm.web.asking.question import Crumb, Page, Question, ask, attempt, show
from skm.web.city import forms, tree
from skm.web.frame.connection import now, settings, store
from skm.web.frame.errors import not_in_list
from skm.web.frame.officer import deed

people_pages = Blueprint("people", __name__)
DOORS = {
    "people.show_people": "people",
    "people.invite": "people",
    "people.show_person": "people",
    "people.end_membership": "people",
    "people.close_officer": "people",
    "people.offer_reset": "people",
}
PROBLEMS = {
    "membership_unknown": not_in_list(N_("Peran tidak ditemukan")),
    "officer_unknown": not_in_list(N_("Petugas tidak ditemukan")),
}
_A_WEEK, _TWO_HOURS = "7 hari", "2 jam"
# What a link that lets somebody in is called, how long it lives, and what becomes of it; by its purpose.
_WAYS_IN = {
    "invitation": (
        "Undangan baru",
        _A_WEEK,
        ["Undangan sebelumnya tidak berlaku lagi.", f"Tautan berlaku {_A_WEEK} dan sekali pakai."],
    ),
    "reset": (
        "Tautan masuk kembali",
        _TWO_HOURS,
        [
            "Aplikasi autentikatornya dilepas dan dipasang kembali saat ia masuk.",
            f"Tautan berlaku {_TWO_HOURS} dan sekali pakai.",
        ],
    ),
}
STAYS_IN_LOG = "Yang pernah dilakukannya tetap ada di log."


@people_pages.get("/people")
def show_people() -> Page:
    """Everybody with their roles."""
    everybody = people.show_people(store())
    listed = paging.part([person for person in everybody if not person.officer.closed], _said)
    return render_template(
        "city/people/list.html",
        part=listed,
        people=[_row(person) for person in listed.rows],
        closed=[_row(person) for person in everybody if person.officer.closed],
        roles=ROLES,
        crumbs=[],
    )


@people_pages.route("/people/invite", methods=["GET", "POST"])
def invite() -> Page:
    """Invites somebody, or gives a known officer a further role; shows the link that lets a new one in."""
    form = forms.Invitation(data={name: request.args.get(name, "") for name in ("name", "email")})
    form.organisation.choices = tree.choices(show_tree(store()))
    question = Question("Undang petugas", "Undang", url_for("people.show_people"), _crumbs())
    if not form.is_submitted():
        return show(question, form)
    made: list[str | None] = []
    problem = attempt(form, lambda: made.append(_invite(form)))
    if problem is not None:
        return show(question, form, problem), 422
    return _link_page("Undangan", form.name.data, form.email.data, made[0], _A_WEEK)


@people_pages.get("/people/<officer_id>")
def show_person(officer_id: str) -> Page:
    """One officer: roles, and what can be done about them."""
    person = people.show_person(store(), officer_id)
    return render_template(
        "city/people/person.html",
        person=_row(person),
        crumbs=[*_crumbs(), {"name": person.officer.name, "url": None}],
    )


@people_pages.route("/people/<officer_id>/roles/<membership_id>/end", methods=["GET", "POST"])
def end_membership(officer_id: str, membership_id: str) -> Page:
    """Takes a role away."""
    person = people.show_person(store(), officer_id)
    role = next((held for held in person.memberships if held.id == membership_id), None) or abort(404)
    named = f"{ROLES[role.role]}, {role.organisation}"
    question = _question(
        person,
        f"Akhiri peran {named}",
        "Akhiri peran",
        effects=[
            f"{person.officer.name} tidak lagi dapat membuka halaman dalam peran ini.",
            STAYS_IN_LOG,
        ],
        danger=True,
        done=f"Peran {named} berakhir.",
    )
    return ask(question, Nothing(), lambda: people.end_membership(store(), deed(), officer_id, membership_id))


@people_pages.route("/people/<officer_id>/close", methods=["GET", "POST"])
def close_officer(officer_id: str) -> Page:
    """Closes an account."""
    person = people.show_person(store(), officer_id)
    question = _question(
        person,
        f"Tutup akun {person.officer.name}",
        "Tutup akun",
        effects=["Semua peran dan sesinya berakhir saat ini juga.", STAYS_IN_LOG],
        danger=True,
        done=f"Akun {person.officer.name} ditutup.",
    )
    form, listed = Confirmation(person.officer.name), url_for("people.show_people")
    return ask(question, form, lambda: people.close_officer(store(), deed(), officer_id), listed)


@people_pages.route("/people/<officer_id>/reset", methods=["GET", "POST"])
def offer_reset(officer_id: str) -> Page:
    """Makes the link by which somebody who lost password or telephone gets in again."""
    person, form = people.show_person(store(), officer_id), Nothing()
    title, lives, effects = _WAYS_IN[people.way_in(person.officer)]
    question = _question(person, f"{title} untuk {person.officer.name}", "Buat tautan", effects=effects)
    if not form.is_submitted():
        return show(question, form)
    secret = people.offer_reset(store(), deed(), officer_id)
    return _link_page(title, person.officer.name, person.officer.email, secret, lives)


def _question(person: Person, title: str, button: str, **more: Any) -> Question:
    return Question(title, button, _address(person), _person_crumbs(person), **more)


def _invite(form: forms.Invitation) -> str | None:
    top = get_by_slug(store(), form.organisation.data)
    email, name, role = form.email.data, form.name.data, form.role.data
    return people.invite_officer(store(), deed(), email, name, role, top.id)


def _link_page(title: str, name: str, email: str, secret: str | None, lives: str) -> str:
    """The only page on which a one-time link is ever shown."""
    link = settings().address + url_for("sign_in.show_arrival", secret=secret) if secret else None
    letter = (
        f"Yth. {name},\n\ntautan untuk masuk ke aplikasi SKM, berlaku {lives} dan sekali pakai:\n\n{link}\n"
    )
    return render_template(
        "city/people/link.html",
        title=title,
        name=name,
        email=email,
        link=link,
        letter=letter,
        lives=lives,
        mailed=bool(link) and _mail(email, f"{title} SKM", letter),
        crumbs=[*_crumbs(), {"name": title, "url": None}],
    )


def _mail(to: str, subject: str, text: str) -> bool:
    letter = mail.write_letter(settings().address, to, subject, text, now())
    return mail.send(settings().smtp, letter)


def _said(person: Person) -> str:
    """What a person is found by."""
    held = (f"{ROLES[one.role]} {one.organisation}" for one in person.memberships)
    return " ".join([person.officer.name, person.officer.email, *held])


def _row(person: Person) -> dict[str, object]:
    officer = person.officer
    held = [
        {"role": ROLES[one.role], "organisation": one.organisation, "url": _end_url(one)}
        for one in person.memberships
    ]
    return {
        "id": officer.id,
        "name": officer.name,
        "email": officer.email,
        "roles": held,
        "state": "diundang, belum masuk" if officer.password is None else "",
        "closed": officer.closed,
    }


def _end_url(held: Membership) -> str:
    return url_for("people.end_membership", officer_id=held.officer_id, membership_id=held.id)


def _address(person: Person) -> str:
    return url_for("people.show_person", officer_id=person.officer.id)


def _crumbs() -> list[Crumb]:
    return [{"name": "Petugas", "url": url_for("people.show_people")}]


def _person_crumbs(person: Person) -> list[Crumb]:
    return [*_crumbs(), {"name": person.officer.name, "url": _address(person)}]
