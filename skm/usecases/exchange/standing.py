"""What is set up, as it stands at one moment: to be written into a spreadsheet, or to be changed by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from skm.store import counters, organisations
from skm.store.database import Database
from skm.survey.organisation import Counter, Organisation, Service


@dataclass(frozen=True)
class Standing:
    """The whole tree with what its units have, the closed parts too; two are equal where nothing changed between."""

    path: str  # of the government; "/" while there is none
    organisations: Sequence[Organisation]
    services: Sequence[Service]
    counters: Sequence[Counter]
    served: Sequence[tuple[str, str]]  # counter and service


def look(db: Database) -> Standing:
    """How things stand; inside a transaction of the caller's, so that the parts fit together."""
    path = organisations.find_root_path(db) or "/"
    return Standing(
        path=path,
        organisations=organisations.all_below(db, path),
        services=organisations.all_services(db, path),
        counters=organisations.all_counters(db, path),
        served=counters.all_served(db, path),
    )
