"""Questions in the formats of learning platforms: Moodle XML, GIFT, and QTI 2.1 in a package."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from xml.etree.ElementTree import Element, SubElement, fromstring, indent, tostring

from workshop.addons.export.questions import Item

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NOT_IN_IDENTIFIERS = re.compile(r"[^\w.-]", re.ASCII)


def document(root: Element) -> bytes:
    """Return an element as an XML file."""
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip archive whose bytes don't depend on the clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, content)
    return buffer.getvalue()


def banks(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Return the items by their banks."""
    return [(bank, list(some)) for bank, some in groupby(sorted(items, key=attrgetter("bank")), attrgetter("bank"))]


# ---------------------------------------------------------------- Moodle XML
def moodle(title: str, items: Sequence[Item]) -> bytes:
    """Return Moodle XML: a category for each bank."""
    quiz = Element("quiz")
    for bank, some in banks(items):
        category = SubElement(SubElement(quiz, "question", type="category"), "category")
        SubElement(category, "text").text = _path(title, bank)
        for item in some:
            question = SubElement(quiz, "question", type="multichoice" if item.choices else "numerical")
            _text(question, "name", item.name)
            _text(question, "questiontext", item.html, format="html")
            for name, value in (("defaultgrade", "1"), ("penalty", "0"), ("hidden", "0")):
                SubElement(question, name).text = value
            if item.choices:
                for name, value in (("single", "true"), ("shuffleanswers", "true"), ("answernumbering", "ABCD")):
                    SubElement(question, name).text = value
            for choice in item.choices:
                answer = SubElement(question, "answer", fraction="100" if choice.right else "0", format="html")
                SubElement(answer, "text").text = choice.text
                _text(answer, "feedback", choice.said, format="html")
            if item.number:
                answer = SubElement(question, "answer", fraction="100", format="moodle_auto_format")
                SubElement(answer, "text").text = item.number
                SubElement(answer, "tolerance").text = item.within
    indent(quiz)
    return document(quiz)


def _path(title: str, bank: str) -> str:
    """Return the path of a category; a stroke in a name is written twice."""
    return "/".join(("$course$/top", *(part.replace("/", "//") for part in (title, bank) if part)))


def _text(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(SubElement(parent, name, attributes), "text").text = text


# ---------------------------------------------------------------- GIFT
def gift(title: str, items: Sequence[Item]) -> bytes:
    """Return GIFT: feedback follows each answer, and a number has its tolerance."""
    parts = []
    for bank, some in banks(items):
        parts.append(f"$CATEGORY: {_path(title, bank)}")
        for item in some:
            answers = [
                f"\t{'=' if choice.right else '~'}{_escaped(choice.text)}#{_escaped(choice.said)}"
                for choice in item.choices
            ]
            inside = "\n".join(("{", *answers, "}")) if answers else f"{{#{item.number}:{item.within}}}"
            parts.append(f"::{_escaped(item.name)}::[html]{_escaped(item.html)}{inside}")
    return ("\n\n".join(parts) + "\n").encode()


def _escaped(text: str) -> str:
    return re.sub(r"([~=#{}:\\])", r"\\\1", text).replace("\n", " ")


# ---------------------------------------------------------------- QTI
def qti(title: str, items: Sequence[Item]) -> bytes:
    """Return a package of QTI 2.1 items; each wrong answer has its feedback."""
    files = {f"items/{identifier(item.key)}.xml": _item(item) for item in items}
    root = Element("manifest", {"xmlns": CP, "identifier": "MANIFEST"})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "IMS Content"
    SubElement(metadata, "schemaversion").text = "1.1"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for item, name in zip(items, files, strict=True):
        kind = {"identifier": f"R-{identifier(item.key)}", "type": "imsqti_item_xmlv2p1", "href": name}
        SubElement(SubElement(resources, "resource", kind), "file", href=name)
    del title  # items have names of their own, and the package's is that of its file
    indent(root)
    return packed({"imsmanifest.xml": document(root), **files})


def identifier(key: str) -> str:
    """Return a key as an identifier: it begins with a letter."""
    return f"i-{_NOT_IN_IDENTIFIERS.sub('-', key)}"


def _item(item: Item) -> bytes:
    root = Element(
        "assessmentItem",
        {
            "xmlns": QTI,
            "identifier": identifier(item.key),
            "title": item.name,
            "adaptive": "false",
            "timeDependent": "false",
        },
    )
    kind = "identifier" if item.choices else "float"
    response = SubElement(root, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType=kind)
    right = next((choice.key for choice in item.choices if choice.right), item.number)
    SubElement(SubElement(response, "correctResponse"), "value").text = right
    score = SubElement(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    SubElement(SubElement(score, "defaultValue"), "value").text = "0"
    if item.choices:
        SubElement(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")
    body = SubElement(root, "itemBody")
    body.extend(_nodes(item.html))
    if item.choices:
        _choices(body, item)
    else:
        entry = {"responseIdentifier": "RESPONSE", "expectedLength": "10"}
        SubElement(SubElement(body, "p"), "textEntryInteraction", entry)
    _processing(root, item)
    for choice in item.choices:
        shown = {"outcomeIdentifier": "FEEDBACK", "showHide": "show", "identifier": choice.key}
        SubElement(root, "modalFeedback", shown).text = choice.said
    return document(root)


def _nodes(html: str) -> list[Element]:
    return list(fromstring(f"<div>{html}</div>"))  # noqa: S314 - it is what we wrote


def _choices(body: Element, item: Item) -> None:
    interaction = SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1")
    for choice in item.choices:
        option = SubElement(interaction, "simpleChoice", identifier=choice.key)
        (inside,) = _nodes(f"<p>{choice.text}</p>")
        option.append(inside)


def _processing(root: Element, item: Item) -> None:
    processing = SubElement(root, "responseProcessing")
    condition = SubElement(processing, "responseCondition")
    true = SubElement(condition, "responseIf")
    if item.choices:
        test = SubElement(true, "match")
    else:
        test = SubElement(true, "equal", toleranceMode="absolute", tolerance=f"{item.within} {item.within}")
    SubElement(test, "variable", identifier="RESPONSE")
    SubElement(test, "correct", identifier="RESPONSE")
    for branch, value in ((true, "1"), (SubElement(condition, "responseElse"), "0")):
        outcome = SubElement(branch, "setOutcomeValue", identifier="SCORE")
        SubElement(outcome, "baseValue", baseType="float").text = value
    if item.choices:
        SubElement(SubElement(processing, "setOutcomeValue", identifier="FEEDBACK"), "variable", identifier="RESPONSE")


FORMATS: Mapping[str, tuple[str, Callable[[str, Sequence[Item]], bytes]]] = {
    "moodle": ("questions.xml", moodle),
    "gift": ("questions.gift", gift),
    "qti": ("questions-qti.zip", qti),
}
