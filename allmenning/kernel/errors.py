"""Errors that carry a stable code, data, and a sentence a person can act on.

Doors translate them: HTTP answers problem+json (RFC 9457), the command line prints the sentence.
"""

from __future__ import annotations


class AllmenningError(Exception):
    """Something that can be told to a person: what went wrong, where, and what to do."""

    status = 400

    def __init__(self, code: str, message: str, **data: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


class Invalid(AllmenningError):
    """The input does not fit; the message says which part and how to mend it."""

    status = 422


class NotFound(AllmenningError):
    """It does not exist, or the actor may not know that it does."""

    status = 404


class Refused(AllmenningError):
    """The actor is known here, but may not do this."""

    status = 403


class Conflict(AllmenningError):
    """The world changed meanwhile, or another process holds what is needed."""

    status = 409
