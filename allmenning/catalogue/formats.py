"""The forms material comes in: a small closed list, each a code that screens translate."""

from __future__ import annotations

FORMATS = (
    "book",
    "large_print",
    "braille",
    "ebook",
    "audiobook",
    "eaudiobook",
    "film",
    "efilm",
    "music",
    "emusic",
    "score",
    "map",
    "journal",
    "ejournal",
    "newspaper",
    "article",
    "thesis",
    "game",
    "toy",
    "object",
    "image",
    "microform",
    "software",
    "website",
    "manuscript",
    "kit",
    "other",
)
