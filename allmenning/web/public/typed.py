"""What was typed as pieces that can be taken out one by one: quotes, fields and minus are left as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from allmenning.kernel.text import fold

_QUOTE = '"“”„‟«»″〝〞＂'
_PIECE = re.compile(rf"[^\s{_QUOTE}]*[{_QUOTE}][^{_QUOTE}]*[{_QUOTE}]|\S+")
_SIGN = re.compile(rf"^[-−‐‑]|[:：*＊{_QUOTE}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """``key`` is the piece folded; ``""`` for a phrase, a field, a minus or a beginning: asked for on purpose."""

    text: str
    key: str


def pieces(text: str) -> list[Piece]:
    return [Piece(each, "" if _SIGN.search(each) else fold(each)) for each in _PIECE.findall(text)]


def together(kept: Iterable[Piece]) -> str:
    return " ".join(each.text for each in kept)
