"""What the reconciliation service says of itself (Reconciliation Service API 0.2, §3 Service definition)."""

from __future__ import annotations

from typing import Any

from allmenning.authorities.statement import KINDS

#: Types and properties in the language of programs: English, as the register's codes are.
TYPES = {
    "person": "Person", "corporate": "Organisation", "meeting": "Meeting", "place": "Place", "topic": "Topic",
    "period": "Period", "genre": "Genre or form",
}  # fmt: skip
PROPERTIES = {
    "dates": "Dates", "label:nb": "Heading in bokmål", "label:nn": "Heading in nynorsk", "label:en": "Heading in English",
    "label:se": "Heading in Northern Sámi", "variant": "Variant name", "viaf": "VIAF", "isni": "ISNI", "wikidata": "Wikidata",
    "bare": "BARE", "bibbi": "Bibbi", "noubomn": "Realfagstermer", "broader": "Broader heading",
    "narrower": "Narrower heading", "related": "Related heading",
}  # fmt: skip


def manifest(root: str) -> dict[str, Any]:
    """``root`` is the installation's address, ``https://bibliotek.example``."""
    here = f"{root}/api/reconcile"
    return {
        "versions": ["0.1", "0.2"],
        "name": "Allmenning: Norwegian libraries' authority register",
        "identifierSpace": f"{root}/api/v1/headings/",
        "schemaSpace": f"{root}/api/reconcile/types/",
        "view": {"url": f"{root}/api/v1/headings/{{{{id}}}}"},
        "defaultTypes": [type_of(each) for each in KINDS],
        "preview": {"url": f"{here}/preview/{{{{id}}}}", "width": 400, "height": 220},
        "suggest": {
            what: {"service_url": here, "service_path": f"/suggest/{what}"} for what in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def type_of(kind: str) -> dict[str, str]:
    return {"id": kind, "name": TYPES[kind]}
