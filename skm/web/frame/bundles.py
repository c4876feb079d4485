"""Our own small files given out as one, so that a page needs one request for its script and one for its style.

They have an address of their own: a web server in front may give out `/static/` straight from the disk.
"""

from functools import lru_cache
from hashlib import sha256

from flask import Flask, Response, url_for

from skm.web.frame.filters import STATIC

BUNDLES = {
    "form.js": ("js/queue.js", "js/keep.js", "js/form.js"),
    "kiosk.js": ("js/queue.js", "js/keep.js", "js/pin.js", "js/kiosk.js"),
    "kiosk.css": ("css/citizen.css", "css/kiosk.css"),
    "screen.css": ("css/citizen.css", "css/screen.css"),
    "worker.js": ("js/queue.js", "js/worker.js"),
}
MEDIA_TYPES = {"js": "text/javascript", "css": "text/css"}


def init(app: Flask) -> None:
    """Registers `bundle()` for templates."""
    app.add_template_global(bundle, "bundle")


def bundle(name: str) -> str:
    """The address of a bundle with its fingerprint."""
    return url_for("public.show_bundle", name=name, v=_fingerprint(name))


@lru_cache
def content(name: str) -> bytes:
    """A bundle of BUNDLES; raises KeyError. Read once: the files change with the program only."""
    return b"\n".join((STATIC / part).read_bytes() for part in BUNDLES[name])


def response(name: str, keep: str) -> Response:
    """A bundle of BUNDLES as it is sent; `keep` says how long a browser may keep it (Cache-Control)."""
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    return Response(content(name), mimetype=media_type, headers={"Cache-Control": keep})


@lru_cache
def _fingerprint(name: str) -> str:
    return sha256(content(name)).hexdigest()[:10]
