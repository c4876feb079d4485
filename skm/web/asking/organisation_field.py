"""A field in which an organisation is found among thousands: typed with suggestions, without a script.

Suggestions are the browser's own (`datalist`); where it has none, a part of the name brings up what may be meant.
"""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from wtforms import Field, Form, StringField, ValidationError
from wtforms.widgets import TextInput

from skm.survey.names import folded

BETWEEN = " – "  # an organisation's name and the name of what stands above it
SHOWN = 3  # of those that may be meant


class Suggestions(TextInput):
    """A line to type in, with the choices as suggestions."""

    def __call__(self, field: Field, **more: Any) -> Markup:
        """Both as HTML."""
        name = f"{field.id}-choices"
        options = Markup("").join(Markup('<option value="{}">').format(one) for one in field.choices.values())
        line = super().__call__(field, list=name, autocomplete="off", spellcheck="false", **more)
        return Markup('{}<datalist id="{}">{}</datalist>').format(line, name, options)


class OrganisationField(StringField):
    """The code of one of `choices` (its words by its code), whether its code, its words or its plain name was typed."""

    widget = Suggestions()
    choices: Mapping[str, str] = {}
    data: Any

    def _value(self) -> str:
        return self.choices.get(self.data, self.data) or ""

    def pre_validate(self, form: Form) -> None:  # noqa: ARG002 - WTForms calls it so
        """Finds what was typed, or says what may have been meant; a single one is put into the line to be agreed to."""
        typed = " ".join((self.data or "").split())
        if not typed:
            return
        code, near = _find(folded(typed), self.choices)
        self.data = code or (near[0] if len(near) == 1 else typed)
        if code:
            return
        if len(near) == 1:
            raise ValidationError(f"Mungkin maksud Anda “{near[0]}”; periksa, lalu kirim sekali lagi.")
        raise ValidationError(_unfound(typed[:80], near))


def _find(typed: str, choices: Mapping[str, str]) -> tuple[str, list[str]]:
    """The code of what is named, or else the words of all that has every typed word in it."""
    for code, words in choices.items():
        if typed in (code, folded(words)):
            return code, []
    named = [code for code, words in choices.items() if folded(words).startswith(f"{typed} - ")]
    if len(named) == 1:
        return named[0], []
    return "", [words for words in choices.values() if all(part in folded(words) for part in typed.split())]


def _unfound(typed: str, near: list[str]) -> str:
    if not near:
        return f"Tidak ada organisasi “{typed}” yang dapat dipilih di sini; pilih salah satu dari daftar."
    more = f" dan {len(near) - SHOWN} lainnya" if len(near) > SHOWN else ""
    return f"“{typed}” cocok dengan {'; '.join(near[:SHOWN])}{more}. Tulis lebih lengkap."
