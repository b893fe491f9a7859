"""The REST door's addresses, below ``/api/``."""

from __future__ import annotations

from django.urls import path

from allmenning.api import headings
from allmenning.api.reconciliation import views as reconciliation

app_name = "api"

urlpatterns = [
    path("v1/headings", headings.search, name="headings"),
    path("v1/headings/suggest", headings.suggest, name="suggest_headings"),
    path("v1/headings/<int:entity_id>", headings.heading, name="heading"),
    path("reconcile", reconciliation.service, name="reconcile"),
    path("reconcile/suggest/<str:what>", reconciliation.suggest, name="reconcile_suggest"),
    path("reconcile/properties", reconciliation.properties, name="reconcile_properties"),
    path("reconcile/preview/<int:entity_id>", reconciliation.preview, name="reconcile_preview"),
]
