"""How the installation presents itself: a heading, where to turn with questions, the coat of arms."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime

from skm.output.document import Document
from skm.store import facts, organisations
from skm.store.database import Database, writing
from skm.survey.problem import Problem
from skm.usecases.set_up.log import Deed, changed
from skm.usecases.set_up.names import checked_text

LOGO_LIMIT = 200_000
LOGO_SIDE = 2_000
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Branding:
    """What pages and sheets may show; "" where nothing was chosen."""

    heading: str
    contact: str
    has_logo: bool


def show(db: Database) -> Branding:
    """What was chosen."""
    return Branding(
        facts.find(db, "brand_heading") or "",
        facts.find(db, "brand_contact") or "",
        bool(facts.find(db, "brand_logo")),
    )


def change(db: Database, by: Deed, heading: str, contact: str, logo: bytes | None, now: datetime) -> Branding:
    """Sets heading and contact; `logo` None keeps the picture, b"" takes it away. Raises Problem."""
    with writing(db):
        before = show(db)
        facts.change(db, "brand_heading", checked_text(heading))
        facts.change(db, "brand_contact", checked_text(contact))
        if logo is not None:
            facts.change(db, "brand_logo", b64encode(_checked_logo(logo)).decode())
        root = organisations.find_root(db)
        after = show(db)
        verb, path = "change_branding", root.path if root else ""
        changed(db, by, now, path, verb, "", vars(before), vars(after) | {"new_logo": logo is not None})
        return after


def find_logo(db: Database) -> Document | None:
    """The picture, a PNG."""
    kept = facts.find(db, "brand_logo")
    return Document("logo.png", "image/png", b64decode(kept)) if kept else None


def _checked_logo(logo: bytes) -> bytes:
    """A PNG of a modest size, by its own head; "" for none."""
    if not logo:
        return b""
    side = max(int.from_bytes(logo[16:20]), int.from_bytes(logo[20:24]))
    if not logo.startswith(_PNG) or len(logo) > LOGO_LIMIT or not 0 < side <= LOGO_SIDE:
        raise Problem("logo_unusable", kilobytes=LOGO_LIMIT // 1000, pixels=LOGO_SIDE)
    return logo
