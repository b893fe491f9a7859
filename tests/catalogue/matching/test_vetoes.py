"""What keeps records apart whatever else they share: one test for each veto, and for what is no veto."""

from __future__ import annotations

from typing import Any

import pytest

from allmenning.catalogue.matching import Evidence, conflict, judge, signature
from allmenning.catalogue.matching.vetoes import carrier, languages_meet, parts_conflict, veto
from tests.catalogue.matching.books import BERLINERPOPLENE, POPLARS, seen

NUMBERED = POPLARS._replace(isbns=("9788270949700",), ids=("oclc:1",))


def changed(**facts: Any) -> Evidence:
    return NUMBERED._replace(**facts)


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ({"parts": ("1",)}, {"parts": ("2",)}, "veto_volume"),
        ({"parts": ("1", "2")}, {"parts": ("1", "3")}, "veto_volume"),
        ({"parts": ("1",)}, {"volumes": 3, "pages": ()}, "veto_part_of_whole"),
        ({"parts": ("1",)}, {"volumes": -1, "pages": ()}, "veto_part_of_whole"),
        ({"part_name": "kransen"}, {"part_name": "korset"}, "veto_part_name"),
        ({"format": "book"}, {"format": "audiobook"}, "veto_carrier"),
        ({"format": "book"}, {"format": "ebook"}, "veto_carrier"),
        ({"format": "book"}, {"format": "large_print"}, "veto_carrier"),
        ({"format": "book"}, {"format": "film"}, "veto_carrier"),
        ({"format": "score"}, {"format": "music"}, "veto_carrier"),
        ({"format": "book"}, {"format": "microform"}, "veto_carrier"),
        ({"format": "audiobook"}, {"format": "eaudiobook"}, "veto_carrier"),
        ({"format": "map"}, {"format": "map", "online": True}, "veto_carrier"),
        ({"edition_number": 2}, {"edition_number": 3}, "veto_edition"),
        ({"languages": ("nb",)}, {"languages": ("nn",)}, "veto_language"),
        ({"languages": ("nb",)}, {"languages": ("se",)}, "veto_language"),
        ({"languages": ("no",), "edition": "nynorsk"}, {"languages": ("nb",)}, "veto_language"),
        ({"languages": ("no",), "edition": "nynorsk"}, {"languages": ("no",), "edition": "bokmal"}, "veto_language"),
    ],
)
def test_a_veto_stands_against_shared_numbers(left: dict[str, Any], right: dict[str, Any], reason: str) -> None:
    a, b = changed(**left), changed(**right)
    assert judge(a, b) == (0.0, "different", (reason,))
    assert judge(b, a) == (0.0, "different", (reason,))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"parts": ("1",)}, {}),
        ({"parts": ("1",)}, {"parts": ("1", "b")}),
        ({"part_name": "kransen"}, {"part_name": "kransen roman"}),
        ({"format": "book"}, {"format": "thesis"}),
        ({"format": "book"}, {"format": "other"}),
        ({"edition_number": 2}, {}),
        ({"languages": ("no",)}, {"languages": ("nn",)}),
        ({"languages": ()}, {"languages": ("se",)}),
        ({"languages": ("nb", "sma")}, {"languages": ("sma",)}),
        ({"languages": ("nb",), "edition": "nynorsk"}, {"languages": ("nn",)}),
    ],
)
def test_silence_and_saying_more_are_no_veto(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert veto(changed(**left), changed(**right)) == ""
    assert veto(changed(**right), changed(**left)) == ""


@pytest.mark.parametrize(("year", "reason"), [(2014, ""), (2015, "veto_years"), (1994, ""), (1993, "veto_years")])
def test_more_than_ten_years_apart_without_a_year_in_common(year: int, reason: str) -> None:
    other = POPLARS._replace(year=year, years=(year,))
    assert veto(POPLARS, other) == reason


def test_years_are_no_veto_where_a_copyright_year_a_number_or_a_guess_explains_them() -> None:
    later = POPLARS._replace(year=2020, years=(2020,))
    assert veto(POPLARS, later) == "veto_years"
    assert veto(POPLARS, later._replace(years=(2020, 2004))) == ""
    isbn = ("9788270949700",)
    assert veto(POPLARS._replace(isbns=isbn), later._replace(isbns=isbn)) == ""
    assert veto(POPLARS._replace(ids=("oclc:1",)), later._replace(ids=("oclc:1",))) == ""
    assert veto(POPLARS, later._replace(span=(2000, 2099))) == ""
    assert veto(POPLARS, later._replace(year=0, years=(), span=(1900, 1993))) == "veto_years"


def test_a_wrong_language_code_is_forgiven_only_for_a_telling_title_and_never_between_languages_of_norway() -> None:
    title = "studies in the text of matthew arnold s prose works"
    english = POPLARS._replace(title=title, rest="", languages=("en",))
    assert veto(english, english._replace(languages=("fr",))) == ""
    assert veto(english, english._replace(languages=("fr",), pages=(287,))) == "veto_language"
    assert veto(english, english._replace(languages=("fr",), year=2005)) == "veto_language"
    leaflet = english._replace(pages=(23,))
    assert veto(leaflet, leaflet._replace(languages=("fr",))) == "veto_language"
    assert veto(leaflet._replace(pages=(24,)), leaflet._replace(pages=(24,), languages=("fr",))) == ""
    bokmal = english._replace(languages=("nb",))
    assert veto(bokmal, bokmal._replace(languages=("nn",))) == "veto_language"
    assert veto(bokmal, bokmal._replace(languages=("fkv",))) == "veto_language"
    short = english._replace(title="peer gynt")
    assert veto(short, short._replace(languages=("fr",))) == "veto_language"


def test_printings_are_no_editions_but_editions_are() -> None:
    def stated(statement: str) -> Evidence:
        return seen(BERLINERPOPLENE + f"250   $a{statement}")

    assert veto(stated("2. utg."), stated("3. opplag")) == ""
    assert veto(stated("1. utg., 4. oppl."), stated("1. utg.")) == ""
    assert veto(stated("2. utg."), stated("Tredje utgave")) == "veto_edition"
    assert veto(stated("Second edition"), stated("2nd ed.")) == ""


def test_carriers_fall_into_classes() -> None:
    assert [carrier(each) for each in ("book", "manuscript", "ebook", "website", "film", "other")] == [
        "text", "text", "etext", "etext", "film", "",
    ]  # fmt: skip


def test_parts_conflict_when_neither_only_says_more() -> None:
    assert parts_conflict(("1",), ("2",))
    assert not parts_conflict((), ("2",))
    assert not parts_conflict(("2", "1"), ("2",))


def test_norwegian_without_more_goes_with_both_written_forms_only() -> None:
    def meet(a: str, b: str) -> bool:
        return languages_meet(frozenset(a.split()), frozenset(b.split()))

    assert meet("no", "nb")
    assert meet("nn", "no")
    assert not meet("no", "se")
    assert not meet("nb", "nn")
    assert meet("", "nn")


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ({"parts": ("1",)}, {"parts": ("2",)}, "veto_volume"),
        ({"parts": ("1",)}, {"volumes": 3}, "veto_part_of_whole"),
        ({"format": "book"}, {"format": "film"}, "veto_carrier"),
        ({"format": "map"}, {"format": "map", "online": True}, "veto_carrier"),
        ({"edition_number": 1}, {"edition_number": 2}, "veto_edition"),
        ({"languages": ("nb",)}, {"languages": ("nn",)}, "veto_language"),
        ({"languages": ("nb",)}, {"languages": ("en",)}, None),
        ({"parts": ("1",)}, {}, None),
        ({"format": "other"}, {"format": "book"}, None),
        ({"edition_number": 0}, {"edition_number": 2}, None),
        ({}, {}, None),
    ],
)
def test_signatures_conflict_as_the_vetoes_between_clusters(
    left: dict[str, Any], right: dict[str, Any], reason: str | None
) -> None:
    a, b = signature(changed(**left)), signature(changed(**right))
    assert conflict(a, b) == reason
    assert conflict(b, a) == reason


