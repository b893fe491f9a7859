"""What stands around the records of a file in XML: only whether it is closed, which tells a whole file from one cut off."""

from __future__ import annotations

import re

_STARTS = re.compile(
    rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<(?P<name>[A-Za-z_][\w.\-:]*)(?:\s[^>]*?)?(?P<empty>/?)>",
    re.DOTALL,
)
_LONGEST_START, _LONGEST_END = 4096, 256  # of a tag or comment that the end of a stretch may cut in two


class Envelope:
    """Reads what stands between the records. ``open`` is the name of the outermost element that has not ended yet.

    Several documents one after the other, and records without anything around them, are as well closed as one document.
    """

    def __init__(self) -> None:
        self.open = b""
        self._rest = b""

    def passed(self, text: bytes) -> None:
        """The next stretch of text outside records."""
        self._rest += text
        while (found := self._next()) is not None:
            if self.open:
                self.open = b""
            elif found.group("name") and not found.group("empty"):
                self.open = found.group("name")
            self._rest = self._rest[found.end() :]
        self._rest = self._rest[-(_LONGEST_END if self.open else _LONGEST_START) :]

    def _next(self) -> re.Match[bytes] | None:
        if self.open:
            return re.search(rb"</" + re.escape(self.open) + rb"\s*>", self._rest)
        return _STARTS.search(self._rest)
