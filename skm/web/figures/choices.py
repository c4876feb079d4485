"""What a reader may choose above a figure, and how the choice travels along in addresses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from skm.figures.choice import WHOLE_TIME, Choice, choose
from skm.survey.organisation import FIELDS, Counter, Service
from skm.web.frame.connection import now, store
from skm.web.frame.guard import has_rows
from skm.wording import spans
from skm.wording.states import state_sentence

NAMES = ("period", "service", "counter", "field")


@dataclass(frozen=True)
class Option:
    """One option of a select; spans stand in groups."""

    code: str
    name: str
    selected: bool
    group: str = ""


@dataclass(frozen=True)
class Filters:
    """The selects above a figure, one without options left out; and of which `state` of the answers it is."""

    services: Sequence[Option] = ()
    counters: Sequence[Option] = ()
    fields: Sequence[Option] = ()
    spans: Sequence[Option] = ()
    state: str = ""

    @property
    def span_groups(self) -> dict[str, list[Option]]:
        """The spans by their groups, in the order in which both stand."""
        groups: dict[str, list[Option]] = {}
        for option in self.spans:
            groups.setdefault(option.group, []).append(option)
        return groups

    @property
    def asked(self) -> list[str]:
        """The names of the selects that are shown."""
        shown = {
            "service": self.services,
            "counter": self.counters,
            "field": self.fields,
            "period": self.spans,
        }
        return [name for name, options in shown.items() if options]


def choice(slug: str) -> Choice:
    """What the address asks for, of an organisation; raises Problem.

    Whoever has no access to single answers reads the states of units.
    """
    wanted = [request.args.get(name, "") for name in NAMES]
    return choose(store(), slug, *wanted, states_at=None if has_rows() else now())


def asked() -> dict[str, Any]:
    """The same as values of an address."""
    return {name: request.args[name] for name in NAMES if request.args.get(name)}


def filters(choice: Choice) -> Filters:
    """The selects above a figure."""
    return Filters(
        services=_named(choice.services, choice.service, "Semua layanan"),
        counters=_named(_with_moves(choice), choice.counter, "Semua loket"),
        fields=_fields(choice),
        spans=_spans(choice),
        state=state_sentence(choice.states),
    )


def _named(things: Sequence[Service | Counter], chosen: Service | Counter | None, every: str) -> list[Option]:
    if len(things) < 2:
        return []
    chosen_id = chosen.id if chosen else ""
    return [Option("", every, not chosen)] + [Option(one.id, one.name, one.id == chosen_id) for one in things]


def _with_moves(choice: Choice) -> list[Counter]:
    """The counters; one that stands in another unit by now says so."""
    here = choice.organisation.id
    return [
        one if one.unit_id == here else replace(one, name=f"{one.name} (sudah pindah)")
        for one in choice.counters
    ]


def _fields(choice: Choice) -> list[Option]:
    if choice.organisation.kind != "government":
        return []
    fields = {"": "Semua bidang"} | FIELDS
    return [Option(code, name, code == choice.field) for code, name in fields.items()]


def _spans(choice: Choice) -> list[Option]:
    chosen = choice.span.code if choice.span else WHOLE_TIME
    every = Option(WHOLE_TIME, "Seluruh waktu", chosen == WHOLE_TIME)
    offered = spans.by_kind(choice.spans)
    names = spans.distinct_names(offered)
    options = [Option(s.code, names[s.code], s.code == chosen, spans.group(s)) for s in offered]
    return [every, *options]
