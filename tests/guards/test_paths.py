"""Whose data is it? Every address is walked as its owner, as the neighbour library's employee, and as nobody."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.fixtures import Settings

import allmenning
from allmenning.discovery import queries as discovery
from allmenning.organisations.checks import RESERVED_PREFIXES
from allmenning.people.models import Account
from allmenning.web.public import front
from tests.guards import world
from tests.guards.paths import PATHS, Owned, Public, Rule, Shared, SignedIn, at
from tests.guards.world import World

NATIONAL, SITE = "allmenning.config.urls", "allmenning.web.public.urls"


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """The routes of a URL configuration, includes followed."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from walk(each.url_patterns, route)
        else:
            yield route


def addresses() -> set[str]:
    site = set(walk(get_resolver(SITE).url_patterns))
    national = set(walk(get_resolver(NATIONAL).url_patterns))
    return {f"<site>{route}" for route in site} | {f"/{route}" for route in national - site}


@pytest.fixture
def walked(db: None, settings: Settings) -> Iterator[World]:
    settings.SEARCH_URL = "memory://walk"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; sign-in is tested elsewhere
    discovery.forget()
    front.everything.cache_clear()
    yield world.build()
    discovery.forget()
    front.everything.cache_clear()


def ask(rule: Rule, path: str, who: Account | None, there: World) -> HttpResponseBase:
    client = Client()
    if who is not None:
        client.force_login(who)
    if isinstance(rule, (Shared, Owned)) and rule.method == "POST":
        return client.post(path, rule.data(there))
    return client.get(path)


def kept_out(answer: HttpResponseBase) -> bool:
    """404, or the sign-in page for somebody who may yet turn out to be the owner."""
    return answer.status_code == 404 or (
        answer.status_code == 302 and answer.headers["Location"].startswith("/desk/sign-in/?next=")
    )


def test_every_address_is_listed_and_every_listed_one_exists() -> None:
    unlisted, gone = addresses() - PATHS.keys(), PATHS.keys() - addresses()
    assert not unlisted, f"Say in tests/guards/paths.py who gets what at: {sorted(unlisted)}"
    assert not gone, f"These addresses are no more: {sorted(gone)}"


def test_no_url_configuration_is_left_out_of_the_walk() -> None:
    modules = {each.name for each in pkgutil.walk_packages(allmenning.__path__, "allmenning.") if "urls" in each.name}
    walked_on = {NATIONAL, SITE}
    included = {
        each.urlconf_name.__name__
        for each in get_resolver(NATIONAL).url_patterns
        if isinstance(each, URLResolver) and hasattr(each.urlconf_name, "__name__")
    }
    assert {each for each in modules if hasattr(importlib.import_module(each), "urlpatterns")} <= walked_on | included


def test_the_installations_own_addresses_are_no_librarys() -> None:
    first = {route.strip("/").split("/")[0].split("?")[0] for route in walk(get_resolver(NATIONAL).url_patterns)}
    # Slugs have no dots: robots.txt is nobody's.
    assert {each for each in first if each and "<" not in each and "." not in each} <= RESERVED_PREFIXES


@pytest.mark.parametrize("key", PATHS)
def test_who_gets_what(key: str, walked: World) -> None:
    rule = PATHS[key]
    path = rule.path(walked)
    if isinstance(rule, Public):
        opens_for_everybody(rule, path, walked)
    elif isinstance(rule, SignedIn):
        needs_signing_in(rule, path, walked)
    elif isinstance(rule, Owned):
        opens_for_its_owner_alone(rule, path, walked)
    else:
        opens_for_any_librarys_staff(rule, path, walked)


def opens_for_everybody(rule: Public, path: str, there: World) -> None:
    if path.startswith("/"):
        expected = {path: rule.status}
    else:
        expected = {f"/{path}": rule.national, f"/oslo/{path}": rule.status, f"/alta/{path}": rule.status}
    assert {address: ask(rule, address, None, there).status_code for address in expected} == expected


def needs_signing_in(rule: SignedIn, path: str, there: World) -> None:
    assert ask(rule, path, None, there).status_code == 302
    assert ask(rule, path, there.guest, there).status_code == rule.status


def opens_for_its_owner_alone(rule: Owned, path: str, there: World) -> None:
    # The outsiders first: what the owner does may change what there is to see.
    assert ask(rule, path, there.neighbour, there).status_code == 404
    assert ask(rule, path, there.guest, there).status_code == 404
    assert kept_out(ask(rule, path, None, there))
    expected = rule.status or (302 if rule.method == "POST" else 200)
    assert ask(rule, path, there.owner, there).status_code == expected


def opens_for_any_librarys_staff(rule: Shared, path: str, there: World) -> None:
    assert ask(rule, path, there.guest, there).status_code == 404
    assert kept_out(ask(rule, path, None, there))
    # A change can be made once; looking is for both.
    for who in (there.neighbour,) if rule.method == "POST" else (there.neighbour, there.owner):
        assert ask(rule, path, who, there).status_code == (302 if rule.method == "POST" else 200)


@pytest.mark.parametrize(
    ("rule", "path"),
    [(Owned(at("/om")), "/oslo/om"), (Shared(at("/om")), "/oslo/om"), (Owned(at("/")), "/nowhere")],
)
def test_the_walk_sees_what_leaks_and_what_its_owner_cannot_open(
    rule: Owned | Shared, path: str, walked: World
) -> None:
    check = opens_for_its_owner_alone if isinstance(rule, Owned) else opens_for_any_librarys_staff
    with pytest.raises(AssertionError):
        check(rule, path, walked)  # type: ignore[arg-type]
