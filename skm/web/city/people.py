"""Who may sign in, in which roles: invited, given roles up to a day or without end, let in again, and let go.

The admin does so for the whole city, Bagian Organisasi for heads and counter staff below its organisation.
"""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from skm.i18n.words import N_
from skm.store.organisations import get_by_slug, today
from skm.survey.officer import ADMIN, ROLES, Membership, Reach, reach_of
from skm.usecases.city.organisations import show_tree
from skm.usecases.people import people, roles
from skm.usecases.people.people import Invited, Person
from skm.usecases.people.roles import Invitation
from skm.web.asking import paging
from skm.web.asking.form import Confirmation, Nothing
from skm.web.asking.question import Crumb, Page, Question, acting, ask, attempt, show
from skm.web.city import forms, tree
from skm.web.city.links import A_WEEK, TWO_HOURS, link_page, links_page
from skm.web.frame.connection import now, store
from skm.web.frame.errors import not_in_list
from skm.web.frame.guard import may
from skm.web.frame.officer import deed
from skm.wording.roles import role_in_full, term, term_notices

people_pages = Blueprint("people", __name__)
DOORS = {
    "people.show_people": "invites",
    "people.invite": "invites",
    "people.renew_invitations": "invites",
    "people.show_person": "invites",
    "people.end_membership": "invites",
    "people.change_last_day": "invites",
    "people.close_officer": "people",
    "people.offer_reset": "invites",
}
PROBLEMS = {
    "membership_unknown": not_in_list(N_("Peran tidak ditemukan")),
    "officer_unknown": not_in_list(N_("Petugas tidak ditemukan")),
}
# What a link that lets somebody in is called, how long it lives, and what becomes of it; by its purpose.
_WAYS_IN = {
    "invitation": (
        "Undangan baru",
        A_WEEK,
        ["Undangan sebelumnya tidak berlaku lagi.", f"Tautan berlaku {A_WEEK} dan sekali pakai."],
    ),
    "reset": (
        "Tautan masuk kembali",
        TWO_HOURS,
        [
            "Aplikasi autentikatornya dilepas dan dipasang kembali saat ia masuk.",
            f"Tautan berlaku {TWO_HOURS} dan sekali pakai.",
        ],
    ),
}
_RENEW = "Undang sekali lagi semua yang belum masuk"
_RENEWED = (
    "Tautan yang sudah dibagikan kepada mereka tidak berlaku lagi.",
    f"Setiap tautan baru berlaku {A_WEEK}, sekali pakai, dan hanya ditampilkan sekali.",
)
STAYS_IN_LOG = "Yang pernah dilakukannya tetap ada di log."


@people_pages.get("/people")
def show_people() -> Page:
    """Everybody with their roles."""
    everybody = people.show_people(store(), reach(), now())
    still_open = [person for person in everybody if not person.officer.closed]
    listed = paging.part(still_open, _said)
    return render_template(
        "city/people/list.html",
        part=listed,
        people=[_row(person) for person in listed.rows],
        closed=[_row(person) for person in everybody if person.officer.closed],
        awaited=sum(person.is_awaited and person.managed for person in still_open),
        notices=term_notices(people.show_terms(store(), everybody), today(store(), now())),
        roles=ROLES,
        whole=reach().is_whole,
        imports=acting().kind == "government",
        crumbs=[],
    )


@people_pages.route("/people/invite", methods=["GET", "POST"])
def invite() -> Page:
    """Invites somebody, or gives a known officer a further role; shows the link that lets a new one in."""
    form = forms.Invitation(data={name: request.args.get(name, "") for name in ("name", "email")})
    form.role.choices = {"": "Pilih peran"} | {
        role: name for role, name in ROLES.items() if role in reach().roles
    }
    form.organisation.choices = _places()
    question = Question("Undang petugas", "Undang", url_for("people.show_people"), _crumbs())
    if not form.is_submitted():
        return show(question, form)
    made: list[Invited] = []
    problem = attempt(form, lambda: made.append(_invite(form)))
    if problem is not None:
        return show(question, form, problem), 422
    return link_page("Undangan", form.name.data, made[0], A_WEEK, _crumbs())


@people_pages.route("/people/renew", methods=["GET", "POST"])
def renew_invitations() -> Page:
    """New links for all who were invited and have not come yet, on one page."""
    form, made = Nothing(), list[Invited]()
    question = Question(
        _RENEW, "Buat tautan baru", url_for("people.show_people"), _crumbs(), effects=_RENEWED
    )
    if not form.is_submitted():
        return show(question, form)
    problem = attempt(form, lambda: made.extend(people.renew_invitations(store(), deed(), reach())))
    if problem is not None:
        return show(question, form, problem), 422
    return links_page("Undangan", made, _crumbs())


@people_pages.get("/people/<officer_id>")
def show_person(officer_id: str) -> Page:
    """One officer: roles, and what can be done about them."""
    person = _person(officer_id)
    return render_template(
        "city/people/person.html",
        person=_row(person),
        crumbs=[*_crumbs(), {"name": person.officer.name, "url": None}],
    )


