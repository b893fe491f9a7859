"""A record's fields by tag, with the linked 880 forms beside them, so that each fact is found without a new walk."""

from __future__ import annotations

from dataclasses import dataclass, field

from allmenning.formats.marc.record import Field, Record

_NONE: list[Field] = []


@dataclass(slots=True)
class Grouped:
    """``fixed`` is 008 padded to 40 characters, with fill characters as blanks."""

    leader: str
    fixed: str
    fields: dict[str, list[Field]]
    linked: dict[str, Field]
    #: What describing worked out and matching asks again.
    years_written: list[int] | None = field(default=None, init=False)

    def all(self, tag: str) -> list[Field]:
        return self.fields.get(tag, _NONE)

    def first(self, tag: str) -> Field | None:
        found = self.fields.get(tag)
        return found[0] if found else None

    def original(self, each: Field) -> Field | None:
        """The 880 field that gives ``each`` in its own script (MARC 21, Appendix A, $6: ``880-01`` ↔ ``245-01/(N``)."""
        if not self.linked or not each.subfields:
            return None
        code, text = each.subfields[0]
        if code != "6" or not text.startswith("880-"):
            return None
        return self.linked.get(each.tag + "-" + text[4:6])


def grouped(record: Record) -> Grouped:
    fields: dict[str, list[Field]] = {}
    for each in record.fields:
        tag = each.tag
        if tag in fields:
            fields[tag].append(each)
        else:
            fields[tag] = [each]
    linked: dict[str, Field] = {}
    for each in fields.get("880", _NONE):
        target = each.first("6")
        if len(target) >= 6:
            linked.setdefault(target[:6], each)
    control = fields.get("008")
    fixed = control[0].value if control else ""
    return Grouped(
        leader=record.leader.ljust(24),
        fixed=fixed.replace("|", " ").replace("#", " ").ljust(40),
        fields=fields,
        linked=linked,
    )
