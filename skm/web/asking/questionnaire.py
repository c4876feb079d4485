"""The questionnaire as its template wants it: questions in order, what was typed, what is wrong."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import render_template
from markupsafe import Markup, escape

from skm.security import stamps
from skm.settings import Settings
from skm.store.database import Database
from skm.survey.instrument import Instrument, ProfileField, say
from skm.survey.personal import PERSONAL
from skm.survey.response import COMMENT_LIMIT, Fault
from skm.tables import sentence
from skm.usecases.answering import answer
from skm.usecases.answering.answer import Questionnaire, ServiceChoice
from skm.web.asking.sent import Given
from skm.web.frame import page_cache
from skm.web.frame.language import SENT, address_with, language, language_buttons, language_links

NOTHING = Given({}, True)
_NAME = "\ue001"  # where the name of the device will stand, a second hole in the stored page


def fresh(form: Questionnaire, stamp: str) -> bytes:
    """The form page as everybody at this counter gets it: it differs in the stamp alone."""
    return page_cache.filled(stamp, _shown(form), lambda hole: render(form, hole))


def kiosk(form: Questionnaire, stamp: str, token: str, device: str) -> bytes:
    """The same questions for a shared device, one a screen; they are sent where the form's are.

    `device` is the name of a registered one, "" for any other.
    """
    named = _NAME if device else ""
    make = partial(render, form, template="public/kiosk.html", token=token, device_name=named)
    page = page_cache.filled(stamp, (token, named, *_shown(form)), make)
    return page.replace(_NAME.encode(), escape(device).encode())


def preview(form: Questionnaire) -> str:
    """The form page for an officer to look at; it cannot be sent."""
    return render(form, "", template="city/set_up/preview.html")


def render(
    form: Questionnaire,
    stamp: str,
    given: Given = NOTHING,
    faults: Sequence[Fault] = (),
    template: str = "public/form.html",
    **kiosk: object,
) -> str:
    """The form page, with everything that was typed and every fault at its field; `kiosk` is for that page alone."""
    messages = {fault.field: sentence(fault.key, fault.details, language()) for fault in faults}
    return render_template(
        template,
        unit=form.unit.name,
        counter=form.counter.name,
        services=form.services,
        chosen_service=given.one("service"),
        questions_html=_questions(form.instrument, given, messages),
        profile=[_profile_field(field, given, messages) for field in form.instrument.profile],
        comment=given.one("comment"),
        personal={"pattern": PERSONAL, "words": sentence("comment_personal", {}, language())},
        comment_checked=given.one("comment_checked")
        or any(fault.key == "comment_personal" for fault in faults),
        comment_limit=COMMENT_LIMIT,
        stamp=stamp,
        answers_per_form=stamps.ANSWERS_PER_FORM,
        errors=[
            {"anchor": _anchor(form.instrument, field), "message": text} for field, text in messages.items()
        ],
        sent_to=address_with({SENT: "1"}),
        languages=language_buttons() if stamp else language_links(),
        **kiosk,
    )


def again(form: Questionnaire, given: Given, key: str, stamp: str) -> str:
    """The form page for a fault of no single field: the reader is asked to send once more."""
    return render(form, stamp, given, [Fault("send", key, {})])


def choice(form: ServiceChoice) -> dict[str, Any]:
    """What the page shows that asks for the service first, where services have different questions."""
    links = [
        {"name": service.name, "url": f"?service={service.id}&lang={language()}"} for service in form.services
    ]
    return {
        "unit": form.unit.name,
        "counter": form.counter.name,
        "links": links,
        "languages": language_links(),
    }


def home(db: Database, settings: Settings) -> dict[str, Any]:
    """What the front door shows."""
    return {
        "error": "",
        "typed": "",
        "examples": [
            {"name": name, "url": f"/s/{token}?lang={language()}"} for name, token in answer.show_examples(db)
        ],
        "open_pages": "/city" if settings.open_pages else None,
    }


def _shown(form: Questionnaire) -> tuple[Any, ...]:
    return form.unit.name, form.counter.name, tuple(form.services), form.instrument_id


def _questions(instrument: Instrument, given: Given, messages: dict[str, str]) -> Markup:
    questions = [
        {
            "number": number,
            "total": len(instrument.items),
            "code": item.code,
            "text": say(item.text, language()),
            "help": say(item.help, language()) if item.help else "",
            "options": [
                {"score": score, "label": say(words, language())}
                for score, words in enumerate(item.options, 1)
            ],
            "chosen": given.one(item.code),
            "error": messages.get(item.code),
        }
        for number, item in enumerate(instrument.items, 1)
    ]
    return Markup(render_template("public/_questions.html", questions=questions))  # noqa: S704 - escaped by Jinja


def _profile_field(field: ProfileField, given: Given, messages: dict[str, str]) -> dict[str, Any]:
    return {
        "code": field.code,
        "label": say(field.label, language()),
        "kind": field.kind,
        "choices": [
            {"code": choice.code, "label": say(choice.label, language())} for choice in field.choices
        ],
        "minimum": field.minimum,
        "maximum": field.maximum,
        "value": given.one(field.code),
        "error": messages.get(field.code),
    }


def _anchor(instrument: Instrument, field: str) -> str:
    """Where a fault's link leads: the first radio of a question, or the field itself."""
    if field == "service" or field in {item.code for item in instrument.items}:
        return f"{field}-1"
    return field
