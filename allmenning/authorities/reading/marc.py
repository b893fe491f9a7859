"""From a MARC 21 authority record to a statement (MARC 21 Format for Authority Data)."""

from __future__ import annotations

from allmenning.authorities.identifiers import Identifier, identifier
from allmenning.authorities.reading.refused import Refused
from allmenning.authorities.statement import AGENTS, NO_LANGUAGE, Form, Note, Relation, Statement
from allmenning.formats.marc.kinds import kind_of
from allmenning.formats.marc.languages import bcp47
from allmenning.formats.marc.record import Field, Record

#: The last two characters of 1XX, 4XX, 5XX and 7XX.
_KINDS = {
    "00": "person", "10": "corporate", "11": "meeting", "48": "period", "50": "topic", "51": "place", "55": "genre",
}  # fmt: skip
_SEPARATOR = {"person": " ", "corporate": ". ", "meeting": ". "}
#: 5XX $w/0: the relation; anything else is a plain see-also (Tracings and References, $w).
_RELATIONS = {"g": "broader", "h": "narrower", "b": "replaced_by"}
_END = " ,;:/="


def statement(record: Record) -> Statement:
    """Raises :class:`Refused` for what is no heading of ours: other kinds of record, titles, subdivisions alone."""
    if kind_of(record) != "authority":
        raise Refused("not_a_heading", "This is not an authority record. Take it in with «allmenning import».")
    heading = next((each for each in record.fields if each.tag[:1] == "1" and each.subfields), None)
    if heading is None:
        raise Refused("no_heading", "The record has no heading (1XX).")
    kind = _KINDS.get(heading.tag[1:])
    if kind is None or heading.first("t"):
        raise Refused(
            "title_heading", f"A heading in field {heading.tag} names a work or a subdivision, not a name or subject."
        )
    key = record.control("001").strip() or heading_text(heading, kind)
    deleted = record.leader[5:6] in ("d", "o", "s", "x")
    if not heading_text(heading, kind) and not deleted:
        raise Refused("no_heading", "The heading (1XX) is empty.")
    own, also = _identifiers(record, kind, key)
    return Statement(
        key=key[:200],
        kind=kind,
        forms=_forms(record, heading, kind),
        dates=tidy(heading.first("d")) if kind == "person" else "",
        notes=_notes(record),
        own=own,
        also=also,
        relations=_relations(record),
        classes=_classes(record),
        deprecated=deleted,
    )


def heading_text(field: Field, kind: str) -> str:
    """The heading as shown: name and numeration; subdivisions joined by `` – `` as in bibliographic records."""
    name = [tidy(text) for code, text in field.subfields if code in ("ab" if kind in AGENTS else "a") and text]
    rest = [tidy(text) for code, text in field.subfields if code in "vxyz" and kind not in AGENTS]
    text = _SEPARATOR.get(kind, ". ").join(each for each in name if each)
    return " – ".join(each for each in (text, *rest) if each)[:300]


def tidy(text: str) -> str:
    """Without the punctuation that leads to the next element; a full stop after a whole word goes too."""
    plain = " ".join(text.split()).strip(_END)
    last = plain[:-1].rpartition(" ")[2]
    return plain[:-1].rstrip(_END) if plain.endswith(".") and len(last) > 3 and "." not in last else plain


def _forms(record: Record, heading: Field, kind: str) -> tuple[Form, ...]:
    tag = _language(record, kind)
    forms = [Form(heading_text(heading, kind), tag, True)]
    for field in record.fields:
        if field.tag[1:] != heading.tag[1:] or not field.subfields:
            continue
        text = heading_text(field, kind)
        if field.tag[0] == "4":
            forms.append(Form(text, _own_language(field, tag)))
        elif field.tag[0] == "7" and kind not in AGENTS:
            # 7XX: the same heading in another language or vocabulary, where $9 or $l tells the language.
            other = bcp47(field.first("9") or field.first("l"))
            if other:
                forms.append(Form(text, other, other != tag))
    return tuple(dict.fromkeys(each for each in forms if each.text))


def _language(record: Record, kind: str) -> str:
    """Names of people and bodies belong to no language; the rest are in the cataloguing language (040 $b)."""
    return NO_LANGUAGE if kind in AGENTS else bcp47(record.text("040", "b")) or NO_LANGUAGE


def _own_language(field: Field, otherwise: str) -> str:
    return bcp47(field.first("9")) or otherwise if len(field.first("9")) == 3 else otherwise


def _identifiers(record: Record, kind: str, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Own: 001 with 003, and addresses of the register itself (024 $2 uri). Also: VIAF, ISNI … (024, 7XX $0)."""
    own: list[Identifier | None] = (
        [identifier(f"({record.control('003').strip()}){key}")] if record.control("003").strip() else []
    )
    also: list[Identifier | None] = []
    for field in record.all("024"):
        scheme = field.first("2") if field.indicators[0] == "7" else ""
        found = identifier(field.first("a"), scheme)
        (own if scheme.lower() in ("uri", "hdl", "bare", "bibbi") else also).append(found)
    for field in record.all("035"):
        also.append(identifier(field.first("a")))
    for field in record.fields:
        if field.tag[0] == "7" and _KINDS.get(field.tag[1:]) == kind:
            also += [identifier(text) for text in field.all("01")]
    first = tuple(dict.fromkeys(str(each) for each in own if each))
    return first, tuple(dict.fromkeys(str(each) for each in also if each and str(each) not in first))


def _relations(record: Record) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for field in record.fields:
        kind = _KINDS.get(field.tag[1:])
        if field.tag[0] != "5" or kind is None:
            continue
        target = next((each for each in map(identifier, field.all("01")) if each), None)
        if target is not None:
            found.append(
                Relation(_RELATIONS.get(field.first("w")[:1], "related"), str(target), heading_text(field, kind))
            )
    for field in record.all("682"):  # deleted heading information
        found += [
            Relation("replaced_by", str(target), tidy(field.first("a")))
            for target in map(identifier, field.all("01"))
            if target
        ]
    return tuple(dict.fromkeys(found))


def _notes(record: Record) -> tuple[Note, ...]:
    """Public general note, biographical note: what may be shown (678, 680)."""
    language = bcp47(record.text("040", "b")) or NO_LANGUAGE
    texts = (" ".join(field.all("aib")) for field in record.all("678", "680"))
    return tuple(Note(text, language) for text in texts if text)


def _classes(record: Record) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            f"ddc:{text.strip()}" for field in record.all("082", "083") for text in field.all("a") if text.strip()
        )
    )
