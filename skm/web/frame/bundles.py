"""Joins our small files, so that a page needs one request for its script and one for its style.

They have an address of their own: a web server in front may give out `/static/` straight from the disk.
"""

import re
from functools import lru_cache
from hashlib import sha256

from flask import Flask, Response, url_for

from skm.web.frame import scripts
from skm.web.frame.filters import STATIC

# One for each audience; each part may rely on those before it.
STYLES = {
    "citizen.css": ("base", "parts", "citizen"),
    "kiosk.css": ("base", "parts", "citizen", "kiosk"),
    "screen.css": ("base", "parts", "screen"),
    "officer.css": ("base", "parts", "officer", "papers"),
}
# Each a module of static/js with all that it imports.
SCRIPTS = ("copy.js", "form.js", "kiosk.js", "papers.js", "screen.js", "worker.js")
# What no phone needs to load: comments, and the space around the signs of a style.
SPARE = re.compile(r"\s*/\*.*?\*/|(?<=[{};,])\s+|\s+(?=[{}])", re.DOTALL)
MEDIA_TYPES = {"js": "text/javascript", "css": "text/css"}


def init(app: Flask) -> None:
    """Registers `bundle()` for templates."""
    app.add_template_global(bundle, "bundle")


def bundle(name: str) -> str:
    """The address of a bundle with its fingerprint."""
    return url_for("public.show_bundle", name=name, v=fingerprint(name))


@lru_cache
def content(name: str) -> bytes:
    """A bundle of STYLES or SCRIPTS; raises KeyError. Read once: the files change with the program only."""
    if name in SCRIPTS:
        return scripts.joined(name.removesuffix(".js")).encode()
    style = "".join((STATIC / "css" / f"{part}.css").read_text(encoding="utf-8") for part in STYLES[name])
    return SPARE.sub("", style).encode()


def response(name: str, keep: str) -> Response:
    """A bundle as it is sent; `keep` says how long a browser may keep it (Cache-Control)."""
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    return Response(content(name), mimetype=media_type, headers={"Cache-Control": keep})


@lru_cache
def fingerprint(name: str) -> str:
    """What the content of a bundle is known by, ten signs."""
    return sha256(content(name)).hexdigest()[:10]
