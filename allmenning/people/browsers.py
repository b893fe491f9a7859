"""Browsers that have signed in before: «device cookies», as OWASP's «Slow Down Online Guessing Attacks» describes them.

The cookie opens nothing. It only lets its browser try the password of an account that has signed in there before, when
strangers elsewhere have used up the attempts on that account. It names no one: accounts are hashes with our secret.
"""

from __future__ import annotations

import secrets

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "allmenning_browser"
LASTS = 180 * 24 * 60 * 60  # seconds since the last sign-in there
#: A desk is shared by colleagues; the latest are remembered.
MOST_ACCOUNTS = 10
_SALT = "allmenning.people.browsers"


def number_of(request: HttpRequest, email: str) -> str:
    """What tells this browser from others that have signed in to the account; empty for one that never did."""
    return _known(request).get(_hash(email), "")


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """The account has signed in here. A new number each time, so that a copied cookie is not the same browser for long."""
    others = {key: number for key, number in _known(request).items() if key != _hash(email)}
    latest = list(others.items())[-(MOST_ACCOUNTS - 1) :]
    response.set_cookie(
        COOKIE,
        signing.dumps([*latest, (_hash(email), secrets.token_hex(8))], salt=_SALT),
        max_age=LASTS,
        path="/desk/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    """Hash of an account → number, oldest first. A cookie we did not sign, or an old one, is none."""
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS))
    except signing.BadSignature:
        return {}


def _hash(email: str) -> str:
    return salted_hmac(_SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:24]
