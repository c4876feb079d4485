"""Sentences in the reader's language. The message id is the Indonesian sentence itself."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from skm.i18n import formats

LANGUAGES = {"id": "Indonesia", "en": "English", "ban": "Basa Bali"}
CATALOGUES = Path(__file__).parent / "catalogues"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; Indonesian needs none. Compiled in memory, so no file can be out of date."""
    source = CATALOGUES / f"{language}.po"
    if not source.exists():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale="id" if language == "ban" else language))
    compiled.seek(0)
    return Translations(compiled)


def N_(sentence: str) -> str:  # noqa: N802 - the usual mark for a sentence that is translated later
    """Marks a sentence for the catalogues."""
    return sentence


def fill(sentence: str, details: Mapping[str, object], language: str = "id") -> str:
    """The sentence in a language with its details in the braces; dates are written out."""
    written = {
        name: formats.date(value, language) if isinstance(value, date) else value
        for name, value in details.items()
    }
    return translations(language).gettext(sentence).format(**written)


def known(language: str | None) -> str:
    """The language asked for, or Indonesian."""
    return language if language in LANGUAGES else "id"
