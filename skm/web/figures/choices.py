"""What a reader may choose above a figure, and how the choice travels along in addresses."""

from typing import Any

from flask import request

from skm.figures.choice import WHOLE_TIME, Choice, Wish
from skm.survey.organisation import FIELDS
from skm.wording import spans

NAMES = ("period", "service", "counter", "field")


def wish() -> Wish:
    """What the address asks for."""
    return Wish(*(request.args.get(name, "") for name in NAMES))


def chosen() -> dict[str, Any]:
    """The same as values of an address."""
    return {name: request.args[name] for name in NAMES if request.args.get(name)}


def filters(choice: Choice) -> dict[str, Any]:
    """The selects above a figure, by name."""
    return {
        "services": _named(choice.services, choice.service, "Semua layanan"),
        "counters": _named(choice.counters, choice.counter, "Semua loket"),
        "fields": _fields(choice),
        "spans": _spans(choice),
    }


def _named(things: Any, chosen: Any, every: str) -> list[dict[str, Any]]:
    if len(things) < 2:
        return []
    first = {"code": "", "name": every, "selected": chosen is None}
    return [first] + [{"code": one.id, "name": one.name, "selected": one == chosen} for one in things]


def _fields(choice: Choice) -> list[dict[str, Any]]:
    if choice.organisation.kind != "government":
        return []
    known = {"": "Semua bidang"} | FIELDS
    return [{"code": code, "name": name, "selected": code == choice.field} for code, name in known.items()]


def _spans(choice: Choice) -> list[dict[str, Any]]:
    chosen = choice.span.code if choice.span else WHOLE_TIME
    every = [{"code": WHOLE_TIME, "name": "Seluruh waktu", "selected": chosen == WHOLE_TIME, "group": ""}]
    return every + [
        {"code": s.code, "name": spans.name(s), "selected": s.code == chosen, "group": spans.group(s)}
        for s in choice.spans
    ]
