"""What stands around the records of a file in XML: only whether it is closed, which tells a whole file from one cut off."""

from __future__ import annotations

import re

from allmenning.formats.marc.xml_closes import Closes

_OPENER = re.compile(rb"<(?:(?P<other>!--|\?|!DOCTYPE)|(?P<name>[A-Za-z_][\w.\-:]*)(?=[\s/>]))")
_BLANKS = re.compile(rb"\s*")
_LONGEST_START, _LONGEST_END = 4096, 256  # of a tag or comment that the end of a stretch may cut in two


class Envelope:
    """Reads what stands between the records. ``open`` is the name of the outermost element that has not ended yet.

    Several documents one after the other, and records without anything around them, are as well closed as one document.
    """

    def __init__(self) -> None:
        self.open = b""
        self._rest = b""
        self._base = 0  # how much was passed before the rest
        self._at = 0  # where reading goes on in the rest
        self._closes = Closes()

    def passed(self, text: bytes) -> None:
        """The next stretch of text outside records."""
        if text:
            self._rest += text
            self._read(patience=_LONGEST_START)

    def finish(self) -> None:
        """Nothing follows: what is not closed now is no comment or tag."""
        self._read(patience=0)

    def _read(self, patience: int) -> None:
        self._at = 0
        while self._past_end() if self.open else self._past_start(patience):
            pass
        self._at = max(self._at, len(self._rest) - (_LONGEST_END if self.open else _LONGEST_START))
        self._base += self._at
        self._rest = self._rest[self._at :]

    def _past_end(self) -> bool:
        """Go behind the end tag of what is open, which then is not open any more. False when it does not stand here."""
        tag, place = b"</" + self.open, self._at
        while (place := self._rest.find(tag, place)) >= 0:
            blanks = _BLANKS.match(self._rest, place + len(tag))
            place = blanks.end() if blanks else place
            if self._rest[place : place + 1] == b">":
                self.open, self._at = b"", place + 1
                return True
        return False

    def _past_start(self, patience: int) -> bool:
        """Go behind the next start tag, comment or the like. False when none is whole.

        One that is not closed is waited for, until so much text has followed that it cannot be one.
        """
        rest = self._rest
        while (found := _OPENER.search(rest, self._at)) is not None:
            name = found.group("name") or b""
            end = self._closes.end(found.group("other") or b"", rest, found.end(), self._base)
            if end < 0 and len(rest) - found.start() < patience:
                self._at = found.start()
                return False
            self._at = found.end()
            if end < 0 or (name and rest[self._at : self._at + 1] == b"/" and end != self._at + 2):
                continue
            if name and rest[end - 2 : end - 1] != b"/":
                self.open = name
            self._at = end
            return True
        cut = rest.rfind(b"<", self._at)  # perhaps a tag whose name is cut in two
        self._at = cut if cut >= 0 else len(rest)
        return False
