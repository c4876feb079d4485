"""The frozen figures of a period are made official for everyone (pengumuman), or that is taken back.

Why it is not a part of closing: docs/decisions/0014-publication.md.
"""

from datetime import datetime

from skm.store import audit, organisations, publications, snapshots
from skm.store.database import Database, writing
from skm.store.publications import PUBLISHED, WITHDRAWN, Publication
from skm.survey.names import checked_text
from skm.survey.period import Period
from skm.survey.problem import Problem
from skm.usecases.city.periods import get
from skm.usecases.noting import Deed, at


def publish(db: Database, by: Deed, period_id: str, revision: int, now: datetime) -> Publication:
    """Makes the figures of a closed period official, for its organisation and all below.

    `revision` is the one that was looked at, which has to be the latest. Raises Problem.
    """
    with writing(db):
        period = get(db, period_id)
        latest, standing = snapshots.count_revisions(db, period.id), find_standing(db, period.id)
        if not latest:
            raise Problem("closing_missing", name=period.name)
        if revision != latest:
            raise Problem("closing_overtaken", name=period.name)
        if standing and standing.revision == latest:
            raise Problem("publication_done", name=period.name)
        return _add(db, by, period, PUBLISHED, latest, "", now)


def withdraw(db: Database, by: Deed, period_id: str, reason: str, now: datetime) -> Publication:
    """Takes a publication back: what was official before it ended is so again. Raises Problem."""
    why = checked_text(reason)
    if not why:
        raise Problem("reason_missing")
    with writing(db):
        period = get(db, period_id)
        standing = find_standing(db, period.id)
        if standing is None:
            raise Problem("publication_missing", name=period.name)
        return _add(db, by, period, WITHDRAWN, standing.revision, why, now)


def find_standing(db: Database, period_id: str) -> Publication | None:
    """The publication of a period that holds now; None where it never was published, or was withdrawn."""
    found = publications.find_latest(db, period_id)
    return found if found and found.standing else None


def _add(
    db: Database, by: Deed, period: Period, kind: str, revision: int, why: str, now: datetime
) -> Publication:
    made = Publication(period.id, kind, revision, at(now), by[0], by[1], why)
    publications.add(db, made)
    verb = "publish_period" if kind == PUBLISHED else "withdraw_publication"
    noted: dict[str, object] = {"revision": revision} | ({"why": why} if why else {})
    path = organisations.get(db, period.organisation_id).path
    audit.add(db, at(now), by, path, verb, period.name, None, noted)
    return made
