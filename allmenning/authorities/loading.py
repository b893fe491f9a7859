"""Taking entries in: short transactions, each whole or not at all; what is unchanged costs one look."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from allmenning.authorities.identifiers import ACROSS_REGISTERS
from allmenning.authorities.keeping import bring_up_to_date, lock
from allmenning.authorities.models import Entity, Entry, EntryVersion, Identifier, Register, SetAsideEntry
from allmenning.authorities.reading import Aside, Found, entries
from allmenning.authorities.statement import AGENTS, Statement
from allmenning.kernel.actor import Actor

#: Entries a transaction: it stays under 50 ms, so that nobody at a desk waits.
PARCEL = 40
#: Entries looked at together for whether they are here as they are.
LOOK = 500
Tick = Callable[["Counts", int], None]


@dataclass(slots=True)
class Counts:
    """``joined``: new entries of entities that another register had told of."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    joined: int = 0
    set_aside: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def take_in(register: Register, path: Path, *, actor: Actor, counts: Counts, tick: Tick | None = None) -> None:
    """One file. Bytes done are told after every transaction. Raises ``OSError`` when the file cannot be opened."""
    reached = 0

    def seen(total: int) -> None:
        nonlocal reached
        reached = total

    for parcel in _parcels(_unknown(register, entries(path, seen), counts)):
        with transaction.atomic():
            lock()
            _take(register, path.name[:300], parcel, actor=actor, counts=counts, now=timezone.now())
        if tick:
            tick(counts, reached)


def _unknown(register: Register, found: Iterator[Found | Aside], counts: Counts) -> Iterator[Found | Aside]:
    """Without those that stand in the register as they are: seen by reading alone, many at a time."""
    while some := list(islice(found, LOOK)):
        keys = [each.statement.key for each in some if isinstance(each, Found)]
        hashes = dict(Entry.objects.filter(register=register, key__in=keys).values_list("key", "hash"))
        several = len(set(keys)) < len(keys)
        for each in some:
            known = hashes.get(each.statement.key) if isinstance(each, Found) and not several else None
            if isinstance(each, Found) and known is not None and bytes(known) == _hash_of(each):
                counts.read += 1
                counts.unchanged += 1
            else:
                yield each


def _parcels(found: Iterable[Found | Aside]) -> Iterator[list[Found | Aside]]:
    """Some forty at a time; a key stands only once in a parcel, so that a later entry meets the earlier one stored."""
    parcel: list[Found | Aside] = []
    keys: set[str] = set()
    for each in found:
        key = each.statement.key if isinstance(each, Found) else ""
        if len(parcel) >= PARCEL or (key and key in keys):
            yield parcel
            parcel, keys = [], set()
        parcel.append(each)
        keys.add(key)
    if parcel:
        yield parcel


def _take(
    register: Register, file_name: str, parcel: Sequence[Found | Aside], *, actor: Actor, counts: Counts, now: datetime
) -> None:
    counts.read += len(parcel)
    _set_aside(register, file_name, [each for each in parcel if isinstance(each, Aside)], counts, now)
    found = [each for each in parcel if isinstance(each, Found)]
    known = {
        each.key: each for each in Entry.objects.filter(register=register, key__in=[f.statement.key for f in found])
    }
    news: list[tuple[Found, bytes]] = []
    versions: list[EntryVersion] = []
    changed: list[Entry] = []
    for each in found:
        made = _hash_of(each)
        entry = known.get(each.statement.key)
        if entry is None:
            news.append((each, made))
        elif bytes(entry.hash) == made:
            counts.unchanged += 1
        else:
            known_before = Statement.from_json(entry.statement)
            entry.version, entry.hash, entry.received = entry.version + 1, made, now
            entry.statement = each.statement.after(known_before).to_json()
            changed.append(entry)
            versions.append(_version(entry, each, file_name, now))
    Entry.objects.bulk_update(changed, ["version", "hash", "statement", "received"])
    added = _add(register, news, counts, now)
    versions += [_version(entry, each, file_name, now) for entry, (each, _) in zip(added, news, strict=True)]
    EntryVersion.objects.bulk_create(versions)
    counts.new += len(added)
    counts.changed += len(changed)
    touched = {entry.entity_id for entry in (*changed, *added)}
    if touched:
        bring_up_to_date(touched, actor=actor, now=now, reason=register.name, in_bulk=True)


