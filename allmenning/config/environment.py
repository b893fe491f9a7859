"""What an installation chooses through its environment: read once, every wrong variable reported at once, by name.

The defaults are a complete installation in the folder ``var`` beside the project: nothing needs to be set on a laptop.
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: OAI identifiers: the domain-name part of https://www.openarchives.org/OAI/2.0/guidelines-oai-identifier.htm, 2.1.
_DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PROJECT = Path(__file__).resolve().parents[2]


class WrongEnvironment(Exception):
    """One or more variables do not fit. ``problems`` maps the variable's name to what is wrong with it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        lines = "\n".join(f"  {name}: {what}" for name, what in self.problems.items())
        super().__init__(f"Settings that do not fit (environment variables):\n{lines}")


@dataclass(frozen=True, slots=True)
class Database:
    """Where the data lives. ``engine`` is ``sqlite`` or ``postgresql``; for SQLite ``name`` is a file."""

    engine: str
    name: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Environment:
    database: Database
    search_url: str
    files: Path
    var: Path
    secret_key: str
    debug: bool
    hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    https: bool
    oai_namespace: str  # the domain name in our OAI identifiers, for good
    admin_email: str
    private_networks: tuple[Network, ...]  # of our own, that sources may be fetched from
    proxies: int  # how many proxies of our own stand before the web server, and add to X-Forwarded-For


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """The installation's choices. Raises :class:`WrongEnvironment` naming every variable that does not fit."""
    problems: dict[str, str] = {}
    var = Path(environ.get("ALLMENNING_VAR") or PROJECT / "var").absolute()
    database = _database(environ.get("DATABASE_URL") or f"sqlite:///{var / 'allmenning.sqlite3'}", problems)
    search_url = environ.get("SEARCH_URL") or f"tantivy://{var / 'index'}"
    _check_search(search_url, problems)
    files = _files(environ.get("FILES_URL") or f"file://{var / 'files'}", problems)
    debug = _truth("DEBUG", environ.get("DEBUG", ""), problems)
    https = _truth("HTTPS", environ.get("HTTPS", ""), problems)
    hosts = tuple(environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").replace(" ", "").split(","))
    origins = tuple(filter(None, environ.get("TRUSTED_ORIGINS", "").replace(" ", "").split(",")))
    for origin in origins:
        if "://" not in origin:
            problems["TRUSTED_ORIGINS"] = f"«{origin}» must begin with https:// or http://"
    key = environ.get("SECRET_KEY") or ""
    if key and len(key) < 32:
        told = "must be at least 32 characters; leave it out to have one made and kept in the var folder"
        problems.update(SECRET_KEY=told)
    namespace = environ.get("OAI_NAMESPACE") or "allmenning.invalid"
    if not _DOMAIN.fullmatch(namespace):
        problems["OAI_NAMESPACE"] = f"«{namespace}» is no domain name, such as bibliotek.example"
    email = environ.get("ADMIN_EMAIL") or "admin@allmenning.invalid"
    if not _EMAIL.fullmatch(email):
        problems["ADMIN_EMAIL"] = f"«{email}» is no e-mail address"
    networks = _networks(environ.get("PRIVATE_NETWORKS", ""), problems)
    proxies = environ.get("TRUSTED_PROXIES") or "0"
    if not proxies.isdigit():
        problems["TRUSTED_PROXIES"] = f"«{proxies}» is not a number; write how many proxies stand before the web server"
    if problems:
        raise WrongEnvironment(problems)
    try:
        secret = key or _kept_key(var)
    except OSError as error:
        raise WrongEnvironment({"ALLMENNING_VAR": f"«{var}» cannot be written to ({error.strerror})"}) from error
    return Environment(
        database, search_url, files, var, secret, debug, hosts, origins, https, namespace, email, networks, int(proxies)
    )


def _database(url: str, problems: dict[str, str]) -> Database:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path)
        # sqlite:///file is relative to nothing: the three-slash form holds an absolute path, as does the four-slash one
        name = "/" + name.lstrip("/")
        if name == "/":
            problems["DATABASE_URL"] = "names no file; write sqlite:////absolute/path/allmenning.sqlite3"
        return Database("sqlite", name)
    if parts.scheme in ("postgres", "postgresql"):
        name = parts.path.strip("/")
        if not name:
            problems["DATABASE_URL"] = "names no database; write postgresql://user:password@host:5432/name"
        try:
            port = str(parts.port or "")
        except ValueError:
            problems["DATABASE_URL"] = "the port must be a number"
            port = ""
        # A socket folder stands percent-encoded where the host would: postgresql://user@%2Frun%2Fpostgresql/name
        host = unquote(parts.hostname or "")
        return Database("postgresql", name, host, port, unquote(parts.username or ""), unquote(parts.password or ""))
    problems["DATABASE_URL"] = f"«{parts.scheme}» is not one of sqlite, postgresql"
    return Database("sqlite", "/")


def _check_search(url: str, problems: dict[str, str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("tantivy", "memory"):
        problems["SEARCH_URL"] = f"«{parts.scheme}» is not one of tantivy, memory"
    elif parts.scheme == "tantivy" and not parts.path.strip("/"):
        problems["SEARCH_URL"] = "names no folder; write tantivy:///absolute/path"


def _files(url: str, problems: dict[str, str]) -> Path:
    parts = urlsplit(url)
    if parts.scheme != "file" or not parts.path.strip("/"):
        problems["FILES_URL"] = "must be file:///absolute/path"
    return Path(unquote(parts.path))


def _networks(text: str, problems: dict[str, str]) -> tuple[Network, ...]:
    found = []
    for each in filter(None, text.replace(" ", "").split(",")):
        try:
            found.append(ipaddress.ip_network(each))
        except ValueError:
            problems["PRIVATE_NETWORKS"] = f"«{each}» is no network; write addresses as 10.20.0.0/16 or 10.20.3.4"
    return tuple(found)


def _truth(name: str, text: str, problems: dict[str, str]) -> bool:
    if text.lower() in ("", "0", "no", "false", "off"):
        return False
    if text.lower() not in ("1", "yes", "true", "on"):
        problems[name] = f"«{text}» is neither yes nor no"
    return True


def _kept_key(var: Path) -> str:
    """The installation's own secret, made the first time and kept readable for its owner only."""
    path = var / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        var.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        key = secrets.token_urlsafe(50)
        with os.fdopen(handle, "w") as out:
            out.write(key + "\n")
        return key
