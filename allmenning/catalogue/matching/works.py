"""Keys of the work an edition holds: editions that share one are editions of the same work. Never a title alone.

The rules stand in README.md.
"""

from __future__ import annotations

from allmenning.catalogue.description import Agent, Description
from allmenning.catalogue.matching.evidence import plain
from allmenning.catalogue.matching.keys import key
from allmenning.catalogue.matching.measures import part_numbers

#: Formats that hold the text of a book in one dress or another.
_TEXT = frozenset(
    (
        "book",
        "large_print",
        "braille",
        "ebook",
        "audiobook",
        "eaudiobook",
        "thesis",
        "manuscript",
        "microform",
        "kit",
        "website",
        "other",
    )
)
_KINDS = {
    "film": "film", "efilm": "film", "music": "music", "emusic": "music", "score": "music", "journal": "serial",
    "ejournal": "serial", "newspaper": "serial",
    "map": "map", "game": "game", "software": "game", "image": "image", "article": "text", "toy": "object",
    "object": "object",
}  # fmt: skip
_MAKERS = {
    "text": ("aut", "cre", "dis", ""),
    "film": ("drt", "fmd"),
    "music": ("cmp", "prf", "sng", ""),
    "map": ("ctg", "aut", ""),
    "game": ("aut", "cre", ""),
}
#: Titles that name a kind of collection or document, not a work; folded. They count only with more beside them.
GENERIC = frozenset(("works", "selections", "poems", "plays", "short stories", "novels", "essays", "letters",
"correspondence", "prose works", "poetry", "drama", "speeches",
    "selected works", "collected works", "complete works", "collected poems", "selected poems", "complete poems",
    "poetical works", "stories", "songs", "music",
    "verker", "utvalg", "utvalgte verker", "samlede verker", "samlede skrifter", "samlede dikt", "dikt",
    "dikt i utvalg", "noveller", "skuespill", "romaner", "fortellinger", "eventyr", "brev", "essays i utvalg",
    "samla verk", "samla dikt", "dikt i samling", "skrifter", "skrifter i samling", "utvalgte dikt", "utvalde dikt",
    "samlede romaner", "samlede noveller", "samlede fortellinger", "sanger", "salmer",
    "annual report", "report", "bulletin", "proceedings", "papers", "arsberetning", "arsmelding", "arsrapport", "rapport", "hearings", "catalogue", "catalog", "katalog", "statutes", "laws etc", "treaties etc", "bible", "bibelen", "bibel", "untitled", "uten tittel"))  # fmt: skip
_TRANSLATED_PART = " del "


def work_keys(description: Description) -> list[int]:
    """Sorted keys, possibly none: then the edition is a work of its own. Pure."""
    kind = "text" if description.format in _TEXT else _KINDS.get(description.format, "text")
    makers = _makers(description, kind)
    titles = _titles(description)
    part = _part(description)
    found: set[int] = set()
    for maker in makers:
        for title in titles:
            found.add(key("work", kind, maker, title, part))
    if not found and titles:
        found.update(_without_maker(description, kind, titles, part))
    return sorted(found)


def _makers(description: Description, kind: str) -> list[str]:
    """Who made the work, in a form that forgives initials and inverted names: surname and first initial."""
    wanted = _MAKERS.get(kind, ("aut", ""))
    people = [each for each in description.agents if each.kind == "person"]
    chosen = [each for each in people if each.main] if kind != "film" else []
    if not chosen:
        chosen = [each for each in people if each.role and each.role in wanted]
    return list(dict.fromkeys(filter(None, map(maker, chosen[:3]))))


def maker(agent: Agent) -> str:
    """``Dostojevskij, Fjodor M.`` → ``dostojevskij f``; the same from a name in Cyrillic."""
    surname, comma, given = agent.name.partition(",")
    if not comma:
        # A name without a comma: one word, or given names first.
        words = plain(agent.name).split()
        if len(words) < 2:
            return words[0] if words else ""
        return f"{words[-1]} {words[0][0]}"
    folded = plain(surname)
    initial = plain(given)[:1]
    return f"{folded} {initial}" if folded else ""


def _titles(description: Description) -> list[str]:
    """The titles the work goes by: preferred, original, and this edition's own; generic ones only with a remainder."""
    found: dict[str, None] = {}
    own = plain(description.title)
    rest = plain(description.remainder)
    collective = (
        plain(description.uniform_title).partition(" ")[0] in GENERIC or plain(description.uniform_title) in GENERIC
    )
    for text in (description.original_title, description.uniform_title):
        title = without_article(plain(text))
        if title and title not in GENERIC:
            found[title] = None
    if own in GENERIC:
        if rest and rest not in GENERIC:
            found[f"{own} {rest}"] = None
        elif description.year and description.publisher:
            found[f"{own} {description.year} {plain(description.publisher)}"] = None
    elif own:
        found[without_article(own)] = None
        if collective and rest:
            found.pop(without_article(own), None)
            found[f"{own} {rest}"] = None
    for text in (description.title_original_script,):
        title = without_article(plain(text.partition(" : ")[0]))
        if title and title not in GENERIC:
            found[title] = None
    return list(found)


_ARTICLES = (
    "the ",
    "a ",
    "an ",
    "en ",
    "et ",
    "ei ",
    "den ",
    "det ",
    "de ",
    "ein ",
    "eit ",
    "der ",
    "die ",
    "das ",
    "le ",
    "la ",
    "les ",
    "l ",
    "il ",
    "el ",
    "un ",
    "une ",
)


def without_article(title: str) -> str:
    for article in _ARTICLES:
        if title.startswith(article) and len(title) > len(article) + 2:
            return title[len(article) :]
    return title


def _part(description: Description) -> str:
    """A part is a work of its own beside its whole: its number, else its name."""
    numbers = part_numbers(plain(description.part_number))
    return ".".join(numbers) if numbers else plain(description.part_name)


def _without_maker(description: Description, kind: str, titles: list[str], part: str) -> set[int]:
    """A title and one more fact that tells it from its namesakes: a body responsible, an ISSN, a series with its number, or year and publisher."""
    found: set[int] = set()
    for number in description.issns:
        found.add(key("issn", number))
    facts = [("body", plain(each.name)) for each in description.agents if each.kind != "person"][:2]
    facts += [("series", f"{plain(each.title)} {plain(each.number)}") for each in description.series if each.number][:2]
    if description.year and description.publisher:
        facts.append(("imprint", f"{description.year} {plain(description.publisher)}"))
    if kind == "film" and description.year:
        facts.append(("year", str(description.year)))
    for title in titles:
        whole = f"{title} {plain(description.remainder)}".strip()
        for name, fact in facts:
            found.add(key("title", kind, name, fact, whole, part))
    return found
