"""``allmenning``, but it says so when it begins to take entries in: for whoever wants to kill it just then."""

from __future__ import annotations

from typing import Any

from allmenning.cli.main import main as allmenning
from allmenning.cli.main import set_up


def main() -> None:
    set_up()
    from allmenning.authorities import loading

    take = loading._take

    def telling(*said: Any, **more: Any) -> None:
        print("taking", flush=True)
        take(*said, **more)

    loading._take = telling
    allmenning()
