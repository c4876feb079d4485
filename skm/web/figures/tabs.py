"""The pages about one organisation, which lead to each other: what a reader may open of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from skm.survey.organisation import Organisation
from skm.web.frame import guard
from skm.web.frame.addresses import address, chosen
from skm.web.frame.connection import settings

EVERY = ("government", "agency", "unit")


@dataclass(frozen=True)
class Tab:
    """The word that leads to a page, and the kinds of organisation that have such a page."""

    word: str
    kinds: tuple[str, ...] = EVERY


def init(app: Flask, tabs: Mapping[str, Tab]) -> None:
    """Takes the tabs by their endpoints, in the order in which they are shown."""
    if strangers := tabs.keys() - app.view_functions.keys():
        raise LookupError(f"a tab leads to no page: {', '.join(sorted(strangers))}")
    app.extensions["tabs"] = tabs


def sections(organisation: Organisation) -> list[dict[str, object]]:
    """The links of a page about an organisation, the figures first; what was chosen goes along."""
    if not (guard.may("reads_figures") or settings().open_pages):
        return []
    links = [("Ringkasan", address(organisation))]
    links += [
        (tab.word, url_for(endpoint, slug=organisation.slug, **chosen()))
        for endpoint, tab in current_app.extensions["tabs"].items()
        if organisation.kind in tab.kinds and guard.may_open(endpoint)
    ]
    return [{"name": word, "url": url, "current": url.split("?")[0] == request.path} for word, url in links]
