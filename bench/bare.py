"""The plainest Flask app with the same form: it renders the same questions, parses what is sent, and stores nothing.

No database, no languages, no checks, no signature, no cached pages: what is left is Flask, Jinja and the form itself.
BENCH_FORM_BYTES and BENCH_THANKS_BYTES say how long its two pages shall be.
"""

import os

from flask import Flask, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from skm.survey.instrument_file import builtin

application = Flask(__name__)
application.jinja_env.trim_blocks = application.jinja_env.lstrip_blocks = True

UNIT = "Kelurahan Pelayanan 1"
STAMP = "x" * 120
SERVICES = [{"code": "satu", "name": "Surat Keterangan"}, {"code": "dua", "name": "Legalisasi"}]
_INSTRUMENT = builtin()["permenpan-14-2017"]
ITEMS = [
    {"code": item.code, "text": item.text["id"], "options": [option["id"] for option in item.options]}
    for item in _INSTRUMENT.items
]
PROFILE = [
    {
        "code": field.code,
        "label": field.label["id"],
        "choices": [{"code": choice.code, "label": choice.label["id"]} for choice in field.choices],
    }
    for field in _INSTRUMENT.profile
]


@application.get("/s/<token>")
def show_form(token: str) -> str:  # noqa: ARG001 - one counter is like the other
    """The questionnaire."""
    return _form(FORM_PADDING)


@application.post("/s/<token>")
def submit_response(token: str) -> Response:  # noqa: ARG001
    """Reads every field of the form."""
    given = request.form
    scores = "".join(given[str(item["code"])] for item in ITEMS)
    profile = [given.get(str(field["code"]), "") for field in PROFILE]
    comment, service, stamp = given.get("comment", "").strip(), given["service"], given["stamp"]
    receipt = f"{scores}-{len(comment) + len(service) + len(stamp) + len(profile)}"
    return redirect(url_for("show_thanks", receipt=receipt), 303)


@application.get("/terima-kasih/<receipt>")
def show_thanks(receipt: str) -> str:
    """The receipt."""
    return _thanks(receipt, THANKS_PADDING)


def _form(padding: Markup) -> str:
    return render_template(
        "form.html",
        unit=UNIT,
        stamp=STAMP,
        services=SERVICES,
        items=ITEMS,
        profile=PROFILE,
        padding=padding,
    )


def _thanks(receipt: str, padding: Markup) -> str:
    return render_template("thanks.html", unit=UNIT, receipt=receipt, padding=padding)


def _padding(size: str, page: str) -> Markup:
    return Markup("x" * (int(os.environ.get(size, 0)) - len(page.encode())))


with application.test_request_context():
    FORM_PADDING = _padding("BENCH_FORM_BYTES", _form(Markup()))
    THANKS_PADDING = _padding("BENCH_THANKS_BYTES", _thanks("123412341-139", Markup()))
