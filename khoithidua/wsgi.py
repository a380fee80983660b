"""WSGI entry point: ``gunicorn khoithidua.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoithidua.settings")

application = get_wsgi_application()
