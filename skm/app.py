"""The wiring: settings, connections, doors and locks.

Imports everything below it; nothing imports it but `wsgi.py` and the tests.
Begin with DOORS, the table of every address and who may open it.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from skm import settings as configuration
from skm.settings import ROOT, Settings
from skm.usecases import answer
from skm.web import bundles, connection, errors, filters, guard, kept, language, navigation, session
from skm.web.behind.views import behind
from skm.web.desk.follow_ups import follow_ups
from skm.web.desk.papers.batches import papers
from skm.web.desk.papers.sheets import sheets
from skm.web.desk.printing import printing
from skm.web.desk.sample import sample
from skm.web.desk.views import desk
from skm.web.desk.visitors_sheet import visitors
from skm.web.desk.who import who
from skm.web.office.audit import audit
from skm.web.office.closings import closings
from skm.web.office.people import people
from skm.web.office.set_up import set_up
from skm.web.office.views import office
from skm.web.public.views import public
from skm.web.sign_in.account import entrance

DOORS = {
    "static": "anyone",
    "public.show_home": "anyone",
    "public.show_form": "anyone",
    "public.submit_response": "anyone",
    "public.show_kiosk": "anyone",
    "public.show_thanks": "anyone",
    "public.show_screen": "anyone",
    "public.show_worker": "anyone",
    "public.show_bundle": "anyone",
    "public.show_logo": "anyone",
    "sign_in.show_sign_in": "anyone",
    "sign_in.submit_sign_in": "anyone",
    "sign_in.show_arrival": "anyone",
    "sign_in.submit_arrival": "anyone",
    "sign_in.show_set_up": "anyone",
    "sign_in.submit_set_up": "anyone",
    "sign_in.show_code": "half_signed_in",
    "sign_in.submit_code": "half_signed_in",
    "sign_in.show_authenticator": "half_signed_in",
    "sign_in.submit_authenticator": "half_signed_in",
    "sign_in.show_authenticator_qr": "half_signed_in",
    "sign_in.sign_out": "half_signed_in",
    "sign_in.choose_role": "signed_in",
    "sign_in.show_account": "signed_in",
    "sign_in.change_password": "signed_in",
    "sign_in.sign_out_elsewhere": "signed_in",
    "sign_in.renew_recovery_codes": "signed_in",
    "desk.show_unit": "reads_figures",
    "desk.show_chart": "reads_figures",
    "desk.show_summary": "reads_summary",
    "desk.show_counters": "prints_qr",
    "printing.print_sheets": "prints_qr",
    "printing.print_sheet": "prints_qr",
    "printing.print_paper": "prints_qr",
    "desk.show_qr": "prints_qr",
    "desk.confirm_token": "replaces_qr",
    "desk.replace_token": "replaces_qr",
    "behind.show_method": "reads_figures",
    "behind.export_method": "reads_figures",
    "behind.show_priorities": "reads_figures",
    "behind.show_quadrant": "reads_figures",
    "behind.show_units": "reads_figures",
    "behind.export_units": "reads_figures",
    "who.show_who": "reads_figures",
    "who.export_who": "reads_figures",
    "sample.show_sample": "reads_figures",
    "sample.enter_visitors": "enters_visitors",
    "visitors.download_sheet": "enters_visitors",
    "visitors.import_visitors": "enters_visitors",
    "visitors.apply_visitors": "enters_visitors",
    "follow_ups.show_follow_ups": "reads_figures",
    "follow_ups.add_follow_up": "follows_up",
    "follow_ups.edit_follow_up": "follows_up",
    "follow_ups.publish_follow_up": "follows_up",
    "follow_ups.withdraw_follow_up": "follows_up",
    "papers.show_batches": "reads_papers",
    "papers.open_batch": "keys_papers",
    "papers.show_batch": "reads_papers",
    "papers.export_batch": "reads_papers",
    "papers.edit_batch": "keys_papers",
    "papers.finish_batch": "keys_papers",
    "papers.discard_batch": "keys_papers",
    "sheets.key_sheet": "keys_papers",
    "sheets.edit_sheet": "keys_papers",
    "sheets.remove_sheet": "keys_papers",
    "sheets.check_sheet": "keys_papers",
    "sheets.decide_sheet": "keys_papers",
    "sheets.repeat_check": "keys_papers",
    "papers.count_batch": "keys_papers",
    "office.show_city": "reads_city",
    "office.show_agency": "reads_figures",
    "office.export_year": "exports",
    "office.export_answers": "exports",
    "closings.show_closings": "reads_figures",
    "closings.show_snapshot": "reads_figures",
    "closings.download_snapshot": "reads_figures",
    "closings.freeze_period": "closes",
    "closings.revise_period": "closes",
    "closings.publish_period": "closes",
    "closings.withdraw_publication": "closes",
    "set_up.show_guide": "sets_up",
    "set_up.change_branding": "sets_up",
    "set_up.show_organisation": "sets_up",
    "set_up.add_organisation": "sets_up",
    "set_up.rename_organisation": "sets_up",
    "set_up.edit_organisation": "sets_up",
    "set_up.move_organisation": "sets_up",
    "set_up.merge_organisation": "sets_up",
    "set_up.close_organisation": "sets_up",
    "set_up.reopen_organisation": "sets_up",
    "set_up.add_service": "sets_up",
    "set_up.edit_service": "sets_up",
    "set_up.close_service": "sets_up",
    "set_up.reopen_service": "sets_up",
    "set_up.add_counter": "sets_up",
    "set_up.edit_counter": "sets_up",
    "set_up.close_counter": "sets_up",
    "set_up.reopen_counter": "sets_up",
    "set_up.add_period": "sets_up",
    "set_up.edit_period": "sets_up",
    "set_up.close_period": "sets_up",
    "set_up.remove_period": "sets_up",
    "set_up.show_instruments": "sets_up",
    "set_up.add_instrument": "sets_up",
    "set_up.preview_instrument": "sets_up",
    "set_up.import_spreadsheet": "sets_up",
    "set_up.apply_spreadsheet": "sets_up",
    "set_up.download_template": "sets_up",
    "set_up.export_spreadsheet": "sets_up",
    "people.show_people": "people",
    "people.invite": "people",
    "people.show_person": "people",
    "people.end_membership": "people",
    "people.close_officer": "people",
    "people.offer_reset": "people",
    "audit.show_audit": "audit",
    "audit.export_audit": "audit",
}
LARGEST_FORM = 256 * 1024  # bytes: any honest questionnaire is a few kilobytes
LARGEST_UPLOAD = {
    "set_up.import_spreadsheet": 21_000_000,
    "set_up.add_instrument": 1_000_000,
    "set_up.change_branding": 5_000_000,  # so that too large a picture is answered in the form
    "visitors.import_visitors": 21_000_000,
}


def create_app(settings: Settings | None = None, clock: Callable[[], datetime] | None = None) -> Flask:
    """The application; `clock` gives the moment in UTC and is for tests."""
    settings = settings or configuration.read()
    app = Flask("skm", root_path=str(ROOT))
    # It would send a reader of //city on to whatever host the request names.
    app.url_map.merge_slashes = False
    https = settings.address.startswith("https:")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        # The prefix binds the cookie to this very host: a neighbour in the same domain cannot put one there.
        SESSION_COOKIE_NAME="__Host-skm" if https else "skm",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a slow reader is not an attacker
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["skm"] = connection.Connections(settings, clock)
    for blueprint in (
        public,
        entrance,
        desk,
        printing,
        sample,
        visitors,
        follow_ups,
        papers,
        sheets,
        behind,
        who,
        office,
        closings,
        set_up,
        people,
        audit,
    ):
        app.register_blueprint(blueprint)
    for part in (session, language, filters, bundles, errors, kept, navigation):
        part.init(app)
    guard.init(app, DOORS, https)
    app.before_request(_allow_upload)  # after the lock, before anything reads the body
    CSRFProtect(app).exempt(public)  # no session there; the signed stamp does its work
    app.context_processor(_of_every_page)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def _allow_upload() -> None:
    request.max_content_length = LARGEST_UPLOAD.get(request.endpoint or "", LARGEST_FORM)


def _of_every_page() -> dict[str, object]:
    city = answer.show_city_name(connection.store())
    return {"city_name": city.name, "demo": city.demo, "brand": city.brand}
