"""The worker's part: fetch what is due, one source after the other."""

from __future__ import annotations

import logging
import threading

from allmenning.catalogue.harvesting import leases, services
from allmenning.kernel.actor import Actor
from allmenning.kernel.errors import AllmenningError

_log = logging.getLogger(__name__)


def tick(stop: threading.Event) -> bool:
    """Fetch the source that has waited longest. False when none is due. What goes wrong is told on the source's page."""
    row = leases.due()
    if row is None or stop.is_set():
        return False
    try:
        services.harvest(actor=Actor.system("schedule"), source=row.source, stop=stop)
    except AllmenningError as error:
        _log.warning("%s: %s", row.source.name, error.message)
    return True
