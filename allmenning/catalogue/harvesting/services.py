"""The verbs of fetched sources: say where a source is fetched from, fetch it, try one record."""

from __future__ import annotations

import threading

from django.db import transaction
from django.utils import timezone

from allmenning.catalogue.harvesting import dates, leases
from allmenning.catalogue.harvesting.models import Harvest, SourceSettings
from allmenning.catalogue.harvesting.repository import Repository
from allmenning.catalogue.harvesting.session import Session, Tick
from allmenning.catalogue.models import Source
from allmenning.catalogue.permissions import check_may_change_source
from allmenning.groundwork import audit
from allmenning.groundwork.outside import NoAnswer, Outside, check_address
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError, Conflict, Invalid, NotFound

#: Hours between two harvests: at most once a quarter; 0 is never by itself.
LONGEST_PAUSE = 24 * 92


def _silent(_harvest: Harvest) -> None:
    """Nobody watches."""


def configure(
    *,
    actor: Actor,
    source: Source,
    kind: str,
    address: str = "",
    set_spec: str = "",
    prefix: str = "",
    every_hours: int = 0,
) -> SourceSettings:
    """Say how a source's records come. What was fetched stays; another address, set or prefix begins from the start.

    Raises ``Refused`` (another library's source), ``Invalid`` (kind, address, hours), ``Conflict`` (being fetched now).
    """
    check_may_change_source(actor, source.library_id)
    if kind not in (SourceSettings.FILE, SourceSettings.OAI_PMH):
        raise Invalid("source_kind", "A source is delivered as files or fetched by OAI-PMH.")
    if not 0 <= every_hours <= LONGEST_PAUSE:
        raise Invalid("source_hours", f"Say how many hours go between two harvests: 0 to {LONGEST_PAUSE}.")
    said = {"address": address.strip(), "set_spec": set_spec.strip(), "prefix": prefix.strip()}
    for name, longest in (("address", 500), ("set_spec", 200), ("prefix", 60)):
        if len(said[name]) > longest:
            raise Invalid("source_setting_too_long", f"{name} is longer than {longest} characters.")
    if kind == SourceSettings.OAI_PMH:
        said["address"] = _base_address(said["address"])
    with transaction.atomic():
        row, _ = SourceSettings.objects.get_or_create(source=source)
        if leases.held(row):
            raise Conflict("being_fetched", "The source is being fetched just now. Change it when that is done.")
        if any(getattr(row, name) != value for name, value in said.items()):
            row.reached = ""
            source.harvests.exclude(state=Harvest.FINISHED).update(token="", state=Harvest.STOPPED, by_hand=True)
        row.kind, row.every_hours = kind, every_hours
        row.address, row.set_spec, row.prefix = said["address"], said["set_spec"], said["prefix"]
        scheduled = kind == SourceSettings.OAI_PMH and every_hours
        row.due_at = (row.due_at or timezone.now()) if scheduled else None
        row.attempts = 0
        row.save()
        data = {**said, "kind": kind, "every_hours": every_hours}
        audit.record(actor, "catalogue.configure_source", source, library_id=source.library_id, data=data)
    return row


def _base_address(text: str) -> str:
    """The repository's address without what each request adds to it."""
    address = text.partition("#")[0]
    if "verb=" in address:  # copied from a browser
        address = address.partition("?")[0]
    try:
        check_address(address)
    except NoAnswer as error:
        raise Invalid("source_address", error.message) from error
    return address


def fetch_soon(*, actor: Actor, source: Source) -> SourceSettings:
    """Let the worker fetch the source as its next piece of work. Raises ``Refused``, ``NotFound`` (nothing to fetch)."""
    check_may_change_source(actor, source.library_id)
    row = fetched_settings(source)
    with transaction.atomic():
        SourceSettings.objects.filter(source=source).update(due_at=timezone.now())
        audit.record(actor, "catalogue.fetch_soon", source, library_id=source.library_id)
    return row


