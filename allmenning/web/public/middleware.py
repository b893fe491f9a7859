"""Which library a request is for, from its address alone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import get_script_prefix, is_valid_path, set_script_prefix
from django.utils.http import escape_leading_slashes

from allmenning.organisations.addresses import first_segment
from allmenning.organisations.models import Library
from allmenning.organisations.queries import LibraryAddress, library_by_address

#: First path segments that are never a library's: asked for without looking in the database.
RESERVED = frozenset({"static", "desk", "office", "api", "accounts", "tema"})


class PublicRequest(HttpRequest):
    """What the views below receive. ``library`` is None on the national door."""

    library: Library | None
    address: LibraryAddress


class LibraryByAddress:
    """Middleware: sets ``library`` and ``address``, makes ``reverse()`` give links within the library's site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: PublicRequest) -> HttpResponseBase:
        request.library, request.address = None, LibraryAddress()
        if first_segment(request.path_info) not in RESERVED:
            found = library_by_address(request.META.get("HTTP_HOST", ""), request.path_info)
            if found is not None:
                request.library, request.address = found
                if request.address.prefix and request.path_info == f"/{request.address.prefix}":
                    return HttpResponseRedirect(_with_query(request, request.address.script_prefix))
                request.path_info = request.address.inside(request.path_info)
                request.urlconf = "allmenning.web.public.urls"
            if _has_a_slash_too_many(request):
                path = request.get_full_path().partition("?")[0].rstrip("/")
                # «//host/» would be another site's address: its slashes are escaped.
                return HttpResponsePermanentRedirect(_with_query(request, escape_leading_slashes(path)))
            if found is not None:
                return self._within(request)
        return self.get_response(request)

    def _within(self, request: PublicRequest) -> HttpResponseBase:
        """Answer with links that carry the library's prefix; the thread's next request starts without it."""
        before = get_script_prefix()
        set_script_prefix(request.address.script_prefix)
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)


def _has_a_slash_too_many(request: HttpRequest) -> bool:
    """Asked for as ``/sok/``, where ``/sok`` is a page."""
    path = request.path_info
    if request.method not in ("GET", "HEAD") or path == "/" or not path.endswith("/"):
        return False
    urlconf = getattr(request, "urlconf", None)
    return not is_valid_path(path, urlconf) and bool(is_valid_path(path.rstrip("/"), urlconf))


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
