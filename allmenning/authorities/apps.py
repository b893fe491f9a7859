from __future__ import annotations

from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    name = "allmenning.authorities"
    label = "authorities"
