"""What stands in an address, and how forgiving its reading is."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from allmenning.web.public.asking import Asked, page_numbers, read


def test_an_address_is_read_and_written_back() -> None:
    address = "q=sult&hvor=alle&form=book&form=audiobook&sprak=nb&sorter=nyeste&side=3"
    asked = read(QueryDict(address))
    assert asked == Asked(
        text="sult",
        everywhere=True,
        filters={"format": ("book", "audiobook"), "language": ("nb",)},
        sort="newest",
        page=3,
    )
    assert asked.url("/sok") == f"/sok?{address}"


@pytest.mark.parametrize(
    "odd", ["side=0", "side=-1", "side=x", "side=٣x", "sorter=best", "form=", "hvor=her", "q=%00", ""]
)
def test_what_does_not_fit_is_as_if_not_asked(odd: str) -> None:
    assert read(QueryDict(odd)) == Asked()


def test_pages_end_where_narrowing_down_helps_more() -> None:
    assert read(QueryDict("side=99999999999999999999")).page == 50
    assert read(QueryDict("side=" + "9" * 5000)).page == 50


def test_the_national_door_searches_everywhere_already() -> None:
    assert read(QueryDict("hvor=alle"), national=True) == Asked()


def test_a_filter_taken_away_leads_to_the_first_page() -> None:
    asked = Asked("sult", filters={"format": ("book", "film")}, page=4)
    assert asked.without("format", "book") == Asked("sult", filters={"format": ("film",)})


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 5, [1, 2, None, 5]),
        (3, 5, [1, 2, 3, 4, 5]),
        (10, 50, [1, None, 9, 10, 11, None, 50]),
        (50, 50, [1, None, 49, 50]),
    ],
)
def test_paging_offers_the_ends_and_the_neighbours(current: int, last: int, shown: list[int | None]) -> None:
    assert page_numbers(current, last) == shown
