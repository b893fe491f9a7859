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

from allmenning.catalogue import services
from allmenning.catalogue.harvesting.services import configure
from allmenning.catalogue.headings.models import WrittenHeading
from allmenning.catalogue.headings.services import link_by_hand
from allmenning.catalogue.models import ImportRun, SetAsideRecord, Source
from allmenning.organisations import services as organisations
from allmenning.organisations.models import Branch
from allmenning.people import services as people
from allmenning.people.models import Role
from allmenning.people.places import Place
from tests.catalogue.records import record, take
from tests.guards.world import World
from tests.people_and_places import ALWAYS, SYSTEM, consortium

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
    """``status`` is the owner's answer where it is not a page for GET and a redirect for POST."""

    path: Build
    method: str = "GET"
    data: Data = field(default=lambda _: {})
    status: int = 0


Rule = Public | SignedIn | Shared | Owned


def at(path: str) -> Build:
    return lambda _: path


def sult(address: str) -> Build:
    """An address with the number of a work that several libraries have."""
    return lambda world: address.format(world.country.work("Sult"))


# The desk shows what all libraries share: «owner» and «neighbour» are staff of any library, the outsider is who has no
# role. What a librarian may see but not do is told in tests/web/desk.
def edition(address: str, key: str = "o1") -> Build:
    """An address with the number of an edition that Deichman has a record of."""
    return lambda _: address.format(record("oslo", key).edition_id)


def first_decision(world: World) -> str:
    """Undoing a merge of two works that another person made."""
    both = [record("oslo", key).id for key in ("o3", "o4")]
    said = services.merge(actor=SYSTEM, level="work", record_ids=both)
    return f"/desk/beslutninger/{said.id}/angre/"


def with_a_broken_record(address: str) -> Build:
    def build(world: World) -> str:
        take("oslo", b"00026\x1ethis is no record\x1d")
        return address.format(SetAsideRecord.objects.get().id)

    return build


def fetched(address: str) -> Build:
    """Pages of how Deichman's own source is fetched."""

    def build(_: World) -> str:
        said = {"kind": "oai-pmh", "address": "https://oai.deichman.example.no/"}
        configure(actor=SYSTEM, source=Source.objects.get(name="oslo"), **said)
        return address

    return build


def number_of(key: str) -> str:
    return str(record("oslo", key).edition_id)


def split_work(world: World) -> str:
    """The work «Sult» with its English edition."""
    return f"/desk/verk/{record('oslo', 'o2').work_id}/skill-ut/"


def at_oslo(address: str) -> Build:
    return lambda world: address.format(world.library.id)


def at_a_branch(address: str) -> Build:
    """Deichman's main library, with its hours."""
    return lambda world: address.format(Branch.objects.get(library=world.library, slug="bjorvika").id)


def about_a_colleague(address: str) -> Build:
    """The library's librarian, who has a password to lose and an address to leak."""
    return lambda world: address.format(world.library.id, world.colleague.id)


def in_a_consortium(address: str) -> Build:
    """The owner runs it with a colleague; the neighbour's library is a member."""

    def build(world: World) -> str:
        theirs = consortium()
        for library in (world.library, world.next_door):
            organisations.join_consortium(
                actor=SYSTEM, consortium_id=theirs.id, library_id=library.id, period=ALWAYS
            )  # fmt: skip
        for each in (world.owner, world.colleague):
            people.grant_role(
                actor=SYSTEM,
                account_id=each.id,
                role=Role.CONSORTIUM_OFFICE,
                place=Place(consortium_id=theirs.id),
                period=ALWAYS,
            )
        return address.format(theirs.id, world.colleague.id)

    return build


def told(**data: str) -> Data:
    return lambda _: data


_NEWCOMER = told(email="berit@example.no", given_name="Berit", role="librarian")
_BRANCH = told(name="Deichman Tøyen")
_LIBRARY = "/desk/biblioteker/{}/"
_STAFF, _ONE = _LIBRARY + "ansatte/", _LIBRARY + "ansatte/{}/"
_CONSORTIUM = "/desk/konsortier/{}/"
_OFFICE, _ONE_THERE = _CONSORTIUM + "ansatte/", _CONSORTIUM + "ansatte/{}/"


def heading(address: str, name: str = "Hamsun, Knut") -> Build:
    """An address with the number of a heading in the register that records are linked to."""
    return lambda world: address.format(world.heading(name))


def linked_heading(address: str) -> Build:
    return lambda _: address.format(WrittenHeading.objects.get(text="Hamsun, Knut").id)


def first_link(world: World) -> str:
    """Undoing that another person said which one a heading means."""
    carried = WrittenHeading.objects.get(text="Hamsun, Knut")
    said = link_by_hand(actor=SYSTEM, heading_id=carried.id, entity_id=world.heading("Hamsun, Knut"))
    return f"/desk/lenker/angre/{said.id}/"


