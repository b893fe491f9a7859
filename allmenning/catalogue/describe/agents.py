"""Who had a part in it (MARC 21: 100–111, 700–711; roles from $4 or $e)."""

from __future__ import annotations

from functools import lru_cache

from allmenning.catalogue.describe.grouped import Grouped
from allmenning.catalogue.describe.punctuation import sentence, trim
from allmenning.catalogue.description import Agent
from allmenning.formats.marc.record import Field

_KINDS = {"00": "person", "10": "corporate", "11": "meeting"}
_MAIN = ("100", "110", "111")
_ADDED = ("700", "710", "711")
# The first letters of a relator term, as catalogued in Norwegian, Swedish, Danish and English, to its MARC relator code.
_TERMS: tuple[tuple[str, str], ...] = (
    ("forf", "aut"), ("förf", "aut"), ("auth", "aut"), ("joint auth", "aut"), ("medforf", "aut"), ("tekst", "aut"),
    ("kirj", "aut"), ("skribent", "aut"),
    ("overs", "trl"), ("omsett", "trl"), ("omset", "trl"), ("övers", "trl"), ("transl", "trl"), ("tr", "trl"),
    ("kään", "trl"), ("gjendikt", "trl"),
    ("illus", "ill"), ("ill", "ill"), ("tegn", "ill"), ("teikn", "ill"),
    ("red", "edt"), ("ed", "edt"), ("joint ed", "edt"), ("hrsg", "edt"), ("utg", "edt"), ("hovedred", "edt"), ("toim",
    "edt"),
    ("oppl", "nrt"), ("innl", "nrt"), ("les", "nrt"), ("narr", "nrt"), ("fortell", "nrt"), ("uppl", "nrt"), ("read",
    "nrt"), ("opples", "nrt"),
    ("regi", "drt"), ("direct", "drt"), ("film director", "drt"), ("instr", "drt"),
    ("komp", "cmp"), ("compos", "cmp"), ("ton", "cmp"), ("comp", "com"), ("joint comp", "com"), ("saml", "com"),
    ("foto", "pht"), ("photo", "pht"), ("manus", "aus"), ("screen", "aus"), ("skuesp", "act"), ("actor", "act"),
    ("act", "act"),
    ("utøv", "prf"), ("perform", "prf"), ("musik", "prf"), ("sang", "sng"), ("sing", "sng"), ("vok", "sng"), ("dirig",
    "cnd"), ("conduct", "cnd"),
    ("prod", "pro"), ("forl", "pbl"), ("publish", "pbl"), ("utgiv", "isb"), ("issu", "isb"), ("bearb", "adp"),
    ("adapt", "adp"), ("gjenfort", "adp"),
    ("innled", "aui"), ("forord", "aui"), ("introd", "aui"), ("redak", "edt"),
)  # fmt: skip
_BY_TYPE = {"a": "aut", "t": "aut", "c": "cmp", "d": "cmp"}
_CACHE: dict[str, str] = {}


def relator(term: str) -> str:
    """The MARC relator code for a term as catalogued (``overs.`` → ``trl``), or the empty string."""
    found = _CACHE.get(term)
    if found is None:
        plain = term.strip(" .,[]()").lower()
        matches = [(len(start), code) for start, code in _TERMS if plain.startswith(start)]
        found = max(matches)[1] if matches else ""
        if len(_CACHE) < 5000:
            _CACHE[term] = found
    return found


def agents_of(by: Grouped) -> tuple[Agent, ...]:
    """Main entry first, then added entries in the record's order; analytical entries ($t) name other works and are left out."""
    found: dict[tuple[str, str], Agent] = {}
    for tag in _MAIN:
        for field in by.fields.get(tag, ()):
            agent = _agent(by, field, main=True)
            if agent is not None:
                found[agent.name, agent.role] = agent
    names = {name for name, _ in found}
    for tag in _ADDED:
        for field in by.fields.get(tag, ()):
            agent = _agent(by, field, main=False)
            if agent is None or (agent.name in names and (agent.role == "" or (agent.name, agent.role) in found)):
                continue
            names.add(agent.name)
            found.setdefault((agent.name, agent.role), agent)
    return tuple(found.values())


def _agent(by: Grouped, field: Field, *, main: bool) -> Agent | None:
    original = by.original(field) if by.linked else None
    script = trim(original.first("a")) if original is not None else ""
    return _read(field.tag[1:], tuple(field.subfields), by.leader[6] if main else "", script)


def agent_in(field: Field) -> Agent | None:
    """The name and dates in one field 1XX or 7XX as :func:`agents_of` gives them; None for another work's entry."""
    return _read(field.tag[1:], tuple(field.subfields), "", "")


@lru_cache(maxsize=20_000)
def _read(tag: str, subfields: tuple[tuple[str, str], ...], main: str, script: str) -> Agent | None:
    """One heading; a catalogue repeats its authors and offices endlessly. ``main``: leader/06 of a main entry, else empty."""
    kind = _KINDS[tag]
    parts: list[str] = []
    dates = role = said = ""
    for code, text in subfields:
        if code == "a":
            parts.insert(0, trim(text))
        elif code == "b" and text:
            parts.append(trim(text))
        elif code == "d":
            dates = dates or text
        elif code == "4":
            role = role or text.rpartition("/")[2][:3]
        elif code == "e":
            said = said or text
        elif code == "t":
            return None
    name = (" " if kind == "person" else ". ").join(part for part in parts if part)
    if not name:
        return None
    if not role and said:
        role = relator(said)
    if not role and main and kind == "person":
        role = _BY_TYPE.get(main, "")
    return Agent(
        name=sentence(name) if "  " in name else name,
        role=role,
        dates=trim(dates) if kind == "person" else "",
        kind=kind,
        main=bool(main),
        original_script=script,
    )
