"""The application, which `skm serve` serves; another WSGI server would need limits for slow clients of its own."""

from skm.app import create_app

application = create_app()
