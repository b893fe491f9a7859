"""How the REST door answers: JSON that any site may read, and errors as problem+json (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from allmenning.kernel.errors import AllmenningError, Invalid

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def json_answer(data: Any, *, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


def problem(status: int, code: str, message: str) -> JsonResponse:
    said = {"type": "about:blank", "title": message, "status": status, "code": code}
    return JsonResponse(
        said, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def open_door(*methods: str) -> Callable[[View[Rest]], View[Rest]]:
    """For everybody, from every site. Nobody is signed in here, so a forged form gains nothing (no CSRF token).

    A method that is not among ``methods`` gets 405; what the view raises for a person becomes problem+json.
    """
    allowed = ", ".join((*methods, "HEAD", "OPTIONS"))

    def make(view: View[Rest]) -> View[Rest]:
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if request.method == "OPTIONS":
                response = HttpResponse(status=204)
                response.headers["Access-Control-Allow-Headers"] = "Content-Type"
            elif request.method not in (*methods, "HEAD"):
                response = problem(405, "method", f"Use {' or '.join(methods)}.")
            else:
                response = _answered(view, request, *args, **kwargs)
            response.headers["Allow"] = allowed
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Allow-Methods"] = allowed
            return response

        update_wrapper(guarded, view)
        return csrf_exempt(guarded)

    return make


def _answered(view: View[Rest], request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except AllmenningError as error:
        return problem(error.status, error.code, error.message)


def number(text: str, *, name: str, default: int, most: int) -> int:
    """A count asked for in the address. Raises ``Invalid``."""
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Invalid("number", f"«{name}» is a number between 0 and {most}.")
    return min(int(text), most)
