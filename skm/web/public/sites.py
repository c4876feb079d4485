"""From which site was a form sent? The browser says so; scripts of another site cannot change these headers."""

from urllib.parse import urlsplit

from flask import request

from skm.web.frame.connection import settings

_SAID = {"same-origin": True, "none": True, "same-site": False, "cross-site": False}


def is_same_site() -> bool | None:
    """Whether from a page of ours; None where the browser does not say.

    Sec-Fetch-Site decides, for behind a proxy only the browser knows the address that it shows. Browsers before 2023,
    and all of them on plain http, send Origin alone. `null` there names no other site: ours too is sent as that under
    strict privacy settings, and where another site hides as null, a newer browser still says cross-site.
    """
    said = _SAID.get(request.headers.get("Sec-Fetch-Site", "").lower())
    if said is not None:
        return said
    host = _host_of(request.headers.get("Origin", ""))
    return None if host is None else host in (_host_of(f"//{request.host}"), _host_of(settings().address))


def _host_of(address: str) -> str | None:
    """The host of an address without its port, which a proxy may leave out; None where it names none."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
