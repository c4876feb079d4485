"""Sentences in the reader's language. The message id is the Indonesian sentence itself."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

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


def known(language: str | None) -> str:
    """The language asked for, or Indonesian."""
    return language if language in LANGUAGES else "id"
