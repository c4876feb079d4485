"""How the installation presents itself: a heading, where to turn with questions, the coat of arms."""

from base64 import b64decode, b64encode
from hashlib import sha256

from skm.output.picture import Picture, tidied_png
from skm.store import installation, organisations
from skm.store.database import Database
from skm.survey.brand import Brand, Logo, write_brand
from skm.survey.names import checked_text
from skm.survey.problem import needed
from skm.usecases.answering.answer import show_city_name
from skm.usecases.deed import Deed, logged

HEADING_LIMIT = 80
CONTACT_LIMIT = 200
LOGO_LIMIT = 200_000
LOGO_SIDE = 2_000
STORED_SIDE = 480  # pixels: sharp on a printed sheet, light on a phone


def change_branding(db: Database, deed: Deed, heading: str, contact: str, logo: bytes | None) -> Brand:
    """Sets heading and contact; `logo` None keeps the picture, b"" takes it away. Raises Problem."""
    picture = _tidied(logo) if logo else None
    with logged(db, deed) as log:
        before = show_city_name(db).brand
        after = Brand(
            checked_text(heading, HEADING_LIMIT),
            checked_text(contact, CONTACT_LIMIT),
            before.logo if logo is None else _store(db, picture),
        )
        installation.change(db, "brand", write_brand(after))
        path = organisations.find_root_path(db)
        log.changed(path, "change_branding", "", _values(before), _values(after))
        return after


def find_logo(db: Database) -> bytes | None:
    """The picture, a PNG."""
    encoded = installation.find(db, "brand_logo")
    return b64decode(encoded) if encoded else None


def _tidied(logo: bytes) -> Picture:
    """The picture as it is stored. Raises Problem."""
    tidied = tidied_png(logo, LOGO_SIDE, STORED_SIDE) if len(logo) <= LOGO_LIMIT else None
    return needed(tidied, "logo_unusable", kilobytes=LOGO_LIMIT // 1000, pixels=LOGO_SIDE)


def _store(db: Database, picture: Picture | None) -> Logo | None:
    """Stores a picture in place of the former one; None takes that away."""
    if not picture:
        installation.change(db, "brand_logo", "")
        return None
    content, width, height = picture
    installation.change(db, "brand_logo", b64encode(content).decode())
    return Logo(sha256(content).hexdigest()[:10], width, height)


def _values(brand: Brand) -> dict[str, object]:
    logo = brand.logo
    shown = f"{logo.version}, {logo.width} × {logo.height}" if logo else ""
    return {"heading": brand.heading, "contact": brand.contact, "logo": shown}
