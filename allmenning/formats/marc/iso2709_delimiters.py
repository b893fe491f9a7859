"""Subfield delimiters that were lost, or written as they are printed: $a, |a, ‡a, ǂa."""

from __future__ import annotations

import re

from allmenning.formats.details import said as _
from allmenning.formats.marc.record import Repair

#: ``$`` and a price begin alike: a digit is a code only when no number goes on after it, but for links ($6, $8) and $7.
_PRINTED = re.compile(
    r"[|‡ǂ](?=[a-z0-9])|[$](?=[a-z]|[0-9](?![0-9.,])|6[0-9]{3}-[0-9]{2}|8[0-9]+(?:[.][0-9]+)?[\\]|7[01](?:[|‡ǂ$]|$))"
)
#: Indicators, and the code of the first subfield without its delimiter.
_FIRST_LOST = re.compile(r"[0-9 ]{2}(?:a(?=[^ \x1f])|u(?=https?:)|[a-z0-9](?=[^\x1f]+\x1f[a-z0-9]))")


def may_lack_delimiters(part: bytes) -> bool:
    """These bytes are a data field whose delimiters can be put back."""
    text = part.decode("utf-8", "replace")
    return _FIRST_LOST.match(text) is not None or (text[:2].strip(" 0123456789") == "" and _is_printed(text))


def _is_printed(text: str) -> bool:
    return _PRINTED.match(text, 2) is not None


def with_delimiters(tag: str, text: str, repairs: list[Repair]) -> str:
    """A field that does not begin as fields do, with the delimiters it certainly had. Control fields are as they are."""
    if tag < "010" or text[2:3] == "\x1f" or not tag.isdigit():
        return text
    if _is_printed(text) and text[:2].strip(" 0123456789") == "":
        sign = text[2]
        made = text[:2] + _PRINTED.sub(lambda found: "\x1f" if found.group() == sign else found.group(), text[2:])
        if "\x1f" in text:  # the others are right: this sign is text where it stands between them
            made = text[:2] + "\x1f" + text[3:]
        repairs.append(Repair("delimiter", _("Field %(tag)s had %(sign)s for it.", tag=tag, sign=sign)))
        return made
    if _FIRST_LOST.match(text):
        repairs.append(Repair("delimiter", _("Field %(tag)s lacked its first one.", tag=tag)))
        return text[:2] + "\x1f" + text[2:]
    return text
