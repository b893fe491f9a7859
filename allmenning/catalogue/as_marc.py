"""An edition of the union catalogue as one MARC 21 record."""

from __future__ import annotations

from collections.abc import Mapping

from allmenning.catalogue.queries.listed import ToldEdition
from allmenning.formats.marc.reading import decode
from allmenning.formats.marc.record import Field, Read, Record

#: Numbers and copies that are the base record's own system's: the union catalogue's stand in their place.
_REPLACED = frozenset({"001", "003", "005", "020", "035", "850", "852", "866", "867", "868", "876", "877", "878"})
_LEADER = "00000nam a2200000 i 4500"


def as_marc(told: ToldEdition, *, agency: str, changed: str, codes: Mapping[int, str]) -> Record:
    """The most trusted record as MARC 21, with what the union catalogue knows besides.

    001 is the edition's number, 003 ``agency``, 005 ``changed`` (yyyymmddhhmmss.0); 020 every ISBN, 035 every source's
    number, 852 every copy ($a the library's ISIL or short name by ``codes``, $b branch, $c shelf, $h call number).
    Fields of local use (9XX, X9X and those with letters) stay at home.
    """
    outcome = decode(told.base, encoding=told.reading[0], dialect=told.reading[1])
    base = outcome.record if isinstance(outcome, Read) else Record(_LEADER, [_title(told)])
    fields = [
        Field("001", str(told.edition_id)),
        Field("003", agency),
        Field("005", changed),
        *(Field("020", "", "  ", [("a", isbn)]) for isbn in told.merged.description.isbns),
        *(Field("035", "", "  ", [("a", _number(source, key))]) for source, key in told.records),
        *(each for each in base.fields if each.tag not in _REPLACED and _is_shared(each.tag)),
        *_copies(told, codes),
    ]
    leader = f"00000{base.leader[5:9].replace('d', 'c', 1)}a2200000{base.leader[17:20]}4500"
    return Record(leader, sorted(fields, key=_block))


def _block(field: Field) -> str:
    """Control fields by tag, then 0XX, 1XX …; within such a block the order says something and stays."""
    return field.tag if field.tag < "010" else "01" if field.tag[0] == "0" else field.tag[0]


def _title(told: ToldEdition) -> Field:
    """Where the base record can no longer be read."""
    return Field("245", "", "00", [("a", told.merged.description.title)])


def _is_shared(tag: str) -> bool:
    return tag.isdigit() and tag[0] != "9" and (tag < "010" or tag[1] != "9" or tag == "490")


def _number(source: str, key: str) -> str:
    """The source's own number; one that does not name its agency is told by the source."""
    return key if key.startswith("(") else f"({source}){key}"


def _copies(told: ToldEdition, codes: Mapping[int, str]) -> list[Field]:
    made: dict[tuple[tuple[str, str], ...], Field] = {}
    for held in told.holdings:
        parts = (
            ("a", codes.get(held.library_id, "")),
            ("b", held.branch_code),
            ("c", held.shelf),
            ("h", held.call_number),
            ("z", held.note),
        )
        said = tuple((code, text) for code, text in parts if text)
        made.setdefault(said, Field("852", "", "  ", list(said)))
    return list(made.values())
