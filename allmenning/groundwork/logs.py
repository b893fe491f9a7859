"""What must not come into a log: one-time links open an account for whoever reads them."""

from __future__ import annotations

import logging
import re

#: The secret at the end of an address such as ``/desk/welcome/1/difwuf-6726-…/``.
_SECRET = re.compile(r"(/welcome/\d+/)[^/\s'\"?]+")


class WithoutSecrets(logging.Filter):
    """Takes the secrets out of a record's words and of the traceback under it; lets everything through."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        if "/welcome/" in told:
            record.msg, record.args = _SECRET.sub(r"\1…", told), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = _SECRET.sub(r"\1…", record.exc_text)
        return True
