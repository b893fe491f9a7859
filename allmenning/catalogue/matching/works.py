"""Keys of the work an edition holds: editions that share one are editions of the same work. Never a title alone.

The rules stand in README.md. A key is kind + maker + title + part; where nobody made it by name, kind + another fact + title.
"""

from __future__ import annotations

import re

from allmenning.catalogue.description import Agent, Description
from allmenning.catalogue.matching.evidence import Evidence, plain
from allmenning.catalogue.matching.generic import GENERIC, SCRIPTURES, without_article
from allmenning.catalogue.matching.keys import hashed
from allmenning.catalogue.matching.measures import PART_WORDS, part_numbers
from allmenning.catalogue.matching.numerals import number_of
from allmenning.catalogue.matching.sounding import sounded

#: What kind of work a format holds; everything that carries a text is one kind, so that book, e-book and audiobook meet.
_KINDS = {
    "film": "film", "efilm": "film", "music": "music", "emusic": "music", "score": "music", "journal": "serial",
    "ejournal": "serial", "newspaper": "serial", "map": "map", "game": "game", "software": "game", "image": "image",
    "toy": "object", "object": "object",
}  # fmt: skip
_MAKERS = {"film": ("drt", "fmd"), "music": ("cmp", "prf", "sng", ""), "map": ("ctg", "aut", "")}
_TEXT_MAKERS = ("aut", "cre", "dis", "")
_DIRECTED = re.compile(
    r"(?:regi(?:ssør)?|directed by|director|ei?n film av|a film by|film av|ohjaus)\W+(?P<name>[^;,/\[\]]+)",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"^(?:\W|skrevet|tekst|written|text|av|by|von|par|de|av:|forfatter)*\s*(?P<name>[^;,/\[\]]+)", re.IGNORECASE
)
_RADIO = re.compile(r"hørespill|høyrespel|radioteater|radio play|dramatisert", re.IGNORECASE)
_JOINING = re.compile(r"\s(?:og|and|und|et|&|med|with)\s")
_SHORT_TITLE = 20


def work_keys(description: Description, told: Evidence | None = None) -> list[int]:
    """Sorted keys, possibly none: then the edition is a work of its own. Pure.

    ``told``: the description's evidence, for who has it already; its title need not be folded again.
    """
    own, rest = (told.title, told.rest) if told else (plain(description.title), plain(description.remainder))
    kind = kind_of(description)
    part = _part(description)
    makers = makers_of(description, kind)
    found: list[str] = []
    if makers:
        adapter = next((sounded(plain(each.name)) for each in description.agents if each.role == "adp"), "")
        for form in _titles(description, own, rest):
            title, its_part = split_part(form, part)
            after = f"{sounded(title)}\x1f{its_part}\x1f{adapter}"
            found += [f"work\x1f{kind}\x1f{maker}\x1f{after}" for maker in makers]
    return hashed(found or _without_maker(description, kind, part, own, rest))


def kind_of(description: Description) -> str:
    """What kind of work it is: text, film, music, serial, radio …"""
    kind = _KINDS.get(description.format, "text")
    return "radio" if kind == "text" and _is_radio(f"{description.remainder} {description.title}") else kind


def _is_radio(titles: str) -> bool:
    low = titles.lower()
    if "radio" not in low and "dramatisert" not in low and low.isascii():
        return False  # what no pattern of ``_RADIO`` fits, at a tenth of the cost
    return _RADIO.search(titles) is not None


def makers_of(description: Description, kind: str) -> list[str]:
    """Who made the work: the main entry, else who is named as author (director, composer), else who the title page names."""
    wanted = _MAKERS.get(kind, _TEXT_MAKERS)
    people = [each for each in description.agents if each.kind == "person"]
    if kind == "film":
        chosen = [each for each in people if each.role in wanted] or [each for each in people if not each.role]
    else:
        chosen = [each for each in people if each.main] or [each for each in people if each.role in wanted]
    found = [form for each in chosen[:3] for form in maker_forms(each)]
    if kind == "music" and not found:  # a band makes its music as a person does
        bodies = [each for each in description.agents if each.kind == "corporate"]
        found = [sounded(plain(each.name)) for each in bodies if each.main or each.role in wanted][:1]
    if not found and description.responsibility and (kind == "film" or not people):
        found = stated_makers(description.responsibility, kind)
    return list(dict.fromkeys(filter(None, found))) if found else found


def maker_forms(agent: Agent) -> list[str]:
    """Surname and first initial, as they sound: ``Dostojevskij, Fjodor M.``, ``Dostoevsky, F.`` and Фёдор Достоевский meet.

    A name without a comma may stand either way round, so both forms count.
    """
    surname, comma, given = agent.name.partition(",")
    if comma:
        return _maker(plain(surname), plain(given))
    names = plain(agent.name).split()
    if len(names) < 2:
        return _maker(names[0], "") if names else []
    return [*_maker(names[-1], names[0]), *_maker(names[0], names[1])]


