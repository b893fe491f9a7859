"""ISBD punctuation stands at the end of subfields and is not part of the words (MARC 21, Input Conventions)."""

from __future__ import annotations

from functools import lru_cache

_END = " \t\r\n/:;,="
_KEEP_POINT = frozenset(
    (
        "jr",
        "sr",
        "dr",
        "st",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "mr",
        "mrs",
        "ms",
        "no",
        "nr",
        "vol",
        "bd",
        "al",
        "red",
        "ill",
        "utg",
        "forf",
        "dept",
        "ed",
        "forts",
    )
)
_OPEN = {"]": "[", ")": "("}


def trim(text: str) -> str:
    """``text`` without the punctuation that leads to the next element.

    A final full stop goes unless it closes an initial or an abbreviation: ``Sacco, Joe.`` but ``Rowling, J.K.``
    """
    if text and text[-1].isalnum() and text[0] not in _END:
        return text
    text = text.strip(_END)
    if text.endswith(".") and not text.endswith(".."):
        last = text[:-1].rpartition(" ")[2]
        word = last.rpartition(".")[2].strip("([\"'«»")
        if len(word) > 1 and "." not in last and word.lower() not in _KEEP_POINT:
            text = text[:-1].rstrip(_END)
    return text


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """``trim`` and take off brackets that mark what the cataloguer supplied: ``[Oslo]`` → ``Oslo``."""
    text = trim(text)
    if not text:
        return text
    if text[0] == "[" and text[-1] == "]" and text.count("[") == 1:
        return trim(text[1:-1])
    for close, opening in _OPEN.items():
        if close in text and text.count(opening) < text.count(close):
            text = text.replace(close, "", 1) if opening not in text else text.rstrip(close)
    if "[" in text and "]" not in text:
        text = text.replace("[", "", 1)
    return trim(text.rstrip("?"))


def sentence(text: str) -> str:
    """Running text with whitespace collapsed."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")  # the plain blank is the only white space that counts as printable
    return " ".join(text.split())
