"""Codes in plain words, in the language of the screen: errors, states of runs, reasons, repairs, fields."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from allmenning.catalogue.services import MOST_AT_ONCE
from allmenning.formats import details
from allmenning.kernel.errors import AllmenningError

Words = dict[str, str | Promise]

#: What verbs refuse with, by code; the error's own English sentence stands in for a code nobody has put into words.
ERRORS: Words = {
    "may_not_edit_headings": _("Only a cataloguer may change headings. Ask one at your library."),
    "no_such_heading": _("There is no such heading. Search for it again."),
    "label": _("Give a heading in at least one language, of at most 300 characters."),
    "may_not_group": _("Only a cataloguer may merge, split or undo. Ask one at your library."),
    "source_name": _("A source's name has letters a–z, digits, hyphen and underscore, 60 at most."),
    "already_one": _("These records already stand together. Choose records of different groups."),
    "stand_together": _("These records stand together. Open them and split them instead."),
    "not_one_group": _("These records stand in different groups. Split one group at a time."),
    "nothing_left": _("Leave at least one record behind; to move all of them would change nothing."),
    "no_such_decision": _("There is no such decision. It may have been removed with its records."),
    "no_such_level": _("Choose whether you speak of the edition or of the work."),
    "how_many": format_lazy(_("Choose at least one, and at most {most} records."), most=MOST_AT_ONCE),
    "no_such_record": _("One of the records is no longer there. Load the page again."),
    "stale_page": _("Not all of what you chose stands here now. Nothing was changed: load the page again."),
    "no_such_number": _("Nothing in the catalogue has that number. Check it, or search by title."),
    "reason_too_long": _("The reason is longer than 500 characters. Say it in fewer words."),
    "rereading": _("The stored records are being read anew. Try again when that is done."),
    "tick_two": _("Tick at least two that are the same edition."),
    "may_not_change_source": _("Only the library whose system it is may change how it is fetched."),
    "source_address": _("Write an address that begins with https:// or http://, without name or password."),
    "source_hours": _("Say how many hours go between two harvests: 0 to 2208."),
    "being_fetched": _("The source is being fetched just now. Try again when that is done."),
    "not_fetched": _("The source is delivered as files. Give the address of its OAI-PMH repository first."),
    "no_answer": _("Choose «Same edition» or «Different editions»."),
}

RUN_STATES: Words = {
    "running": _("Running"),
    "finished": _("Finished"),
    "stopped": _("Stopped before its end"),
    "failed": _("Did not get through"),
}

#: The columns of a run's table, in the order of reading.
COUNTS: Words = {
    "read": _("Read"),
    "new": pgettext_lazy("records", "New"),
    "changed": pgettext_lazy("records", "Changed"),
    "unchanged": pgettext_lazy("records", "Unchanged"),
    "deleted": pgettext_lazy("records", "Deleted"),
    "repaired": pgettext_lazy("records", "Mended"),
    "set_aside": pgettext_lazy("records", "Set aside"),
    "matched": _("Shares an edition with others"),
}

#: The same codes as allmenning.formats.marc.problems.REASONS.
SET_ASIDE: Words = {
    "not_marc": _("The file is not MARC in a form that can be read here."),
    "damaged_container": _("The archive is damaged; nothing more could be unpacked."),
    "encrypted": _("The archive is protected by a password."),
    "no_records": _("The file holds no record."),
    "stray_bytes": _("Bytes between the records that belong to none."),
    "too_long": _("No record terminator was found within the largest size a record may have."),
    "leader_unreadable": _("The leader cannot be read."),
    "directory_unreadable": _("The directory cannot be read, so the fields have no tags."),
    "truncated": _("The record is cut off before its end."),
    "cut_off": _("The file is cut off between two records; what came after is missing."),
    "empty": _("The record has no fields."),
    "encoding_unknown": _("The bytes fit no character encoding with certainty."),
    "xml_broken": _("The XML is broken."),
    "xml_entity": _(
        "The XML uses an entity that is not defined in the record. Entities are never fetched or expanded."
    ),
    "json_broken": _("The JSON is broken."),
    "line_unreadable": _("A line of the Aleph sequential record cannot be read."),
    "unimarc": _("The record is UNIMARC, which cannot be read here yet."),
    "authority_record": _("It is an authority record: a heading, not something a library has on its shelves."),
    "holdings_record": _("It is a holdings record: it says where copies stand, not what they are copies of."),
    "unexpected": _("The record cannot be read."),
}

#: The same codes as allmenning.formats.marc.problems.REPAIRS.
REPAIRS: Words = {
    "record_length": _("The record length in the leader was wrong."),
    "base_address": _("The base address in the leader was wrong."),
    "directory": _("The directory did not agree with the fields; the field terminators were followed."),
    "missing_record_terminator": _("The record terminator was missing."),
    "field_terminator": _("A field terminator was missing; the directory told where it belongs."),
    "delimiter": _("A subfield delimiter was lost or written as another character."),
    "stray_terminator": _("A field or record terminator stood inside a field and was removed."),
    "encoding_label": _("The leader named another character encoding than the bytes are in."),
    "mixed_encodings": _("Some fields were in another character encoding than the rest."),
    "broken_characters": _("Some bytes were no characters; they are shown as �."),
    "double_encoded": _("Text had been encoded as UTF-8 twice."),
    "fill_character": _("Fill characters in coded fields were written as FC instead of |."),
    "html_entity": _("HTML entities and other written-out characters were replaced by the characters."),
    "control_characters": _("Control characters in the text were removed."),
    "indicators": _("Indicators were missing or too many."),
    "missing_subfield_code": _("A field had no subfield codes; its text was taken as $a."),
    "blank_written_out": _("Blanks were written as backslashes."),
    "xml_markup": _("The XML was not well-formed; stray & or < were taken as text."),
    "leader": _("The leader was missing or too short; it was filled with blanks."),
}

#: Fields of a description in the order of a catalogue card: first what tells editions apart, then the rest.
TELLING: Words = {
    "title": _("Title"),
    "remainder": _("Subtitle"),
    "part_number": _("Part number"),
    "part_name": _("Part title"),
    "responsibility": _("Statement of responsibility"),
    "agents": _("People and bodies"),
    "edition": pgettext_lazy("field", "Edition"),
    "place": _("Place of publication"),
    "publisher": _("Publisher"),
    "year": _("Year"),
    "extent": _("Extent"),
    "format": _("Format"),
    "languages": pgettext_lazy("field", "Language"),
    "original_title": _("Original title"),
    "series": _("Series"),
    "isbns": _("ISBN"),
    "issns": _("ISSN"),
}
FURTHER: Words = {
    "title_original_script": _("Title in its own script"),
    "variant_titles": _("Other forms of the title"),
    "uniform_title": _("Preferred title"),
    "original_languages": _("Original language"),
    "audience": _("For whom"),
    "fiction": _("Fiction or fact"),
    "other_ids": _("Other numbers"),
    "subjects": _("Subjects"),
    "dewey": _("Dewey"),
    "summary": _("Summary"),
    "contents": _("Contents"),
    "contained": _("Works it holds"),
    "notes": _("Notes"),
    "links": _("Links"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and the language it is in: the screen's, or English where older rows hold nothing but text."""

    text: str
    language: str


def detail_in_words(stored: str) -> Told:
    """What exactly was wrong, as :func:`allmenning.formats.details.kept` stores it, in the language of the screen."""
    found = details.parts(stored)
    try:
        return Told(_sentence(found), get_language() or "en") if found else Told(stored, "en")
    except (KeyError, TypeError, ValueError):  # a sentence whose places are not those of its data is none of ours
        return Told(stored, "en")


def _sentence(parts: details.Parts) -> str:
    sentence, data = parts
    filled = {name: _sentence(value) if isinstance(value, tuple) else value for name, value in data.items()}
    return gettext(sentence) % filled if sentence else ""


def error_in_words(error: AllmenningError) -> str:
    return in_words(ERRORS, error.code, error.message)


def in_words(words: Words, code: str, otherwise: str = "") -> str:
    """The words for a code; without any, ``otherwise`` or the code itself, so that nothing is ever silent."""
    return str(words.get(code) or otherwise or code)
