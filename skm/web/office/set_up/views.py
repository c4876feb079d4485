"""The first-run guide, and what stands on every page and letter of the city."""

from flask import Blueprint, render_template, url_for

from skm.survey.organisation import Organisation
from skm.usecases.figures import show_root
from skm.usecases.set_up import guide, organisations
from skm.web.connection import now, store
from skm.web.office import forms, tree
from skm.web.office.asking import Page, Question, ask
from skm.web.visitor import officer

set_up = Blueprint("set_up", __name__, url_prefix="/setup")


@set_up.get("")
def show_guide() -> Page:
    """What is left to do before the first answer."""
    root, steps = show_root(store()), guide.steps(store())
    return render_template(
        "office/set_up/guide.html",
        city=root,
        steps=[{"step": step, "url": _address(step.key, root)} for step in steps],
        left=sum(not step.done for step in steps),
        root_url=tree.address(root),
    )


@set_up.route("/branding", methods=["GET", "POST"])
def change_branding() -> Page:
    """The name of the government and its address, as on its letters."""
    root = show_root(store())
    form = forms.Branding(obj=root)
    question = Question(
        "Nama dan alamat pemerintah daerah",
        "Simpan",
        url_for("set_up.show_guide"),
        guide_crumbs(),
        done="Tersimpan.",
    )
    return ask(question, form, lambda: _brand(form, root))


def guide_crumbs() -> list[dict[str, str | None]]:
    """The way to a page that stands right below the guide."""
    return [{"name": "Penyiapan", "url": url_for("set_up.show_guide")}]


def _brand(form: forms.Branding, root: Organisation) -> None:
    by, moment = officer().signature(), now()
    organisations.edit(
        store(), by, root.slug, form.address.data, form.phone.data, form.time_zone.data, moment
    )
    organisations.rename(store(), by, root.slug, form.name.data, moment)


def _address(step: str, root: Organisation) -> str:
    """Where a step of the guide is done; what belongs to a place begins at the root."""
    if step == "people":
        return url_for("people.show_people")
    if step in ("government", "periods"):
        return {"government": url_for("set_up.change_branding"), "periods": tree.address(root) + "#periode"}[
            step
        ]
    return tree.address(root)