def fetched_settings(source: Source) -> SourceSettings:
    """Raises ``NotFound`` for a source that is not fetched."""
    row = SourceSettings.objects.filter(source=source, kind=SourceSettings.OAI_PMH).first()
    if row is None:
        told = f"The source «{source.name}» is delivered as files. Give the address of its OAI-PMH repository first."
        raise NotFound("not_fetched", told)
    return row


def harvest(
    *,
    actor: Actor,
    source: Source,
    whole: bool = False,
    since: str = "",
    until: str = "",
    stop: threading.Event | None = None,
    tick: Tick = _silent,
) -> Harvest:
    """Fetch what is new in a source's repository and take it in. Goes on where an earlier harvest stopped.

    ``whole``: everything once more. ``since``, ``until``: a window (UTC, 2026-11-22 or 2026-11-22T08:00:00Z) that a person
    chose. Returns the harvest, finished, or stopped when ``stop`` was set. Raises ``NotFound`` (not fetched), ``Invalid``
    (dates), ``Conflict`` (another process fetches it), and :class:`NoAnswer` when the repository fails; what came until
    then is in the catalogue, and the next call goes on behind it.
    """
    settings = fetched_settings(source)
    for each in (since, until):
        if each and dates.parsed(each) is None:
            raise Invalid("harvest_date", f"«{each}» is no date: write 2026-11-22 or 2026-11-22T08:00:00Z.")
    if not leases.claim(settings):
        raise Conflict("being_fetched", "The source is being fetched just now by another process.")
    after, found = 0.0, None
    try:
        found = _begun(actor, settings, whole=whole, since=since, until=until)
        with Outside() as outside:
            stop = stop or threading.Event()
            repository = Repository(outside, settings.address, stop)
            Session(
                actor=actor,
                source=source,
                settings=settings,
                harvest=found,
                repository=repository,
                stop=stop,
                tick=tick,
            ).go()
    except AllmenningError as error:
        after = error.after if isinstance(error, NoAnswer) else 0.0
        _tell(settings, found, error)
        raise
    finally:
        _end(actor, settings, found, after=after)
    return found


def _begun(actor: Actor, settings: SourceSettings, *, whole: bool, since: str, until: str) -> Harvest:
    """The harvest to go on with, or a new one."""
    chosen = bool(since or until)
    unfinished = settings.source.harvests.exclude(state=Harvest.FINISHED).exclude(token="").first()
    if unfinished and not whole and not chosen:
        unfinished.state, unfinished.problem, unfinished.problem_detail = Harvest.RUNNING, "", ""
        unfinished.save()
        return unfinished
    # What an earlier harvest left behind on its way is asked for again by this one, or by the next.
    settings.source.harvests.exclude(state=Harvest.FINISHED).update(token="", state=Harvest.STOPPED)
    return Harvest.objects.create(
        source=settings.source,
        started=timezone.now(),
        actor_name=actor.name,
        since=since if chosen else "" if whole else settings.reached,
        until=until,
        by_hand=chosen,
        set_spec=settings.set_spec,
        prefix=settings.prefix,
    )


def _tell(settings: SourceSettings, found: Harvest | None, error: AllmenningError) -> None:
    told = {"problem": error.code[:60], "problem_detail": error.message[:500]}
    SourceSettings.objects.filter(source=settings.source).update(**told, problem_at=timezone.now())
    if found:
        found.state, found.problem, found.problem_detail = Harvest.FAILED, told["problem"], told["problem_detail"]


def _end(actor: Actor, settings: SourceSettings, found: Harvest | None, *, after: float) -> None:
    finished = found is not None and found.state == Harvest.FINISHED
    with transaction.atomic():
        if found is not None:
            if found.state == Harvest.RUNNING:
                found.state = Harvest.STOPPED
            found.finished = timezone.now()
            found.save()
            counts = {name: number for name, number in found.counts.items() if isinstance(number, int)}
            data = {**counts, "state": found.state}
            audit.record(actor, "catalogue.harvest", found, library_id=settings.source.library_id, data=data)
        if finished:
            SourceSettings.objects.filter(source=settings.source).update(problem="", problem_detail="", problem_at=None)
        failed = found is None or found.state == Harvest.FAILED
        leases.release(settings, failed=failed, resting=not failed and not finished, after=after)
