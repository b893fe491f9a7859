"""The door for web servers (PEP 3333)."""

from __future__ import annotations

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allmenning.config.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    from allmenning.discovery import analysis

    analysis.warm_up()


# Dictionaries take a second or two to read: begin at once, so that the first visitor does not wait for all of it.
threading.Thread(target=_warm_up, daemon=True).start()
