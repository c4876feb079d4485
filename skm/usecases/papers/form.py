"""The questionnaire on paper, for people without a phone."""

from datetime import datetime

from skm.output.document import Document
from skm.output.paper import Letterhead, PaperForm, paper_forms
from skm.store import instruments, organisations
from skm.store.database import Database
from skm.survey.organisation import Organisation, is_closed
from skm.survey.problem import Problem
from skm.usecases.answering.answer import find_open_period, instrument_for, show_city_name
from skm.usecases.city.branding import find_logo


def print_paper(db: Database, slug: str, language: str, now: datetime) -> Document:
    """Every questionnaire that a unit's QR codes open today; raises Problem."""
    unit = organisations.find(db, slug)
    if unit is None or unit.kind != "unit":
        raise Problem("organisation_unknown")
    if is_closed(unit, now):
        raise Problem("unit_closed")
    return paper_forms(_letterhead(db, unit), _forms(db, unit, now), language)


def _forms(db: Database, unit: Organisation, now: datetime) -> list[PaperForm]:
    period = find_open_period(db, unit, now)
    asked: dict[str, list[str]] = {}
    for service in organisations.services_of(db, unit.id):
        if not is_closed(service, now):
            asked.setdefault(instrument_for(db, period, service), []).append(service.name)
    if not asked:
        raise Problem("services_none")
    return [PaperForm(instruments.get(db, key), key, tuple(names)) for key, names in asked.items()]


def _letterhead(db: Database, unit: Organisation) -> Letterhead:
    city = show_city_name(db)
    logo = find_logo(db) or b""
    return Letterhead(city.name, unit.name, unit.address, city.brand.heading, logo, city.demo)
