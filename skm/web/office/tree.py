"""The tree of organisations in the pages of setting up: the way down to a place, and lists to choose from."""

from collections.abc import Iterable

from flask import url_for

from skm.survey.organisation import Organisation
from skm.usecases.set_up.organisations import Branch, Card
from skm.web.office.asking import Crumb, acting

STAYS = "Jawaban yang sudah masuk tetap tersimpan dan tetap dihitung."
NONE_YET = "Pilih organisasi"
DEEPER = "\u2003"  # an em space: a list to choose from shows no other indentation


def address(organisation: Organisation) -> str:
    """Where an organisation is set up."""
    return url_for("set_up.show_organisation", slug=organisation.slug)


def crumbs(card: Card) -> list[Crumb]:
    """The way from the top of what the role covers down to a place."""
    seen = [one for one in (*card.above, card.organisation) if acting().covers(one.path)]
    return [{"name": one.name, "url": address(one)} for one in seen]


def choices(branches: Iterable[Branch]) -> dict[str, str]:
    """Open organisations to choose from, the lower ones further in."""
    return {"": NONE_YET} | {
        one.organisation.slug: DEEPER * one.depth + one.organisation.name
        for one in branches
        if one.organisation.closed is None
    }
