"""An OAI-PMH repository as we ask it: patient where the protocol says so, and clear about what went wrong."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import TypeVar

from allmenning.formats import oai_pmh
from allmenning.formats.marc.problems import Unreadable
from allmenning.formats.oai_pmh import Identity, MetadataFormat, Page
from allmenning.groundwork.outside import NoAnswer, Outside

#: Seconds before asking again when something went wrong, one after the other. Then the harvest stops, to be gone on with.
PAUSES = (1.0, 4.0, 15.0, 60.0)
#: A wait the server asks for that is longer than this is not sat out: the harvest stops until then.
PATIENCE = 90.0

_log = logging.getLogger(__name__)
Found = TypeVar("Found")


class Refusal(NoAnswer):
    """The repository understood, and said no: ``code`` is ``oai_`` and its own code (OAI-PMH 3.6)."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(
            f"oai_{code}"[:60], f"The repository answers «{code}»: {words or 'without a reason'}.", again=False
        )
        self.oai_code = code


class Repository:
    """One repository during one visit. ``stop``: set when the process is asked to end, so that no wait holds it up.

    ``impatient``: a person waits for the answer, so nothing is asked for twice.
    """

    def __init__(
        self, outside: Outside, address: str, stop: threading.Event | None = None, *, impatient: bool = False
    ) -> None:
        self.outside, self.address = outside, address
        self.stop = stop or threading.Event()
        self.pauses = () if impatient else PAUSES

    def identify(self) -> Identity:
        return self._asked({"verb": "Identify"}, oai_pmh.read_identity)[1]

    def formats(self) -> list[MetadataFormat]:
        return self._asked({"verb": "ListMetadataFormats"}, oai_pmh.read_formats)[1]

    def records(
        self, *, prefix: str, set_spec: str = "", since: str = "", until: str = "", token: str = ""
    ) -> tuple[bytes, Page]:
        """One page of ListRecords: its bytes and what they say. Nothing to tell is an empty page.

        Raises :class:`Refusal` for what the repository does not take; ``badResumptionToken`` means to begin anew.
        """
        asked = {"verb": "ListRecords", "metadataPrefix": prefix, "set": set_spec, "from": since, "until": until}
        if token:
            asked = {"verb": "ListRecords", "resumptionToken": token}
        return self._page(asked)

    def record(self, identifier: str, prefix: str) -> tuple[bytes, Page]:
        """GetRecord. Raises :class:`Refusal` (``idDoesNotExist``)."""
        return self._page({"verb": "GetRecord", "metadataPrefix": prefix, "identifier": identifier})

    def _page(self, asked: Mapping[str, str]) -> tuple[bytes, Page]:
        body, page = self._asked(asked, oai_pmh.read_page)
        if page.error and page.error[0] != "noRecordsMatch":
            raise Refusal(*page.error)
        return body, page

    def _asked(self, asked: Mapping[str, str], read: Callable[[bytes], Found]) -> tuple[bytes, Found]:
        """The answer, asked for again where that may help. Raises :class:`NoAnswer`."""
        query = {name: value for name, value in asked.items() if value}
        for pause in self.pauses:
            try:
                return self._once(query, read)
            except NoAnswer as trouble:
                wait = trouble.after or pause
                if not trouble.again or wait > PATIENCE:
                    raise
                _log.info("%s Asked again in %.0f s.", trouble.message, wait)
                if self.stop.wait(wait):
                    raise
        return self._once(query, read)

    def _once(self, query: Mapping[str, str], read: Callable[[bytes], Found]) -> tuple[bytes, Found]:
        body = self.outside.get(self.address, query).body
        return body, _read(body, read)


def _read(body: bytes, read: Callable[[bytes], Found]) -> Found:
    try:
        return read(body)
    except Unreadable as error:
        # A page that came through half, or an error page of the web server before it, may be whole the next time.
        raise NoAnswer(error.code, error.detail, again=error.code in ("answer_cut_off", "xml_broken")) from error
