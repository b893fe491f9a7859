"""One session of a harvest: page after page is kept on disk, its place noted, and a batch at a time taken in.

The order is what makes it safe to kill: a page's bytes lie on disk before the database says that the page is there,
pages are removed only after the import has them, and taking one in twice changes nothing.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings as django
from django.db import transaction
from django.utils import timezone

from allmenning.catalogue import services
from allmenning.catalogue.harvesting import dates, leases
from allmenning.catalogue.harvesting.items import Items, deletions, items_of, settle
from allmenning.catalogue.harvesting.models import Harvest, SourceSettings
from allmenning.catalogue.harvesting.repository import Refusal, Repository
from allmenning.catalogue.importing.summary import Counts
from allmenning.catalogue.models import Source
from allmenning.formats.oai_pmh import Identity, Page, marc_prefix
from allmenning.groundwork.outside import NoAnswer
from allmenning.kernel.actor import Actor

#: A batch is taken in when this many records or bytes wait on disk, or when the oldest has waited this long.
RECORDS, BYTES, SECONDS = 2_000, 32 << 20, 30.0
#: A repository may send so many pages without a record before we say that it goes in circles.
EMPTY_PAGES = 50

Tick = Callable[[Harvest], None]


class Session:
    """``go`` goes on with a harvest to its end. ``stop``: set when this process shall end; the harvest then rests."""

    def __init__(
        self,
        *,
        actor: Actor,
        source: Source,
        settings: SourceSettings,
        harvest: Harvest,
        repository: Repository,
        stop: threading.Event,
        tick: Tick,
    ) -> None:
        self.actor, self.source, self.settings, self.harvest = actor, source, settings, harvest
        self.repository, self.stop, self.tick = repository, stop, tick
        self.folder = Path(django.MEDIA_ROOT) / "harvest" / source.name
        self.waiting_records = self.waiting_bytes = self.empty_pages = 0
        self.waiting_since = self.told = time.monotonic()
        self.begun_anew = False

    def go(self) -> None:
        """Raises :class:`NoAnswer` when the repository does not answer; what came before it is in the catalogue."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._take_in()  # what lay here when an earlier session was killed: its deletions are not told twice
        try:
            identity = self.repository.identify()
            self._answered()
            self.harvest.prefix = self.harvest.prefix or self._prefix()
            while not self.stop.is_set():
                page = self._page(identity)
                if page is not None and not page.token:
                    self.harvest.state = Harvest.FINISHED
                    break
        finally:
            self._take_in()
        if self.harvest.state == Harvest.FINISHED:
            self._reached(identity)

    def _prefix(self) -> str:
        found = marc_prefix(self.repository.formats())
        if not found:
            raise NoAnswer(
                "no_marc_offered", "The repository offers no form of MARC. Name a prefix if it does.", again=False
            )
        return found

    def _page(self, identity: Identity) -> Page | None:
        """Fetch and keep the next page. None when the place in the list was lost and it begins anew."""
        harvest = self.harvest
        window = {name: dates.as_taken(getattr(harvest, name), identity.granularity) for name in ("since", "until")}
        try:
            body, page = self.repository.records(
                prefix=harvest.prefix, set_spec=harvest.set_spec, token=harvest.token, **window
            )
        except Refusal as refusal:
            if refusal.oai_code != "badResumptionToken" or not harvest.token or self.begun_anew:
                raise
            self.begun_anew = True  # tokens may expire (3.5): what came already is found unchanged
            Harvest.objects.filter(id=harvest.id).update(token="")
            harvest.token = ""
            return None
        self._check_progress(page)
        self._keep(body, page)
        if self._full():
            self._take_in()
        leases.extend(self.settings)
        self.tick(harvest)
        return page

    def _check_progress(self, page: Page) -> None:
        self.empty_pages = 0 if page.headers else self.empty_pages + 1
        if page.token and (page.token == self.harvest.token or self.empty_pages > EMPTY_PAGES):
            raise NoAnswer(
                "in_circles", "The repository gives the same place in its list again and again.", again=False
            )

    def _keep(self, body: bytes, page: Page) -> None:
        """The page on disk, then its place in the database: the next page is asked for behind it, whatever happens."""
        harvest = self.harvest
        number = harvest.pages + 1
        items = items_of(self.source, body, page) if page.headers else Items()
        if not all(each.deleted for each in page.headers):
            _write(self.folder / f"{harvest.id:08d}-{number:07d}.xml", body)
        with transaction.atomic():
            gone = settle(self.source, items)
            if gone:
                _write(self.folder / f"{harvest.id:08d}-{number:07d}-deleted.xml", deletions(gone))
            harvest.pages, harvest.token = number, page.token
            harvest.first_answer = harvest.first_answer or page.response_date[:20]
            harvest.complete_size = max(harvest.complete_size, page.complete_size)
            harvest.listed += len(page.headers)
            harvest.deletions += len(items.deleted)
            harvest.without_record += items.empty
            harvest.seconds += self._lap()
            harvest.save()
        self._answered()
        self.waiting_records += len(page.headers)
        self.waiting_bytes += len(body)

    def _full(self) -> bool:
        waited = time.monotonic() - self.waiting_since
        return self.waiting_records >= RECORDS or self.waiting_bytes >= BYTES or waited >= SECONDS

    def _take_in(self) -> None:
        """Everything that waits on disk into the catalogue, in the order it came."""
        paths = sorted(self.folder.glob("*.xml"), key=_page_number)
        if paths:
            # Again: a repository that always answers with the same clock may give the bytes of an earlier harvest.
            run = services.import_files(actor=self.actor, source=self.source, paths=paths, again=True)
            counts = Counts.from_dict(self.harvest.counts)
            counts.add(Counts.from_dict(run.counts))
            self.harvest.counts = counts.as_dict()
        self.harvest.imported_pages = self.harvest.pages
        self.harvest.seconds += self._lap()
        self.harvest.save()
        for path in paths:
            path.unlink()
        self.waiting_records = self.waiting_bytes = 0
        self.waiting_since = time.monotonic()

    def _lap(self) -> float:
        """Seconds since this was asked last."""
        before, self.told = self.told, time.monotonic()
        return self.told - before

    def _answered(self) -> None:
        self.settings.answered = timezone.now()
        SourceSettings.objects.filter(source=self.source).update(answered=self.settings.answered)

    def _reached(self, identity: Identity) -> None:
        if not self.harvest.by_hand:
            reached = dates.next_since(self.harvest.first_answer, identity.granularity, timezone.now())
            SourceSettings.objects.filter(source=self.source).update(reached=reached)


def _write(path: Path, data: bytes) -> None:
    """Durable under its name, or not there at all."""
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)


def _page_number(path: Path) -> tuple[str, bool]:
    return path.name[:16], path.name.endswith("-deleted.xml")
