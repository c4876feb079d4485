"""One application for all tests with the same settings: making one and its templates takes longer than most tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import Flask

from skm.app import create_app
from skm.settings import Settings
from skm.web.frame import page_cache
from skm.web.frame.connection import Connections


def an_application(settings: Settings, clock: Callable[[], datetime]) -> Flask:
    """An application with connections and pages of its own; the next one with equal settings ends it."""
    app = _made(replace(settings, database=Path("nowhere/skm.sqlite"), smtp=""))
    app.extensions["skm"] = Connections(settings, clock)
    page_cache.init(app)
    return app


@cache
def _made(settings: Settings) -> Flask:
    return create_app(settings)
