"""Builds the example of every layout in our themes, in templates and as a picture, and finds code that names a layout itself."""

import ast
import re
from collections.abc import Iterator

import pytest
import yaml
from lxml import etree
from pptx import Presentation

from tests.contract.test_imports import ROOT
from tests.laying import lay_out
from tests.templates.conftest import template_file
from tests.templates.maker import png
from workshop import steps
from workshop.check.package import check_package
from workshop.constructs.table import CONSTRUCTS
from workshop.errors import Severity
from workshop.layouts import all_layouts, names
from workshop.layouts.declared import Layout
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.pptx.deck import write_deck
from workshop.render.svg.slide import draw_slide, screen_pen
from workshop.themes.beds import dark, light
from workshop.themes.template import template_theme

KIT = "title: Every layout\nsubtitle: One of each\nlanguage: en-GB\nsections: [01-all]\n"
SECTION = (
    "---\nstage: all\nnumber: 1\ntitle: Stage of all\nquestion: Which are there?\nlearnt: There are many.\n---\n\n"
)
SOURCES = (
    '- {key: work, who: A. Writer, work: "Pages", version: "2024", scope: three books, caveat: none, verified: read}\n'
)
NOTES = "::: notes\n**Say** This.\n\n**Next** That.\n:::\n"
MADE = {"cover": "One of each", "section": "Which are there"}  # layouts of slides that nobody writes -> words on them
SLIDES = {"cover": "cover", "section": "all"}  # their ids
OURS = {"light": light, "dark": dark}
RICH, BARE = "corporate", "bare"  # templates whose look our layouts have, with many layouts and with hardly any

# What else a word means: these name schemes, kinds of exhibits, of problems and of files on nearly every page of the code
WORDS = {"chart", "table", "code", "picture", "content", "exercise", "source", "map"}
# Module -> the other names of layouts that it uses for something else
HOMONYMS = {
    "content/printed.py": {"closing"},  # a part of prints.yaml
    "content/rules/html.py": {"statement", "section"},  # between {% and %}; an element of HTML
    "content/inline_reader.py": {"statement", "section"},  # between {% and %}; an element of HTML
    "content/tools/marp.py": {"cover"},  # how large a picture is
    "content/tools/slidev.py": {"section"},  # a layout of Slidev
    "addons/explore/companion.py": {"section"},  # an element of HTML
    "files/operations.py": {"section"},  # of a presentation
    "cli/listings.py": {"cover"},  # what a template's is called
    "themes/template.py": {"cover"},  # a kind of layout of a template
    "model/stage_picture.py": {"cover"},  # the picture of a kit
    "plan/invariants/rule_figures.py": {"statement", "misconception"},  # of a point; of a wrong option
    "plan/plan_kit.py": {"cover"},  # the id of a slide
    "plan/printed_matter.py": {"closing"},
    "render/print/run_sheet_data.py": {"predict"},  # what the room does
    "addons/live/course.py": {"poll"},  # a key of what a phone is told
    "addons/live/deck.py": {"poll"},  # what is asked on a slide
    "addons/live/known.py": {"poll"},
    "addons/live/plain_form.py": {"poll"},
    "addons/room/polls.py": {"poll"},  # a column of a file
    "training/poll_numbers.py": {"poll"},
    "training/register.py": {"poll"},  # the numbers of polls, an extra
    "plan/counted.py": {"poll"},  # the code of a problem
    "render/print/booklet.py": {"cover"},  # of the booklet
    "templates/builder.py": {"cover"},  # a kind of layout of a template
    "templates/matching.py": {"cover", "section"},
    "templates/overrides.py": {"cover", "section"},
}


# ---------------------------------------------------------------- every layout is built
def the_slide(layout: Layout) -> str:
    head = f"## A slide of {layout.name} {{#{layout.name} layout={layout.name} minutes=1}}"
    return f"{head}\n\n{layout.example}\n\n{NOTES}\n"


def words(layout: Layout) -> list[str]:
    """Return the words of an example that are to be seen."""
    shown = re.sub(r"!\[\]\(.*?\)|\{.*?\}|\[@\w+\]|^:::.*$|^```\w*$", "", layout.example, flags=re.MULTILINE)
    return re.findall(r"[^\W\d_]{3,}", MADE.get(layout.name, shown))


@pytest.fixture(scope="module")
def kit(tmp_path_factory, cache):
    """Return a kit with the example of each layout, planned."""
    folder = tmp_path_factory.mktemp("layouts")
    (folder / "data").mkdir()
    (folder / "kit.yaml").write_text(KIT)
    (folder / "sources.yaml").write_text(SOURCES)
    (folder / "data" / "shares.csv").write_text("what,share\nours,20\ntheirs,80\n")
    (folder / "plot.png").write_bytes(png())
    (folder / "01-all.md").write_text(
        SECTION + "".join(the_slide(one) for one in all_layouts().values() if one.name not in MADE)
    )
    loaded = steps.load(folder, Request(cache=cache), standard_registry(), None)
    found, problems = steps.plan(loaded, steps.run(loaded), loaded.audiences[0])
    assert [str(problem) for problem in problems if problem.severity > Severity.ADVICE] == []
    return found


