"""One description from several: declared rules, provenance, and the same whatever the order."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmenning.catalogue.description import FIELD_NAMES, Agent, Description, Series
from allmenning.catalogue.merging import RULES, Merged, SourcedDescription, merge


def sourced(record_id: int, rank: int = 1, **facts: object) -> SourcedDescription:
    description = Description(**facts)  # type: ignore[arg-type]
    return SourcedDescription(rank, f"source {rank}", record_id, description, record_key=f"key {record_id}")


def test_every_field_has_a_rule() -> None:
    assert set(RULES) == set(FIELD_NAMES)


def test_one_source_is_itself() -> None:
    only = sourced(7, title="Sult", year=1890)
    assert merge([only]) == Merged(only.description, {"title": (7,), "year": (7,), "format": (7,)})


def test_nothing_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="nothing to merge"):
        merge([])


def test_what_most_sources_say_is_spelled_as_the_best_of_them_spells_it() -> None:
    merged = merge([sourced(1, 1, title="SULT"), sourced(2, 0, title="Sutl"), sourced(3, 2, title="Sult")])
    assert merged.description.title == "SULT"
    assert merged.provenance["title"] == (1, 3)


def test_a_tie_goes_to_the_better_rank_then_by_source_and_key_not_by_record_id() -> None:
    assert merge([sourced(1, 2, year=1999), sourced(2, 1, year=2001)]).description.year == 2001
    early = SourcedDescription(1, "a", 9, Description(year=1), record_key="1")
    late = SourcedDescription(1, "a", 3, Description(year=2), record_key="2")
    assert merge([late, early]).description.year == 1


def test_the_remainder_follows_the_title_it_belongs_to() -> None:
    merged = merge(
        [
            sourced(1, 0, title="Sult", remainder="roman"),
            sourced(2, 1, title="Sult"),
            sourced(3, 2, title="Hunger", remainder="a much longer remainder of another title"),
        ]
    )
    assert (merged.description.title, merged.description.remainder) == ("Sult", "roman")
    assert merged.provenance["remainder"] == (1,)


def test_the_longest_summary_wins_and_lists_are_joined_without_repeats() -> None:
    merged = merge(
        [
            sourced(1, 0, summary="Kort.", isbns=("9788203214738",), series=(Series("Pocket"),), notes=("Ill.",)),
            sourced(2, 1, summary="En lengre omtale.", isbns=("9788203214738", "9788203214745"), notes=("ill",)),
        ]
    )
    assert merged.description.summary == "En lengre omtale."
    assert merged.provenance["summary"] == (2,)
    assert merged.description.isbns == ("9788203214738", "9788203214745")
    assert merged.provenance["isbns"] == (1, 2)
    assert merged.description.notes == ("Ill.",)
    assert merged.provenance["notes"] == (1,)
    assert merged.provenance["series"] == (1,)


def test_one_person_once_with_the_fullest_facts() -> None:
    merged = merge(
        [
            sourced(1, 0, agents=(Agent("Hamsun, Knut"),)),
            sourced(
                2, 1, agents=(Agent("Hamsun, Knut", "aut", "1859-1952", main=True), Agent("Lyngstad, Sverre", "trl"))
            ),
            sourced(3, 2, agents=(Agent("HAMSUN, Knut", "aut"),)),
        ]
    )
    assert merged.description.agents == (
        Agent("Hamsun, Knut", "aut", "1859-1952", main=True),
        Agent("Lyngstad, Sverre", "trl"),
    )
    assert merged.provenance["agents"] == (1, 2)


def test_one_person_in_two_roles_is_named_twice() -> None:
    both = (Agent("Egner, Thorbjørn", "aut", main=True), Agent("Egner, Thorbjørn", "ill"))
    assert merge([sourced(1, agents=both), sourced(2, agents=both[1:])]).description.agents == both


texts = st.sampled_from(["", "Sult", "SULT", "Sult :", "Hunger", "Pan"])
people = st.lists(
    st.builds(
        Agent,
        name=st.sampled_from(["Hamsun, Knut", "hamsun, knut", "Egner, Thorbjørn"]),
        role=st.sampled_from(["", "aut", "ill"]),
        dates=st.sampled_from(["", "1859-", "1859-1952"]),
        main=st.booleans(),
    ),
    max_size=3,
).map(tuple)
descriptions = st.builds(
    Description,
    title=texts,
    remainder=texts,
    responsibility=texts,
    publisher=texts,
    year=st.sampled_from([None, 1890, 1891]),
    languages=st.sampled_from([(), ("nb",), ("nn",)]),
    fiction=st.sampled_from([None, True, False]),
    isbns=st.sampled_from([(), ("9788203214738",), ("9788203214745", "9788203214738")]),
    agents=people,
)


@given(st.lists(st.tuples(st.integers(0, 2), descriptions), min_size=1, max_size=4))
def test_the_order_sources_come_in_changes_nothing(given_sources: list[tuple[int, Description]]) -> None:
    sources = [
        SourcedDescription(rank, f"s{rank}", number, description, f"k{number}")
        for number, (rank, description) in enumerate(given_sources)
    ]
    expected = merge(sources)
    assert all(merge(each) == expected for each in permutations(sources))


@given(st.lists(st.tuples(st.integers(0, 2), descriptions), min_size=1, max_size=4))
def test_what_is_said_has_a_source_and_silence_has_none(given_sources: list[tuple[int, Description]]) -> None:
    sources = [
        SourcedDescription(rank, f"s{rank}", number, description, f"k{number}")
        for number, (rank, description) in enumerate(given_sources)
    ]
    merged = merge(sources)
    for name in FIELD_NAMES:
        silent = getattr(merged.description, name) in ("", (), None)
        assert (name in merged.provenance) != silent


def written(*names: str, main: bool = True, role: str = "aut") -> Description:
    return Description(title="Sult", agents=tuple(Agent(name, role, main=main) for name in names))


def people(*told: Description) -> list[tuple[str, str]]:
    agents = merge([SourcedDescription(0, f"source {at}", at, each) for at, each in enumerate(told)]).description.agents
    return [(each.name, each.also) for each in agents]


def test_a_main_heading_is_one_person_however_she_is_written() -> None:
    full, short = written("Rowling, Joanne Kathleen"), written("Rowling, J.K.")
    assert people(full, short, short) == [("Rowling, J.K.", "Rowling, Joanne Kathleen")]  # as most write it
    assert people(full, short) == [("Rowling, Joanne Kathleen", "Rowling, J.K.")]  # else the best-ranked
    assert people(written("Tolstoj, Lev"), written("Tolstoy, Leo")) == [("Tolstoj, Lev", "Tolstoy, Leo")]
    assert people(written("Bø, Jon"), written("Moe, Jo")) == [("Bø, Jon", ""), ("Moe, Jo", "")]


def test_others_are_one_person_only_where_the_names_fit() -> None:
    one, other = written("Lie, J.", main=False, role="trl"), written("Lie, Jonas", main=False, role="trl")
    assert people(one, other) == [("Lie, J.", "Lie, Jonas")]
    assert people(other, written("Lie, Johan", main=False, role="trl")) == [("Lie, Jonas", ""), ("Lie, Johan", "")]
    assert people(other, written("Lie, Jonas", main=False, role="ill")) == [("Lie, Jonas", ""), ("Lie, Jonas", "")]


def test_two_whom_one_record_names_are_two() -> None:
    both = written("Andersen, A.", "Andersen, Anne", main=False)
    assert people(both, both) == [("Andersen, A.", ""), ("Andersen, Anne", "")]
