"""Why an entry of a register is set aside."""

from __future__ import annotations


class Refused(Exception):
    """``code`` is stable, ``detail`` is for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail
