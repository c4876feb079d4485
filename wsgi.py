"""The WSGI entry for any server: `granian --interface wsgi wsgi:application`, `gunicorn wsgi:application`."""

from skm.app import create_app

application = create_app()
