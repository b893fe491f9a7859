"""The XML round every answer (3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<OAI-PMH xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">\n'
)
#: What XML 1.0 (2.2) has no place for, and libraries' records now and then do.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, text: str, **attributes: str) -> str:
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{said}>{escape(text)}</{name}>" if text else f"<{name}{said}/>"


def within(name: str, parts: Iterable[str], **attributes: str) -> str:
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{said}>\n" + "\n".join(parts) + f"\n</{name}>"


def answer(*, base_url: str, moment: str, request: Mapping[str, str], body: str) -> bytes:
    """``request`` is empty where the harvester's own arguments were wrong: then they are not repeated (3.2)."""
    said = "".join(f" {name}={quoteattr(value)}" for name, value in request.items())
    whole = (
        f"{_HEAD}{element('responseDate', moment)}\n<request{said}>{escape(base_url)}</request>\n{body}\n</OAI-PMH>\n"
    )
    return _FORBIDDEN.sub("\ufffd", whole).encode()
