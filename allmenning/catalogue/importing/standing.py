"""Which records of a parcel stand in the well already, byte for byte: these need no decoding, no describing, no storing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from allmenning.catalogue import sql
from allmenning.catalogue.importing.prepared import Answer, Same
from allmenning.catalogue.importing.source_keys import digest, key_in_bytes
from allmenning.formats.marc.record import Chunk, SetAside


class Standing:
    """For one run of one source. Monthly deliveries repeat most of what they sent before.

    A record is unchanged when the version that stands is made of the same bytes. One that is still on its way to the
    well may change that, so nothing is said of keys that are under way, nor of any while the key of one that is under
    way is unknown. The key of a damaged record may be read wrongly from its bytes: so the store asks once more.
    """

    def __init__(self, source_id: int) -> None:
        self.source_id = source_id
        self._under_way: dict[int, str | None] = {}  # position → key, None where only decoding can tell
        self._keys: Counter[str | None] = Counter()

    def unchanged(self, parcel: Sequence[Chunk | SetAside]) -> dict[int, Same]:
        """Position → answer, of those that stand. The others count as under way until they are :meth:`stored`."""
        keys = [(each, key_in_bytes(each)) for each in parcel if isinstance(each, Chunk)]
        hashes = self._hashes([key for _, key in keys if key is not None])
        same: dict[int, Same] = {}
        for chunk, key in keys:
            if (
                key is not None
                and key in hashes
                and key not in self._keys
                and None not in self._keys
                and hashes[key] == (made := digest(chunk.raw))
            ):
                same[chunk.position] = Same(chunk.position, key, made, chunk)
            else:
                self._under_way[chunk.position] = key
                self._keys[key] += 1
        return same

    def stored(self, answers: Iterable[Answer]) -> None:
        """These have reached the well."""
        for each in answers:
            if each.position in self._under_way:
                key = self._under_way.pop(each.position)
                self._keys[key] -= 1
                if not self._keys[key]:
                    del self._keys[key]

    def _hashes(self, keys: Sequence[str]) -> dict[str, bytes]:
        found = sql.rows(
            "SELECT key, hash FROM catalogue_sourcerecord WHERE source_id = %s AND key IN ({ids})", keys, self.source_id
        )
        # SQLite gives bytes, PostgreSQL a memoryview
        return {key: bytes(made) for key, made in found}


def position_of(each: Chunk | SetAside) -> int:
    return (each.chunk if isinstance(each, SetAside) else each).position
