"""The first-run guide, and what stands on every page and letter of the city."""

from flask import Blueprint, render_template, request, url_for

from skm.store.organisations import get_root
from skm.survey.organisation import Organisation
from skm.usecases.answering import answer
from skm.usecases.city import branding, devices, guide
from skm.web.asking.question import Page, Question, ask
from skm.web.city import forms, tree
from skm.web.figures.period_notices import period_notices
from skm.web.frame.connection import now, store
from skm.web.frame.guard import may_open
from skm.web.frame.officer import deed

set_up = Blueprint("set_up", __name__, url_prefix="/setup")
DOORS = {
    "set_up.show_guide": "sets_up",
    "set_up.change_branding": "sets_up",
}
_PLACES = {"periods": "#periode", "answers": "#lembar"}  # on the page of the root
UPLOADS = {"set_up.change_branding": 5_000_000}  # so that too large a picture is answered in the form


@set_up.get("")
def show_guide() -> Page:
    """What is left to do before the first answer."""
    root, steps = get_root(store()), guide.show_steps(store(), now())
    return render_template(
        "city/set_up/guide.html",
        city=root,
        steps=[{"step": step, "url": _address(step.key, root)} for step in steps],
        left=sum(not step.done for step in steps),
        root_url=tree.address(root),
        notices=period_notices(root),
        kiosks=devices.find_unregistered(store(), root, now()),
    )


@set_up.route("/branding", methods=["GET", "POST"])
def change_branding() -> Page:
    """The heading, the contact and the logo that people see."""
    form = forms.Branding(obj=answer.show_city_name(store()).brand)
    question = Question(
        "Tampilan",
        "Simpan",
        url_for("set_up.show_guide"),
        guide_crumbs(),
        lead="Semuanya boleh dikosongkan; yang kosong tidak ditampilkan.",
        done="Tampilan diganti.",
        template="city/set_up/branding.html",
    )
    return ask(question, form, lambda: _brand(form))


def guide_crumbs() -> list[dict[str, str | None]]:
    """The way to a page that stands right below the guide."""
    return [{"name": "Penyiapan", "url": url_for("set_up.show_guide")}]


def _brand(form: forms.Branding) -> None:
    """No file keeps the logo; the tick takes it away."""
    chosen = request.files.get("logo")
    logo = b"" if form.without_logo.data else (chosen.read() if chosen else b"") or None
    branding.change_branding(store(), deed(), form.heading.data, form.contact.data, logo)


def _address(step: str, root: Organisation) -> str | None:
    """Where a step of the guide is done, for whom it is; what belongs to a place begins at the root."""
    if step == "people":
        return url_for("people.show_people") if may_open("people.show_people") else None
    return tree.address(root) + _PLACES.get(step, "")
