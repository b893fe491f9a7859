"""Keys that bring two records together to be judged. Each is narrow by itself; together they forgive one error anywhere.

A key is 64 bits, signed, so that it fits both databases' integers. Families (the first word hashed): isbn, number;
title+year; title+creator; tail+year and tail+creator (the words after the first, which forgive an error in it);
title+pages; creator+year+pages and creator+year+publisher (which forgive the title altogether).
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from struct import unpack

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


def keys(each: Evidence) -> list[int]:
    """Sorted, without repeats. Two records of one edition share at least one, except when nothing is left to share."""
    found = [f"isbn\x1f{number}" for number in each.isbns[:_MOST_NUMBERS]]
    found += [f"number\x1f{number}" for number in each.ids[:_MOST_NUMBERS]]
    creator = _creator(each)
    pages = str(each.pages[0]) if each.pages else ""
    years = [str(year) for year in each.years[:2]]
    by_body = each.main_is_body or not each.persons  # then ``creator`` is an office, or nobody
    for title in (each.title, *each.other_titles[:2]):
        found += _title_keys(title, creator, pages, years, by_body=by_body)
    if creator and years and pages and (not by_body or each.pages[0] >= _BODY_PAGES):
        found.append(f"creator year pages\x1f{creator}\x1f{years[0]}\x1f{pages}")
    if not by_body and years and each.publisher:
        publisher = max(each.publisher.split(), key=len)[:6]
        found.append(f"creator year publisher\x1f{creator}\x1f{years[0]}\x1f{publisher}")
    return hashed(found)


def _title_keys(title: str, creator: str, pages: str, years: list[str], *, by_body: bool) -> list[str]:
    words = telling_words(title)
    if not words:
        return []
    joined = "".join(words)
    head = joined[:_HEAD]
    tail = "".join(words[1:_TAIL])
    found = [f"title year\x1f{head}\x1f{year}" for year in years]
    if tail and years:
        found.append(f"tail year\x1f{tail}\x1f{years[0]}")
    if creator:
        found.append(f"title creator\x1f{joined[: _BODY_HEAD if by_body else _PERSON_HEAD]}\x1f{creator}")
        if tail and not by_body:
            found.append(f"tail creator\x1f{tail}\x1f{creator}")
    if pages:
        found.append(f"title pages\x1f{''.join(sorted(words[:3]))}\x1f{pages}")
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


def hashed(texts: Iterable[str]) -> list[int]:
    """Each text as a signed 64-bit number, the same on every machine; sorted, without repeats.

    A record has a dozen: they are made together, for a call each costs as much as the hash itself.
    """
    digests = [blake2b(text.encode(), digest_size=8).digest() for text in set(texts)]
    return sorted(unpack(f">{len(digests)}q", b"".join(digests)))
