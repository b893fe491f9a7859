"""From a line of JSON to a statement: the flat form in which Realfagstermer is handed out.

``{"id": "REAL000002", "type": "topic", "nb": "Bunnstoff", "nb_alt": [], "nn": […], "en": […], "broader": [ids], …}``:
the first text of a language is preferred; ``replaced_by`` and ``deprecated`` tell of entries that ceased. A person
has ``dates`` and the language ``und``.
"""

from __future__ import annotations

import json
from typing import Any

from allmenning.authorities.identifiers import identifier
from allmenning.authorities.reading.refused import Refused
from allmenning.authorities.statement import Form, Note, Relation, Statement
from allmenning.kernel.errors import Invalid
from allmenning.kernel.labels import language_tag

_KINDS = {
    "topic": "topic", "place": "place", "geographic": "place", "form": "genre", "genre": "genre", "time": "period",
    "person": "person", "corporate": "corporate", "meeting": "meeting",
}  # fmt: skip
_RELATIONS = ("broader", "narrower", "related", "replaced_by")


def statement(line: bytes) -> Statement:
    """Raises :class:`Refused`."""
    try:
        said = json.loads(line)
    except ValueError as error:
        raise Refused("not_json", f"The line is not JSON: {error}") from error
    if not isinstance(said, dict) or not isinstance(said.get("id"), str) or not said["id"].strip():
        raise Refused("no_key", "The entry has no id.")
    key = said["id"].strip()
    own = identifier(key)
    kind = _KINDS.get(str(said.get("type", "topic")))
    if kind is None:
        raise Refused("unknown_kind", f"The entry's type «{said.get('type')}» is not known here.")
    forms = _forms(said)
    if not forms:
        raise Refused("no_heading", "The entry has no label in any language.")
    return Statement(
        key=key[:200],
        kind=kind,
        forms=forms,
        dates=" ".join(_texts(said.get("dates")))[:60] if kind == "person" else "",
        notes=tuple(Note(text, "nb") for name in ("definition", "note") for text in _texts(said.get(name))),
        own=(str(own),) if own else (),
        relations=tuple(
            Relation(name, str(target))
            for name in _RELATIONS
            for text in _texts(said.get(name))
            if (target := identifier(text))
        ),
        classes=tuple(
            f"{scheme}:{text}" for name, scheme in (("dewey", "ddc"), ("msc", "msc")) for text in _texts(said.get(name))
        ),
        deprecated=bool(said.get("deprecated")),
    )


def _forms(said: dict[str, Any]) -> tuple[Form, ...]:
    found: list[Form] = []
    for name, value in said.items():
        language, _, ending = name.partition("_")
        if len(language) not in (2, 3) or ending not in ("", "alt") or name in ("id", "msc"):
            continue
        try:
            tag = language_tag(language)
        except Invalid:
            continue
        found += [Form(text[:300], tag, place == 0 and not ending) for place, text in enumerate(_texts(value))]
    return tuple(dict.fromkeys([*found, *(Form(text[:300], "nb") for text in _texts(said.get("acronym")))]))


def _texts(value: Any) -> list[str]:
    many = value if isinstance(value, list) else [value]
    return [" ".join(each.split()) for each in many if isinstance(each, str) and each.strip()]
