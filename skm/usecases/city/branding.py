"""How the installation presents itself: a heading, where to turn with questions, the coat of arms."""

from base64 import b64decode, b64encode
from datetime import datetime
from hashlib import sha256

from skm.output.picture import tidied_png
from skm.store import facts, organisations
from skm.store.database import Database, writing
from skm.survey.brand import Brand, Logo, write_brand
from skm.survey.names import checked_text
from skm.survey.problem import Problem
from skm.usecases.answering.answer import show_city_name
from skm.usecases.noting import Deed, changed

HEADING_LIMIT = 80
CONTACT_LIMIT = 200
LOGO_LIMIT = 200_000
LOGO_SIDE = 2_000
KEPT_SIDE = 480  # pixels: sharp on a printed sheet, light on a phone


def change(db: Database, by: Deed, heading: str, contact: str, logo: bytes | None, now: datetime) -> Brand:
    """Sets heading and contact; `logo` None keeps the picture, b"" takes it away. Raises Problem."""
    with writing(db):
        before = show_city_name(db).brand
        after = Brand(
            checked_text(heading, HEADING_LIMIT),
            checked_text(contact, CONTACT_LIMIT),
            before.logo if logo is None else _keep(db, logo),
        )
        facts.change(db, "brand", write_brand(after))
        root = organisations.find_root(db)
        path = root.path if root else ""
        changed(db, by, now, path, "change_branding", "", _values(before), _values(after))
        return after


def find_logo(db: Database) -> bytes | None:
    """The picture, a PNG."""
    kept = facts.find(db, "brand_logo")
    return b64decode(kept) if kept else None


def _keep(db: Database, logo: bytes) -> Logo | None:
    """Keeps a picture in place of the former one; none for b""."""
    if not logo:
        facts.change(db, "brand_logo", "")
        return None
    found = tidied_png(logo, LOGO_SIDE, KEPT_SIDE) if len(logo) <= LOGO_LIMIT else None
    if found is None:
        raise Problem("logo_unusable", kilobytes=LOGO_LIMIT // 1000, pixels=LOGO_SIDE)
    picture, width, height = found
    facts.change(db, "brand_logo", b64encode(picture).decode())
    return Logo(sha256(picture).hexdigest()[:10], width, height)


def _values(brand: Brand) -> dict[str, object]:
    logo = brand.logo
    shown = f"{logo.mark}, {logo.width} × {logo.height}" if logo else ""
    return {"heading": brand.heading, "contact": brand.contact, "logo": shown}
