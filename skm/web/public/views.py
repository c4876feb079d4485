"""A citizen's way: front door, questionnaire, thanks."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from skm.figures import official
from skm.i18n import formats
from skm.i18n.words import N_
from skm.output.document import Document
from skm.security import codes, stamps
from skm.security.stamps import Stamp
from skm.store.database import StoreBusy
from skm.survey.problem import Problem
from skm.survey.response import FaultyAnswer
from skm.tables import sentence
from skm.usecases.answering import answer
from skm.usecases.answering.answer import Questionnaire, ServiceChoice
from skm.usecases.answering.arrival import Arrival
from skm.usecases.answering.receipt import Receipt, show_receipt
from skm.usecases.city import branding, screen
from skm.web.asking import questionnaire
from skm.web.asking.sent import Given, read
from skm.web.frame import bundles, page_cache
from skm.web.frame.connection import now, origin, settings, store, write
from skm.web.frame.errors import Explanation
from skm.web.frame.filters import A_YEAR
from skm.web.frame.guard import READING
from skm.web.frame.language import SWITCHED, language, language_links
from skm.web.frame.sending import send
from skm.web.public import front_door, published, refusal, screen_page
from skm.web.public.sites import is_same_site

public = Blueprint("public", __name__)
DOORS = {
    "public.show_home": "anyone",
    "public.show_form": "anyone",
    "public.submit_response": "anyone",
    "public.show_thanks": "anyone",
    "public.show_screen": "anyone",
    "public.show_worker": "anyone",
    "public.show_bundle": "anyone",
    "public.show_logo": "anyone",
}
# Views whose address ends with a code.
_CODED = {
    "public.show_form": "token",
    "public.show_kiosk": "token",
    "public.show_screen": "token",
    "public.show_thanks": "receipt",
}
_AGAIN = N_("Pindai kembali kode QR di loket, atau tanyakan kepada petugas.")
_NEW = N_("Pindai kode QR yang baru di loket, atau tanyakan kepada petugas.")
_STAFF = N_("Masukan tetap dapat disampaikan langsung kepada petugas.")
PROBLEMS = {
    "token_mistyped": Explanation(
        404, N_("Kode loket tidak tepat"), N_("Periksa huruf dan angkanya, lalu coba lagi.")
    ),
    "token_unknown": Explanation(404, N_("Kode loket tidak dikenal"), _AGAIN),
    "token_revoked": Explanation(410, N_("Kode QR ini sudah diganti"), _NEW),
    "counter_closed": Explanation(410, N_("Loket ini sudah ditutup"), _STAFF),
    "unit_closed": Explanation(410, N_("Unit ini sudah ditutup"), _STAFF),
    "unit_merged": Explanation(410, N_("Unit ini sudah ditutup"), _STAFF),
    "period_future": Explanation(
        403, N_("Survei belum dibuka"), N_("Silakan kembali pada tanggal tersebut.")
    ),
    "period_closed": Explanation(403, N_("Survei sedang tidak dibuka"), _STAFF),
    "service_none": Explanation(404, N_("Layanan tidak ditemukan"), _AGAIN),
    "receipt_unknown": Explanation(404, N_("Kode bukti tidak ditemukan"), N_("Periksa huruf dan angkanya.")),
}
Page = str | bytes | tuple[str, int] | Response


@public.get("/")
def show_home() -> Page:
    """The front door: a field for the code under a QR, or for a receipt. A wrong one comes back with what is wrong."""
    home = questionnaire.home(store(), settings()) | {"languages": language_links()}
    typed = request.args.get("kode", "").strip()
    if not typed:
        return render_template("public/home.html", **home)
    try:
        view, code = front_door.find_view(typed)
    except Problem as problem:
        wrong = {"error": sentence(problem.key, problem.details, language()), "typed": typed}
        return render_template("public/home.html", **(home | wrong)), 404
    return redirect(url_for(view, **code, lang=request.args.get("lang")))


@public.before_request
def straighten() -> Response | None:
    """Leads from an address with a full stop, a bracket or a slash at its end to the plain one."""
    if (view := request.endpoint) not in _CODED or request.method not in READING:
        return None
    code = next(iter((request.view_args or {}).values()), "")
    if code.replace("-", "").isalnum() and not request.path.endswith("/"):
        return None
    plain, query = codes.normalise(code), request.query_string.decode("utf-8", "replace")
    place: dict[str, Any] = {_CODED[view]: plain}
    return redirect(url_for(view, **place) + (f"?{query}" if query else "")) if plain else None


@public.get("/s/<token>", strict_slashes=False)
def show_form(token: str) -> Page:
    """The questionnaire of a counter."""
    form = answer.open_questionnaire(store(), token, now(), request.args.get("service", ""))
    if isinstance(form, ServiceChoice):
        return render_template("public/services.html", **questionnaire.choice(form))
    return questionnaire.fresh(form, _stamp(form))


@public.post("/s/<token>")
def submit_response(token: str) -> Page:
    """Takes an answer once; whatever is wrong, or only asked for in another language, comes back as it was typed."""
    given = read()
    stamp = stamps.read(given.one("stamp"), settings().secret_key)
    try:
        return _take(token, stamp, given)
    except Problem as problem:
        return _refuse(problem, token, stamp, given)


@public.get("/terima-kasih/<receipt>", strict_slashes=False)
def show_thanks(receipt: str) -> Page:
    """The receipt of an answer."""
    found = show_receipt(store(), receipt)
    arrived = found.arrived
    told = found.day, found.period, found.counted, arrived.official, arrived.improvements
    shown = arrived.unit, arrived.counter, told
    return page_cache.filled(codes.grouped(arrived.receipt), shown, lambda receipt: _thanks(found, receipt))


@public.get("/layar/<token>", strict_slashes=False)
def show_screen(token: str) -> Page:
    """The television of the waiting room: how the counter's unit does."""
    moment, base = now(), settings().address

    def make() -> str:
        shown = screen.show_screen(store(), token, base, moment)
        return render_template("public/screen.html", **screen_page.page(shown, moment))

    return page_cache.once(screen.find_version(store(), token, moment), make)