@people_pages.route("/people/<officer_id>/roles/<membership_id>/end", methods=["GET", "POST"])
def end_membership(officer_id: str, membership_id: str) -> Page:
    """Takes a role away."""
    person, role = _role(officer_id, membership_id)
    question = _question(
        person,
        f"Akhiri peran {role_in_full(role)}",
        "Akhiri peran",
        effects=[f"{person.officer.name} tidak lagi dapat membuka halaman dalam peran ini.", STAYS_IN_LOG],
        danger=True,
        done=f"Peran {role_in_full(role)} berakhir.",
    )
    end = roles.end_membership
    return ask(
        question, Nothing(), lambda: end(store(), deed(), reach(), officer_id, role.id), _after(person)
    )


@people_pages.route("/people/<officer_id>/roles/<membership_id>/until", methods=["GET", "POST"])
def change_last_day(officer_id: str, membership_id: str) -> Page:
    """Gives a role another last day, or none."""
    person, role = _role(officer_id, membership_id)
    form = forms.LastDay(data={"until": role.last_day})
    question = _question(
        person,
        f"Hari terakhir {role.title}, {role.organisation}",
        "Simpan",
        lead="Sesudah hari itu, menurut jam kota, peran ini tidak berlaku lagi.",
        done="Hari terakhir diganti.",
    )
    return ask(
        question,
        form,
        lambda: roles.change_last_day(store(), deed(), reach(), officer_id, role.id, form.until.data),
    )


@people_pages.route("/people/<officer_id>/close", methods=["GET", "POST"])
def close_officer(officer_id: str) -> Page:
    """Closes an account."""
    person = _person(officer_id)
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
    person, form = _person(officer_id), Nothing()
    title, lives, effects = _WAYS_IN[people.way_in(person.officer)]
    question = _question(person, f"{title} untuk {person.officer.name}", "Buat tautan", effects=effects)
    if not form.is_submitted():
        return show(question, form)
    made: list[Invited] = []
    problem = attempt(form, lambda: made.append(people.offer_reset(store(), deed(), reach(), officer_id)))
    if problem is not None:
        return show(question, form, problem), 422
    return link_page(title, person.officer.name, made[0], lives, _crumbs())


def reach() -> Reach:
    """Which roles the officer may give out, and where."""
    return reach_of(acting())


def _places() -> dict[str, str]:
    """The organisations over which some role may be given, to choose from."""
    branches = show_tree(store())
    within = {
        each.organisation.slug
        for each in branches
        if any(reach().holds(role, each.organisation.path) for role in reach().roles)
    }
    return {slug: words for slug, words in tree.choices(branches).items() if slug in within}


def _person(officer_id: str) -> Person:
    return people.show_person(store(), reach(), officer_id, now())


def _role(officer_id: str, membership_id: str) -> tuple[Person, Membership]:
    person = _person(officer_id)
    given = {held.id: held for held in (*person.memberships, *person.lapsed)}
    return person, given.get(membership_id) or abort(404)


def _after(person: Person) -> str:
    """Where to go on after a role was taken away: who had only that one is no more to be seen by a part of the city."""
    last = len([*person.memberships, *person.lapsed]) == 1 and not reach().is_whole
    return url_for("people.show_people") if last else _address(person)


def _question(person: Person, title: str, button: str, **more: Any) -> Question:
    return Question(title, button, _address(person), _person_crumbs(person), **more)


def _invite(form: forms.Invitation) -> Invited:
    top, until = get_by_slug(store(), form.organisation.data), form.until.data
    who = form.email.data, form.name.data
    return people.invite_officer(store(), deed(), reach(), Invitation(*who, form.role.data, top.id, until))


def _said(person: Person) -> str:
    """What a person is found by."""
    held = map(role_in_full, person.memberships)
    return " ".join([person.officer.name, person.officer.email, *held])


def _row(person: Person) -> dict[str, object]:
    officer = person.officer
    return {
        "id": officer.id,
        "name": officer.name,
        "email": officer.email,
        "roles": [_role_row(held) for held in person.memberships],
        "lapsed": [_role_row(held) for held in person.lapsed],
        "state": "diundang, belum masuk" if officer.password is None else "",
        "closed": officer.closed,
        "managed": person.managed,
        "has_others": person.has_others,
        "closable": may("people"),
    }


def _role_row(held: Membership) -> dict[str, str]:
    within = reach().holds(held.role, held.path) and held.officer_id != reach().holder
    return {
        "role": held.title,
        "organisation": held.organisation,
        "term": term(held),
        "end_url": _role_url("people.end_membership", held) if within else "",
        "term_url": _role_url("people.change_last_day", held) if within and held.role != ADMIN else "",
    }


def _role_url(endpoint: str, held: Membership) -> str:
    return url_for(endpoint, officer_id=held.officer_id, membership_id=held.id)


def _address(person: Person) -> str:
    return url_for("people.show_person", officer_id=person.officer.id)


def _crumbs() -> list[Crumb]:
    return [{"name": "Petugas", "url": url_for("people.show_people")}]


def _person_crumbs(person: Person) -> list[Crumb]:
    return [*_crumbs(), {"name": person.officer.name, "url": _address(person)}]
