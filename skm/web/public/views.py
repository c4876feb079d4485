"""A citizen's way: front door, questionnaire, thanks."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from skm.figures import official
from skm.i18n import formats
from skm.i18n.words import N_
from skm.output.document import Document
from skm.security import codes, stamps
from skm.security.stamps import Stamp
from skm.store.database import StoreBusy
from skm.store.responses import Arrived
from skm.survey.response import FaultyAnswer
from skm.usecases.answering import answer
from skm.usecases.answering.answer import Questionnaire, ServiceChoice
from skm.usecases.city import branding, screen
from skm.web.asking import questionnaire
from skm.web.asking.sent import Given, read
from skm.web.frame import bundles, page_cache
from skm.web.frame.connection import now, settings, store, write
from skm.web.frame.errors import Explanation
from skm.web.frame.filters import A_YEAR
from skm.web.frame.language import SWITCHED, language, language_links
from skm.web.frame.sending import send
from skm.web.public import published, screen_page

public = Blueprint("public", __name__)
DOORS = {
    "public.show_home": "anyone",
    "public.show_form": "anyone",
    "public.submit_response": "anyone",
    "public.show_kiosk": "anyone",
    "public.show_thanks": "anyone",
    "public.show_screen": "anyone",
    "public.show_worker": "anyone",
    "public.show_bundle": "anyone",
    "public.show_logo": "anyone",
}
_AGAIN = N_("Pindai kembali kode QR di loket, atau tanyakan kepada petugas.")
_STAFF = N_("Masukan tetap dapat disampaikan langsung kepada petugas.")
PROBLEMS = {
    "token_mistyped": Explanation(
        404, N_("Kode loket tidak tepat"), N_("Periksa huruf dan angkanya, lalu coba lagi.")
    ),
    "token_unknown": Explanation(404, N_("Kode loket tidak dikenal"), _AGAIN),
    "token_revoked": Explanation(410, N_("Kode QR ini sudah diganti"), _AGAIN),
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
    """The front door: a field for the code under a QR."""
    typed = request.args.get("kode", "").strip()
    if typed:
        return redirect(
            url_for("public.show_form", token=codes.normalise(typed)[:40], lang=request.args.get("lang"))
        )
    return render_template(
        "public/home.html", **questionnaire.home(store(), settings()), languages=language_links()
    )


@public.get("/s/<token>")
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
    moment = answer.moment_of(stamp, now(), given.one("ago")) if stamp else now()
    form = answer.open_questionnaire(store(), token, moment, request.args.get("service", ""))
    if isinstance(form, ServiceChoice):
        return redirect(url_for("public.show_form", token=token, lang=_other_language()), 303)
    if stamp is None or stamp.counter_id != form.counter.id:
        return questionnaire.again(form, given, "stamp_invalid", _stamp(form)), 400
    if not given.readable:
        return questionnaire.again(form, given, "encoding_unreadable", given.one("stamp")), 400
    if SWITCHED in request.args:
        return questionnaire.render(form, given.one("stamp"), given)
    return _store(form, given, stamp)


@public.get("/kios/<token>")
def show_kiosk(token: str) -> Page:
    """The questionnaire of a counter for a shared device."""
    form = answer.open_questionnaire(store(), token, now(), request.args.get("service", ""))
    if isinstance(form, ServiceChoice):
        return render_template("public/kiosk_services.html", **questionnaire.choice(form))
    return questionnaire.kiosk(
        form, stamps.issue(form.counter.id, now(), settings().secret_key, "kiosk"), token
    )


@public.get("/terima-kasih/<receipt>")
def show_thanks(receipt: str) -> Page:
    """The receipt of an answer."""
    arrived = answer.find_receipt(store(), receipt)
    shown = arrived.unit, arrived.counter, arrived.local_date, arrived.official, arrived.improvements
    return page_cache.filled(codes.grouped(arrived.receipt), shown, lambda receipt: _thanks(arrived, receipt))


@public.get("/layar/<token>")
def show_screen(token: str) -> Page:
    """The television of the waiting room: how the counter's unit does."""
    shown = screen.show_screen(store(), token, settings().address, now())
    return render_template("public/screen.html", **screen_page.page(shown, now()))


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


def _thanks(arrived: Arrived, receipt: str) -> str:
    return render_template(
        "public/thanks.html",
        receipt=receipt,
        unit=arrived.unit,
        counter=arrived.counter,
        received=formats.date(date.fromisoformat(arrived.local_date), language()),
        official=published.figure(official.read_official(store(), arrived.official)),
        improved=published.improvements(official.find_improvements(store(), arrived.unit_id)),
        languages=language_links(),
    )


def _store(form: Questionnaire, given: Given, stamp: Stamp) -> Page:
    try:
        receipt = answer.submit_response(
            write, form, stamp, given.values, language(), now(), settings().secret_key
        )
    except FaultyAnswer as faulty:
        return questionnaire.render(form, given.one("stamp"), given, faulty.faults), 422
    except StoreBusy:
        return questionnaire.again(form, given, "store_busy", given.one("stamp")), 503
    return redirect(url_for("public.show_thanks", receipt=receipt, lang=_other_language()), 303)


def _stamp(form: Questionnaire) -> str:
    return stamps.issue(form.counter.id, now(), settings().secret_key)


def _other_language() -> str | None:
    """The language for an address; Indonesian needs no mention."""
    return None if language() == "id" else language()
