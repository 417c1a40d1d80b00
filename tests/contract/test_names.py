"""One thing has one name wherever people read: no page, help text, message or sentence uses a word that the glossary avoids."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
PAGES = ("docs/**/*.md", "*.md", "slides_src/**/*.md", "exercises/*.md")
SEEN = ("workshop/**/*.html", "workshop/**/*.js", "workshop/**/*.typ")
_ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
_CODE = re.compile(r"^(`{3,}).*?^\1|`[^`\n]+`|<!--.*?-->|\]\([^)]*\)", re.DOTALL | re.MULTILINE)


def avoided():
    """Return each word that we don't say, with what we say."""
    table = GLOSSARY.read_text("utf-8").partition("| we say |")[2].partition("\n\n")[0]
    return {word.strip(): name for name, words in _ROW.findall(table) if name != "---" for word in words.split(",")}


def found(text):
    """Return the avoided words in a text, each with its line and what to say."""
    for word, name in avoided().items():
        for place in re.finditer(rf"(?<![\w.-])(?<!of ){re.escape(word)}s?(?![\w/-])", text, re.IGNORECASE):
            yield text.count("\n", 0, place.start()) + 1, place[0], name


def told(path):
    """Return the texts of a module that people may read, on their lines: all of more than a word but docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    lines = {}
    for node in ast.walk(tree):
        said = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
        if said and " " in node.value:
            lines[node.lineno] = f"{lines.get(node.lineno, '')} {node.value}".replace("\n", " ")
    return "\n".join(lines.get(number, "") for number in range(1, max(lines, default=0) + 1))


def wrong(name, text):
    return [f"{name}:{line}: “{word}”: we say {ours}" for line, word, ours in found(text)]


def test_the_list_has_the_names_that_people_see():
    assert {"kit", "workshop", "talk", "deck", "companion page", "app", "live room"} <= set(avoided().values())


def test_no_page_of_the_manual_uses_another_name():
    faults = []
    for path in sorted({page for pattern in PAGES for page in ROOT.glob(pattern)} - {GLOSSARY}):
        prose = _CODE.sub(lambda code: "\n" * code[0].count("\n"), path.read_text("utf-8"))
        faults += wrong(path.relative_to(ROOT), prose)
    assert faults == []


def test_no_message_help_text_or_page_of_ours_uses_another_name():
    faults = []
    for path in sorted(ROOT.glob("workshop/**/*.py")):
        faults += wrong(path.relative_to(ROOT), told(path))
    for pattern in SEEN:
        for path in sorted(ROOT.glob(pattern)):
            shown = re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
            faults += wrong(path.relative_to(ROOT), shown)
    assert faults == []


@pytest.mark.parametrize(
    ("text", "word"), [("Open the slide deck.", "slide deck"), ("Two dashboards", "dashboards"), ("A decked hall", "")]
)
def test_another_name_is_found_as_a_whole_word(text, word):
    assert [place for _, place, _ in found(text)] == ([word] if word else [])
