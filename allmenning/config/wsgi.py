"""The door for web servers (PEP 3333)."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allmenning.config.settings")
application = get_wsgi_application()
