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
    """Raises Problem where an open one of the others has the same name, in whatever case and with whatever quotes."""
    for other in others:
        if other.id != thing.id and other.closed is None and folded(other.name) == folded(thing.name):
            raise Problem("name_taken", name=other.name)


def checked_text(typed: str, limit: int = TEXT_LIMIT) -> str:
    """An address or a telephone number, which may be empty. Raises Problem."""
    text = tidied(typed)
    if len(text) > limit or text.startswith("="):
        raise Problem("text_unusable", limit=limit)
    return text


def lacks_prefix(phone: str) -> bool:
    """Whether a telephone number may have lost its 0 or + in a spreadsheet: 361424801, but not 112 or 1500-046."""
    digits = [sign for sign in phone if sign.isdecimal()]
    return phone[:1] in tuple("23456789") and len(digits) > 6


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
    """The same text without doubled spaces, invisible signs and loose accents.

    What joins letters stays: a script or an emoji may need it. It is never needed beside a sign of ASCII.
    """
    text = unicodedata.normalize("NFC", typed)
    shown = "".join(sign if sign.isprintable() else _instead(sign) for sign in text)
    return " ".join(_LOOSE_JOINERS.sub("", shown).split())


def folded(name: str) -> str:
    """What is compared of a name: Jum'at and Jum’at, KTP-el and KTP–EL are one."""
    return tidied(name).translate(_ALIKE).casefold()


def _instead(sign: str) -> str:
    """What stands for a sign that nobody sees: a break of words is a space, a joiner stays, and so does what is newer
    than Python's tables (an emoji of this year)."""
    if sign in _JOINERS or is_newer(sign):
        return sign
    return "" if unicodedata.category(sign) == "Cf" else " "


def is_newer(sign: str) -> bool:
    """Whether a sign has no meaning yet but may get one: phones know emoji that Python does not."""
    code = ord(sign)
    return unicodedata.category(sign) == "Cn" and code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF


_JOINERS = "\u200c\u200d"
_LOOSE_JOINERS = re.compile(
    f"(?<![^\x00-\x7f{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]+(?![^\x00-\x7f{_JOINERS}])"
)
_ALIKE = (
    dict.fromkeys(map(ord, "`´‘’‚‛ʹʻʼʽˈ′＇"), "'")
    | dict.fromkeys(map(ord, "“”„‟«»″＂"), '"')
    | dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
    | dict.fromkeys(map(ord, _JOINERS))
)
