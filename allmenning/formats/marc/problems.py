"""What can be wrong with a record: the one exception readers raise inside, and the codes with their plain words."""

from __future__ import annotations

#: Reasons are kept with the records they are about, and are read by people: no longer than this.
LONGEST_REASON = 500


def shortened(text: str, longest: int = LONGEST_REASON) -> str:
    """The text in at most ``longest`` characters; an ellipsis says where the rest of it is missing."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


class Unreadable(Exception):
    """The record cannot be read with certainty. ``code`` is stable, ``detail`` says what and where, for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = shortened(detail)


#: Every repair code. The words are English msgids; screens translate them.
REPAIRS = {
    "record_length": "The record length in the leader was wrong.",
    "base_address": "The base address in the leader was wrong.",
    "directory": "The directory did not agree with the fields; the field terminators were followed.",
    "missing_record_terminator": "The record terminator was missing.",
    "field_terminator": "A field terminator was missing; the directory told where it belongs.",
    "delimiter": "A subfield delimiter was lost or written as another character.",
    "stray_terminator": "A field or record terminator stood inside a field and was removed.",
    "encoding_label": "The leader named another character encoding than the bytes are in.",
    "mixed_encodings": "Some fields were in another character encoding than the rest.",
    "broken_characters": "Some bytes were no characters; they are shown as �.",
    "double_encoded": "Text had been encoded as UTF-8 twice.",
    "fill_character": "Fill characters in coded fields were written as FC instead of |.",
    "html_entity": "HTML entities and other written-out characters were replaced by the characters.",
    "control_characters": "Control characters in the text were removed.",
    "indicators": "Indicators were missing or too many.",
    "missing_subfield_code": "A field had no subfield codes; its text was taken as $a.",
    "blank_written_out": "Blanks were written as backslashes.",
    "xml_markup": "The XML was not well-formed; stray & or < were taken as text.",
    "leader": "The leader was missing or too short; it was filled with blanks.",
}

#: Reasons that speak of a whole file: it has to be sent again, or is none of ours.
OF_FILES = frozenset({"not_marc", "damaged_container", "encrypted", "no_records", "truncated", "cut_off"})

#: Every reason for setting a record aside.
REASONS = {
    "not_marc": "The file is not MARC in a form that can be read here.",
    "damaged_container": "The archive is damaged; nothing more could be unpacked.",
    "encrypted": "The archive is protected by a password.",
    "no_records": "The file holds no record.",
    "stray_bytes": "Bytes between the records that belong to none.",
    "too_long": "No record terminator was found within the largest size a record may have.",
    "leader_unreadable": "The leader cannot be read.",
    "directory_unreadable": "The directory cannot be read, so the fields have no tags.",
    "truncated": "The record is cut off before its end.",
    "cut_off": "The file is cut off between two records; what came after is missing.",
    "empty": "The record has no fields.",
    "encoding_unknown": "The bytes fit no character encoding with certainty.",
    "xml_broken": "The XML is broken.",
    "xml_entity": "The XML uses an entity that is not defined in the record. Entities are never fetched or expanded.",
    "json_broken": "The JSON is broken.",
    "line_unreadable": "A line of the Aleph sequential record cannot be read.",
    "unimarc": "The record is UNIMARC, which cannot be read here yet.",
    "authority_record": "It is an authority record: a heading, not something a library has on its shelves.",
    "holdings_record": "It is a holdings record: it says where copies stand, not what they are copies of.",
    "unexpected": "The record cannot be read.",
}
