"""The forms material comes in, as words and as icons. The codes are the catalogue's."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAMES: dict[str, str | Promise] = {
    "book": _("Book"),
    "large_print": _("Large print"),
    "braille": _("Braille"),
    "ebook": _("E-book"),
    "audiobook": _("Audiobook"),
    "eaudiobook": _("Audiobook online"),
    "film": _("Film"),
    "efilm": _("Film online"),
    "music": _("Music"),
    "emusic": _("Music online"),
    "score": _("Sheet music"),
    "map": _("Map"),
    "journal": _("Journal"),
    "ejournal": _("Journal online"),
    "newspaper": _("Newspaper"),
    "article": _("Article"),
    "thesis": _("Thesis"),
    "game": _("Game"),
    "toy": _("Toy"),
    "object": _("Object"),
    "image": _("Picture"),
    "microform": _("Microform"),
    "software": _("Computer program"),
    "website": _("Website"),
    "manuscript": _("Manuscript"),
    "kit": _("Mixed material"),
    "other": pgettext_lazy("format", "Other"),
}

AUDIENCES: dict[str, str | Promise] = {
    "children": _("Children"),
    "young": _("Young people"),
    "adult": _("Adults"),
}

_ICONS = {
    "large_print": "book", "braille": "book", "thesis": "book", "kit": "other", "object": "other", "toy": "game",
    "eaudiobook": "audiobook", "efilm": "film", "emusic": "music", "score": "music", "ejournal": "journal",
    "newspaper": "journal", "article": "journal", "manuscript": "journal", "website": "ebook", "software": "ebook",
    "microform": "image",
}  # fmt: skip

#: What its reader reaches over the net rather than on a shelf.
ONLINE = frozenset({"ebook", "eaudiobook", "efilm", "emusic", "ejournal", "website"})


_READ, _LISTEN, _WATCH = _("Read online"), _("Listen online"), _("Watch online")
_USES = {
    "ebook": _READ, "ejournal": _READ, "website": _READ, "eaudiobook": _LISTEN, "emusic": _LISTEN, "efilm": _WATCH,
}  # fmt: skip


def online_words(code: str) -> str:
    """What one does with a format over the net, for a button: «Les på nett»."""
    return str(_USES[code])


def format_name(code: str) -> str:
    """«Lydbok» for ``audiobook``; a code nobody has named yet is shown as «Other»."""
    return str(NAMES.get(code, NAMES["other"]))


def audience_name(code: str) -> str:
    return str(AUDIENCES.get(code, code))


def icon_name(code: str) -> str:
    """The icon that stands for a format."""
    name = _ICONS.get(code, code)
    return name if name in NAMES else "other"
