"""A form on a page of its own: what it asks, what then happens, and where it goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from skm.survey.officer import Membership
from skm.survey.problem import Problem
from skm.tables import sentence
from skm.web.frame.officer import officer

Page = str | tuple[str, int] | Response
Crumb = dict[str, str | None]


@dataclass(frozen=True)
class Question:
    """What a page with a form says. `effects` tell what will have happened; `danger` that it cannot be undone."""

    title: str
    button: str
    back: str  # address
    crumbs: Sequence[Crumb] = ()
    lead: str = ""
    effects: Sequence[str] = ()
    danger: bool = False
    done: str = ""  # said on the page that follows
    template: str = "components/question.html"


def acting() -> Membership:
    """The role that the officer acts in, for views whose lock asks for a role."""
    held = officer().membership
    assert held is not None
    return held


def ask(question: Question, form: FlaskForm, act: Callable[[], object], on: str = "") -> Page:
    """Shows the form; once it is filled in rightly, acts and goes `on`, by default back."""
    if not form.is_submitted():
        return show(question, form)
    problem = attempt(form, act)
    if problem is not None:
        return show(question, form, problem), 422
    if question.done:
        flash(question.done)
    return redirect(on or question.back, 303)


def attempt(form: FlaskForm, act: Callable[[], object]) -> str | None:
    """Acts if the form is filled in rightly: None, or else what is wrong beyond the fields."""
    if not form.validate():
        return ""
    try:
        act()
    except Problem as problem:
        return words(problem)
    return None


def show(question: Question, form: FlaskForm, problem: str = "") -> str:
    """The page with the form, what was typed, and what is wrong."""
    crumbs = [*question.crumbs, {"name": question.title, "url": None}]
    return render_template(
        question.template, question=question, form=form, faults=faults(form, problem), crumbs=crumbs
    )


def faults(form: FlaskForm, problem: str = "") -> list[dict[str, str]]:
    """What is wrong, a line each with the field that it leads to."""
    asked = [field for field in form if field.type not in ("HiddenField", "CSRFTokenField")]
    messages = [
        {"anchor": field.id, "message": f"{field.label.text}: {said}"}
        for field in asked
        for said in field.errors
    ]
    whole = [{"anchor": asked[0].id if asked else "isi", "message": problem}] if problem else []
    return whole + messages


def words(problem: Problem) -> str:
    """A Problem as an officer reads it."""
    return sentence(problem.key, problem.details)
