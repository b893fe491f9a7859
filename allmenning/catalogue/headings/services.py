"""A person's word on what a heading means, and taking it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from allmenning.authorities import queries as register
from allmenning.authorities.permissions import check_may_edit
from allmenning.catalogue.headings.linking import link_headings
from allmenning.catalogue.headings.models import HeadingDecision, WrittenHeading
from allmenning.groundwork import audit
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import Invalid, NotFound


def link_by_hand(*, actor: Actor, heading_id: int, entity_id: int | None, reason: str = "") -> HeadingDecision:
    """Say that this heading, wherever records write it so, means this entity, or none. Holds until it is undone.

    Raises ``Refused``, ``NotFound``, ``Invalid`` (a reason beyond 500 characters).
    """
    check_may_edit(actor)
    if len(reason) > 500:
        raise Invalid("reason_too_long", "The reason is longer than 500 characters. Say it in fewer words.")
    with transaction.atomic():
        heading = _heading(heading_id)
        if entity_id is not None and not register.brief([entity_id]):
            raise NotFound("no_such_heading", "There is no such heading. Search for it again.")
        said = HeadingDecision.objects.create(
            heading=heading,
            entity_id=entity_id,
            account_id=actor.account_id,
            actor_name=actor.name,
            reason=reason,
            at=timezone.now(),
        )
        _settle(heading)
        audit.record(actor, "catalogue.link_heading", heading, data={"entity": entity_id})
    link_headings([heading_id])
    return said


def undo_link(*, actor: Actor, decision_id: int) -> HeadingDecision:
    """Take a person's word back: an earlier one's, or the machine's, holds again. Twice changes nothing."""
    check_may_edit(actor)
    with transaction.atomic():
        said = HeadingDecision.objects.select_related("heading").filter(id=decision_id).first()
        if said is None:
            raise NotFound("no_such_decision", "There is no such decision. It may have been removed with its records.")
        if said.undone_at is None:
            said.undone_at, said.undone_by = timezone.now(), actor.name
            said.save(update_fields=["undone_at", "undone_by"])
            _settle(said.heading)
            audit.record(actor, "catalogue.undo_link", said.heading, data={"decision": said.id})
    link_headings([said.heading_id])
    return said


def _heading(heading_id: int) -> WrittenHeading:
    found = WrittenHeading.objects.filter(id=heading_id).first()
    if found is None:
        raise NotFound("no_such_heading", "There is no such heading. Search for it again.")
    return found


def _settle(heading: WrittenHeading) -> None:
    """The latest word that stands decides."""
    standing = HeadingDecision.objects.filter(heading=heading, undone_at=None).first()
    heading.decided = standing is not None
    heading.entity_id = standing.entity_id if standing else None
    heading.how = "person" if standing and standing.entity_id else ""
    heading.save(update_fields=["decided", "entity", "how"])
