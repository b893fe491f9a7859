"""``/api/v1/headings``: look up an entity of the authority register, and suggest while typing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from allmenning.api.answers import json_answer, number, open_door
from allmenning.authorities import queries as register
from allmenning.authorities.identifiers import identifier, parsed
from allmenning.authorities.queries import Brief, Detail
from allmenning.authorities.statement import KINDS
from allmenning.kernel.errors import Invalid, NotFound

MOST = 50
LONGEST_QUERY = 300


@open_door("GET")
def search(request: HttpRequest) -> HttpResponse:
    """``?q=`` words of any name, ``?identifier=`` a number or address of any register; ``kind``, ``limit``, ``offset``.

    ``{"items": [{"id", "kind", "name", "labels", "dates", "deprecated", "score", "matched"}]}``.
    """
    named = request.GET.get("identifier", "").strip()[:LONGEST_QUERY]
    if named:
        found = identifier(named) or parsed(named)
        ids = register.by_identifier([str(found)]).get(str(found), []) if found else []
        entities = register.brief(ids)
        return json_answer({"items": [as_data(request, entities[each]) for each in ids]})
    return json_answer({"items": [_candidate(request, each) for each in _found(request)]})


@open_door("GET")
def suggest(request: HttpRequest) -> HttpResponse:
    """``?q=`` the beginning of a name; ``[{"id", "name", "kind", "matched"}]``, the best first."""
    found = _found(request)
    return json_answer(
        [
            {"id": each.brief.id, "name": shown(each.brief), "kind": each.brief.kind, "matched": each.matched}
            for each in found
        ]
    )


@open_door("GET")
def heading(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Everything about one. An id out of use is led on (308) to its successor; of several, they are told."""
    now = register.resolve(entity_id) if entity_id < 2**63 else ()
    if not now:
        raise NotFound("no_such_heading", "There is no heading with that number.")
    if now != (entity_id,) and len(now) == 1:
        response = redirect("api:heading", now[0], permanent=True)
        response.status_code = 308  # RFC 9110 §15.4.9: the method stays
        return response
    if len(now) > 1:
        entities = register.brief(now)
        return json_answer({"choices": [as_data(request, entities[each]) for each in now]}, status=300)
    detail = register.detail(entity_id)
    if detail is None:
        raise NotFound("no_such_heading", "There is no heading with that number.")
    return json_answer(_whole(request, detail))


def shown(entity: Brief) -> str:
    """A name that tells people of the same name apart."""
    return f"{entity.name}, {entity.dates}" if entity.dates else entity.name


def as_data(request: HttpRequest, entity: Brief) -> dict[str, Any]:
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "labels": entity.labels.to_dict(),
        "dates": entity.dates,
        "deprecated": entity.deprecated,
        "url": request.build_absolute_uri(f"/api/v1/headings/{entity.id}"),
    }


def _found(request: HttpRequest) -> list[register.Candidate]:
    text = request.GET.get("q", "").strip()
    if len(text) > LONGEST_QUERY:
        raise Invalid("query", f"«q» is longer than {LONGEST_QUERY} characters.")
    kinds = request.GET.getlist("kind")
    if unknown := [each for each in kinds if each not in KINDS]:
        raise Invalid("kind", f"«{unknown[0][:40]}» is not a kind. Kinds: {', '.join(KINDS)}.")
    limit = number(request.GET.get("limit", ""), name="limit", default=10, most=MOST)
    offset = number(request.GET.get("offset", ""), name="offset", default=0, most=1_000)
    return register.find(text, kinds=kinds, limit=limit, offset=offset)


def _candidate(request: HttpRequest, each: register.Candidate) -> dict[str, Any]:
    return {**as_data(request, each.brief), "score": each.score, "matched": each.matched}


def _whole(request: HttpRequest, detail: Detail) -> dict[str, Any]:
    return {
        **as_data(request, detail.brief),
        "notes": detail.notes.to_dict(),
        "variants": [{"text": each.text, "language": each.language} for each in detail.variants],
        "identifiers": [{"scheme": scheme, "value": value, "url": url} for scheme, value, url in detail.links],
        "relations": [
            {"kind": each.kind, "id": each.to.id if each.to else None, "name": each.label} for each in detail.relations
        ],
        "classes": list(detail.classes),
        "sources": [
            {"register": each.register, "key": each.key, "received": each.received.isoformat()}
            for each in detail.origins
        ],
    }
