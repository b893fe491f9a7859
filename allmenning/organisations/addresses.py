"""Where a library's site is: all links to it come from here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LibraryAddress:
    """By a host name of its own, or by the first path segment on the installation's host: one of the two is empty.

    ``prefix`` stands without slashes: ``oslo``.
    """

    host: str = ""
    prefix: str = ""

    @property
    def script_prefix(self) -> str:
        """What stands before every path of the site, for Django's script prefix: ``/`` or ``/oslo/``."""
        return f"/{self.prefix}/" if self.prefix else "/"

    def path(self, path: str = "/") -> str:
        """The path as a browser must ask for it on this site: ``/sok`` → ``/oslo/sok``."""
        return self.script_prefix + path.lstrip("/")

    def url(self, path: str = "/", *, scheme: str = "https", installation_host: str = "") -> str:
        """The whole address; ``installation_host`` (with its port) serves the libraries without a host of their own."""
        return f"{scheme}://{self.host or installation_host}{self.path(path)}"

    def inside(self, path: str) -> str:
        """The path within the site: ``/oslo/sok`` → ``/sok``."""
        return "/" + path[len(self.script_prefix) :] if self.prefix else path


def host_without_port(host: str) -> str:
    """``Bibliotek.Oslo.no:8000`` → ``bibliotek.oslo.no``; an IPv6 address keeps its brackets (RFC 3986 §3.2.2)."""
    name = host.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0].rstrip(".")


def first_segment(path: str) -> str:
    return path.lstrip("/").partition("/")[0]
