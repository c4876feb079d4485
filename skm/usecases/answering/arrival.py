"""How an answer comes in: when, in which language, and what the browser says of the page that it was sent from."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Arrival:
    """An answer that comes in at a moment (UTC), from a form in a language.

    `same_site`: whether it was sent from a page of this site; None where the browser says nothing of it.
    """

    at: datetime
    language: str
    same_site: bool | None = None
