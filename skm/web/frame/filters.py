"""What templates may call: numbers and dates in the reader's format, and fingerprinted addresses of static files."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, url_for
from markupsafe import Markup

from skm.i18n import formats
from skm.ikm import BOUNDS, KINERJA, round_half_up
from skm.settings import ROOT
from skm.web.frame.language import language
from skm.wording import shares

STATIC = ROOT / "static"
A_YEAR = 365 * 24 * 3600


def init(app: Flask) -> None:
    """Registers the filters and `static()`."""
    app.add_template_filter(lambda value, places=2: formats.number(value, places, language()), "number")
    app.add_template_filter(_exact, "exact")
    app.add_template_filter(lambda value: formats.signed(value, language=language()), "signed")
    app.add_template_filter(lambda grade: KINERJA.get(grade, ""), "kinerja")
    app.add_template_filter(lambda value: formats.count(value, language()), "count")
    app.add_template_filter(lambda value: formats.date(value, language()), "date")
    app.add_template_filter(shares.share, "share")
    app.add_template_filter(shares.reached, "reached")
    app.add_template_global(static, "static")
    app.add_template_global(drawing, "drawing")
    app.jinja_env.globals["grade_bands"] = _grade_bands()
    # The address changes with the content, so a phone never asks twice for the same file.
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR


def _exact(value: Fraction | None, places: int) -> str:
    """An exact value, rounded here and half up."""
    return formats.number(None if value is None else round_half_up(value, places), places, language())


def _grade_bands() -> list[tuple[str, Decimal, Decimal]]:
    """Each grade with the value where it begins and the one where the next begins, the lowest first."""
    lows = sorted((low, grade) for grade, (low, _) in BOUNDS.items())
    ends = [low for low, _ in lows[1:]] + [Decimal(100)]
    return [(grade, low, end) for (low, grade), end in zip(lows, ends, strict=True)]


def static(path: str) -> str:
    """The address of a static file with its fingerprint."""
    return url_for("static", filename=path, v=_fingerprint(STATIC / path))


@lru_cache
def drawing(path: str) -> Markup:
    """One of our own drawings, to stand in a page: it needs no request."""
    return Markup((STATIC / path).read_text(encoding="utf-8"))  # noqa: S704 - a file of the house


@lru_cache
def _fingerprint(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()[:10]
