"""Where comments, CDATA sections, document types and tags end, in text that is read forward and grows at its end.

What was looked for in vain is not looked for again before there is more text, so that openers without an end cost one
search together, however many they are.
"""

from __future__ import annotations

import re

#: Each matches the end itself, or what may become it when more text follows.
_ENDS = {
    b"!--": rb"-(?:->|-?\Z)",
    b"![CDATA[": rb"\](?:\]>|\]?\Z)",
    b"!DOCTYPE": rb"[\[>]",
    b"[": rb"\]\s*(?:>|\Z)",
    b"?": rb"\?(?:>|\Z)",
    b"": rb">",
}


class Closes:
    """The ends of one text. ``base`` is how much of the text stood before ``buffer``."""

    def __init__(self) -> None:
        self._sought = {kind: _Sought(re.compile(pattern)) for kind, pattern in _ENDS.items()}

    def end(self, kind: bytes, buffer: bytes, place: int, base: int) -> int:
        """Behind the first end of this kind from ``place`` on, -1 when there is none yet.

        ``kind``: ``!--``, ``![CDATA[``, ``!DOCTYPE`` (with its subset in brackets), ``?`` or, for a tag, nothing.
        """
        end = self._sought[kind].end(buffer, place, base)
        if end >= 0 and kind == b"!DOCTYPE" and buffer[end - 1 : end] == b"[":
            return self._sought[b"["].end(buffer, end, base)
        return end


class _Sought:
    def __init__(self, pattern: re.Pattern[bytes]) -> None:
        self.pattern = pattern
        self.since = self.until = 0  # nothing begins between these two places of the text
        self.length = -1  # of the text, when it held nothing behind either

    def end(self, buffer: bytes, place: int, base: int) -> int:
        at, length = base + place, base + len(buffer)
        if not self.since <= at <= self.until:
            self.since = self.until = at
        elif self.length == length:
            return -1
        found = self.pattern.search(buffer, self.until - base)
        self.until = base + found.start() if found else length
        if found and buffer[found.end() - 1 : found.end()] in (b">", b"["):
            self.length = -1
            return found.end()
        self.length = length
        return -1
