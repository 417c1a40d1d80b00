"""Readers of the formats, independent of the writers: lxml for XML, and a reader of GIFT by its grammar; npm's where it is given.

Each returns name -> the question, and its options with whether they are right and what is said, or the number with its tolerance.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from html import unescape
from typing import Any

from lxml import etree

PEG = os.environ.get("WORKSHOP_GIFT_PEGJS", "")  # the folder of npm's gift-pegjs
SCHEMAS = os.environ.get("WORKSHOP_QTI_SCHEMAS", "")  # a folder with imsqti_v2p1.xsd, and what it imports
Q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


def of_moodle(written: bytes) -> dict[str, Any]:
    found = {}
    for question in etree.fromstring(written).findall("question"):
        if question.get("type") == "category":
            continue
        answers = question.findall("answer")
        if question.get("type") == "multichoice":
            rest = options(
                (a.findtext("text"), a.get("fraction") == "100", a.findtext("feedback/text")) for a in answers
            )
        else:
            rest = float(answers[0].findtext("text")), float(answers[0].findtext("tolerance"))
        name = question.findtext("name/text")
        assert name not in found
        found[name] = question.findtext("questiontext/text"), rest
    return found


def of_gift(written: bytes) -> dict[str, Any]:
    """Read GIFT by its rules: a backslash escapes a sign; = and ~ begin answers, # begins what is said or a number."""
    found = {}
    for block in re.split(r"\n\n+", written.decode().strip()):
        if block.startswith("$CATEGORY"):
            continue
        _, name, rest = re.split(r"(?<!\\)::", block, maxsplit=2)
        stem, inside = re.split(r"(?<!\\)\{", rest, maxsplit=1)
        inside = inside.rstrip().removesuffix("}")
        if inside.startswith("#"):
            number, within = inside[1:].split(":")
            answer: Any = (float(number), float(within))
        else:
            lines = [line.strip() for line in inside.splitlines() if line.strip()]
            parts = [(line[0] == "=", *re.split(r"(?<!\\)#", line[1:], maxsplit=1)) for line in lines]
            answer = options((plain(text), right, plain(said)) for right, text, said in parts)
        found[plain(name)] = plain(stem.removeprefix("[html]")), answer
    return found


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def of_peg(path: Any) -> dict[str, Any]:
    """Read GIFT by npm's gift-pegjs."""
    node = shutil.which("node") or "node"
    script = "const g=require(process.argv[1]);console.log(JSON.stringify(g.parse(require('fs').readFileSync(process.argv[2],'utf8'))))"
    done = subprocess.run([node, "-e", script, PEG, str(path)], capture_output=True, text=True, check=True)
    found = {}
    for one in json.loads(done.stdout):
        if one["type"] == "MC":
            rest: Any = options((c["text"]["text"], c["isCorrect"], c["feedback"]["text"]) for c in one["choices"])
        elif one["type"] == "Numerical":
            number = one["choices"][0]["text"] if isinstance(one["choices"], list) else one["choices"]
            rest = float(number["number"]), float(number.get("range", 0))
        else:
            continue
        found[one["title"]] = one["stem"]["text"], rest
    return found


def of_qti(written: bytes) -> dict[str, Any]:
    """Read a package of QTI 2.1; markup in options is left out."""
    found = {}
    package = zipfile.ZipFile(io.BytesIO(written))
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    names = [resource.get("href") for resource in manifest.iter("{*}resource")]
    assert sorted(names) == sorted(name for name in package.namelist() if name != "imsmanifest.xml")
    for name in names:
        root = etree.fromstring(package.read(name))
        right = root.findtext(f"{Q}responseDeclaration/{Q}correctResponse/{Q}value")
        said = {one.get("identifier"): one.text for one in root.findall(f"{Q}modalFeedback")}
        choices = root.findall(f".//{Q}simpleChoice")
        if choices:
            ids = [choice.get("identifier") for choice in choices]
            answer: Any = options(
                ("".join(c.itertext()), i == right, said[i]) for c, i in zip(choices, ids, strict=True)
            )
        else:
            low, high = root.find(f".//{Q}equal").get("tolerance").split()
            assert low == high
            answer = float(right), float(low)
        found[root.get("title")] = answer
    return found


def options(found: Any) -> tuple[Any, ...]:
    return tuple(sorted(found))


def without_markup(answer: Any) -> Any:
    """Return options without tags and entities, as QTI's reader sees them."""
    if isinstance(answer[0], float):
        return answer
    return options((unescape(re.sub(r"<[^>]+>", "", text)), right, said) for text, right, said in answer)
