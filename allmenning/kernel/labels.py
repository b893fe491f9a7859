"""One text in several languages, and which one a reader gets.

Tags are BCP 47 (RFC 5646) in canonical dress: ``nb``, ``nn``, ``se``, ``smj``, ``sma``, ``fkv``, ``zh-Hant``. MARC's
three-letter codes are mapped at the doors and never come in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allmenning.kernel.errors import Invalid

# The part of RFC 5646 §2.1 that labels need: language, script, region. Extensions and private use are refused.
_TAG = re.compile(r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?", re.IGNORECASE)

#: Which language stands in when a text is missing, nearest first. Every chain goes on with :data:`LAST_RESORT`.
#: The two written Norwegian forms stand in for each other, and ``no`` (form unknown) for both. A reader of a Sámi
#: language gets Norwegian, not another Sámi language: they are as far apart as Norwegian and Icelandic. Kven and
#: Finnish are read by each other's readers. Danish and Swedish readers read Norwegian.
FALLBACK: Mapping[str, tuple[str, ...]] = {
    "nb": ("no", "nn"),
    "nn": ("no", "nb"),
    "no": ("nb", "nn"),
    "se": ("nb", "no", "nn"),
    "smj": ("nb", "no", "nn"),
    "sma": ("nb", "no", "nn"),
    "fkv": ("fi", "nb", "no", "nn"),
    "fi": ("fkv", "nb", "no", "nn"),
    "da": ("nb", "no", "nn", "sv"),
    "sv": ("nb", "no", "nn", "da"),
}
LAST_RESORT = ("nb", "no", "nn", "en")


def language_tag(text: str) -> str:
    """The tag in canonical dress (``NB`` → ``nb``, ``zh_hant`` → ``zh-Hant``; RFC 5646 §2.1.1). Raises ``Invalid``."""
    found = _TAG.fullmatch(text.strip().replace("_", "-"))
    if not found:
        raise Invalid("label-language", f"«{text}» is not a language tag (BCP 47) such as nb, nn, se or fkv.", tag=text)
    parts = [found["language"].lower()]
    if found["script"]:
        parts.append(found["script"].title())
    if found["region"]:
        parts.append(found["region"].upper())
    return "-".join(parts)


def fallbacks(language: str) -> tuple[str, ...]:
    """The tags to try for a reader of ``language``, best first, without repeats."""
    tag = language_tag(language)
    bare = tag.split("-")[0]
    return tuple(dict.fromkeys((tag, bare, *FALLBACK.get(bare, ()), *LAST_RESORT)))


@dataclass(frozen=True, slots=True)
class Label:
    """A text and the language it is in, for ``<span lang=…>``."""

    language: str
    text: str


class Labels(Mapping[str, str]):
    """An immutable mapping from language tag to text; empty texts are left out. Equal when the mappings are equal."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, /, **named: str) -> None:
        tagged: dict[str, str] = {}
        for tag, text in {**(texts or {}), **named}.items():
            if not isinstance(text, str):
                raise Invalid("label-text", f"The text for «{tag}» is {type(text).__name__}, not text.", tag=tag)
            if text.strip():
                tagged[language_tag(tag)] = text.strip()
        self._texts = dict(sorted(tagged.items()))

    def __getitem__(self, tag: str) -> str:
        return self._texts[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __eq__(self, other: object) -> bool:
        return self._texts == dict(other) if isinstance(other, Mapping) else NotImplemented

    def __repr__(self) -> str:
        return f"Labels({self._texts!r})"

    def __str__(self) -> str:
        """The text a reader of bokmål gets, so that a template without a language still shows something."""
        return self.text("nb")

    def choose(self, language: str) -> Label:
        """What a reader of ``language`` gets, and in which language; without any text, an empty label."""
        for tag in fallbacks(language):
            if tag in self._texts:
                return Label(tag, self._texts[tag])
        for tag, text in self._texts.items():
            return Label(tag, text)
        return Label("", "")

    def text(self, language: str) -> str:
        return self.choose(language).text

    def with_text(self, language: str, text: str) -> Labels:
        """A copy with this text set, or taken away when ``text`` is blank."""
        return Labels({**self._texts, language_tag(language): text})

    def to_dict(self) -> dict[str, Any]:
        return dict(self._texts)
