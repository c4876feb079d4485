"""The page on which one sheet is keyed: the form itself, which a script turns into one key for each answer.

With the script the page is not left between two sheets: it asks for JSON, and keeps what was typed until the server
says that it is stored.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import flash, jsonify, redirect, render_template, request

from skm.survey.instrument import KEYS, Instrument, ProfileField, say
from skm.survey.paper import UNANSWERED, BatchDetails
from skm.survey.problem import Problem
from skm.survey.response import COMMENT_LIMIT, Fault, FaultyAnswer, Sent
from skm.tables import sentence
from skm.web.asking.question import Crumb, Page, words
from skm.web.asking.sent import Given, read
from skm.web.frame.held_forms import restored
from skm.wording.papers import place_and_day


@dataclass(frozen=True)
class Asked:
    """Which sheet is asked for. `draft` names what the browser keeps until it is stored; "" keeps nothing."""

    title: str
    details: BatchDetails
    sheet_id: str
    number: int
    place: str  # among how many
    instruction: str
    crumbs: Sequence[Crumb]
    back: str
    comment: bool = True
    draft: str = ""
    keyed: int | None = None  # so far
    values: Mapping[str, str] = field(default_factory=dict)
    remove_url: str = ""


@dataclass(frozen=True)
class AskedChoice:
    """One answer that may be given; `key` is what is pressed for it where that is not the value itself."""

    value: str
    label: str
    key: str = ""


@dataclass(frozen=True)
class AskedItem:
    """A question of the sheet, what was typed, and what is wrong with it."""

    code: str
    number: int
    text: str
    options: Sequence[AskedChoice]
    value: str
    problem: str | None


@dataclass(frozen=True)
class AskedField:
    """A field about the respondent, what was typed, and what is wrong with it."""

    field: ProfileField
    label: str
    choices: Sequence[AskedChoice]
    value: str
    problem: str | None


@dataclass(frozen=True)
class Stored:
    """A sheet that was taken: what to say, where it goes on, and the next sheet where it goes on at once."""

    said: str
    url: str
    following: Mapping[str, object] = field(default_factory=dict)


def show(asked: Asked, given: Given | None = None, faults: Sequence[Mapping[str, str]] = ()) -> str:
    """The page, with what was typed and what is wrong."""
    instrument = asked.details.instrument
    given = given or _restored(asked)
    value = given.one if given else lambda name: asked.values.get(name, "")
    problems = {one["field"]: one["message"] for one in faults}
    return render_template(
        "unit/papers/sheet.html",
        asked=asked,
        lead=place_and_day(asked.details),
        items=[_item(instrument, number, value, problems) for number in range(len(instrument.items))],
        profile=[_field(one, value, problems) for one in instrument.profile],
        comment=value("comment"),
        comment_problem=problems.get("comment"),
        comment_limit=COMMENT_LIMIT,
        errors=faults,
        crumbs=asked.crumbs,
    )


def _restored(asked: Asked) -> Given | None:
    """What was typed of this very sheet before the session ended."""
    given = Given(restored(), readable=True)
    is_new = request.path.endswith("/add")
    return given if given.values and (is_new or given.one("sheet") == asked.sheet_id) else None


def take(asked: Asked, save: Callable[[str, Sent], Stored]) -> Page:
    """Takes what was sent: stores it, or shows what is wrong with nothing lost."""
    given = read()
    instrument = asked.details.instrument
    if not given.readable:
        return _refuse(asked, given, [_whole(Problem("encoding_unreadable"))])
    try:
        stored = save(given.one("sheet"), given.values)
    except FaultyAnswer as faulty:
        return _refuse(asked, given, [_fault(instrument, fault) for fault in faulty.faults])
    except Problem as problem:
        return _refuse(asked, given, [_whole(problem)])
    if _by_script() and stored.following:
        return jsonify(said=stored.said, following=stored.following)
    flash(stored.said)
    return jsonify(url=stored.url) if _by_script() else redirect(stored.url, 303)


def _refuse(asked: Asked, given: Given, faults: Sequence[Mapping[str, str]]) -> Page:
    if _by_script():
        reply = jsonify(errors=faults)
        reply.status_code = 422
        return reply
    return show(asked, given, faults), 422


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _fault(instrument: Instrument, fault: Fault) -> dict[str, str]:
    is_item = fault.field in {item.code for item in instrument.items}
    anchor = f"{fault.field}-1" if is_item else fault.field
    return {"field": fault.field, "anchor": anchor, "message": sentence(fault.key, fault.details)}


def _whole(problem: Problem) -> dict[str, str]:
    return {"field": "", "anchor": "save", "message": words(problem)}


def _item(
    instrument: Instrument, place: int, value: Callable[[str], str], problems: Mapping[str, str]
) -> AskedItem:
    item = instrument.items[place]
    options = [AskedChoice(str(score), say(text, "id")) for score, text in enumerate(item.options, 1)]
    return AskedItem(
        code=item.code,
        number=place + 1,
        text=say(item.text, "id"),
        options=[*options, AskedChoice(UNANSWERED, "Kosong")],
        value=value(item.code),
        problem=problems.get(item.code),
    )


def _field(field: ProfileField, value: Callable[[str], str], problems: Mapping[str, str]) -> AskedField:
    chosen = value(field.code)
    return AskedField(
        field=field,
        label=say(field.label, "id"),
        choices=[
            AskedChoice(choice.code, say(choice.label, "id"), key)
            for key, choice in zip(KEYS, field.choices, strict=False)
        ],
        value="" if chosen == UNANSWERED else chosen,
        problem=problems.get(field.code),
    )
