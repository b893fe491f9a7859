"""A set of broken records with the sound ones beside them: ``allmenning bench repair --make FOLDER --from FILE``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from allmenning.bench.damage import structure, texts
from allmenning.bench.damage.parts import Parts, assemble, read

#: Committed with the code: the same files give the same set everywhere.
SEED = 2709
BROKEN, FIXED, KINDS_FILE = "broken.mrc", "fixed.mrc", "damage.tsv"

Damage = Callable[[Parts, Random], bytes | None]
#: Every kind of damage and how many parts of the set it gets. What nobody could mend for certain is made rare.
KINDS: dict[Damage, int] = {
    structure.record_length: 4,
    structure.base_address: 3,
    structure.counted_in_characters: 5,
    structure.places_moved: 4,
    structure.lengths_without_terminator: 2,
    structure.stored_in_other_order: 2,
    structure.shuffled_and_moved: 1,
    structure.missing_entry: 1,
    structure.entries_with_blanks: 2,
    structure.lost_field_terminator: 3,
    structure.terminator_became_blank: 2,
    structure.lost_first_delimiter: 4,
    structure.lost_inner_delimiter: 2,
    structure.other_delimiters: 3,
    structure.lost_record_terminator: 3,
    structure.stray_field_terminator: 3,
    structure.stray_record_terminator: 3,
    structure.leader_without_a_blank: 2,
    structure.leader_with_nuls: 2,
    structure.cut_off: 1,
    texts.marc8_called_unicode: 8,
    texts.unicode_called_marc8: 8,
    texts.latin1_called_unicode: 6,
    texts.latin1_called_marc8: 6,
    texts.windows_called_unicode: 3,
    texts.encoded_twice: 6,
    texts.encoded_thrice: 1,
    texts.one_field_encoded_twice: 3,
    texts.one_field_in_latin1: 3,
    texts.one_field_in_marc8: 3,
    texts.unicode_taken_for_marc8: 2,
    texts.windows_taken_for_latin1: 1,
    texts.entities: 6,
    texts.entities_twice: 1,
    texts.indicator_lost: 3,
    texts.indicator_too_many: 2,
    texts.indicator_of_a_manual: 2,
    texts.indicator_nul: 2,
    texts.controls: 3,
    texts.line_breaks: 1,
    texts.byte_lost: 1,
}


def make(folder: Path, files: list[Path], count: int, seed: int = SEED) -> int:
    """Write broken.mrc, fixed.mrc and damage.tsv (001 and kind, in order) with ``count`` records; the number made.

    Fewer where the files hold too few sound records with ids of their own.
    """
    chance = Random(seed)  # noqa: S311
    folder.mkdir(parents=True, exist_ok=True)
    sound = _distinct(files)
    # Letters beyond ASCII are what goes wrong: every other record has some, where there are enough.
    accented = [each for each in sound if not all(body.isascii() for _, body in each.fields)]
    plain = [each for each in sound if all(body.isascii() for _, body in each.fields)]
    pool = chance.sample(accented, min(len(accented), count)) + chance.sample(plain, min(len(plain), count))
    made = sorted(_damaged(pool, count, chance), key=lambda each: each[0].id)
    chance.shuffle(made)
    (folder / BROKEN).write_bytes(b"".join(broken for _, _, broken in made))
    (folder / FIXED).write_bytes(b"".join(assemble(parts) for parts, _, _ in made))
    (folder / KINDS_FILE).write_text("".join(f"{parts.id}\t{kind}\n" for parts, kind, _ in made))
    return len(made)


def _distinct(files: list[Path]) -> list[Parts]:
    by_id: dict[str, Parts] = {}
    for path in files:
        for parts in read(path):
            by_id.setdefault(parts.id, parts)
    return [by_id[each] for each in sorted(by_id)]


def _damaged(pool: list[Parts], count: int, chance: Random) -> Iterator[tuple[Parts, str, bytes]]:
    """Each kind as often as it should be, on records it can be done to; every record once."""
    chance.shuffle(pool)
    shares = sum(KINDS.values())
    for damage, share in sorted(KINDS.items(), key=lambda each: each[1]):
        wanted = max(1, round(count * share / shares))
        left: list[Parts] = []
        for parts in pool:
            broken = damage(parts, chance) if wanted else None
            if broken is None or broken == assemble(parts):
                left.append(parts)
            else:
                wanted -= 1
                yield parts, damage.__name__, broken
        pool = left