def _add(register: Register, news: Sequence[tuple[Found, bytes]], counts: Counts, now: datetime) -> list[Entry]:
    homes = _homes(register, [each.statement for each, _ in news])
    fresh = Entity.objects.bulk_create(
        Entity(kind=each.statement.kind, name="", sort_key="", digest="", created=now, changed=now)
        for each, _ in news
        if each.statement.key not in homes
    )
    counts.joined += len(homes)
    coming = iter(fresh)
    return Entry.objects.bulk_create(
        Entry(
            register=register,
            entity_id=homes.get(each.statement.key) or next(coming).id,
            key=each.statement.key,
            version=1,
            hash=made,
            statement=each.statement.to_json(),
            received=now,
        )
        for each, made in news
    )


def _homes(register: Register, statements: Sequence[Statement]) -> dict[str, int]:
    """Key → the entity it tells of already: by its own identifier, or for people and bodies by one that all registers share.

    A shared identifier joins only where it leads to one entity, of the same kind, that this register has not told of:
    two entries of one register are never the same because a third register says so.
    """
    names = {name for each in statements for name in (*each.own, *_shared(each))}
    rows = Identifier.objects.filter(name__in=names).values_list("name", "own", "entity_id", "entity__kind")
    by_name: dict[str, list[tuple[bool, int, str]]] = {}
    for name, own, entity_id, kind in rows:
        by_name.setdefault(name, []).append((own, entity_id, kind))
    theirs = {entity_id for found in by_name.values() for _, entity_id, _ in found}
    told = set(Entry.objects.filter(register=register, entity_id__in=theirs).values_list("entity_id", flat=True))
    homes: dict[str, int] = {}
    for each in statements:
        same = {entity_id for name in each.own for own, entity_id, _ in by_name.get(name, ()) if own}
        if not same:
            shared = (row for name in _shared(each) for row in by_name.get(name, ()))
            same = {entity_id for _, entity_id, kind in shared if kind == each.kind} - told
        if len(same) == 1:
            homes[each.key] = same.pop()
            told.add(homes[each.key])
    return homes


def _shared(each: Statement) -> list[str]:
    if each.kind not in AGENTS:
        return []
    return [name for name in (*each.own, *each.also) if name.partition(":")[0] in ACROSS_REGISTERS]


def _version(entry: Entry, found: Found, file_name: str, now: datetime) -> EntryVersion:
    return EntryVersion(
        entry=entry,
        number=entry.version,
        syntax=found.syntax,
        raw=zlib.compress(found.raw, 1),
        file_name=file_name,
        received=now,
    )


def _set_aside(register: Register, file_name: str, asides: Sequence[Aside], counts: Counts, now: datetime) -> None:
    counts.set_aside += len(asides)
    for each in asides:
        counts.reasons[each.code] = counts.reasons.get(each.code, 0) + 1
    SetAsideEntry.objects.bulk_create(
        [
            SetAsideEntry(
                register=register,
                # Without bytes (a damaged file) the place in the file tells one from the other.
                hash=_hash(each.code.encode(), each.raw or f"{file_name}/{each.detail}".encode()),
                file_name=file_name,
                position=each.position,
                code=each.code[:60],
                detail=each.detail.replace("\x00", "␀")[:500],
                raw=zlib.compress(each.raw, 1),
                received=now,
            )
            for each in asides
        ],
        ignore_conflicts=True,
    )


def _hash_of(found: Found) -> bytes:
    """The statement counts as well: a later version of this software may read the same bytes better."""
    return _hash(found.raw, found.statement.to_json().encode())


def _hash(*parts: bytes) -> bytes:
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()
