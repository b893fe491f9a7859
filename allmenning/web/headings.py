"""Kinds of headings, relations between them, and registers, in words: for the sites and the desk."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "person": _("Person"),
    "corporate": _("Organisation"),
    "meeting": _("Conference or event"),
    "place": _("Place"),
    "topic": _("Subject"),
    "period": _("Time"),
    "genre": _("Genre"),
}
RELATIONS: dict[str, str | Promise] = {
    "broader": _("Broader"),
    "narrower": _("Narrower"),
    "related": _("See also"),
    "replaced_by": _("Replaced by"),
    "replaces": _("Replaces"),
}
#: Registers as people call them; others are shown by their code.
REGISTERS = {
    "viaf": "VIAF", "isni": "ISNI", "wikidata": "Wikidata", "orcid": "ORCID", "gnd": "GND", "bare": "BARE", "bibbi": "Bibbi",
    "noubomn": "Realfagstermer", "noubomr": "Menneskerettighetstermer", "humord": "Humord", "lc": "Library of Congress",
    "yso": "YSO", "fast": "FAST",
}  # fmt: skip
