"""Where an officer can go from any page: at most six words, by the role acted in."""

from typing import Any

from flask import Flask, current_app, request, url_for

from skm.survey.officer import ADMIN, AUDITOR, COUNTER_STAFF, ORGANISASI, ROLES, UNIT_HEAD, Membership
from skm.web.frame.addresses import chosen_at
from skm.web.frame.connection import settings
from skm.web.frame.guard import front_page
from skm.web.frame.officer import find_officer

Word = tuple[str, str, str]  # the word, the endpoint, the place on its page

_CITY: list[Word] = [("Kota", "city.show_city", ""), ("Unduhan", "city.show_city", "unduhan")]
_SET_UP: Word = ("Penyiapan", "set_up.show_guide", "")
_LOG: Word = ("Log", "log.show_log", "")
_PEOPLE: Word = ("Petugas", "people.show_people", "")
_ACCOUNT: Word = ("Akun", "sign_in.show_account", "")
_COUNTERS: Word = ("Loket", "counters.show_counters", "")
_PAPERS: Word = ("Kertas", "papers.show_batches", "")
_SUMMARY: Word = ("Ringkasan", "figures.show_summary", "")
# Pages on which something is chosen: there it travels along.
_CHOOSING = {"city.show_city", "city.show_agency", "unit.show_unit"}
_FIGURES = {
    "government": _CITY,
    "agency": [("Perangkat daerah", "city.show_agency", "")],
    "unit": [("Unit", "unit.show_unit", ""), _COUNTERS, _PAPERS],
}


def words() -> list[dict[str, object]]:
    """The words of the navigation with their addresses."""
    signed_in = find_officer()
    if signed_in is None:
        return _links([*_CITY, ("Masuk", "sign_in.show_sign_in", "")] if settings().open_pages else [], "")
    if signed_in.needs_proof:
        return []
    held = signed_in.membership
    return _links([*(_of(held) if held else []), _ACCOUNT], held.slug if held else "")


def _of(held: Membership) -> list[Word]:
    """What a role works with."""
    figures = _FIGURES[held.kind]
    # The guide is about the whole city; who sets up a part of it begins at that part.
    set_up = _SET_UP if held.kind == "government" else ("Penyiapan", "set_up.show_organisation", "")
    return {
        COUNTER_STAFF: [_COUNTERS, _PAPERS, _SUMMARY] if held.kind == "unit" else [_SUMMARY],
        UNIT_HEAD: figures,
        ORGANISASI: [*figures, set_up, _PEOPLE],
        AUDITOR: [*figures, _LOG],
        ADMIN: [set_up, _PEOPLE],
    }[held.role]


def _links(named: list[Word], slug: str) -> list[dict[str, object]]:
    return [_link(*word, slug) for word in named]


def _link(word: str, endpoint: str, place: str, slug: str) -> dict[str, object]:
    needed: dict[str, Any] = (
        {"slug": slug} if current_app.url_map.is_endpoint_expecting(endpoint, "slug") else {}
    )
    along = chosen_at(slug) if endpoint in _CHOOSING else {}
    url = url_for(endpoint, _anchor=place or None, **needed | along)
    return {"name": word, "url": url, "current": not place and url.split("?")[0] == request.path}


def init(app: Flask) -> None:
    """Gives the officers' layout its words."""
    app.jinja_env.globals |= {"navigation": words, "roles": ROLES, "front_page": front_page}
