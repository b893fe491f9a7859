"""One record in XML, cut out of its file, as fields."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree
from xml.parsers import expat

from allmenning.formats.details import said as _
from allmenning.formats.marc import encodings, mending
from allmenning.formats.marc.problems import Unreadable, shortened
from allmenning.formats.marc.record import Field, Record, Repair

_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_BARE_LESS = re.compile(r"<(?![/!?A-Za-z_])")
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_FORBIDDEN_REFERENCE = re.compile(r"&#(?:x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));")
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.\-]*):[A-Za-z_]")
_START_TAG = re.compile(r"<([A-Za-z_][\w.\-]*):")
_FORMAT = re.compile(r"<[^>]*?\sformat\s*=\s*[\"']([^\"']*)[\"']")
_NAMESPACE = re.compile(r"<[^>]*?\sxmlns(?::[\w.\-]+)?\s*=\s*[\"']([^\"']*)[\"']")
_SPACES = re.compile(r"[\t\n\r]+ *")


def decode(raw: bytes, declared: str) -> tuple[Record, str, list[Repair], str]:
    """The record, the encoding its bytes are in, what was mended, and what the record says of its format.

    Raises :class:`Unreadable`.
    """
    repairs: list[Repair] = []
    text, found = _characters(raw, declared, repairs)
    root = _tree(text, repairs)
    head = text[: text.find(">") + 1]
    said = _FORMAT.match(head)
    record = _record(root, repairs)
    return record, found, repairs, said.group(1) if said else ""


def _characters(raw: bytes, declared: str, repairs: list[Repair]) -> tuple[str, str]:
    encoding = declared or encodings.UTF8
    try:
        return raw.decode(encoding), encoding
    except LookupError:
        repairs.append(
            Repair("encoding_label", _("There is no encoding «%(declared)s».", declared=shortened(declared, 40)))
        )
    except UnicodeDecodeError:
        if encoding != encodings.UTF8:
            repairs.append(Repair("broken_characters", _("Some bytes are no %(encoding)s.", encoding=encoding)))
            return raw.decode(encoding, "replace"), encoding
    found = encodings.detect(raw, claims_unicode=True)
    if found == encodings.MARC8:
        raise Unreadable("encoding_unknown", _("The XML is neither UTF-8 nor what it declares."))
    if found not in (encodings.UTF8, encodings.ASCII):
        repairs.append(
            Repair(
                "encoding_label",
                _("The XML says %(encoding)s, the bytes are %(found)s.", encoding=encoding, found=found),
            )
        )
    text = encodings.decode_text(raw, found)
    if "\ufffd" in text:
        repairs.append(
            Repair(
                "broken_characters", _("%(count)s bytes are no %(found)s.", count=text.count(chr(65533)), found=found)
            )
        )
    return text, found


def _tree(text: str, repairs: list[Repair]) -> ElementTree.Element:
    try:
        return _parsed(text)
    except ElementTree.ParseError as error:
        first = error
    mended = _without_bad_characters(text, repairs)
    named = _NAMED.sub(_character, mended)
    if named != mended:
        repairs.append(Repair("html_entity", _("HTML entities that XML does not know.")))
    unknown = [each for each in _NAMED.findall(named) if each not in _XML_OWN]
    if unknown:
        raise Unreadable(
            "xml_entity",
            _("The entity &%(entity)s; is not defined. Entities are never fetched.", entity=shortened(unknown[0], 60)),
        )
    escaped = _BARE_LESS.sub("&lt;", _BARE_AMPERSAND.sub("&amp;", named))
    if escaped != named:
        repairs.append(Repair("xml_markup", _("A bare & or < was taken as text.")))
    try:
        return _parsed(escaped)
    except ElementTree.ParseError:
        raise Unreadable(
            "xml_broken",
            _("%(error)s, line %(line)s of the record.", error=expat.ErrorString(first.code), line=first.position[0]),
        ) from None


def _without_bad_characters(text: str, repairs: list[Repair]) -> str:
    made = _FORBIDDEN_REFERENCE.sub("", _FORBIDDEN.sub("", text))
    if made != text:
        repairs.append(
            Repair(
                "control_characters", _("%(count)s characters that XML does not allow.", count=len(text) - len(made))
            )
        )
    return made


def _character(found: re.Match[str]) -> str:
    if found.group(1) in _XML_OWN:
        return found.group()
    made = html.unescape(found.group())
    return found.group() if made.startswith("&") else made


def _parsed(text: str) -> ElementTree.Element:
    """The record's tree. Prefixes are declared on a wrapper here, for their declarations stand outside the record."""
    prefixes = {_START_TAG.match(text).group(1)} if _START_TAG.match(text) else set()  # type: ignore[union-attr]
    try:
        return _wrapped(text, prefixes)
    except ElementTree.ParseError as error:
        if error.code != expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]:
            raise
    return _wrapped(text, set(_PREFIX.findall(text)) - {"xml", "xmlns"})


