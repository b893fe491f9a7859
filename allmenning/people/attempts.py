"""How often a password may be tried: guesses are bounded, and no stranger's guesses keep the owner out.

A browser that has signed in to the account before (:mod:`allmenning.people.browsers`) has attempts of its own. All
others are counted by where they come from, by account from there, and by account from anywhere.
"""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from allmenning.people import browsers

#: allauth's notation: how many, in how long, counted by network address (an IPv6 /64 is one) or by a key of ours.
LIMITS = {
    "known_browser": "10/5m/key",
    "from_an_address": "20/m/ip",
    "at_an_account_from_an_address": "5/5m/key",
    "at_an_account": "100/h/key",
    "questions_from_an_address": "60/m/ip",
}


def admit(request: HttpRequest, email: str) -> ratelimit.RateLimitUsage | None:
    """Count an attempt at the account before its password is looked at; None when it may not be made.

    What comes back takes the count back (``rollback``): only attempts that fail use anything up.
    """
    account = email.strip().lower()
    if (browser := browsers.number_of(request, account)) and (used := _count(request, "known_browser", browser)):
        return used
    whole = ratelimit.RateLimitUsage(usage=[])
    # The narrow ones first: who is stopped by them must not use up what is everybody's.
    for limit, key in (
        ("from_an_address", ""),
        ("at_an_account_from_an_address", f"{ratelimit.get_ip(request)} {account}"),
        ("at_an_account", account),
    ):
        used = _count(request, limit, key)
        if used is None:
            return None
        whole.usage.extend(used.usage)
    return whole


def too_fast(request: HttpRequest, email: str) -> bool:
    """Whether forms come from one address faster than people type; a browser known to the account is not asked."""
    return not browsers.number_of(request, email) and _count(request, "questions_from_an_address", "") is None


def _count(request: HttpRequest, limit: str, key: str) -> ratelimit.RateLimitUsage | None:
    return ratelimit.consume(request, app="people", action=limit, config=LIMITS, key=key)
