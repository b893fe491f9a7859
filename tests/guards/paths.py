"""Every address there is, and who gets what there. A new address without an entry here fails in ``test_paths``.

To add one, say whose it is and how to build it from :class:`~tests.guards.world.World` **with data that could leak**:

- ``Public``: everybody, with the reason why;
- ``Shared``: any library's staff, for work on what all libraries share; others get 404, visitors the sign-in page;
- ``Owned``: the owner's staff; the neighbour's employee gets 404, visitors the sign-in page or 404.

``<site>`` stands before the addresses that are found both at the national door and in every library's own site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.guards.world import World

Build = Callable[[World], str]
Data = Callable[[World], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Public:
    """``national`` is the answer at the national door where it differs from the libraries' own sites."""

    why: str
    path: Build
    status: int = 200
    national: int = 200


@dataclass(frozen=True, slots=True)
class SignedIn:
    """About nobody but the person who is signed in: no library's data can be seen here."""

    path: Build
    status: int = 200


@dataclass(frozen=True, slots=True)
class Shared:
    path: Build
    method: str = "GET"
    data: Data = field(default=lambda _: {})


@dataclass(frozen=True, slots=True)
class Owned:
    path: Build
    method: str = "GET"
    data: Data = field(default=lambda _: {})


Rule = Public | SignedIn | Shared | Owned


def at(path: str) -> Build:
    return lambda _: path


def sult(address: str) -> Build:
    """An address with the number of a work that several libraries have."""
    return lambda world: address.format(world.country.work("Sult"))


_CATALOGUE = "the union catalogue is open to everybody"
_WAY_IN = "the way in must be open before anybody is known"

PATHS: dict[str, Rule] = {
    "<site>": Public("the front", at("")),
    "<site>sok": Public(_CATALOGUE, at("sok?q=sult")),
    "<site>forslag": Public(_CATALOGUE, at("forslag?q=su")),
    "<site>verk/<int:work_id>": Public(_CATALOGUE, sult("verk/{}")),
    "<site>verk/<int:work_id>.json": Public(_CATALOGUE, sult("verk/{}.json")),
    "<site>om": Public("a library tells everybody about itself", at("om"), national=404),
    "<site>tema/<str:colour>.css": Public("colours", at("tema/7a1f2b.css")),
    "/desk/sign-in/": Public(_WAY_IN, at("/desk/sign-in/")),
    "/desk/sign-out/": SignedIn(at("/desk/sign-out/")),
    "/desk/password/": SignedIn(at("/desk/password/")),
    "/desk/welcome/<int:account_id>/<str:token>/": Public(
        "an invitation's link; it looks the same for a wrong one", lambda world: f"/desk/welcome/{world.guest.id}/x/"
    ),
}
