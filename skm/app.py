"""The wiring: settings, connections, pages with their tables.

Imports everything below it; nothing imports it but `wsgi.py` and the tests.
Begin with PAGES, the modules that have pages; each has its locks in a table DOORS beside its views.
"""

from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import Any

from flask import Blueprint, Flask, g, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import skm.web.city.freezing
import skm.web.city.log
import skm.web.city.people
import skm.web.city.set_up.counter_moves
import skm.web.city.set_up.counters
import skm.web.city.set_up.erasing
import skm.web.city.set_up.instruments
import skm.web.city.set_up.organisations
import skm.web.city.set_up.periods
import skm.web.city.set_up.services
import skm.web.city.set_up.spreadsheet
import skm.web.city.set_up.views
import skm.web.city.views
import skm.web.figures.held
import skm.web.figures.respondents
import skm.web.figures.sample
import skm.web.figures.snapshots
import skm.web.figures.views
import skm.web.public.health
import skm.web.public.kiosk
import skm.web.public.views
import skm.web.sign_in.account
import skm.web.sign_in.views
import skm.web.unit.counters
import skm.web.unit.devices
import skm.web.unit.improvements
import skm.web.unit.papers.batches
import skm.web.unit.papers.sheets
import skm.web.unit.printing
import skm.web.unit.views
import skm.web.unit.visitors
import skm.web.unit.visitors_import
from skm.settings import ROOT, Settings, read_settings
from skm.tables import merged
from skm.usecases.answering import answer, clock
from skm.web.figures import tabs
from skm.web.frame import (
    addresses,
    bundles,
    connection,
    errors,
    filters,
    guard,
    language,
    navigation,
    odd_requests,
    page_cache,
    printed,
    session,
)

# Every module with pages. Its tables are merged: DOORS (endpoint to lock), UPLOADS (endpoint to bytes, where it takes
# files), TABS (endpoint to the word that leads there from an organisation's other pages; shown in this order) and
# PROBLEMS (key of a Problem to the page that explains it).
PAGES: tuple[ModuleType, ...] = (
    skm.web.public.views,
    skm.web.public.kiosk,
    skm.web.public.health,
    skm.web.sign_in.views,
    skm.web.sign_in.account,
    skm.web.figures.sample,
    skm.web.figures.respondents,
    skm.web.figures.views,
    skm.web.unit.views,
    skm.web.unit.counters,
    skm.web.unit.devices,
    skm.web.unit.printing,
    skm.web.unit.visitors,
    skm.web.unit.visitors_import,
    skm.web.unit.improvements,
    skm.web.unit.papers.batches,
    skm.web.unit.papers.sheets,
    skm.web.figures.held,
    skm.web.figures.snapshots,
    skm.web.city.views,
    skm.web.city.freezing,
    skm.web.city.set_up.views,
    skm.web.city.set_up.erasing,
    skm.web.city.set_up.organisations,
    skm.web.city.set_up.services,
    skm.web.city.set_up.counters,
    skm.web.city.set_up.counter_moves,
    skm.web.city.set_up.periods,
    skm.web.city.set_up.instruments,
    skm.web.city.set_up.spreadsheet,
    skm.web.city.people,
    skm.web.city.log,
)


DOORS: dict[str, str] = merged("DOORS", PAGES) | {"static": "anyone"}
UPLOADS: dict[str, int] = merged("UPLOADS", PAGES)
TABS: dict[str, tabs.Tab] = merged("TABS", PAGES)
PROBLEMS: dict[str, errors.Explanation] = merged("PROBLEMS", PAGES)
LARGEST_FORM = 256 * 1024  # bytes: any honest questionnaire is a few kilobytes


class _Application(Flask):
    """Flask, which looks before each of its calls whether the function is a coroutine; none of ours is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(settings: Settings | None = None, clock: Callable[[], datetime] | None = None) -> Flask:
    """The application; `clock` gives the moment in UTC and is for tests."""
    settings = settings or read_settings()
    app = _Application("skm", root_path=str(ROOT))
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
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    for part in (
        odd_requests,
        session,
        addresses,
        language,
        filters,
        bundles,
        page_cache,
        printed,
        navigation,
    ):
        part.init(app)
    errors.init(app, PROBLEMS)
    guard.init(app, DOORS, https)
    tabs.init(app, TABS)
    app.before_request(_allow_upload)  # after the lock, before anything reads the body
    CSRFProtect(app).exempt(skm.web.public.views.public)  # no session there; the signed stamp does its work
    app.context_processor(_of_every_page)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def _blueprints() -> list[Blueprint]:
    """The blueprints of all pages, each once."""
    named = [value for pages in PAGES for value in vars(pages).values()]
    return list(dict.fromkeys(value for value in named if isinstance(value, Blueprint)))


def _allow_upload() -> None:
    if (endpoint := request.endpoint) in UPLOADS:
        request.max_content_length = UPLOADS[endpoint]


def _of_every_page() -> dict[str, object]:
    without = g.get("without_store")  # an error page that the database cannot be asked for
    its = answer.NO_CITY if without else answer.show_city_name(connection.store())
    return {"city_name": its.name, "demo": its.demo, "brand": its.brand, "clock_behind": _clock_behind}


def _clock_behind() -> clock.Behind | None:
    """What shows that the server's clock is behind, for officers."""
    return clock.find_behind(connection.store(), connection.now())
