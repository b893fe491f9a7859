from __future__ import annotations

from django.apps import AppConfig


class GroundworkConfig(AppConfig):
    name = "allmenning.groundwork"
    label = "groundwork"
