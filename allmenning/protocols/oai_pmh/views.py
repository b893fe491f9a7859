"""The repository's one address: GET and POST alike (3.1.1), always answered with HTTP 200 and XML."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from allmenning.organisations.models import Library
from allmenning.protocols.oai_pmh.asking import Asked, Unfit, asked, written
from allmenning.protocols.oai_pmh.envelope import answer, element
from allmenning.protocols.oai_pmh.verbs import VERBS, Repository


@csrf_exempt  # a harvester's POST is a question, and changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def repository(request: HttpRequest) -> HttpResponse:
    """Everything at the national door; at a library's site what that library has."""
    moment = written(int(datetime.now(UTC).timestamp()))
    base_url = request.build_absolute_uri(reverse("oai"))
    understood: Asked | None = None
    # Languages stand in the data: an answer is the same whatever screen language a browser would be given.
    with override("nb"):
        try:
            given = request.POST if request.method == "POST" else request.GET
            understood = asked((name, value) for name, values in given.lists() for value in values)
            body = VERBS[understood.verb](_repository(request, base_url), understood)
        except Unfit as wrong:
            body = element("error", wrong.words, code=wrong.code)
            if wrong.code in ("badVerb", "badArgument"):
                understood = None
    said = {"verb": understood.verb, **understood.arguments} if understood else {}
    whole = answer(base_url=base_url, moment=moment, request=said, body=body)
    response = HttpResponse(whole, content_type="text/xml; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _repository(request: HttpRequest, base_url: str) -> Repository:
    library: Library | None = getattr(request, "library", None)
    return Repository(
        base_url=base_url,
        namespace=settings.OAI_NAMESPACE,
        name=str(library.name) if library else _("Allmenning, the union catalogue"),
        email=(library.email if library else "") or settings.ADMIN_EMAIL,
        library=library,
        page_of=lambda work_id: request.build_absolute_uri(reverse("work", args=[work_id])),
    )
