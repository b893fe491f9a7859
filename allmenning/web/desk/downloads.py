"""Bytes handed out as they came, to be saved and never shown: they are other people's and may hold anything."""

from __future__ import annotations

import re

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from allmenning.catalogue.queries import Delivered

_ENDINGS = {"iso2709": "mrc", "xml": "xml", "json": "json", "alephseq": "txt"}


def handed_out(found: Delivered | None) -> HttpResponse:
    if found is None:
        raise Http404
    response = HttpResponse(found.raw, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name(found)) or "attachment"
    return response


def file_name(found: Delivered) -> str:
    """``oslo-NO-TrBIB-123-v2.mrc``: only letters, digits, points and hyphens, whatever the source calls its records."""
    words = re.sub(r"[^A-Za-z0-9.]+", "-", f"{found.source_name} {found.name}").strip("-.")[:120]
    return f"{words}.{_ENDINGS.get(found.syntax, 'bin')}"
