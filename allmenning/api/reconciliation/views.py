"""``/api/reconcile``: the W3C Entity Reconciliation Community Group's protocol, version 0.2 (and 0.1's JSONP-less part)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.views.decorators.clickjacking import xframe_options_exempt

from allmenning.api.answers import json_answer, number, open_door
from allmenning.api.headings import shown
from allmenning.api.reconciliation import answering, asking
from allmenning.api.reconciliation.manifest import PROPERTIES, TYPES, manifest
from allmenning.authorities import queries as register


@open_door("GET", "POST")
def service(request: HttpRequest) -> HttpResponse:
    """Without anything asked: the manifest. ``queries``: a batch. ``extend``: properties of entities. GET or POST form."""
    asked = request.POST if request.method == "POST" else request.GET
    if "queries" in asked:
        batch = asking.queries(asked["queries"])
        return json_answer({name: {"result": answering.candidates(each)} for name, each in batch.items()})
    if "extend" in asked:
        return json_answer(answering.rows(asking.extension(asked["extend"])))
    return json_answer(manifest(request.build_absolute_uri("/").rstrip("/")))


@open_door("GET")
def suggest(request: HttpRequest, what: str) -> HttpResponse:
    """``?prefix=``; ``{"result": [{"id", "name", …}]}``; ``cursor`` skips that many."""
    if what not in ("entity", "type", "property"):
        raise Http404
    skip = number(request.GET.get("cursor", ""), name="cursor", default=0, most=100)
    found = answering.suggested(what, request.GET.get("prefix", "")[: asking.LONGEST], limit=skip + 10)
    return json_answer({"result": found[skip:]})


@open_door("GET")
def properties(request: HttpRequest) -> HttpResponse:
    """Which properties entities of a type can be extended by (§7.1)."""
    kind = request.GET.get("type", "")
    limit = number(request.GET.get("limit", ""), name="limit", default=len(PROPERTIES), most=len(PROPERTIES))
    agents = kind in ("person", "corporate", "meeting")
    fitting = [(name, words) for name, words in PROPERTIES.items() if not agents or name not in ("broader", "narrower")]
    said = [{"id": name, "name": words} for name, words in fitting[:limit]]
    return json_answer(
        {"limit": limit, "type": kind, "properties": said} if kind else {"limit": limit, "properties": said}
    )


@xframe_options_exempt
@open_door("GET")
def preview(_request: HttpRequest, entity_id: int) -> HttpResponse:
    """A small page to be shown in a frame (§5): made to stand on other sites, without scripts or styles of ours."""
    detail = register.detail(entity_id) if entity_id < 2**63 else None
    if detail is None:
        raise Http404
    labels = format_html_join(
        "", '<li lang="{}">{} ({})</li>', ((tag, text, tag) for tag, text in detail.brief.labels.items())
    )
    variants = ", ".join(dict.fromkeys(each.text for each in detail.variants[:12]))
    also = format_html("<p>{}</p>", variants) if variants else ""
    page = format_html(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{}</title></head>'
        "<body><h1>{}</h1><p>{}</p><ul>{}</ul>{}</body></html>",
        *(shown(detail.brief), shown(detail.brief), TYPES[detail.brief.kind], labels, also),
    )
    response = HttpResponse(page)
    response.headers["Content-Security-Policy"] = "default-src 'none'; base-uri 'none'; frame-ancestors *"
    return response
