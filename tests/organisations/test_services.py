"""Making and changing libraries, branches and consortia: what becomes true, and every refusal."""

from __future__ import annotations

from datetime import date, time

import pytest

from allmenning.groundwork import audit
from allmenning.groundwork.models import AuditEntry
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Conflict, Invalid, Refused
from allmenning.kernel.labels import Labels
from allmenning.kernel.periods import Period
from allmenning.organisations import queries, services
from allmenning.organisations.errors import AlreadyMember, BranchNotFound, HoursOverlap, LibraryNotFound, Taken
from allmenning.organisations.models import Consortium, Library, Membership, OpeningHours
from allmenning.organisations.services import HoursSpan
from allmenning.people import services as people
from allmenning.people.models import Role
from allmenning.people.places import Place
from tests.people_and_places import SYSTEM, account, acting, alta, branch, consortium, kautokeino, oslo, staff

pytestmark = pytest.mark.django_db

Y2025, FROM_2026 = Period.year(2025), Period(date(2026, 1, 1))
MORNING = HoursSpan(0, time(10), time(14))


def test_a_library_gets_an_address_a_language_and_an_entry_on_the_trail() -> None:
    made = kautokeino(isil="no-2201100", organisation_number="945 475 056", colour="#AA0000")
    made.refresh_from_db()
    assert (made.prefix, made.host, made.active) == ("kautokeino", "", True)
    assert (made.languages, made.default_language) == (["se", "nb"], "se")
    assert (made.isil, made.organisation_number, made.colour) == ("NO-2201100", "945475056", "#aa0000")
    entry = audit.about_subject(made).get()
    assert (entry.verb, entry.library_id, entry.data) == (
        "library.create",
        made.id,
        {"slug": "kautokeino", "kind": "municipal"},
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"isil": "OSLO"}, "isil"),
        ({"organisation_number": "123456789"}, "organisation-number"),
        ({"municipality": "9999"}, "municipality"),
        ({"colour": "red"}, "colour"),
        ({"prefix": "desk"}, "prefix-reserved"),
        ({"host": "not a host"}, "host"),
        ({"languages": []}, "languages"),
        ({"logo_svg": "<script/>"}, "logo-content"),
    ],
)
def test_a_fact_that_does_not_fit_makes_no_library(facts: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        oslo(**facts)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not Library.objects.exists()
    assert not AuditEntry.objects.unscoped("the whole trail").exists()


def test_a_library_needs_a_name_a_kind_and_the_installation() -> None:
    with pytest.raises(Invalid) as refused:
        services.create_library(actor=SYSTEM, slug="oslo", name=Labels(), kind="municipal")
    assert refused.value.code == "library-name"
    with pytest.raises(Invalid) as refused:
        services.create_library(actor=SYSTEM, slug="oslo", name=Labels(nb="Oslo"), kind="monastery")
    assert refused.value.code == "library-kind"
    with pytest.raises(Refused):
        services.create_library(actor=Actor.anonymous(), slug="oslo", name=Labels(nb="Oslo"), kind="municipal")


@pytest.mark.parametrize("facts", [{"prefix": "oslo"}, {"host": "deichman.example.no"}, {"isil": "NO-2030000"}])
def test_an_address_or_isil_in_use_is_refused(facts: dict[str, str]) -> None:
    oslo(host="deichman.example.no", isil="NO-2030000")
    with pytest.raises(Taken) as refused:
        alta(**facts)  # type: ignore[arg-type]
    assert refused.value.data == {"what": next(iter(facts)), "value": next(iter(facts.values()))}


def test_an_administrator_changes_the_librarys_face_but_not_its_address() -> None:
    here = oslo()
    admin = acting(staff(here, Role.ADMIN), here)
    changed = services.change_library(actor=admin, library_id=here.id, name=Labels(nb="Deichman"), colour="#000000")
    assert (changed.name, changed.colour) == (Labels(nb="Deichman"), "#000000")
    assert audit.about_subject(here).filter(verb="library.change").get().data == {"fields": ["colour", "name"]}
    with pytest.raises(Refused):
        services.change_library(actor=admin, library_id=here.id, prefix="deichman")
    assert services.change_library(actor=SYSTEM, library_id=here.id, prefix="deichman").prefix == "deichman"


def test_nothing_new_leaves_nothing_on_the_trail() -> None:
    here = oslo()
    services.change_library(actor=SYSTEM, library_id=here.id, colour=here.colour)
    assert [each.verb for each in audit.about_subject(here)] == ["library.create"]


def test_an_outsider_does_not_learn_that_the_library_exists_and_a_colleague_is_refused() -> None:
    here, there = oslo(), alta()
    neighbour, librarian = acting(staff(there, Role.ADMIN)), acting(staff(here, Role.LIBRARIAN))
    with pytest.raises(LibraryNotFound):
        services.change_library(actor=neighbour, library_id=here.id, colour="#000000")
    with pytest.raises(Refused):
        services.change_library(actor=librarian, library_id=here.id, colour="#000000")
    with pytest.raises(LibraryNotFound):
        services.change_library(actor=SYSTEM, library_id=0, colour="#000000")


def test_a_branch_is_known_by_its_slug_and_its_systems_code() -> None:
    here, there = oslo(), alta()
    made = branch(here, code="hutl")
    assert queries.branches(here.id) == [made]
    assert queries.branch_ids_by_code(here.id) == {"hutl": made.id}
    branch(there, code="hutl")  # another library's system may use the same code
    for slug, code in (("hovedbiblioteket", ""), ("furuset", "hutl")):
        with pytest.raises(Taken):
            branch(here, slug, code)
    services.change_branch(actor=SYSTEM, branch_id=made.id, name=Labels(nb="Bjørvika"), city="Oslo", active=False)
    made.refresh_from_db()
    assert (str(made.name), made.city, queries.branches(here.id)) == ("Bjørvika", "Oslo", [])


def test_any_librarian_sets_the_hours_of_their_own_branches_only() -> None:
    here, there = oslo(), alta()
    ours, theirs = branch(here), branch(there)
    librarian = acting(staff(here), here)
    services.set_opening_hours(actor=librarian, branch_id=ours.id, period=FROM_2026, spans=[MORNING])
    services.close_on(actor=librarian, branch_id=ours.id, day=date(2026, 5, 18))
    for branch_id in (theirs.id, 0):
        with pytest.raises(BranchNotFound):
            services.set_opening_hours(actor=librarian, branch_id=branch_id, period=FROM_2026, spans=[])
        with pytest.raises(BranchNotFound):
            services.close_on(actor=librarian, branch_id=branch_id, day=date(2026, 5, 18))
    cataloguer = acting(staff(here, Role.CATALOGUER), here)
    with pytest.raises(Refused):
        services.reopen_on(actor=cataloguer, branch_id=ours.id, day=date(2026, 5, 18))
    trail = AuditEntry.objects.for_library(here.id).filter(subject_kind="organisations.branch").order_by("id")
    assert [each.verb for each in trail] == ["branch.create", "branch.set_hours", "branch.close_on"]


def test_hours_cut_what_stood_and_keep_the_rest() -> None:
    place = branch(oslo())
    services.set_opening_hours(actor=SYSTEM, branch_id=place.id, period=Period(date(2020, 1, 1)), spans=[MORNING])
    services.set_opening_hours(actor=SYSTEM, branch_id=place.id, period=Y2025, spans=[])
    assert [each.period for each in OpeningHours.objects.order_by("starts")] == [
        Period(date(2020, 1, 1), date(2025, 1, 1)),
        FROM_2026,
    ]


@pytest.mark.parametrize(
    "spans",
    [
        [HoursSpan(0, time(10), time(14)), HoursSpan(0, time(13), time(16))],
        [HoursSpan(0, time(18), time(0)), HoursSpan(0, time(20), time(22))],
    ],
)
def test_two_spans_at_the_same_time_are_refused(spans: list[HoursSpan]) -> None:
    place = branch(oslo())
    with pytest.raises(HoursOverlap):
        services.set_opening_hours(actor=SYSTEM, branch_id=place.id, period=FROM_2026, spans=spans)
    assert not OpeningHours.objects.exists()


def test_a_span_on_no_day_or_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        HoursSpan(7, time(10), time(14))
    assert refused.value.code == "weekday"
    with pytest.raises(Invalid) as refused:
        HoursSpan(0, time(14), time(14))
    assert refused.value.code == "hours-order"


def test_a_library_may_be_in_several_consortia_and_come_back() -> None:
    here, public, reading = oslo(), consortium(), consortium("pensumlister")
    services.join_consortium(actor=SYSTEM, consortium_id=public.id, library_id=here.id, period=Y2025)
    services.join_consortium(actor=SYSTEM, consortium_id=public.id, library_id=here.id, period=FROM_2026)
    services.join_consortium(actor=SYSTEM, consortium_id=reading.id, library_id=here.id, period=FROM_2026)
    assert queries.members(public.id, date(2025, 12, 31)) == queries.members(public.id, date(2026, 1, 1)) == [here]
    assert queries.members(reading.id, date(2025, 12, 31)) == []
    with pytest.raises(AlreadyMember):
        services.join_consortium(actor=SYSTEM, consortium_id=public.id, library_id=here.id, period=Y2025)


def test_leaving_ends_the_membership_that_runs() -> None:
    here, public = oslo(), consortium()
    services.join_consortium(actor=SYSTEM, consortium_id=public.id, library_id=here.id, period=FROM_2026)
    last = date(2027, 1, 1)
    services.leave_consortium(actor=SYSTEM, consortium_id=public.id, library_id=here.id, day=last)
    assert Membership.objects.get().period == Period.year(2026)
    assert queries.members(public.id, last) == []
    with pytest.raises(Conflict):
        services.leave_consortium(actor=SYSTEM, consortium_id=public.id, library_id=here.id, day=date(2028, 1, 1))


def test_only_the_consortiums_own_office_runs_it() -> None:
    here, public = oslo(), consortium()
    with pytest.raises(Refused):
        services.join_consortium(
            actor=acting(staff(here, Role.ADMIN)), consortium_id=public.id, library_id=here.id, period=FROM_2026
        )
    with pytest.raises(Refused):
        services.create_consortium(actor=acting(staff(here)), slug="nytt", name=Labels(nb="Nytt"))


def test_libraries_are_listed_by_name_and_found_by_code() -> None:
    first, second, third = oslo(isil="NO-2030000"), alta(), kautokeino()
    assert queries.all_libraries() == [second, first, third]
    assert queries.library_by_code("alta") == second
    assert queries.library_by_code("no-2030000") == first
    assert queries.library(third.id) == third
    for code in ("bergen", ""):
        with pytest.raises(LibraryNotFound):
            queries.library_by_code(code)
    with pytest.raises(LibraryNotFound):
        queries.library(0)


def test_who_runs_a_consortium_makes_its_libraries_and_numbers_them() -> None:
    here, shared, other = oslo(), consortium(), consortium("forskning")
    services.join_consortium(actor=SYSTEM, consortium_id=shared.id, library_id=here.id, period=FROM_2026)
    office = office_of(shared)
    made = services.create_library(
        actor=office, slug="vadso", name=Labels(nb="Vadsø bibliotek"), kind="municipal", consortium_id=shared.id
    )
    assert queries.members(shared.id, date.today()) == [here, made]
    assert [each.verb for each in audit.about_subject(made)] == ["library.create"]
    assert services.change_library(actor=office, library_id=here.id, isil="NO-2030000").isil == "NO-2030000"
    name, admin = Labels(nb="Alta"), acting(staff(here, Role.ADMIN))
    for actor, where in ((office, other.id), (office, None), (admin, shared.id)):
        with pytest.raises(Refused):
            services.create_library(actor=actor, slug="alta", name=name, kind="municipal", consortium_id=where)
    with pytest.raises(Refused):
        services.change_library(actor=admin, library_id=here.id, isil="NO-2030001")


@pytest.mark.parametrize("facts", [{"host": "bibliotek.example.no"}, {"prefix": "annet"}])
def test_addresses_are_the_installations_to_give(facts: dict[str, str]) -> None:
    shared = consortium()
    office = office_of(shared)
    with pytest.raises(Refused):
        services.create_library(
            actor=office, slug="alta", name=Labels(nb="Alta"), kind="municipal", consortium_id=shared.id,
            **facts,  # type: ignore[arg-type]
        )  # fmt: skip
    assert not Library.objects.exists()


def test_a_short_name_in_use_is_refused_in_words() -> None:
    oslo(prefix="deichman")
    with pytest.raises(Taken) as refused:
        services.create_library(actor=SYSTEM, slug="oslo", name=Labels(nb="Oslo"), kind="municipal", prefix="annet")
    assert refused.value.message == "«oslo» er allerede i bruk av en annen (kortnavn)."


def test_municipalities_are_found_by_number_and_by_name_in_any_language() -> None:
    services.load_municipalities()
    assert [
        [each.number for each in queries.municipalities_called(text)]
        for text in ("5601", "ALTA", "Guovdageaidnu", "Herøy", "Atlantis")
    ] == [["5601"], ["5601"], ["5612"], ["1515", "1818"], []]


def office_of(shared: Consortium) -> Actor:
    """The actor of somebody who runs a consortium."""
    them = account("kontor@example.no")
    people.grant_role(
        actor=SYSTEM,
        account_id=them.id,
        role=Role.CONSORTIUM_OFFICE,
        place=Place(consortium_id=shared.id),
        period=FROM_2026,
    )
    return acting(them)
