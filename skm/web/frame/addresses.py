"""Where the figures of an organisation are, the way down to them, and what was chosen, which travels along."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, g, request, url_for

from skm.output.sheet import SIZES
from skm.store import periods
from skm.survey.organisation import Organisation
from skm.survey.period import find_span
from skm.web.frame.connection import settings, store
from skm.web.frame.guard import may, reaches

# What a reader chooses on the pages of organisations. A service and a counter belong to one organisation; the others
# travel through pages that do not use them, so that they are still chosen on the way back.
OF_ONE = ("service", "counter")
OF_ALL = ("period", "field", "sort")


def init(app: Flask) -> None:
    """Gives the forms of filters what they carry along without asking for it."""
    app.add_template_global(carried)
    app.add_template_global(chosen_for)


def chosen() -> dict[str, Any]:
    """What the present page's address chooses, as values of another address about the same organisation."""
    return _arguments(*OF_ALL, *OF_ONE)


def chosen_for(organisation: Organisation) -> dict[str, Any]:
    """What of it a page about an organisation can use; a survey period is known only to those that it holds for."""
    if (request.view_args or {}).get("slug") in (None, organisation.slug):
        return chosen()
    along = _arguments(*OF_ALL)
    owner = _owner(along.get("period", ""))
    if owner is not None and owner not in organisation.ancestors:
        along.pop("period")
    return along


def chosen_at(slug: str) -> dict[str, Any]:
    """What of it a page about an organisation can use of which no more than its name in addresses is known."""
    if slug == (request.view_args or {}).get("slug"):
        return chosen()
    along = _arguments(*OF_ALL)
    if _owner(along.get("period", "")):
        along.pop("period")
    return along


def _arguments(*names: str) -> dict[str, Any]:
    return {name: request.args[name] for name in names if request.args.get(name)}


def _owner(code: str) -> str | None:
    """The organisation of a survey period that the calendar does not know; read once for a page. None for any other."""
    if "period_owner" not in g:
        own = None if not code or find_span(code) else periods.find(store(), code)
        g.period_owner = own.organisation_id if own else None
    owner: str | None = g.period_owner
    return owner


def carried(*asked: str) -> list[tuple[str, str]]:
    """What was chosen, but for the names that a form asks for itself."""
    return [(name, value) for name, value in chosen().items() if name not in asked]


def address(organisation: Organisation) -> str:
    """Where the figures of an organisation are, with what was chosen."""
    along = chosen_for(organisation)
    if organisation.kind == "government":
        return url_for("city.show_city", **along)
    if organisation.kind == "agency":
        return url_for("city.show_agency", slug=organisation.slug, **along)
    return url_for("unit.show_unit", slug=organisation.slug, **along)


def way(line: Iterable[Organisation]) -> list[dict[str, str | None]]:
    """The pages of a line of organisations that the reader may open: figures, else the summary, else the set-up."""
    return [{"name": one.name, "url": _page_of(one)} for one in line if reaches(one.path)]


def _page_of(organisation: Organisation) -> str:
    if may("reads_figures") or settings().open_pages:
        return address(organisation)
    if may("reads_summary"):
        return url_for("figures.show_summary", slug=organisation.slug, **chosen_for(organisation))
    return url_for("set_up.show_organisation", slug=organisation.slug)


def sheet_links(endpoint: str, **at: Any) -> list[dict[str, str]]:
    """The links to a printed document in every size; `endpoint` makes it."""
    return [
        {"name": size.name, "purpose": size.purpose, "url": url_for(endpoint, ukuran=code, **at)}
        for code, size in SIZES.items()
    ]
