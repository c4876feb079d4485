"""How an answer comes in: when, in which language, from where, and what the browser says of the page."""

from dataclasses import dataclass
from datetime import datetime

from skm.security.origins import Origin


@dataclass(frozen=True)
class Arrival:
    """An answer that comes in at a moment (UTC), from a form in a language.

    `same_site`: whether it was sent from a page of this site; None where the browser says nothing of it. `origin`
    is counted, and nothing of it is stored.
    """

    at: datetime
    language: str
    same_site: bool | None = None
    origin: Origin | None = None
