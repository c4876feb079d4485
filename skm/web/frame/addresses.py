"""Where the figures of an organisation are, and the way down to them."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from skm.output.sheet import SIZES
from skm.survey.organisation import Organisation
from skm.web.frame.connection import settings
from skm.web.frame.guard import may, reaches


def address(organisation: Organisation) -> str:
    """Where the figures of an organisation are."""
    if organisation.kind == "government":
        return url_for("city.show_city")
    if organisation.kind == "agency":
        return url_for("city.show_agency", slug=organisation.slug)
    return url_for("unit.show_unit", slug=organisation.slug)


def way(line: Iterable[Organisation]) -> list[dict[str, str | None]]:
    """The pages of a line of organisations that the reader may open: figures, or else the summary."""
    figures_too = may("reads_figures") or settings().open_pages
    return [
        {
            "name": one.name,
            "url": address(one) if figures_too else url_for("figures.show_summary", slug=one.slug),
        }
        for one in line
        if reaches(one.path)
    ]


def sheet_links(endpoint: str, **at: Any) -> list[dict[str, str]]:
    """The links to a printed document in every size; `endpoint` makes it."""
    return [
        {"name": size.name, "purpose": size.purpose, "url": url_for(endpoint, ukuran=code, **at)}
        for code, size in SIZES.items()
    ]
