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
from skm.usecases.answering import answer
from skm.web.city.closing import closing
from skm.web.city.log import log_pages
from skm.web.city.people import people
from skm.web.city.set_up import set_up
from skm.web.city.views import city
from skm.web.figures.respondents import respondent_pages
from skm.web.figures.sample import sample_page
from skm.web.figures.snapshots import snapshots
from skm.web.figures.views import figures
from skm.web.frame import (
    bundles,
    connection,
    errors,
    filters,
    guard,
    language,
    navigation,
    page_cache,
    session,
)
from skm.web.public.views import public
from skm.web.sign_in.account import entrance
from skm.web.unit.counters import counter_pages
from skm.web.unit.improvements import improvement_pages
from skm.web.unit.papers.batches import papers
from skm.web.unit.papers.sheets import sheets
from skm.web.unit.printing import printing
from skm.web.unit.views import unit
from skm.web.unit.visitors_sheet import visitor_pages

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
    "unit.show_unit": "reads_figures",
    "figures.show_chart": "reads_figures",
    "figures.show_summary": "reads_summary",
    "counters.show_counters": "prints_qr",
    "printing.print_sheets": "prints_qr",
    "printing.print_sheet": "prints_qr",
    "printing.print_paper": "prints_qr",
    "counters.show_qr": "prints_qr",
    "counters.confirm_token": "replaces_qr",
    "counters.replace_token": "replaces_qr",
    "figures.show_method": "reads_figures",
    "figures.export_method": "reads_figures",
    "figures.show_priorities": "reads_figures",
    "figures.show_quadrant": "reads_figures",
    "figures.show_units": "reads_figures",
    "figures.export_units": "reads_figures",
    "respondents.show_respondents": "reads_figures",
    "respondents.export_respondents": "reads_figures",
    "sample.show_sample": "reads_figures",
    "visitors.enter_visitors": "enters_visitors",
    "visitors.download_sheet": "enters_visitors",
    "visitors.import_visitors": "enters_visitors",
    "visitors.apply_visitors": "enters_visitors",
    "improvements.show_improvements": "reads_figures",
    "improvements.redirect_follow_ups": "reads_figures",
    "improvements.add_improvement": "improves",
    "improvements.edit_improvement": "improves",
    "improvements.publish_improvement": "improves",
    "improvements.withdraw_improvement": "improves",
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
    "city.show_city": "reads_city",
    "city.show_agency": "reads_figures",
    "city.export_year": "exports",
    "city.export_answers": "exports",
    "snapshots.show_closings": "reads_figures",
    "snapshots.show_snapshot": "reads_figures",
    "snapshots.download_snapshot": "reads_figures",
    "closing.freeze_period": "closes",
    "closing.revise_period": "closes",
    "closing.publish_period": "closes",
    "closing.withdraw_publication": "closes",
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
    "log.show_log": "audit",
    "log.export_log": "audit",
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
        figures,
        respondent_pages,
        sample_page,
        snapshots,
        unit,
        counter_pages,
        printing,
        visitor_pages,
        improvement_pages,
        papers,
        sheets,
        city,
        closing,
        set_up,
        people,
        log_pages,
    ):
        app.register_blueprint(blueprint)
    for part in (session, language, filters, bundles, errors, page_cache, navigation):
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
    its = answer.show_city_name(connection.store())
    return {"city_name": its.name, "demo": its.demo, "brand": its.brand}