def _wrapped(text: str, prefixes: set[str]) -> ElementTree.Element:
    declarations = "".join(f' xmlns:{each}="urn:x"' for each in sorted(prefixes))
    # One element cut out of its file can hold no document type, hence no entity that could expand or fetch.
    parser = ElementTree.XMLParser(encoding="utf-8")  # noqa: S314
    parser.feed(f"<w{declarations}>{text}</w>".encode())
    return parser.close()[0]


def _local(name: str) -> str:
    return name[name.rfind("}") + 1 :]


def _record(root: ElementTree.Element, repairs: list[Repair]) -> Record:
    leader, fields = "", []
    for each in root:
        if callable(each.tag):
            continue  # a comment
        name = _local(each.tag)
        if name == "datafield":
            attributes = each.attrib
            tag = attributes.get("tag", "")
            indicators = attributes.get("ind1", " ") + attributes.get("ind2", " ")
            if len(tag) != 3 or len(indicators) != 2:
                tag, indicators = _tag(tag), _indicators(tag, attributes, repairs)
            fields.append(_data_field(each, tag, indicators, repairs))
        elif name == "controlfield":
            fields.append(Field(_tag(each.get("tag", "")), _text(each, repairs)))
        elif name in ("leader", "l"):
            leader = (each.text or "").replace("\n", " ").replace("\t", " ")
        elif len(name) == 4 and name[0] == "d":  # Turbomarc
            fields.append(_data_field(each, name[1:], each.get("i1", " ")[:1] + each.get("i2", " ")[:1], repairs))
        elif len(name) == 4 and name[0] == "c":
            fields.append(Field(name[1:], _text(each, repairs)))
    if fields and len(leader) != 24:
        if len(leader.rstrip()) < 20:
            repairs.append(Repair("leader", _("It had %(length)s characters.", length=len(leader))))
        leader = leader[:24].ljust(24)
    return Record(leader, fields)


def _tag(tag: str) -> str:
    tag = tag.strip()
    if len(tag) != 3:
        if len(tag) == 4:
            raise Unreadable(
                "not_marc", _("A field is called «%(field)s», which is PICA, which cannot be read here.", field=tag)
            )
        raise Unreadable("not_marc", _("A field is called «%(field)s», which is no MARC tag.", field=tag[:12]))
    return tag


def _indicators(tag: str, attributes: dict[str, str], repairs: list[Repair]) -> str:
    first, second = attributes.get("ind1", " "), attributes.get("ind2", " ")
    if len(first.strip()) > 1 or len(second.strip()) > 1:
        repairs.append(
            Repair(
                "indicators",
                _(
                    "Field %(tag)s has «%(first)s» and «%(second)s».",
                    tag=tag,
                    first=shortened(first, 20),
                    second=shortened(second, 20),
                ),
            )
        )
    return (first[:1] or " ") + (second[:1] or " ")


def _data_field(element: ElementTree.Element, tag: str, indicators: str, repairs: list[Repair]) -> Field:
    subfields = []
    for each in element:
        code = each.attrib.get("code")
        if code is None:
            if callable(each.tag):
                continue
            own = _local(each.tag)
            code = "a" if own == "subfield" else own[1:2]  # Turbomarc: <sa>
        text = each.text or ""
        if len(each) or not text.isprintable() or not text.isascii() or "&" in text or "\\" in text:
            text = _text(each, repairs)
        subfields.append((code if len(code) == 1 else code[:1] or "a", text))
    if not subfields and element.text and element.text.strip():
        repairs.append(Repair("missing_subfield_code", _("Field %(tag)s.", tag=tag)))
        subfields.append(("a", _text(element, repairs)))
    value = subfields[0][1] if tag < "010" and subfields else ""  # danMARC2 has subfields in 001
    return Field(tag, value, indicators, subfields)


def _text(element: ElementTree.Element, repairs: list[Repair]) -> str:
    text = element.text or ""
    if len(element):
        text = "".join(element.itertext())  # markup inside a subfield: its text
    if "\n" in text or "\t" in text or "\r" in text:
        text = _SPACES.sub(" ", text).strip()
    if text.isascii() and "&" not in text and "\\U+" not in text:
        return text.replace("\x7f", "") if "\x7f" in text else text
    return mending.mended([text], repairs)[0]
