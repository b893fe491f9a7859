"""The demo's libraries as written down in ``facts/libraries.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from allmenning.demo.source_systems.habits import Habits
from allmenning.demo.works import FACTS


@dataclass(frozen=True, slots=True)
class DemoBranch:
    slug: str
    code: str
    name: str
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class DemoLibrary:
    """``share`` is how much of the facts it has; ``lean`` what more (over 1) or less of, by language, kind or form."""

    slug: str
    name: Mapping[str, str]
    kind: str
    municipality: str
    languages: tuple[str, ...]
    default_language: str
    colour: str
    about: Mapping[str, str]
    consortia: tuple[str, ...]
    roles: tuple[str, ...]
    hours: str
    branches: tuple[DemoBranch, ...]
    system: str
    share: float
    lean: Mapping[str, float]
    habits: Habits


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """An account; exactly one of ``library``, ``county`` and ``consortium`` says where the role is held."""

    email: str
    name: str
    role: str
    library: str = ""
    county: str = ""
    consortium: str = ""


@dataclass(frozen=True, slots=True)
class DemoConsortium:
    slug: str
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoNation:
    consortia: tuple[DemoConsortium, ...]
    libraries: tuple[DemoLibrary, ...]
    staff: tuple[DemoStaff, ...]


_TITLES = {"admin": "Administrator", "librarian": "Bibliotekar", "cataloguer": "Katalogisator"}


@lru_cache(maxsize=1)
def load_libraries() -> DemoNation:
    content = tomllib.loads((FACTS / "libraries.toml").read_text(encoding="utf-8"))
    libraries = tuple(_library(each) for each in content["library"])
    shared = [DemoStaff(**each) for each in content["staff"]]
    own = [_staff(library, role) for library in libraries for role in library.roles]
    return DemoNation(
        consortia=tuple(DemoConsortium(**each) for each in content["consortium"]),
        libraries=libraries,
        staff=(*own, *shared),
    )


def _library(entry: dict[str, Any]) -> DemoLibrary:
    collection = entry["collection"]
    return DemoLibrary(
        slug=entry["slug"],
        name=entry["name"],
        kind=entry["kind"],
        municipality=entry["municipality"],
        languages=tuple(entry["languages"]),
        default_language=entry["default_language"],
        colour=entry["colour"],
        about=entry["about"],
        consortia=tuple(entry["consortia"]),
        roles=tuple(entry["roles"]),
        hours=entry["hours"],
        branches=tuple(DemoBranch(**each) for each in entry["branches"]),
        system=collection["system"],
        share=collection["share"],
        lean=collection["lean"],
        habits=Habits(**collection["habits"]),
    )


def _staff(library: DemoLibrary, role: str) -> DemoStaff:
    # No invented people: an account is named after its role.
    return DemoStaff(f"{role}@{library.slug}.example", _TITLES[role], role, library=library.slug)
