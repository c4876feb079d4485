"""The pages about one organisation, which lead to each other: what a reader may open of them."""

from typing import Any

from flask import request, url_for

from skm.survey.organisation import Organisation
from skm.web.figures.choices import chosen
from skm.web.frame import guard
from skm.web.frame.addresses import address
from skm.web.frame.connection import settings

# The word, the endpoint (it takes a slug), the lock, and the kinds of organisation that have such a page.
EVERY = ("government", "agency", "unit")
SECTIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Jumlah responden", "sample.show_sample", "reads_figures", EVERY),
    ("Siapa yang menjawab", "respondents.show_respondents", "reads_figures", EVERY),
    ("Prioritas", "figures.show_priorities", "reads_figures", EVERY),
    ("Unit per unsur", "figures.show_units", "reads_figures", ("government", "agency")),
    ("Cara menghitung", "figures.show_method", "reads_figures", EVERY),
    ("Perbaikan", "improvements.show_improvements", "reads_figures", ("unit",)),
    ("Kertas", "papers.show_batches", "reads_papers", ("unit",)),
    ("Periode yang dibekukan", "snapshots.show_closings", "reads_figures", EVERY),
)


def sections(organisation: Organisation) -> list[dict[str, object]]:
    """The links of a page about an organisation, the figures first; the chosen period goes along."""
    if not (guard.may("reads_figures") or settings().open_pages):
        return []
    period: dict[str, Any] = {key: value for key, value in chosen().items() if key == "period"}
    links = [("Ringkasan", address(organisation))]
    links += [
        (word, url_for(endpoint, slug=organisation.slug, **period))
        for word, endpoint, lock, kinds in SECTIONS
        if organisation.kind in kinds and (guard.may(lock) or lock == "reads_figures")
    ]
    return [{"name": word, "url": url, "current": url.split("?")[0] == request.path} for word, url in links]
