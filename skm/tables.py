"""The tables that stand beside their features, merged."""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

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
import skm.usecases.upkeep.sentences
from skm.i18n.words import fill

# Every module with sentences: SENTENCES (key of a Problem or a faulty field to its sentence), and for the log VERBS
# (verb to words), FIELDS (field to word) and RENAMED_VERBS (former name of a verb to the present one).
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
    skm.usecases.upkeep.sentences,
)


def merged(name: str, modules: Iterable[ModuleType]) -> dict[str, Any]:
    """The tables of this name of several modules as one. Raises LookupError for a key that two of them have."""
    entries: dict[str, Any] = {}
    places: dict[str, str] = {}
    for module in modules:
        for key, value in getattr(module, name, {}).items():
            if key in entries:
                raise LookupError(
                    f"{name}: “{key}” stands in {places[key]} and in {module.__name__}; take one away"
                )
            entries[key], places[key] = value, module.__name__
    return entries


SENTENCES: dict[str, str] = merged("SENTENCES", ROOMS)
_PRESENT: dict[str, str] = merged("VERBS", ROOMS)
_RENAMED: dict[str, str] = merged("RENAMED_VERBS", ROOMS)
VERBS = {former: _PRESENT[verb] for former, verb in _RENAMED.items()} | _PRESENT
FIELDS: dict[str, str] = merged("FIELDS", ROOMS)


def sentence(key: str, details: Mapping[str, object], language: str = "id") -> str:
    """The sentence for the key of a Problem in the reader's language. Raises KeyError for a key without one."""
    return fill(SENTENCES[key], details, language)
