"""What a receipt tells whoever holds it: that the answer arrived, when, and whether a frozen period counts it.

Whoever stuffs a survey must not learn from receipts what is found. So nothing is said before the period is frozen;
then it is what the record says, not what was decided since; and held, excluded, late and uncounted answers are told
in the same words, without a reason.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from skm.figures.frozen import get_snapshot, read_content
from skm.figures.snapshot import Content
from skm.store import responses
from skm.store.database import Database
from skm.store.responses import Arrived
from skm.survey.problem import Problem
from skm.usecases.answering.answer import find_receipt


@dataclass(frozen=True)
class Receipt:
    """Where an answer arrived, and on which day by the unit's clock.

    `period` is the name of its period once that is frozen, "" before; `counted` tells whether the answer is in it.
    """

    arrived: Arrived
    day: date
    period: str
    counted: bool


def show_receipt(db: Database, typed: str) -> Receipt:
    """What is told of the answer of a receipt; raises Problem."""
    arrived = find_receipt(db, typed)
    day = datetime.fromisoformat(arrived.received).astimezone(ZoneInfo(arrived.time_zone)).date()
    if arrived.frozen is None:
        return Receipt(arrived, day, "", False)
    try:
        snapshot = get_snapshot(db, arrived.frozen)
        content = read_content(db, snapshot)
    except Problem:  # damaged: nobody can tell what it says
        return Receipt(arrived, day, "", False)
    counted = _is_of(content, arrived) and responses.counts_at(db, arrived.receipt, snapshot.mark)
    return Receipt(arrived, day, content["period"]["name"], counted)


def _is_of(content: Content, arrived: Arrived) -> bool:
    """Whether the figure is of the day and the questionnaire of an answer."""
    questionnaire = content["figures"]["questionnaires"].get(arrived.instrument_id)
    period = content["period"]
    within = bool(period["opens"] <= arrived.local_date <= period["closes"])
    return within and bool(questionnaire and questionnaire["counted_together"])