def test_a_signature_is_short_and_the_same_for_what_vetoes_treat_alike() -> None:
    assert signature(POPLARS) == "text////nb"
    assert signature(changed(year=1999, title="noe helt annet")) == signature(POPLARS)


def test_a_set_begins_at_two_volumes() -> None:
    part = changed(parts=("1",))
    assert veto(part, changed(volumes=2, pages=())) == "veto_part_of_whole"
    assert veto(part, changed(volumes=1, pages=())) == ""
    assert veto(part, changed(volumes=0, pages=())) == ""


def test_a_wrong_language_code_is_forgiven_across_the_border_of_norway() -> None:
    english = POPLARS._replace(title="bergensbanens historie 1909", rest="", languages=("en",))
    assert veto(english, english._replace(languages=("nb",))) == ""
    assert veto(english._replace(languages=("nb",)), english) == ""


@pytest.mark.parametrize(
    ("title", "rest", "reason"),
    [("o" * 25, "", ""), ("o" * 24, "", "veto_language"), ("o" * 24, "r", ""), ("peer gynt", "r" * 16, "")],
)
def test_a_title_tells_from_25_letters_remainder_included(title: str, rest: str, reason: str) -> None:
    english = POPLARS._replace(title=title, rest=rest, languages=("en",))
    assert veto(english, english._replace(languages=("fr",))) == reason


def test_the_shorter_of_two_titles_must_tell() -> None:
    bare = POPLARS._replace(title="peer gynt", rest="", languages=("en",))
    full = bare._replace(rest="a dramatic poem in five acts", languages=("fr",))
    assert veto(bare, full) == "veto_language"
    assert veto(full, bare) == "veto_language"


def test_only_the_largest_count_of_pages_must_agree_where_a_language_code_is_forgiven() -> None:
    english = POPLARS._replace(title="bergensbanens historie 1909", rest="", pages=(286, 16), languages=("en",))
    french = english._replace(pages=(286,), languages=("fr",))
    assert veto(english, french) == ""
    assert veto(french, english) == ""
    assert veto(english._replace(pages=()), french._replace(pages=())) == "veto_language"
    assert veto(english._replace(year=0), french._replace(year=0)) == "veto_language"


def test_a_signature_tells_carrier_parts_edition_and_languages() -> None:
    atlas = changed(format="map", online=True, parts=("2", "b"), edition_number=3, languages=("nn", "nb"))
    assert signature(atlas) == "map@/2.b//3/nb nn"
    assert signature(changed(volumes=2)) == "text//s//nb"
    assert signature(changed(volumes=-1)) == "text//s//nb"
    assert signature(changed(volumes=1)) == "text////nb"
    assert signature(changed(volumes=2, parts=("1",))) == "text/1///nb"


def test_signatures_of_parts_conflict_unless_one_only_says_more() -> None:
    second, first_of_second, third_of_second = (
        signature(changed(parts=each)) for each in (("2",), ("2", "1"), ("2", "3"))
    )
    assert conflict(second, first_of_second) is None
    assert conflict(first_of_second, second) is None
    assert conflict(first_of_second, third_of_second) == "veto_volume"
