"""The tables that stand beside their features, merged."""

from collections.abc import Mapping
from typing import TypeVar

import skm.figures.sentences
import skm.output.sentences
import skm.security.sentences
import skm.store.sentences
import skm.survey.sentences
import skm.usecases.answering.sentences
import skm.usecases.city.sentences
import skm.usecases.closing.sentences
import skm.usecases.demo.sentences
import skm.usecases.exchange.sentences
import skm.usecases.improving.sentences
import skm.usecases.papers.sentences
import skm.usecases.people.sentences
from skm.i18n.words import fill

V = TypeVar("V")
# Every module with sentences. Its table SENTENCES has one for each key of a Problem or a faulty field.
ROOMS = (
    skm.survey.sentences,
    skm.security.sentences,
    skm.store.sentences,
    skm.figures.sentences,
    skm.output.sentences,
    skm.usecases.answering.sentences,
    skm.usecases.people.sentences,
    skm.usecases.city.sentences,
    skm.usecases.closing.sentences,
    skm.usecases.improving.sentences,
    skm.usecases.papers.sentences,
    skm.usecases.exchange.sentences,
    skm.usecases.demo.sentences,
)


def merged(tables: Mapping[str, Mapping[str, V]]) -> dict[str, V]:
    """All tables as one; they are given by where they stand. Raises LookupError for a key that is in two of them."""
    found: dict[str, V] = {}
    places: dict[str, str] = {}
    for place, table in tables.items():
        for key, value in table.items():
            if key in found:
                raise LookupError(f"“{key}” stands in {places[key]} and again in {place}; take one away")
            found[key], places[key] = value, place
    return found


SENTENCES: dict[str, str] = merged({room.__name__: room.SENTENCES for room in ROOMS})


def sentence(key: str, details: Mapping[str, object], language: str = "id") -> str:
    """The sentence for the key of a Problem in the reader's language. Raises KeyError for a key without one."""
    return fill(SENTENCES[key], details, language)