_CATALOGUE = "the union catalogue is open to everybody"
_WAY_IN = "the way in must be open before anybody is known"

PATHS: dict[str, Rule] = {
    "<site>": Public("the front", at("")),
    "<site>sok": Public(_CATALOGUE, at("sok?q=sult")),
    "<site>forslag": Public(_CATALOGUE, at("forslag?q=su")),
    "<site>verk/<int:work_id>": Public(_CATALOGUE, sult("verk/{}")),
    "<site>verk/<int:work_id>.json": Public(_CATALOGUE, sult("verk/{}.json")),
    "<site>navn/<int:entity_id>": Public(_CATALOGUE, heading("navn/{}")),
    "<site>emne/<int:entity_id>": Public(_CATALOGUE, heading("emne/{}", "Søsken")),
    "<site>om": Public("a library tells everybody about itself", at("om"), national=404),
    "<site>oai": Public("what harvesters read is the open catalogue", at("oai?verb=Identify")),
    "<site>tema/<str:colour>.css": Public("colours", at("tema/7a1f2b.css")),
    "<site>ikon.svg": Public("its sign in the browser's tab", at("ikon.svg")),
    "<site>favicon.ico": Public("the same, where old browsers look", at("favicon.ico"), status=301, national=301),
    "<site>robots.txt": Public("where crawlers may go", at("robots.txt")),
    "/api/v1/headings": Public(_CATALOGUE, at("/api/v1/headings?q=hamsun")),
    "/api/v1/headings/suggest": Public(_CATALOGUE, at("/api/v1/headings/suggest?q=ham")),
    "/api/v1/headings/<int:entity_id>": Public(_CATALOGUE, heading("/api/v1/headings/{}")),
    "/api/reconcile": Public(_CATALOGUE, at("/api/reconcile")),
    "/api/reconcile/suggest/<str:what>": Public(_CATALOGUE, at("/api/reconcile/suggest/entity?prefix=ham")),
    "/api/reconcile/properties": Public(_CATALOGUE, at("/api/reconcile/properties?type=person")),
    "/api/reconcile/preview/<int:entity_id>": Public(_CATALOGUE, heading("/api/reconcile/preview/{}")),
    "/desk/overskrifter/": Shared(at("/desk/overskrifter/?q=hamsun")),
    "/desk/overskrifter/<number:entity_id>/": Shared(heading("/desk/overskrifter/{}/")),
    "/desk/overskrifter/<number:entity_id>/endre/": Shared(
        heading("/desk/overskrifter/{}/endre/"), "POST", lambda _: {"navn-und": "Hamsun, Knut Pedersen"}
    ),
    "/desk/overskrifter/<number:entity_id>/tilbake/": Shared(heading("/desk/overskrifter/{}/tilbake/"), "POST"),
    "/desk/lenker/<number:heading_id>/": Shared(linked_heading("/desk/lenker/{}/"), "POST", lambda _: {"til": "0"}),
    "/desk/lenker/angre/<number:decision_id>/": Shared(first_link, "POST"),
    "/desk/": Shared(at("/desk/")),
    "/desk/finn/": Shared(at("/desk/finn/?q=sult")),
    "/desk/tvil/": Shared(at("/desk/tvil/")),
    "/desk/kilder/<path:name>/": Shared(at("/desk/kilder/oslo/")),
    "/desk/kilder/<slug:name>/innstillinger/": Owned(
        fetched("/desk/kilder/oslo/innstillinger/"), "POST", lambda _: {"kind": "file", "every_hours": "0"}
    ),
    "/desk/kilder/<slug:name>/hent/": Owned(fetched("/desk/kilder/oslo/hent/"), "POST"),
    "/desk/kilder/<slug:name>/prov/": Owned(fetched("/desk/kilder/oslo/prov/")),
    "/desk/import/<number:run_id>/": Shared(lambda _: f"/desk/import/{ImportRun.objects.all()[0].id}/"),
    "/desk/avvist/<number:set_aside_id>/data": Shared(with_a_broken_record("/desk/avvist/{}/data")),
    "/desk/poster/<number:record_id>/": Shared(lambda _: f"/desk/poster/{record('oslo', 'o1').id}/"),
    "/desk/poster/<number:record_id>/<number:version>/data": Shared(
        lambda _: f"/desk/poster/{record('oslo', 'o1').id}/1/data"
    ),
    "/desk/utgaver/<number:edition_id>/": Shared(edition("/desk/utgaver/{}/")),
    "/desk/utgaver/<number:edition_id>/skill-ut/": Shared(
        edition("/desk/utgaver/{}/skill-ut/"), "POST", lambda _: {"post": str(record("alta", "a1").id)}
    ),
    "/desk/utgaver/<number:edition_id>/sla-sammen/": Shared(
        edition("/desk/utgaver/{}/sla-sammen/", "o3"), "POST", lambda _: {"med": number_of("o4")}
    ),
    "/desk/verk/<number:work_id>/": Shared(lambda _: f"/desk/verk/{record('oslo', 'o1').work_id}/"),
    "/desk/verk/<number:work_id>/skill-ut/": Shared(split_work, "POST", lambda _: {"utgave": number_of("o2")}),
    "/desk/verk/<number:work_id>/sla-sammen/": Shared(
        lambda _: f"/desk/verk/{record('oslo', 'o3').work_id}/sla-sammen/",
        "POST",
        lambda _: {"med": str(record("oslo", "o4").work_id)},
    ),
    "/desk/beslutninger/<number:decision_id>/angre/": Shared(first_decision, "POST"),
    "/desk/biblioteker/": Shared(at("/desk/biblioteker/")),  # each sees their own: tests/web/desk/test_libraries
    "/desk/biblioteker/<number:library_id>/": Owned(at_oslo(_LIBRARY)),
    "/desk/biblioteker/<number:library_id>/endre/": Owned(at_oslo(_LIBRARY + "endre/")),
    "/desk/biblioteker/<number:library_id>/ny-avdeling/": Owned(at_oslo(_LIBRARY + "ny-avdeling/"), "POST", _BRANCH),
    "/desk/avdelinger/<number:branch_id>/endre/": Owned(at_a_branch("/desk/avdelinger/{}/endre/"), "POST", _BRANCH),
    "/desk/avdelinger/<number:branch_id>/apningstider/": Owned(at_a_branch("/desk/avdelinger/{}/apningstider/")),
    "/desk/avdelinger/<number:branch_id>/stengt/": Owned(
        at_a_branch("/desk/avdelinger/{}/stengt/"), "POST", told(day="2099-05-17")
    ),
    "/desk/avdelinger/<number:branch_id>/apent/": Owned(
        at_a_branch("/desk/avdelinger/{}/apent/"), "POST", told(day="2099-05-17")
    ),
    "/desk/biblioteker/<number:library_id>/ansatte/": Owned(at_oslo(_STAFF)),
    "/desk/biblioteker/<number:library_id>/ansatte/inviter/": Owned(
        at_oslo(_STAFF + "inviter/"), "POST", _NEWCOMER, status=200
    ),
    "/desk/biblioteker/<number:library_id>/ansatte/<number:account_id>/": Owned(about_a_colleague(_ONE)),
    "/desk/biblioteker/<number:library_id>/ansatte/<number:account_id>/lenke/": Owned(
        about_a_colleague(_ONE + "lenke/"), "POST", status=200
    ),
    "/desk/biblioteker/<number:library_id>/ansatte/<number:account_id>/slutt/": Owned(
        about_a_colleague(_ONE + "slutt/"), "POST"
    ),
    "/desk/biblioteker/<number:library_id>/ansatte/<number:account_id>/sperr/": Owned(
        about_a_colleague(_ONE + "sperr/"), "POST"
    ),
    "/desk/konsortier/<number:consortium_id>/nytt-bibliotek/": Owned(
        in_a_consortium(_CONSORTIUM + "nytt-bibliotek/"),
        "POST",
        told(name="Vadsø bibliotek", kind="municipal", slug="vadso"),
    ),
    "/desk/konsortier/<number:consortium_id>/ansatte/": Owned(in_a_consortium(_OFFICE)),
    "/desk/konsortier/<number:consortium_id>/ansatte/inviter/": Owned(
        in_a_consortium(_OFFICE + "inviter/"), "POST", _NEWCOMER, status=200
    ),
    "/desk/konsortier/<number:consortium_id>/ansatte/<number:account_id>/": Owned(in_a_consortium(_ONE_THERE)),
    "/desk/konsortier/<number:consortium_id>/ansatte/<number:account_id>/lenke/": Owned(
        in_a_consortium(_ONE_THERE + "lenke/"), "POST", status=200
    ),
    "/desk/konsortier/<number:consortium_id>/ansatte/<number:account_id>/slutt/": Owned(
        in_a_consortium(_ONE_THERE + "slutt/"), "POST"
    ),
    "/desk/konsortier/<number:consortium_id>/ansatte/<number:account_id>/sperr/": Owned(
        in_a_consortium(_ONE_THERE + "sperr/"), "POST"
    ),
    "/desk/sign-in/": Public(_WAY_IN, at("/desk/sign-in/")),
    "/desk/sign-out/": SignedIn(at("/desk/sign-out/")),
    "/desk/password/": SignedIn(at("/desk/password/")),
    "/desk/welcome/<int:account_id>/<str:token>/": Public(
        "an invitation's link; it looks the same for a wrong one", lambda world: f"/desk/welcome/{world.guest.id}/x/"
    ),
}
