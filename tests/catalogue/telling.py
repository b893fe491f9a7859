"""The ``allmenning`` command, saying on standard output when its first transaction begins."""

from __future__ import annotations

import sys

from allmenning.cli.main import main as command
from allmenning.cli.main import set_up


def main() -> None:
    set_up()
    from allmenning.catalogue.importing.store import Store

    take = Store.take

    def telling(self, found, *, now):  # type: ignore[no-untyped-def]
        Store.take = take  # type: ignore[method-assign]
        sys.stdout.write("storing\n")
        sys.stdout.flush()
        return take(self, found, now=now)

    Store.take = telling  # type: ignore[method-assign]
    command()
