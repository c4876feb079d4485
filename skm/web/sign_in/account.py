"""An officer's account: password, open sessions, recovery codes."""

from datetime import datetime

from flask import redirect, render_template, url_for

from skm.i18n import formats
from skm.store.organisations import get_root
from skm.usecases.people import account, sign_in
from skm.web.frame.browser import is_known, origin, remember_browser
from skm.web.frame.connection import now, store
from skm.web.frame.officer import deed, officer
from skm.web.sign_in import forms
from skm.web.sign_in.views import Page, entrance

DOORS = {
    "sign_in.show_account": "signed_in",
    "sign_in.change_password": "signed_in",
    "sign_in.sign_out_elsewhere": "signed_in",
    "sign_in.renew_recovery_codes": "signed_in",
}


@entrance.get("/account")
def show_account() -> Page:
    """The account of whoever is signed in."""
    return _account(forms.ChangePassword())


@entrance.post("/account/password")
def change_password() -> Page:
    """Changes the password; every other session ends."""
    form = forms.ChangePassword()
    if form.validate():
        with forms.said_in(form):
            given = form.current.data, form.password.data
            account.change_password(store(), deed(), officer(), *given, origin())
            remember_browser()
            return redirect(url_for("sign_in.show_account", done="password"), 303)
    return forms.refused(form, _account(form))


@entrance.post("/account/sign-out-elsewhere")
def sign_out_elsewhere() -> Page:
    """Ends every session but this one, and what other browsers were known for."""
    known = is_known()
    sign_in.sign_out_elsewhere(store(), deed(), officer())
    if known:  # a copied session makes no browser known
        remember_browser()
    return redirect(url_for("sign_in.show_account"), 303)


@entrance.post("/account/recovery-codes")
def renew_recovery_codes() -> Page:
    """New recovery codes in place of the old ones, shown once."""
    codes = account.renew_recovery_codes(store(), deed(), officer())
    return render_template("sign_in/recovery_codes.html", codes=codes, way_on=url_for("sign_in.show_account"))


def _account(form: forms.ChangePassword) -> str:
    sessions = [
        {
            "started": _local(one.started),
            "seen": _local(one.seen),
            "here": one.digest == officer().session.digest,
        }
        for one in sign_in.show_sessions(store(), officer(), now())
    ]
    return render_template("sign_in/account.html", form=form, sessions=sessions, here=officer())


def _local(moment: str) -> str:
    return formats.zoned_moment(get_root(store()).local(datetime.fromisoformat(moment)), " pukul ")
