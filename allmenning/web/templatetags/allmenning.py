"""Words and drawings for templates: ``{% load allmenning %}``."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from allmenning.web import covers, formats, icons, languages

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(icons.icon(name))  # noqa: S308 - our own drawing


@register.simple_tag
def cover(title: str, creator: str = "", form: str = "book") -> SafeString:
    """The drawn cover; see :mod:`allmenning.web.covers`."""
    return mark_safe(covers.draw(title, creator, form))  # noqa: S308 - escaped where it is drawn


@register.simple_tag
def format_label(code: str) -> SafeString:
    """Icon and word for a format."""
    return format_html('<span class="format">{}{}</span>', icon(formats.icon_name(code)), formats.format_name(code))


@register.simple_tag
def in_language(text: str, tag: str = "") -> SafeString:
    """Text with the ``lang`` it is in, so that it is pronounced and hyphenated right (WCAG 2.2, 3.1.2)."""
    if not tag or tag in ("und", "mul", "zxx"):
        return format_html("{}", text)
    if languages.direction(tag) == "rtl":
        return format_html('<span lang="{}" dir="rtl">{}</span>', tag, text)
    return format_html('<span lang="{}">{}</span>', tag, text)


@register.filter
def language_name(tag: str) -> str:
    return languages.language_name(tag)


@register.filter
def own_name(tag: str) -> str:
    return languages.own_name(tag)


@register.filter
def format_name(code: str) -> str:
    return formats.format_name(code)


@register.filter
def number(value: int) -> str:
    """«1 502» as the screen's language groups it."""
    return number_format(value, force_grouping=True)
