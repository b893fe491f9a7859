"""Try one record of a repository: as it came, and as it is read. Nothing is imported."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from allmenning.catalogue.description import Description
from allmenning.catalogue.harvesting.trial import Trial, try_one
from allmenning.formats.details import kept
from allmenning.formats.marc.record import Read, SetAside
from allmenning.groundwork.outside import NoAnswer
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError
from allmenning.web.desk import marc_lines
from allmenning.web.desk.fetching import changeable
from allmenning.web.desk.marc_lines import MarcLine
from allmenning.web.desk.outside_words import trouble_in_words
from allmenning.web.desk.staff import show, staff
from allmenning.web.desk.words import FURTHER, REPAIRS, SET_ASIDE, TELLING, Told, Words, detail_in_words, in_words
from allmenning.web.formats import audience_name, format_name
from allmenning.web.languages import language_name

#: So much of the record as it came is shown.
EXCERPT = 20_000
LONGEST_IDENTIFIER = 300

STANDINGS: Words = {
    "new": _("A harvest would take it in as a new record."),
    "changed": _("A harvest would take it in as a new version of a record that stands here."),
    "unchanged": _("It stands here already, byte for byte the same."),
    "set_aside": _("A harvest would set it aside, with its bytes and the reason."),
    "deleted": _("The repository says that it is deleted. A harvest would delete it here."),
    "unknown_deleted": _("The repository says that it is deleted. It was never here."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """``before`` is the record as it came; ``lines`` are its fields as MARC 21, ``facts`` what the catalogue understands."""

    found: Trial
    standing: str
    before: str
    lines: list[MarcLine]
    repairs: list[tuple[str, Told]]
    reason: str
    detail: Told | None
    converted: bool
    facts: list[tuple[str, str]]


@require_safe
@staff
def trial(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """The outside is asked only when the button was pressed (``?prov=1``)."""
    source = changeable(actor, name)
    identifier = request.GET.get("id", "")[:LONGEST_IDENTIFIER]
    if "prov" not in request.GET:
        return show(request, actor, "trial", source=source, identifier=identifier)
    try:
        shown = _shown(try_one(actor=actor, source=source, identifier=identifier))
    except NoAnswer as error:
        # Not a fault of ours: the page itself is well, and says what the outside did.
        trouble = trouble_in_words(error.code, error.message)
        return show(
            request, actor, "trial", source=source, identifier=identifier, trouble=trouble, detail=error.message
        )
    except AllmenningError as problem:
        return show(request, actor, "trial", source=source, identifier=identifier, problem=problem)
    return show(request, actor, "trial", source=source, identifier=identifier, shown=shown)


def _shown(found: Trial) -> Shown:
    standing = in_words(STANDINGS, found.standing)
    before = marc_lines.as_text(found.chunk.raw[:EXCERPT]).replace("␊", "\n").replace("␍", "") if found.chunk else ""
    if isinstance(found.outcome, SetAside):
        reason = in_words(SET_ASIDE, found.outcome.code)
        return Shown(found, standing, before, [], [], reason, detail_in_words(kept(found.outcome.detail)), False, [])
    if not isinstance(found.outcome, Read) or found.description is None:
        return Shown(found, standing, before, [], [], "", None, False, [])
    repairs = [(in_words(REPAIRS, each.code), detail_in_words(kept(each.detail))) for each in found.outcome.repairs]
    lines = marc_lines.of_record(found.outcome.record)
    converted = found.outcome.dialect == "normarc"
    return Shown(found, standing, before, lines, repairs, "", None, converted, _facts(found.description))


def _facts(said: Description) -> list[tuple[str, str]]:
    """What the catalogue understands of it, field by field, in the order of a catalogue card."""
    facts = []
    for name, label in {**TELLING, **FURTHER}.items():
        if text := _text(name, getattr(said, name)):
            facts.append((str(label), text))
    return facts


def _text(name: str, value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, tuple):
        texts = [each if isinstance(each, str) else str(each[0]) for each in value]
        return "; ".join(language_name(each) if name in ("languages", "original_languages") else each for each in texts)
    if name in ("format", "audience") and value:
        return str(format_name(str(value)) if name == "format" else audience_name(str(value)))
    return str(value)
