"""What exactly was wrong, as a sentence and what fills it: plain English at a prompt, and translatable on a screen.

A sentence is its own code: ``said("Field %(tag)s lacked its first one.", tag="245")`` is the text, and remembers both. What
is kept of it (:func:`kept`) stays readable whatever later versions say instead.
"""

from __future__ import annotations

import json
from typing import Any, Union

LONGEST = 500

#: A sentence with what fills it: numbers, words of the record, other such sentences.
Parts = tuple[str, dict[str, Union[str, int, "Parts"]]]


class Detail(str):
    """A sentence in English. ``sentence`` is the message id with its places, ``data`` what stands in them."""

    sentence: str
    data: dict[str, Any]

    def __new__(cls, sentence: str, data: dict[str, Any]) -> Detail:
        made = super().__new__(cls, sentence % data if data else sentence)
        made.sentence, made.data = sentence, data
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Detail, (self.sentence, self.data)


def said(sentence: str, **data: object) -> Detail:
    """The sentence, filled in. Readers import this as ``_``, so that the tools for translation find their sentences."""
    return Detail(sentence, {name: _plain(value) for name, value in data.items()})


def _plain(value: object) -> str | int:
    if isinstance(value, Detail | int):
        return value
    return str(value).replace("\x00", "␀")  # databases refuse NUL


def kept(detail: str) -> str:
    """What is stored, in at most 500 characters: the sentence and its data as JSON; plain text where there is no more."""
    if isinstance(detail, Detail):
        made = json.dumps(_listed(detail), ensure_ascii=False)
        if len(made) <= LONGEST:
            return made
    plain = detail.replace("\x00", "␀")
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…"


def _listed(detail: Detail) -> list[Any]:
    data = {name: _listed(value) if isinstance(value, Detail) else value for name, value in detail.data.items()}
    return [detail.sentence, data]


def parts(stored: str) -> Parts | None:
    """Back from :func:`kept`. None for plain text: rows of older versions, and what has no sentence of ours."""
    if not stored.startswith('["'):
        return None
    try:
        return _parts(json.loads(stored))
    except ValueError:
        return None


def _parts(listed: object) -> Parts:
    match listed:
        case [str(sentence), dict(data)]:
            return sentence, {name: _parts(value) if isinstance(value, list) else value for name, value in data.items()}
    raise ValueError("not a sentence with its data")
