from django.apps import AppConfig


class WebConfig(AppConfig):
    """What the public pages and the desk share: the frame, the looks, the words."""

    name = "allmenning.web"
    label = "web"
