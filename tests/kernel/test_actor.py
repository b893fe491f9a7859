"""What an actor may be asked."""

from __future__ import annotations

from allmenning.kernel.actor import Actor, Grant

OSLO, ALTA, KAUTOKEINO = 1, 2, 3
IN_FINNMARK = Grant("cataloguer", "county", 56, frozenset({ALTA, KAUTOKEINO}))
AT_OSLO = Grant("librarian", "library", OSLO)
OFFICE = Grant("consortium_office", "consortium", 7, frozenset({OSLO}))


def acting(*grants: Grant) -> Actor:
    return Actor(account_id=5, name="Kari", channel="test", library_id=ALTA, grants=frozenset(grants))


def test_a_role_holds_where_it_reaches() -> None:
    kari = acting(IN_FINNMARK, AT_OSLO)
    assert kari.holds("cataloguer", library_id=KAUTOKEINO)
    assert not kari.holds("librarian", library_id=KAUTOKEINO)
    assert kari.holds("librarian", "admin", library_id=OSLO)
    assert kari.reaches(ALTA)
    assert kari.holds_somewhere("cataloguer")
    assert not kari.holds_somewhere("admin")


def test_standing_in_a_library_gives_no_right() -> None:
    visitor = acting(AT_OSLO)
    assert visitor.library_id == ALTA
    assert not visitor.reaches(ALTA)
    assert not Actor.anonymous(ALTA).reaches(ALTA)
    assert Actor.anonymous(ALTA).is_anonymous


def test_a_consortium_role_is_asked_for_by_its_consortium() -> None:
    assert acting(OFFICE).holds_in_consortium("consortium_office", consortium_id=7)
    assert not acting(OFFICE).holds_in_consortium("consortium_office", consortium_id=8)
    assert not acting(Grant("consortium_office", "library", 7)).holds_in_consortium(
        "consortium_office", consortium_id=7
    )


def test_the_installation_may_do_everything_and_is_somebody() -> None:
    worker = Actor.system("import")
    assert worker.holds("admin", library_id=OSLO)
    assert worker.holds_somewhere("admin")
    assert worker.holds_in_consortium("admin", consortium_id=7)
    assert not worker.is_anonymous
