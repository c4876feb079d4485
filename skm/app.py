"""The wiring: settings, connections, doors and locks.

Imports everything below it; nothing imports it but `wsgi.py` and the tests.
Begin with DOORS, the table of every address and who may open it.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from flask_wtf import CSRFProtect

from skm import settings as configuration
from skm.settings import ROOT, Settings
from skm.usecases import answer
from skm.web import connection, errors, filters, guard, kept, language, session
from skm.web.desk.views import desk
from skm.web.office.views import office
from skm.web.public.views import public

DOORS = {
    "static": "anyone",
    "public.show_home": "anyone",
    "public.show_form": "anyone",
    "public.submit_response": "anyone",
    "public.show_thanks": "anyone",
    "desk.show_unit": "open_pages",
    "desk.show_chart": "open_pages",
    "desk.show_counters": "open_pages",
    "desk.print_sheets": "open_pages",
    "desk.print_sheet": "open_pages",
    "desk.show_qr": "open_pages",
    "desk.confirm_token": "open_pages",
    "desk.replace_token": "open_pages",
    "office.show_city": "open_pages",
    "office.show_agency": "open_pages",
    "office.export_year": "open_pages",
    "office.export_answers": "open_pages",
}
LARGEST_FORM = 256 * 1024  # bytes: any honest questionnaire is a few kilobytes


def create_app(settings: Settings | None = None, clock: Callable[[], datetime] | None = None) -> Flask:
    """The application; `clock` gives the moment in UTC and is for tests."""
    settings = settings or configuration.read()
    app = Flask("skm", root_path=str(ROOT))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        SESSION_COOKIE_SECURE=settings.address.startswith("https:"),
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a slow reader is not an attacker
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["skm"] = connection.Connections(settings, clock)
    csrf = CSRFProtect(app)
    csrf.exempt(public)  # no session there; the signed stamp does its work
    for blueprint in (public, desk, office):
        app.register_blueprint(blueprint)
    for part in (session, language, filters, errors, kept):
        part.init(app)
    guard.init(app, DOORS)
    app.context_processor(_of_every_page)
    return app


def _of_every_page() -> dict[str, object]:
    city = answer.show_city_name(connection.store())
    return {"city_name": city.name, "demo": city.demo}
