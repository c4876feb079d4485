"""Browsers in which officers have come in, by the digest of what their cookie holds."""

from collections.abc import Mapping, Sequence

from skm.store.database import Database


def owners(db: Database, digests: Sequence[str], since: str) -> Mapping[str, str]:
    """Of these browsers the ones where somebody came in after a moment: whose they are, by the officer's address."""
    sql = """SELECT o.email FROM browsers AS b JOIN officers AS o ON o.id = b.officer_id
             WHERE b.digest = :digest AND b.seen > :since AND o.closed IS NULL"""
    found = {each: db.execute(sql, {"digest": each, "since": since}).fetchone() for each in digests}
    return {digest: str(row[0]) for digest, row in found.items() if row}


def add(db: Database, digest: str, officer_id: str, at: str, at_most: int) -> None:
    """Adds a browser of an officer; beyond so many, those not seen for longest go."""
    db.execute("INSERT INTO browsers VALUES (:d, :o, :at)", {"d": digest, "o": officer_id, "at": at})
    sql = """DELETE FROM browsers WHERE officer_id = :o AND digest NOT IN
             (SELECT digest FROM browsers WHERE officer_id = :o ORDER BY seen DESC, digest = :d DESC LIMIT :n)"""
    db.execute(sql, {"o": officer_id, "d": digest, "n": at_most})


def drop(db: Database, digest: str) -> None:
    """Forgets a browser."""
    db.execute("DELETE FROM browsers WHERE digest = :d", {"d": digest})


def drop_of(db: Database, officer_id: str) -> None:
    """Forgets every browser of an officer."""
    db.execute("DELETE FROM browsers WHERE officer_id = :o", {"o": officer_id})


def drop_old(db: Database, until: str) -> None:
    """Forgets the browsers in which nobody came in after a moment."""
    db.execute("DELETE FROM browsers WHERE seen <= :until", {"until": until})
