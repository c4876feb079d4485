"""The tree of organisations in the pages of setting up: the way down to a place, and lists to choose from."""

from collections import Counter
from collections.abc import Iterable, Mapping

from flask import url_for

from skm.survey.organisation import Organisation, is_closed
from skm.usecases.city.organisations import Branch, OrganisationCard
from skm.web.asking.organisation_field import BETWEEN
from skm.web.asking.question import Crumb, acting
from skm.web.frame.connection import now

STAYS = "Jawaban yang sudah masuk tetap tersimpan dan tetap dihitung."


def address(organisation: Organisation) -> str:
    """Where an organisation is set up."""
    return url_for("set_up.show_organisation", slug=organisation.slug)


def crumbs(card: OrganisationCard) -> list[Crumb]:
    """The way from the top of what the role covers down to a place."""
    seen = [one for one in (*card.above, card.organisation) if acting().covers(one.path)]
    return [{"name": one.name, "url": address(one)} for one in seen]


def choices(branches: Iterable[Branch]) -> dict[str, str]:
    """Open organisations to choose from, each with what stands above it; a doubled name with its code too."""
    by_id = {one.organisation.id: one.organisation for one in branches}
    still_open = [one for one in by_id.values() if not is_closed(one, now())]
    said = {one.slug: _in_full(one, by_id) for one in still_open}
    doubled = Counter(said.values())
    return {code: f"{words} ({code})" if doubled[words] > 1 else words for code, words in said.items()}


def _in_full(organisation: Organisation, by_id: Mapping[str, Organisation]) -> str:
    above = by_id.get(organisation.parent_id or "")
    return f"{organisation.name}{BETWEEN}{above.name}" if above else organisation.name
