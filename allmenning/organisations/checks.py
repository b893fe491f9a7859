"""What a value about an organisation must look like: each check gives its stored dress back or raises ``Invalid``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from allmenning.kernel.errors import Invalid
from allmenning.kernel.identifiers import isil, organisation_number
from allmenning.kernel.labels import language_tag

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

#: First path segments that belong to the installation itself and can never be a library's.
RESERVED_PREFIXES = frozenset(
    {
        "accounts",
        "api",
        "desk",
        "emne",
        "forslag",
        "media",
        "navn",
        "oai",
        "office",
        "om",
        "sok",
        "static",
        "tema",
        "verk",
    }
)


def checked_isil(text: str) -> str:
    """An ISIL (ISO 15511: country or other prefix, hyphen, up to 11 characters), or empty."""
    if not text.strip():
        return ""
    if found := isil(text):
        return found
    message = _("“%(isil)s” is not an ISIL. Norwegian ones look like NO-2030000.") % {"isil": text}
    raise Invalid("isil", message, isil=text)


def checked_organisation_number(text: str) -> str:
    """Nine digits with the register's mod 11 check digit (Brønnøysundregistrene), spaces dropped, or empty."""
    if not text.strip():
        return ""
    if found := organisation_number(text):
        return found
    message = _("“%(number)s” is not an organisation number: nine digits, the last of which checks the others.")
    raise Invalid("organisation-number", message % {"number": text}, number=text)


def checked_slug(text: str) -> str:
    if not _SLUG.fullmatch(text) or len(text) > 60:
        message = _("“%(slug)s” does not fit an address: use a–z, 0–9 and single hyphens.") % {"slug": text}
        raise Invalid("slug", message, slug=text)
    return text


def checked_prefix(text: str) -> str:
    """The first path segment of a library's address."""
    if checked_slug(text) in RESERVED_PREFIXES:
        raise Invalid("prefix-reserved", _("“%(prefix)s” is an address of the installation itself.") % {"prefix": text})
    return text


def checked_host(text: str) -> str:
    """A host name without port (RFC 1123 §2.1), lower case, or empty."""
    host = text.strip().lower().rstrip(".")
    if host and not _HOST.fullmatch(host):
        raise Invalid("host", _("“%(host)s” is not a host name.") % {"host": text}, host=text)
    return host


def checked_colour(text: str) -> str:
    """``#rrggbb`` in lower case."""
    colour = text.strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise Invalid("colour", _("“%(colour)s” is not a colour: write #rrggbb.") % {"colour": text}, colour=text)
    return colour


def checked_languages(tags: Iterable[str]) -> list[str]:
    """Canonical BCP 47 tags, each once, in the order given; at least one."""
    found = list(dict.fromkeys(language_tag(each) for each in tags))
    if not found:
        raise Invalid("languages", _("A library speaks at least one language."))
    return found
