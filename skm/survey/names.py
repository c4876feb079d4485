"""What may be a name, and what it is called in addresses."""

import re
import unicodedata
from collections.abc import Container, Iterable

from skm.survey.organisation import FIELDS, TIME_ZONES, Counter, Service
from skm.survey.problem import Problem

NAME_LIMIT = 200
TEXT_LIMIT = 500
SLUG_LIMIT = 80
SLUG = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
MARK = ";"  # between the services of a counter in a spreadsheet


def checked_name(typed: str) -> str:
    """A name as it is stored: one line, no doubled spaces. Raises Problem."""
    name = tidied(typed)
    if not any(sign.isalnum() for sign in name) or name.startswith("="):
        raise Problem("name_unusable")
    if len(name) > NAME_LIMIT:
        raise Problem("name_too_long", limit=NAME_LIMIT)
    return name


def checked_service_name(typed: str) -> str:
    """The name of a service: like any other, but without the mark that separates services. Raises Problem."""
    name = checked_name(typed)
    if MARK in name:
        raise Problem("name_with_mark")
    return name


def refuse_taken(thing: Counter | Service, others: Iterable[Counter | Service]) -> None:
    """Raises Problem where an open one of the others has the same name, in whatever case."""
    for other in others:
        if other.id != thing.id and other.closed is None and other.name.casefold() == thing.name.casefold():
            raise Problem("name_taken", name=other.name)


def checked_text(typed: str, limit: int = TEXT_LIMIT) -> str:
    """An address or a telephone number, which may be empty. Raises Problem."""
    text = tidied(typed)
    if len(text) > limit or text.startswith("="):
        raise Problem("text_unusable", limit=limit)
    return text


def checked_slug(typed: str) -> str:
    """A code that the office chose itself, as it stands in addresses. Raises Problem."""
    slug = tidied(typed).lower()
    if not SLUG.fullmatch(slug) or len(slug) > SLUG_LIMIT:
        raise Problem("code_unusable", code=slug[:SLUG_LIMIT], limit=SLUG_LIMIT)
    return slug


def slug_for(name: str, taken: Container[str]) -> str:
    """A name in addresses that nobody has: `UPTD Puskesmas Kuta I` → `uptd-puskesmas-kuta-i`, or with -2."""
    stem = stem_of(name)
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def stem_of(name: str) -> str:
    """The letters and digits of a name, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower())[: SLUG_LIMIT - 6].strip("-") or "organisasi"


def checked_field(code: str) -> str:
    """A code of FIELDS, or "". Raises Problem."""
    if code and code not in FIELDS:
        raise Problem("field_unknown", known=", ".join(FIELDS.values()))
    return code


def checked_time_zone(name: str) -> str:
    """A time zone of Indonesia; raises Problem."""
    if name not in TIME_ZONES:
        raise Problem("time_zone_unknown", known=", ".join(TIME_ZONES.values()))
    return name


def tidied(typed: str) -> str:
    """The same text without doubled spaces, invisible signs and loose accents."""
    text = unicodedata.normalize("NFC", typed)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
