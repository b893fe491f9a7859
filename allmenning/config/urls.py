"""Addresses without a library: the national door and the staff's desk.

A library's own pages are routed by :mod:`allmenning.web.public.middleware` to ``allmenning.web.public.urls``.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("allmenning.web.public.urls")),
    path("api/", include("allmenning.api.urls")),
    path("desk/", include("allmenning.web.desk.sign_in")),
    path("desk/", include("allmenning.web.desk.urls")),
]

handler400 = "allmenning.web.public.views.not_understood"
handler404 = "allmenning.web.public.views.not_found"
handler429 = "allmenning.web.desk.sign_in.too_many"  # allauth's rate limits ask for it
handler500 = "allmenning.web.public.views.broken"
