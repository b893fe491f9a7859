"""Keys that bring two records together to be judged. Each is narrow by itself; together they forgive one error anywhere.

A key is 64 bits, signed, so that it fits both databases' integers. Families (the first word hashed): isbn, number;
title+year; title+creator; tail+year and tail+creator (the words after the first, which forgive an error in it);
title+pages; creator+year+pages and creator+year+publisher (which forgive the title altogether).
"""

from __future__ import annotations

from hashlib import blake2b
from struct import Struct

from allmenning.catalogue.matching.evidence import Evidence
from allmenning.catalogue.matching.sounding import sounded
from allmenning.catalogue.matching.wording import STOP

_HEAD = 18
_TAIL = 4
#: Letters of the title beside its maker. An office publishes hundreds of titles that begin alike, a person does not.
_PERSON_HEAD, _BODY_HEAD = 10, 30
#: An office publishes hundreds of leaflets of five pages in a year.
_BODY_PAGES = 24
_MOST_NUMBERS = 6
_SIGNED = Struct(">q")


def keys(each: Evidence) -> list[int]:
    """Sorted, without repeats. Two records of one edition share at least one, except when nothing is left to share."""
    found = {key("isbn", number) for number in each.isbns[:_MOST_NUMBERS]}
    found.update(key("number", number) for number in each.ids[:_MOST_NUMBERS])
    creator = _creator(each)
    pages = str(each.pages[0]) if each.pages else ""
    years = [str(year) for year in each.years[:2]]
    by_body = each.main_is_body or not each.persons  # then ``creator`` is an office, or nobody
    for title in (each.title, *each.other_titles[:2]):
        found.update(_title_keys(title, creator, pages, years, by_body=by_body))
    if creator and years and pages and (not by_body or each.pages[0] >= _BODY_PAGES):
        found.add(key("creator year pages", creator, years[0], pages))
    publisher = max(each.publisher.split(), key=len, default="")[:6]
    if each.persons and not each.main_is_body and years and publisher:
        found.add(key("creator year publisher", creator, years[0], publisher))
    return sorted(found)


def _title_keys(title: str, creator: str, pages: str, years: list[str], *, by_body: bool) -> set[int]:
    words = telling_words(title)
    if not words:
        return set()
    joined = "".join(words)
    head = joined[:_HEAD]
    tail = "".join(words[1:_TAIL])
    found = {key("title year", head, year) for year in years}
    if tail and years:
        found.add(key("tail year", tail, years[0]))
    if creator:
        found.add(key("title creator", joined[: _BODY_HEAD if by_body else _PERSON_HEAD], creator))
        if tail and not by_body:
            found.add(key("tail creator", tail, creator))
    if pages:
        found.add(key("title pages", "".join(sorted(words[:3])), pages))
    return found


def telling_words(title: str) -> list[str]:
    """Folded words without the ones every title has; all of them when nothing else is left."""
    all_words = title.split()
    return [word for word in all_words if word not in STOP] or all_words


def _creator(each: Evidence) -> str:
    """The main person's surname as it sounds, else the first words of the main body."""
    if each.persons and not each.main_is_body:
        return sounded(each.persons[0].partition(",")[0].replace(" ", ""))[:10]
    if each.bodies:
        return "".join(each.bodies[0].split())[:24]
    return ""


def key(*parts: str) -> int:
    """A signed 64-bit number from the parts; the same on every machine."""
    number: int = _SIGNED.unpack(blake2b("\x1f".join(parts).encode(), digest_size=8).digest())[0]
    return number
