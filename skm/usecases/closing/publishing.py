"""The frozen figures of a period are made official for everyone (pengumuman), or that is taken back.

Why it is not a part of freezing: docs/decisions/0014-publication.md.
"""

from skm.store import organisations, periods, publications, snapshots
from skm.store.database import Database
from skm.store.publications import PUBLISHED, WITHDRAWN, Publication
from skm.survey.names import checked_text
from skm.survey.period import Period
from skm.survey.problem import Problem, needed
from skm.usecases.closing import disclosing
from skm.usecases.closing.review import review_publication
from skm.usecases.deed import Deed, Log, logged


def publish_period(db: Database, deed: Deed, period_id: str, revision: int) -> Publication:
    """Makes the frozen figures of a period official, for its organisation and all below.

    `revision` is the one that was looked at, which has to be the latest. Raises Problem, also where the figures would
    tell what one to four people answered.
    """
    period = periods.get(db, period_id)
    if not review_publication(db, period.id, revision).figure.n:
        raise Problem("publication_empty", name=period.name)
    if revision == snapshots.count_revisions(db, period.id) and (
        told := disclosing.find_disclosure(db, period, revision)
    ):
        raise told
    with logged(db, deed) as log:
        period = periods.get(db, period_id)
        latest, standing = snapshots.count_revisions(db, period.id), find_standing(db, period.id)
        if not latest:
            raise Problem("freezing_missing", name=period.name)
        if revision != latest:
            raise Problem("freezing_overtaken", name=period.name)
        if standing and standing.revision == latest:
            raise Problem("publication_done", name=period.name)
        return _add(log, "publish_period", period, PUBLISHED, latest)


def withdraw_publication(db: Database, deed: Deed, period_id: str, reason: str) -> Publication:
    """Withdraws a publication: what was official before it ended is so again. Raises Problem."""
    why = checked_text(reason)
    if not why:
        raise Problem("reason_missing")
    with logged(db, deed) as log:
        period = periods.get(db, period_id)
        standing = needed(find_standing(db, period.id), "publication_missing", name=period.name)
        return _add(log, "withdraw_publication", period, WITHDRAWN, standing.revision, why)


def find_standing(db: Database, period_id: str) -> Publication | None:
    """The publication of a period that holds now; None where it never was published, or was withdrawn."""
    latest = publications.find_latest(db, period_id)
    return latest if latest and latest.standing else None


def _add(log: Log, verb: str, period: Period, kind: str, revision: int, why: str = "") -> Publication:
    deed = log.deed
    publication = Publication(period.id, kind, revision, deed.moment, deed.by.id, deed.by.name, why)
    publications.add(log.db, publication)
    noted: dict[str, object] = {"revision": revision} | ({"why": why} if why else {})
    log.note(organisations.get(log.db, period.organisation_id).path, verb, period.name, None, noted)
    return publication
