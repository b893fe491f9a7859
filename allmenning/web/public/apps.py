from __future__ import annotations

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "allmenning.web.public"
    label = "public"