@public.get("/sw.js")
def show_worker() -> Page:
    """The service worker: it may serve only what lies beside or below its own address."""
    return bundles.response("worker.js", "no-cache")


@public.get("/bundles/<name>")
def show_bundle(name: str) -> Page:
    """Scripts or styles of ours in one file; its address changes with its content."""
    if name not in {*bundles.STYLES, *bundles.SCRIPTS}:
        abort(404)
    return bundles.response(name, f"public, max-age={A_YEAR}, immutable")


@public.get("/logo.png")
def show_logo() -> Page:
    """The logo that was chosen; a browser keeps it where the address names this very picture."""
    picture, logo = branding.find_logo(store()), answer.show_city_name(store()).brand.logo
    if picture is None or logo is None:
        abort(404)
    response = send(Document("logo.png", "image/png", picture))
    if request.args.get("v") == logo.version:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _thanks(found: Receipt, receipt: str) -> str:
    arrived = found.arrived
    return render_template(
        "public/thanks.html",
        receipt=receipt,
        unit=arrived.unit,
        counter=arrived.counter,
        received=formats.date(found.day, language()),
        period=found.period,
        counted=found.counted,
        official=published.figure(official.read_official(store(), arrived.official)),
        improved=published.improvements(official.find_improvements(store(), arrived.unit_id)),
        languages=language_links(),
    )


def _store(form: Questionnaire, given: Given, stamp: Stamp) -> Page:
    try:
        arrival = Arrival(now(), language(), is_same_site(), origin())
        receipt = answer.submit_response(write, form, stamp, given.values, arrival, settings().secret_key)
    except FaultyAnswer as faulty:
        return questionnaire.render(form, given.one("stamp"), given, faulty.faults), 422
    except StoreBusy:
        return questionnaire.again(form, given, "store_busy", given.one("stamp")), 503
    return _thanks_for(receipt)


def _take(token: str, stamp: Stamp | None, given: Given) -> Page:
    service = request.args.get("service", "")
    form = answer.reopen_questionnaire(store(), token, stamp, now(), given.one("ago"), service)
    if isinstance(form, ServiceChoice):
        return redirect(url_for("public.show_form", token=token, lang=_other_language()), 303)
    if stamp is None or stamp.counter_id != form.counter.id:
        return questionnaire.again(form, given, "stamp_invalid", _stamp(form)), 400
    if not given.readable:
        return questionnaire.again(form, given, "encoding_unreadable", given.one("stamp")), 400
    if SWITCHED in request.args:
        return questionnaire.render(form, given.one("stamp"), given)
    return _store(form, given, stamp)


def _refuse(problem: Problem, token: str, stamp: Stamp | None, given: Given) -> Page:
    receipt = answer.find_stored(store(), stamp) if stamp else None
    return _thanks_for(receipt) if receipt else refusal.page(problem, token, stamp, given)


def _thanks_for(receipt: str) -> Response:
    return redirect(url_for("public.show_thanks", receipt=receipt, lang=_other_language()), 303)


def _stamp(form: Questionnaire) -> str:
    return stamps.issue(form.counter.id, now(), settings().secret_key)


def _other_language() -> str | None:
    """The language for an address; Indonesian needs no mention."""
    return None if language() == "id" else language()
