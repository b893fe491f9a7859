"""Styles, scripts and letters under names that carry a hash of their content, so that browsers may keep them for ever.

:func:`collect` copies them to ``STATIC_ROOT`` with such names, packed, when an installation starts; nobody needs to
remember a step. What has not been collected (tests, ``DEBUG``, a web server started by hand before ``allmenning
migrate``) is served from the packages' folders under its plain name, for a minute at a time.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Beside the collected files: what they were collected from.
STAMP = "collected-from"


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped
    """Django's storage with a manifest, which is not believed after the packages' files have changed."""

    def load_manifest(self) -> tuple[dict[str, str], str]:
        return super().load_manifest() if _is_collected() else ({}, "")

    def stored_name(self, name: str) -> str:
        """The name with its hash; the plain one, which is served too, for what was not collected."""
        return str(self.hashed_files.get(self.hash_key(name), name))


def collect() -> bool:
    """Make ``STATIC_ROOT`` what the packages have; False when it is that already, which costs a few milliseconds.

    Files under older hashes stay: pages that are open in a browser still ask for them.
    """
    if _is_collected():
        return False
    (_root() / STAMP).unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    (_root() / STAMP).write_text(_state())
    return True


def _is_collected() -> bool:
    try:
        return (_root() / STAMP).read_text() == _state()
    except OSError:
        return False


def _root() -> Path:
    return Path(settings.STATIC_ROOT)


def _state() -> str:
    """Changes when any of the packages' files does: their names, sizes and times, without reading them."""
    known = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list(None):
            stat = Path(storage.path(path)).stat()
            known.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return known.hexdigest()
