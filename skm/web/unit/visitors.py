"""The visitors of a unit's services in a period, entered one by one."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from skm.i18n import formats
from skm.survey.organisation import Service
from skm.survey.period import Period
from skm.usecases.city import visitors
from skm.usecases.city.services import VISITORS_LIMIT
from skm.usecases.city.visitors import VisitorCounts
from skm.web.asking.form import Form
from skm.web.asking.question import Page, Question, ask
from skm.web.frame.addresses import way
from skm.web.frame.connection import now, store
from skm.web.frame.officer import deed
from skm.wording import spans

visitor_pages = Blueprint("visitors", __name__)
DOORS = {
    "visitors.enter_visitors": "enters_visitors",
}


@visitor_pages.route("/units/<slug>/visitors", methods=["GET", "POST"])
def enter_visitors(slug: str) -> Page:
    """Takes the visitors of each service in a period."""
    wanted = request.args.get("period", "")
    counts = visitors.show_visitors(store(), slug, wanted, now())
    back = url_for("sample.show_sample", slug=slug, period=wanted or None)
    if counts.period is None:
        return redirect(back)
    if not wanted:  # on another day another period may be the one that runs
        return redirect(url_for("visitors.enter_visitors", slug=slug, period=counts.period.id))
    form, period = _form(counts), counts.period
    return ask(_question(counts, period, back), form, lambda: _enter(counts, period, form))


class CountField(IntegerField):
    """A whole number, with or without its thousands marked."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was typed, as a number."""
        typed = "".join(valuelist).strip()
        self.data = formats.read_count(typed)
        if typed and self.data is None:
            raise ValueError("Tulis bilangan bulat, misalnya 1.840.")


_LIMITS = NumberRange(0, VISITORS_LIMIT, f"Tulis bilangan dari 0 sampai {formats.count(VISITORS_LIMIT)}.")
_LOOK = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}


def _form(counts: VisitorCounts) -> Form:
    fields = {_name(service): _field(service, estimate) for service, _, estimate in counts.rows}
    entered = {_name(service): number for service, number, _ in counts.rows}
    made: Form = type("Visitors", (Form,), fields)(data=entered)
    return made


def _field(service: Service, estimate: int | None) -> CountField:
    hint = "Angka setahunnya belum ada, jadi tanpa isian ini jumlah responden belum dapat dihitung."
    if estimate is not None:
        hint = f"Bila dikosongkan, dipakai perkiraan dari angka tahunan: {formats.count(estimate)}."
    return CountField(service.name, [Optional(), _LIMITS], description=hint, render_kw=_LOOK)


def _name(service: Service) -> str:
    return f"visitors-{service.id}"


def _enter(counts: VisitorCounts, period: Period, form: Form) -> None:
    typed: dict[str, Any] = {service.id: form[_name(service)].data for service, _, _ in counts.rows}
    visitors.enter_visitors(store(), deed(), counts.unit.slug, period.id, typed)


def _question(counts: VisitorCounts, period: Period, back: str) -> Question:
    return Question(
        title="Jumlah pengunjung",
        button="Simpan",
        back=back,
        crumbs=[*way([*counts.above, counts.unit]), {"name": "Jumlah responden", "url": back}],
        lead=f"{counts.unit.name}, {period.name}: {spans.days(period.opens, period.closes)}.",
        effects=[] if counts.rows else ["Unit ini belum mempunyai layanan."],
        done="Jumlah pengunjung tersimpan.",
    )
