"""Questionnaires: those to choose from, the city's own, and how each looks to a citizen."""

from flask import flash, redirect, render_template, url_for

from skm.i18n.words import LANGUAGES, N_
from skm.survey.instrument import InstrumentError
from skm.survey.problem import Problem
from skm.usecases.city import instruments
from skm.usecases.city.instruments import InstrumentChoice
from skm.web.asking import questionnaire
from skm.web.asking.form import Upload
from skm.web.asking.question import Page, faults, words
from skm.web.city.set_up.views import guide_crumbs, set_up
from skm.web.frame.connection import store
from skm.web.frame.errors import not_in_list
from skm.web.frame.officer import deed

DOORS = {
    "set_up.show_instruments": "sets_up",
    "set_up.add_instrument": "sets_up",
    "set_up.preview_instrument": "sets_up",
}
UPLOADS = {"set_up.add_instrument": 1_000_000}
PROBLEMS = {
    "instrument_unknown": not_in_list(N_("Kuesioner tidak ditemukan")),
}


@set_up.get("/instruments")
def show_instruments() -> Page:
    """The questionnaires to choose from."""
    return _list(Upload())


@set_up.post("/instruments")
def add_instrument() -> Page:
    """Takes a questionnaire of the city's own, a TOML file; says line and reason where it cannot be used."""
    form = Upload()
    if not form.validate():
        return _list(form), 422
    try:
        codes = instruments.add_instrument(store(), deed(), _text(form))
    except InstrumentError as error:
        return _list(form, _where(error, form.file.data.filename)), 422
    except Problem as problem:
        return _list(form, words(problem)), 422
    flash(f"Kuesioner {', '.join(codes)} tersimpan; periksa pratinjaunya.")
    return redirect(url_for("set_up.show_instruments"), 303)


@set_up.get("/instruments/<path:code>/preview")
def preview_instrument(code: str) -> Page:
    """A questionnaire as a citizen would see it; it cannot be sent."""
    return questionnaire.preview(instruments.preview_instrument(store(), code))


def _list(form: Upload, problem: str = "") -> str:
    offered = instruments.instrument_choices(store())
    return render_template(
        "city/set_up/instruments.html",
        groups=[
            ("Bawaan", [_row(one) for one in offered if not one.own]),
            ("Milik sendiri", [_row(one) for one in offered if one.own]),
        ],
        form=form,
        faults=faults(form, problem),
        crumbs=[*guide_crumbs(), {"name": "Kuesioner", "url": None}],
    )


def _row(choice: InstrumentChoice) -> dict[str, object]:
    return {
        "code": choice.code,
        "title": choice.title,
        "items": len(choice.instrument.items),
        "elements": len(choice.instrument.main_index.elements),
        "outside": choice.outside,
        "previews": [
            {"name": name, "url": url_for("set_up.preview_instrument", code=choice.code, lang=code)}
            for code, name in LANGUAGES.items()
        ],
        "variants": [
            {"code": code, "url": url_for("set_up.preview_instrument", code=code)} for code in choice.variants
        ],
    }


def _text(form: Upload) -> str:
    try:
        return str(form.file.data.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InstrumentError("", None, "bukan teks UTF-8") from None


def _where(error: InstrumentError, name: str) -> str:
    place = f"{name}, baris {error.line}" if error.line else name
    return f"{place}: {error.reason}"