def _maker(surname: str, given: str) -> list[str]:
    """The surname's last word, since «Saabye Christensen, Lars» is also entered as «Christensen, Lars Saabye».

    A given name may begin otherwise in sound than in letters («Joanne», «Philip»), and both stand for it: «J.», «P.».
    """
    last = sounded(surname.rpartition(" ")[2])
    initials = dict.fromkeys((sounded(given)[:1], sounded(given[:1])[:1]))
    return [f"{last} {initial}" for initial in initials] if last else []


def stated_makers(statement: str, kind: str) -> list[str]:
    """The first name in ``av Sigrid Undset ; illustrert av …``, when no heading tells."""
    said = (_DIRECTED.search if kind == "film" else _WRITTEN.match)(statement)
    if said is None:
        return []
    names = plain(_JOINING.split(said["name"], 1)[0]).split()
    if not 2 <= len(names) <= 4:
        return []
    return _maker(names[-1], names[0])


def _titles(description: Description, own: str, rest: str) -> list[str]:
    """What the work is called: preferred, original, this edition's own title and its form in another script."""
    forms = [plain(description.original_title), plain(description.uniform_title)]
    if own not in GENERIC:
        forms.append(own)
        forms.append(plain(description.title_original_script.partition(" : ")[0]))
    else:
        forms.append(_told_apart(description, own, rest))
    bare = (without_article(form) for form in forms if form and form not in GENERIC)
    # Numbers are told apart before the sound, which would change how they are spelled.
    return list(dict.fromkeys(bare))


def split_part(title: str, part: str) -> tuple[str, str]:
    """A number at the end of a title is its part when none stands apart: «Min kamp 1», «Min kamp. Første bok» and «Min kamp» with
    $n 1 meet. («Catch-22» is cut too, but alike everywhere, so that no harm is done.)"""
    words = title.split()
    end = len(words)
    while end > 1 and words[end - 1] in PART_WORDS:
        end -= 1
    number = number_of(words[end - 1]) if end > 1 else None
    if number is None:
        return title, part
    end -= 1
    while end > 1 and words[end - 1] in PART_WORDS:
        end -= 1
    return " ".join(words[:end]), part or str(number)


def _told_apart(description: Description, own: str, rest: str) -> str:
    """A collection («Dikt», «Samlede verker») is told from the maker's other collections by its remainder or its imprint."""
    if rest and rest not in GENERIC:
        return f"{own} {rest}"
    if description.year and description.publisher:
        return f"{own} {description.year} {plain(description.publisher)}"
    return ""


def _part(description: Description) -> str:
    """A part is a work of its own beside its whole: its number, else its name."""
    numbers = part_numbers(plain(description.part_number))
    return ".".join(numbers) if numbers else sounded(plain(description.part_name))


def _by_preferred_title(description: Description, kind: str, part: str, own: str) -> list[str]:
    """A preferred title as main entry (130) is its work's alone: cataloguers tell it from its namesakes (RDA 6.27.1.9)."""
    if any(each.main for each in description.agents):
        return []
    preferred = plain(description.uniform_title)
    scripture = SCRIPTURES.get(preferred or own) if kind == "text" else None
    if scripture:
        return [f"scripture\x1f{scripture}\x1f{part}"]
    if preferred and preferred not in GENERIC:
        return [f"preferred\x1f{kind}\x1f{sounded(without_article(preferred))}\x1f{part}"]
    return []


def _without_maker(description: Description, kind: str, part: str, own: str, rest: str) -> list[str]:
    """The whole title and a fact that tells it from its namesakes: a body, a number in a series, an ISSN, an imprint.

    A short title («Oregon», «Årsmelding») takes more: its number in the series, or body and imprint together.
    """
    found = [f"issn\x1f{number}" for number in description.issns]
    found += _by_preferred_title(description, kind, part, own)
    whole = sounded(f"{own} {rest}".strip())
    if not whole:
        return found
    bodies = [sounded(plain(name)) for name in [each.name for each in description.agents if each.kind != "person"][:2]]
    numbered = [f"{plain(each.title)} {plain(each.number)}" for each in description.series if each.number][:2]
    imprint = f"{description.year} {plain(description.publisher)}" if description.year and description.publisher else ""
    facts = [("series", each) for each in numbered]
    if len(whole) >= _SHORT_TITLE and own not in GENERIC:
        facts += [("body", each) for each in bodies]
        facts += [("imprint", imprint)] if imprint else []
    elif imprint and not numbered:
        facts += [("imprint", imprint + " " + "".join(bodies[:1]))]
    if kind == "serial" and description.publisher and whole not in GENERIC:
        facts.append(("publisher", plain(description.publisher)))
    if kind == "film" and description.year:
        facts.append(("year", str(description.year)))
    found += [f"title\x1f{kind}\x1f{name}\x1f{fact}\x1f{whole}\x1f{part}" for name, fact in facts]
    return found
