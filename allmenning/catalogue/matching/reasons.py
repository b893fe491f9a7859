"""Reason codes in plain words, for the people who look at a decision."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "veto_volume": _("Different volumes or parts"),
    "veto_part_of_whole": _("One is a part, the other the whole set"),
    "veto_part_name": _("Different titles of the part"),
    "veto_carrier": _("Different kinds of carrier, such as book and audiobook"),
    "veto_edition": _("Different edition numbers"),
    "veto_language": _("The text is in different languages"),
    "veto_years": _("Published more than ten years apart"),
    "isbn_shared": _("Same ISBN"),
    "isbn_shared_title_differs": _("Same ISBN, but the titles differ"),
    "isbn_differs": _("Different ISBNs"),
    "number_shared": _("Same record number in a shared register"),
    "number_shared_title_differs": _("Same record number in a shared register, but the titles differ"),
    "number_differs": _("Different record numbers in the same register"),
    "title_same": _("Same title"),
    "title_one_says_more": _("Same title, one says more"),
    "title_alike": _("Nearly the same title"),
    "title_differs": _("Different titles"),
    "title_words_differ": _("The titles differ in a word that matters"),
    "part_on_one_side": _("Only one of them names a part or volume"),
    "title_numbers_same": _("Same numbers in the title"),
    "title_numbers_differ": _("Different numbers in the title"),
    "creator_same": _("Same creator"),
    "creator_alike": _("The creator's name is written differently"),
    "creator_differs": _("Different creators"),
    "body_differs": _("Different organisations"),
    "body_same": _("Same organisation"),
    "year_same": _("Same year"),
    "year_differs_by_1": _("One year apart"),
    "year_shared": _("Different years, but one year is named in both"),
    "year_differs": _("Different years"),
    "publisher_same": _("Same publisher"),
    "publisher_alike": _("The publisher's name is written differently"),
    "publisher_differs": _("Different publishers"),
    "extent_same": _("Same number of pages"),
    "extent_alike": _("Nearly the same number of pages"),
    "extent_differs": _("Different numbers of pages"),
    "volumes_same": _("Same number of volumes"),
    "volumes_differ": _("Different numbers of volumes"),
    "edition_same": _("Same edition number"),
    "edition_differs": _("Different edition numbers"),
    "edition_on_one_side": _("Only one of them states an edition"),
    "series_number_same": _("Same number in the series"),
    "series_number_differs": _("Different numbers in the series"),
    "language_differs": _("Different language codes"),
    "human_same": _("A person joined them"),
    "human_different": _("A person parted them"),
}


def reason_text(code: str) -> str | Promise:
    """Plain words for a reason code, in the reader's language; an unknown code (an older model's) is shown as it is."""
    return REASONS.get(code, code)