@pytest.fixture(scope="module", params=[*OURS, RICH, BARE])
def laid(request, kit, tmp_path_factory):
    """Return the kit laid out in one of our themes, or in the look of a template."""
    name = request.param
    theme = OURS[name]() if name in OURS else template_theme(template_file(name, tmp_path_factory.mktemp("t"))).theme
    found, problems = lay_out(kit, theme)
    assert [str(problem) for problem in problems if problem.severity > Severity.ADVICE] == []
    return found


def parts(laid, name):
    """Return the slides that the example of a layout became."""
    found = SLIDES.get(name, name)
    return [slide for slide in laid.slides if slide.id == found or slide.slide.id.startswith(f"{found}-")]


def test_every_example_gets_its_layout_where_there_is_one(laid):
    assert laid.theme.template is None
    assert {name: parts(laid, name)[0].layout.role for name in all_layouts()} == {name: name for name in all_layouts()}


def test_the_words_of_every_example_are_in_the_deck(laid, tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(write_deck(laid))
    assert [str(problem) for problem in check_package(path)] == []
    texts = [" ".join(node.text or "" for node in s._element.iter("{*}t")) for s in Presentation(str(path)).slides]
    for name, layout in all_layouts().items():
        shown = " ".join(texts[slide.number - 1] for slide in parts(laid, name))
        assert [word for word in words(layout) if word not in shown] == [], name


def test_the_words_of_every_example_are_in_the_pictures_of_its_slides(laid):
    pen = screen_pen(laid, lambda *_: "x")
    for name, layout in all_layouts().items():
        drawn = [etree.fromstring(draw_slide(pen, laid, slide).encode()) for slide in parts(laid, name)]
        shown = " ".join(text for picture in drawn for text in picture.itertext())
        assert [word for word in words(layout) if word not in shown] == [], name


def test_every_layout_and_its_other_names_are_in_the_gallery():
    examples = yaml.safe_load((ROOT / "docs" / "gallery.yaml").read_text("utf-8"))
    assert set(names()) <= {example["layout"] for example in (*examples["talk"], *examples["kit"])}


def test_the_layouts_and_places_that_divs_ask_for_exist():
    for construct in CONSTRUCTS:
        assert construct.layout in ("", *all_layouts()), construct.name
        if construct.slot is not None:
            assert all_layouts()[construct.slot.layout].own().find(construct.slot.name) is not None, construct.name


@pytest.mark.parametrize("missing", ["arrange", "example", "own"])
def test_a_declaration_that_lacks_what_every_layout_needs_is_refused(missing):
    given = {"name": "dictum", "example": "A word.", "arrange": None, "own": None}
    del given[missing]
    with pytest.raises(TypeError, match=missing):
        Layout(**given)


# ---------------------------------------------------------------- nothing else names one
def named(source: str, names: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each layout in the code of a module, and those that a layout is compared with."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in names:
            yield node.lineno, node.value
        elif isinstance(node, ast.Compare):
            asked = [ast.unparse(side) for side in (node.left, *node.comparators)]
            if any(re.search(r"(\.layout|\b(layout|spec)\.role|get\('layout'\))$", side) for side in asked):
                yield from ((node.lineno, side) for side in asked if side.startswith(("'", "(", "[", "{")))
        elif (
            isinstance(node, ast.keyword)
            and node.arg == "layout"
            and isinstance(node.value, ast.Constant)
            and node.value.value
        ):
            yield node.value.lineno, str(node.value.value)


def test_no_other_room_names_a_layout():
    package = ROOT / "workshop"
    found = {}
    for path in sorted(package.rglob("*.py")):
        module = path.relative_to(package).as_posix()
        if not module.startswith(("layouts/", "constructs/")):
            told = sorted(named(path.read_text("utf-8"), set(names()) - WORDS - HOMONYMS.get(module, set())))
            found |= {module: told} if told else {}
    assert found == {}


def test_every_homonym_is_still_one():
    package = ROOT / "workshop"
    for module, homonyms in HOMONYMS.items():
        assert {name for _, name in named((package / module).read_text("utf-8"), homonyms)} == homonyms, module


@pytest.mark.parametrize(
    "source",
    [
        "x = 'predict'",
        "y = slide.layout == 'content'",
        "y = laid.layout.role in ('table', 'code')",
        "Slide(layout='map')",
    ],
)
def test_a_name_in_the_code_is_found(source):
    assert list(named(source, set(names()) - WORDS))
