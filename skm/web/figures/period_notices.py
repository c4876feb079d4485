"""What a page says where no period follows, and who can do something about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from skm.figures.reach import Reach, read_reach
from skm.store import organisations
from skm.survey.officer import COUNTER_STAFF, UNIT_HEAD, Membership
from skm.survey.organisation import Organisation
from skm.web.frame import guard
from skm.web.frame.connection import now, store
from skm.web.frame.officer import find_officer
from skm.wording.reach import Notice, notices

_ASK = "Mintalah Bagian Organisasi menambahkan periode."


@dataclass(frozen=True)
class PeriodNotices:
    """Sentences, where a period is added, and whom to ask; "" for who can do neither."""

    lines: Sequence[Notice]
    add_url: str
    ask: str


def period_notices(organisation: Organisation) -> PeriodNotices:
    """What the page of an organisation says of units that take no answers now, or soon."""
    reaches = read_reach(store(), organisation, now())
    lines = notices(reaches, organisation.kind == "unit")
    warned = [reach for reach in reaches if reach.is_warned]
    if not lines:
        return PeriodNotices((), "", "")
    return PeriodNotices(lines, _add_url(organisation, warned), _ASK if _asks() else "")


def _add_url(organisation: Organisation, warned: Sequence[Reach]) -> str:
    """Where the next period belongs: with whom the last one stood, as far as the officer's role reaches."""
    held = _membership()
    if held is None or not guard.may("sets_up"):
        return ""
    owners = {reach.owner for reach in warned if reach.owner}
    owner = organisations.get(store(), owners.pop()) if len(owners) == 1 else organisation
    place = owner if held.covers(owner.path) else organisation
    return url_for("set_up.add_period", slug=place.slug) if held.covers(place.path) else ""


def _asks() -> bool:
    held = _membership()
    return held is not None and held.role in (UNIT_HEAD, COUNTER_STAFF)


def _membership() -> Membership | None:
    signed_in = find_officer()
    return signed_in.membership if signed_in and not signed_in.needs_proof else None
