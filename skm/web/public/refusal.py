"""The page for a form that is not taken any more: why, where to go, and all that was typed, ready to be copied."""

from collections.abc import Iterator

from flask import render_template, request

from skm.i18n.words import N_
from skm.security.stamps import Stamp
from skm.survey.instrument import Instrument, say
from skm.survey.problem import Problem
from skm.usecases.answering import answer
from skm.usecases.answering.answer import Questionnaire
from skm.web.asking.sent import Given
from skm.web.frame.connection import now, store
from skm.web.frame.errors import explain
from skm.web.frame.language import gettext, language

_OURS = ("stamp", "ago", "took", "clock", "comment_checked")  # fields that nobody typed
Line = tuple[str, str]  # a question and its answer


def page(problem: Problem, token: str, stamp: Stamp | None, given: Given) -> tuple[str, int]:
    """The page and its status. The questions are those of the form; where nobody knows them, their codes."""
    explanation, message = explain(problem)
    opened = stamp.opened if stamp else now()
    service = request.args.get("service") or given.one("service")
    form = answer.recall_questionnaire(store(), token, opened, service)
    shown = render_template(
        "public/refused.html",
        unit=form.unit.name if form else "",
        counter=form.counter.name if form else "",
        heading=gettext(explanation.heading),
        message=message,
        hint=gettext(explanation.hint),
        lines=[line for line in (_lines(form, given) if form else _raw_lines(given)) if line[1].strip()],
        status=explanation.status,
    )
    return shown, explanation.status


def _lines(form: Questionnaire, given: Given) -> Iterator[Line]:
    names = {service.id: service.name for service in form.services}
    yield gettext(N_("Pelayanan apa yang baru saja Anda terima?")), names.get(given.one("service"), "")
    for number, item in enumerate(form.instrument.items, 1):
        labels = {str(score): say(words, language()) for score, words in enumerate(item.options, 1)}
        yield f"{number}. {say(item.text, language())}", labels.get(given.one(item.code), "")
    yield from _profile_lines(form.instrument, given)
    yield gettext(N_("Kritik dan saran")), given.one("comment")


def _profile_lines(instrument: Instrument, given: Given) -> Iterator[Line]:
    for field in instrument.profile:
        labels = {choice.code: say(choice.label, language()) for choice in field.choices}
        typed = given.one(field.code)
        yield say(field.label, language()), labels.get(typed, typed)


def _raw_lines(given: Given) -> Iterator[Line]:
    for name, values in given.values.items():
        if name not in (*_OURS, "service"):
            yield gettext(N_("Kritik dan saran")) if name == "comment" else name, "; ".join(values)
