"""The way in and out of the officers' part: password, second factor, one-time links."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from skm.i18n.words import N_
from skm.output import qr
from skm.security import one_time
from skm.usecases.answering import answer
from skm.usecases.people import account, arrivals, sign_in
from skm.web.frame.browser import origin, remember_browser
from skm.web.frame.connection import now, settings, store
from skm.web.frame.errors import Explanation
from skm.web.frame.guard import front_page, way_on
from skm.web.frame.officer import begin, deed, end, find_officer, forget, has_ended, officer
from skm.web.frame.sending import send
from skm.web.sign_in import forms

entrance = Blueprint("sign_in", __name__)
DOORS = {
    "sign_in.show_sign_in": "anyone",
    "sign_in.submit_sign_in": "anyone",
    "sign_in.show_code": "half_signed_in",
    "sign_in.submit_code": "half_signed_in",
    "sign_in.show_authenticator": "half_signed_in",
    "sign_in.submit_authenticator": "half_signed_in",
    "sign_in.show_authenticator_qr": "half_signed_in",
    "sign_in.show_arrival": "anyone",
    "sign_in.submit_arrival": "anyone",
    "sign_in.show_set_up": "anyone",
    "sign_in.submit_set_up": "anyone",
    "sign_in.sign_out": "half_signed_in",
    "sign_in.choose_role": "signed_in",
}
PROBLEMS = {
    "link_spent": Explanation(
        410, N_("Tautan ini tidak berlaku lagi"), N_("Mintalah tautan baru kepada admin.")
    ),
}
Page = str | tuple[str, int, dict[str, str]] | Response


@entrance.get("/sign-in")
def show_sign_in() -> Page:
    """The sign-in form."""
    if find_officer():
        return redirect(_way_on())
    return render_template("sign_in/sign_in.html", form=forms.SignIn(), ended=has_ended())


@entrance.post("/sign-in")
def submit_sign_in() -> Page:
    """Takes address and password; the same answer for every way of being wrong."""
    form = forms.SignIn()
    if form.validate():
        with forms.said_in(form):
            _come_in(sign_in.sign_in(store(), form.email.data, form.password.data, origin(), now()))
            return redirect(_way_on(), 303)
    return forms.refused(form, render_template("sign_in/sign_in.html", form=form, ended=has_ended()))


@entrance.get("/sign-in/code")
def show_code() -> Page:
    """Asks for the second factor, or for an authenticator where there is none yet."""
    if not officer().needs_proof:
        return redirect(_way_on())
    if officer().officer.totp_secret is None:
        return redirect(url_for("sign_in.show_authenticator", next=request.args.get("next")))
    return render_template("sign_in/code.html", form=forms.Code())


@entrance.post("/sign-in/code")
def submit_code() -> Page:
    """Takes the six digits or a recovery code."""
    form = forms.Code()
    if form.validate():
        with forms.said_in(form):
            sign_in.prove(store(), deed(), officer(), form.code.data, origin())
            forget()
            remember_browser()
            return redirect(_way_on(), 303)
    return forms.refused(form, render_template("sign_in/code.html", form=form))


@entrance.get("/sign-in/authenticator")
def show_authenticator() -> Page:
    """The QR by which an authenticator is tied to the account."""
    if officer().officer.totp_secret and not officer().session.proven:
        return redirect(url_for("sign_in.show_code", next=request.args.get("next")))
    return _authenticator(forms.Code())


@entrance.post("/sign-in/authenticator")
def submit_authenticator() -> Page:
    """Takes the first code of the authenticator and shows the recovery codes, once."""
    form = forms.Code()
    if form.validate():
        with forms.said_in(form):
            made = account.set_up_totp(store(), deed(), officer(), settings().secret_key, form.code.data)
            forget()
            remember_browser()
            return render_template("sign_in/recovery_codes.html", codes=made, way_on=_way_on())
    return forms.refused(form, _authenticator(form))


@entrance.get("/sign-in/authenticator.svg")
def show_authenticator_qr() -> Response:
    """The QR for the authenticator."""
    name = f"SKM {answer.show_city_name(store()).name}".strip()
    secret = _offered() or abort(404)
    return send(qr.qr_svg(one_time.totp_address(secret, officer().officer.email, name)))


@entrance.get("/arrive/<secret>")
def show_arrival(secret: str) -> Page:
    """Asks an invited officer, or one who lost the way in, to choose a password."""
    _, invited = arrivals.find_invited(store(), secret, now())
    return render_template("sign_in/arrival.html", form=forms.NewPassword(), invited=invited)


@entrance.post("/arrive/<secret>")
def submit_arrival(secret: str) -> Page:
    """Takes the password; the link is used up, and the officer is signed in."""
    form, (_, invited) = forms.NewPassword(), arrivals.find_invited(store(), secret, now())
    if form.validate():
        with forms.said_in(form):
            _come_in(arrivals.arrive(store(), secret, form.password.data, now()))
            return redirect(_way_on(), 303)
    return forms.refused(form, render_template("sign_in/arrival.html", form=form, invited=invited))


@entrance.get("/set-up/<secret>")
def show_set_up(secret: str) -> Page:
    """Asks for the city and its first admin."""
    arrivals.check_set_up(store(), secret, now())
    return render_template("sign_in/set_up.html", form=_set_up_form())


@entrance.post("/set-up/<secret>")
def submit_set_up(secret: str) -> Page:
    """Sets up the city and its first admin, who is then signed in."""
    form = _set_up_form()
    arrivals.check_set_up(store(), secret, now())
    if form.validate():
        given = {name: value for name, value in form.data.items() if name not in ("again", "csrf_token")}
        with forms.said_in(form):
            _come_in(arrivals.set_up(store(), secret, **{"city": "", "time_zone": ""} | given, now=now()))
            return redirect(_way_on(), 303)
    return forms.refused(form, render_template("sign_in/set_up.html", form=form))


@entrance.post("/sign-out")
def sign_out() -> Page:
    """Ends the session."""
    sign_in.sign_out(store(), officer(), now())
    end()
    return redirect(url_for("sign_in.show_sign_in"), 303)


@entrance.post("/role")
def choose_role() -> Page:
    """Acts in another of the officer's roles from now on."""
    sign_in.choose_role(store(), deed(), officer(), request.form.get("membership", ""))
    forget()
    return redirect(front_page(), 303)


def _come_in(secret: str) -> None:
    begin(secret)
    remember_browser()


def _way_on() -> str:
    return way_on(request.args.get("next"))


def _authenticator(form: forms.Code) -> str:
    return render_template("sign_in/authenticator.html", form=form, secret=_offered())


def _offered() -> str:
    return account.offer_totp(officer(), settings().secret_key)


def _set_up_form() -> forms.Admin:
    return forms.Admin() if answer.show_city_name(store()).name else forms.SetUp()
