"""The addresses of a library's site; the same ones without a library are the national door's."""

from __future__ import annotations

from django.urls import path

from allmenning.protocols.oai_pmh.views import repository
from allmenning.web.public import for_machines, heading_views, views

urlpatterns = [
    path("", views.front, name="front"),
    path("sok", views.search, name="search"),
    path("forslag", views.suggest, name="suggest"),
    path("verk/<int:work_id>", views.work, name="work"),
    path("verk/<int:work_id>.json", views.work_data, name="work_data"),
    path("navn/<int:entity_id>", heading_views.heading, name="name"),
    path("emne/<int:entity_id>", heading_views.heading, name="subject"),
    path("om", views.about, name="about"),
    path("oai", repository, name="oai"),
    path("tema/<str:colour>.css", views.theme, name="theme"),
    path("ikon.svg", for_machines.icon, name="icon"),
    path("favicon.ico", for_machines.favicon, name="favicon"),
    path("robots.txt", for_machines.robots, name="robots"),
]

handler400 = "allmenning.web.public.views.not_understood"
handler404 = "allmenning.web.public.views.not_found"
handler500 = "allmenning.web.public.views.broken"
