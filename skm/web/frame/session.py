"""Sessions for those who have one. A citizen never does, and making the signer for it is a tenth of a page's work."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, read only where there is one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request; a new one for a reader without the cookie."""
        if "HTTP_COOKIE" not in request.environ or self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def init(app: Flask) -> None:
    """Every session comes from here."""
    app.session_interface = Sessions()
