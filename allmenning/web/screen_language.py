"""In which language a screen speaks: what the person chose, else the library's own, else bokmål.

The browser's ``Accept-Language`` is not asked: most people never chose it, and a Sámi library is Sámi for everybody.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes

from allmenning.web.languages import language_name

COOKIE = "allmenning_language"
ONE_YEAR = 365 * 24 * 60 * 60


def known(code: str | None) -> str | None:
    """The code when screens are translated to it."""
    return code if code in dict(settings.LANGUAGES) else None


class ScreenLanguage:
    """Middleware. ``?lang=nn`` is remembered in a cookie and taken out of the address again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # Names of languages take a second to read: before the first visitor comes, not while one waits.
        language_name("de")  # one that is not among our own names

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and (asked := known(request.GET.get("lang"))):
            return self._remember(request, asked)
        library = getattr(request, "library", None)
        chosen = known(request.COOKIES.get(COOKIE)) or known(getattr(library, "default_language", None))
        with translation.override(chosen or settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ("Cookie",))
        return response

    def _remember(self, request: HttpRequest, code: str) -> HttpResponseBase:
        query = request.GET.copy()
        del query["lang"]
        # «//host/» would be another site's address: its slashes are escaped.
        path = escape_leading_slashes(request.get_full_path().partition("?")[0])
        response = HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)
        response.set_cookie(COOKIE, code, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
        response.headers["Cache-Control"] = "no-store"
        return response
