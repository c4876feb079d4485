"""How many visitors a service had in a survey period, as entered by hand."""

from collections.abc import Mapping
from datetime import date

from skm.store.database import Database
from skm.store.placements import WHOLLY, inside


def all_for(db: Database, path: str, opens: date, closes: date) -> dict[str, int]:
    """Visitors by service of a subtree, of whichever period has these days: of two the lower one's in the tree.

    Without the units that stood elsewhere on some of these days: nobody knows how many came to them on the others.
    """
    sql = f"""SELECT t.service_id, t.visitors FROM targets AS t
             JOIN periods AS p ON p.id = t.period_id JOIN organisations AS above ON above.id = p.organisation_id
             JOIN services AS s ON s.id = t.service_id
             WHERE p.opens = :opens AND p.closes = :closes AND s.unit_id IN ({WHOLLY})
             ORDER BY length(above.path)"""
    days = {"opens": opens.isoformat(), "closes": closes.isoformat()}
    below = inside(path) | {"opening_day": days["opens"], "closing_day": days["closes"]}
    return dict(db.conn.execute(sql, days | below))


def change(db: Database, period_id: str, visitors: Mapping[str, int | None]) -> None:
    """Sets the visitors of services in a period; None forgets a number."""
    for service_id, number in visitors.items():
        values = {"period": period_id, "service": service_id, "visitors": number}
        db.execute("DELETE FROM targets WHERE period_id = :period AND service_id = :service", values)
        if number is not None:
            db.execute("INSERT INTO targets VALUES (:period, :service, :visitors)", values)
