from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.content.conftest import KIT, problems_of
from workshop.content import load
from workshop.errors import Problems
from workshop.model.markup import Picture

Kit = Callable[..., Any]


def test_a_small_kit_loads(kit: Kit) -> None:
    content, found = kit()
    assert not found
    assert (content.is_kit, content.name, content.root) == (True, "", Path("bread"))
    assert content.meta.title == "Bread"
    assert [(s.id, s.title, s.number) for s in content.stages] == [("dough", "Dough", 1)]
    assert [a.id for a in content.audiences] == ["general", "students"]
    assert [s.key for s in content.sources] == ["lee-2021"]
    assert content.files[0] == "bread/kit.yaml"


def test_sections_come_in_the_order_of_the_kit_file(kit: Kit) -> None:
    files = {
        "kit.yaml": "title: B\nsections: [02-oven.md, 01-dough]\n",
        "02-oven.md": "---\ntitle: O\n---\n## A {#a}\n",
    }
    assert [s.id for s in kit(files)[0].stages] == ["oven", "dough"]


def test_the_kit_file_itself_may_be_named(kit: Kit) -> None:
    kit()
    assert load(Path("bread/kit.yaml"))[0].root == Path("bread")


def test_a_kit_without_audiences_has_one(write: Callable[..., None]) -> None:
    write({name: text for name, text in KIT.items() if not name.startswith("audiences")})
    assert [a.id for a in load(Path())[0].audiences] == ["general"]


def test_a_slide_break_continues_its_slide_in_a_kit_too(kit: Kit) -> None:
    body = "---\ntitle: D\n---\n\n## A {#a for=students}\n\nb\n\n---\n\nc\n"
    slides = kit({"01-dough.md": body})[0].stages[0].slides
    assert [(s.id, s.title == (), s.attrs.get("for")) for s in slides] == [
        ("a", False, "students"),
        ("a-2", True, "students"),
    ]


@pytest.mark.parametrize(
    ("kit_yaml", "errors"),
    [
        ("sections: [01-dough]\n", ["1: title is missing"]),
        ("title: B\n", ["1: sections is missing"]),
        ("title: B\nsections: []\n", ["2: sections must not be empty"]),
        ("title: B\nsections: [01-dough, 03-crumb]\n", ["2: there is no file '03-crumb.md'"]),
        ("title: B\nsections: [01-dough]\nauthr: me\n", ["3: there is no key 'authr'"]),
        ("title: B\nsections: [01-dough]\nminutes: lots\n", ["3: minutes is 'lots', not a number"]),
        ("title: B\nsections: [01-dough]\naudience: all\n", ["3: there is no audience 'all'"]),
        ("title: B\nsections: [01-dough]\nphases:\n  - {title: T, stage: [1]}\n", ["4: phases.0.stages is missing", "4: there is no key 'stage'"]),
        ("title: B\nsections: [01-dough]\nphases:\n  - {title: T, stages: [1, 2]}\n", ["4: no section has the number 2"]),
        ("title: B\nsections: [01-dough]\ndata: {dough: {h: data/h.csv}}\n", ["3: there is no file 'data/h.csv'"]),
        ("title: B\nsections: [01-dough]\ndata: {dough: {h: ../../x}}\n", ["3: '../../x' is outside of the kit"]),
        ("title: B\nsections: [01-dough]\ndemos: [demos/oven.py]\n", ["3: there is no file 'demos/oven.py'"]),
        ("title: B\nsections: [01-dough, 01-dough]\n", ["2: the section '01-dough' is listed twice"]),
        ("title: B\nsections: [01-dough]\nexercises: sheets\n", ["3: there is no folder 'sheets'"]),
        ("title: B: C\nsections: [01-dough]\n", ["1: this is not YAML: mapping values are not allowed in this context"]),
    ],
)  # fmt: skip
def test_a_wrong_kit_file_is_reported_at_its_line(kit: Kit, kit_yaml: str, errors: list[str]) -> None:
    assert problems_of(lambda: kit({"kit.yaml": kit_yaml})) == errors


@pytest.mark.parametrize(
    ("name", "text", "errors"),
    [
        ("glossary.yaml", "- {id: a, term: b}\n", ["1: definition is missing"]),
        ("glossary.yaml", "- {id: a, term: b, definition: c}\n- {id: a, term: d, definition: e}\n", ["2: 'a' is given twice, first on line 1"]),
        ("glossary.yaml", "- {id: a, term: b, definition: c, stage: oven}\n", ["1: no section is named 'oven'"]),
        ("glossary.yaml", "- {id: a, term: b, definition: c, explained: oven}\n", ["1: no slide is named 'oven'"]),
        ("glossary.yaml", "- {id: a, term: b, definition: c, everyday: perhaps}\n", ["1: everyday is 'perhaps', neither yes nor no"]),
        ("glossary.yaml", "a: b\n", ["1: this file must be a list"]),
        ("sources.yaml", "- just words\n", ["1: this must be keys with values"]),
        ("sources.yaml", "- {key: a, who: b, work: c, verion: d}\n", ["1: there is no key 'verion'"]),
        ("sources.yaml", "- {key: a, who: b, work: c, as_of: May}\n", ["1: as_of is 'May'; it must be a date such as 2026-05-31"]),
        ("audiences/general.yaml", "title: E\nreading_grade: high\n", ["2: reading_grade is 'high', not a number"]),
        ("01-dough.md", "---\nnumber: first\ntitle: D\n---\n## A {#a}\n", ["2: number is 'first', not a whole number"]),
        ("01-dough.md", "---\ntitle: D\nobjective: x\n---\n## A {#a}\n", ["3: there is no key 'objective'"]),
        ("01-dough.md", "## A {#a}\n", ["1: title is missing"]),
        ("01-dough.md", "---\ntitle: D\nshort: much too long for it\n---\n## A {#a}\n", ["3: short has 20 characters; the limit is 14"]),
        ("01-dough.md", "---\ntitle: D\nfor: nobody\n---\n## A {#a}\n", ["3: there is no audience 'nobody'"]),
        ("01-dough.md", b"---\ntitle: D\n---\n## A {#a}\n\xff\n", ["5: this file is not UTF-8: byte 27 is 0xff"]),
    ],
)  # fmt: skip
def test_a_wrong_file_beside_it_is_reported_at_its_line(kit: Kit, name: str, text: str, errors: list[str]) -> None:
    assert problems_of(lambda: kit({name: text})) == errors


def test_mistakes_of_all_files_come_at_once(kit: Kit) -> None:
    files = {
        "kit.yaml": "title: B\nsections: [01-dough]\nphase: x\n",
        "01-dough.md": "---\ntitle: D\nnumbr: 1\n---\n\n## A {#a}\n\n[b](#c)\n",
        "glossary.yaml": "- {id: a, term: b}\n",
        "audiences/general.yaml": "reading_grade: 8\n",
        "exercises/01-dough.md": "---\nstage: dough\ntitle: D\n---\n\n## A {#a}\n",
    }
    with pytest.raises(Problems) as caught:
        kit(files)
    assert [str(p.at) for p in caught.value.problems] == [
        "bread/01-dough.md:3",
        "bread/01-dough.md:8",
        "bread/audiences/general.yaml:1",
        "bread/exercises/01-dough.md:6",
        "bread/exercises/01-dough.md:6",
        "bread/glossary.yaml:1",
        "bread/kit.yaml:3",
    ]


def test_a_long_title_without_a_short_one_is_a_warning(kit: Kit) -> None:
    _, found = kit({"01-dough.md": "---\nnumber: 1\ntitle: The dough that rises\n---\n## A {#a}\n"})
    assert [(p.severity.name, p.at.line, p.code) for p in found] == [("WARNING", 3, "short-title")]


# ---------------------------------------------------------------- files
def test_pictures_are_found_beside_the_source_and_in_the_root_and_named_from_the_root(kit: Kit) -> None:
    files = {
        "parts/01.md": "---\ntitle: D\n---\n\n## A {#a background-image=near.png}\n\n![](near.png)\n\n![](far.png)\n\n![](chart:far.csv)\n",
        "parts/near.png": "x",
        "far.png": "x",
        "far.csv": "a\n1\n",
        "kit.yaml": "title: B\nsections: [parts/01]\n",
    }  # fmt: skip
    slide = kit(files)[0].stages[0].slides[0]
    assert [b.target for b in slide.blocks if isinstance(b, Picture)] == ["parts/near.png", "far.png", "chart:far.csv"]
    assert slide.attrs.get("background-image") == "parts/near.png"


@pytest.mark.parametrize(
    ("target", "error"),
    [
        ("crumb.png", "there is no file 'crumb.png'"),
        ("../outside.png", "'../outside.png' is outside of the kit"),
        ("/etc/hostname", "'/etc/hostname' is outside of the kit"),
        ("link.png", "'link.png' is outside of the kit"),
        ("loop.png", "there is no file 'loop.png'"),
        ("https://x.org/a.png", "pictures are not fetched from the web"),
        ("data:image/png;base64,AAAA", "pictures are not fetched from the web"),
        ("chrt:dough.height", "there is no kind of exhibit 'chrt:'"),
        ("chart:dough", "chart:dough names no exhibit"),
        ("chart:data/none.csv", "there is no file 'data/none.csv'"),
        ("code:data/none.csv", "code: shows a demo's source, not a CSV file"),
        ("exercise:none", "there is no exercise 'none'"),
        ("{{a}}.png", "a picture's target cannot hold a value"),
        ("a" * 5000 + ".png", "there is no file '" + "a" * 77 + "…'"),
        ("", "this picture names no file"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_an_error(
    kit: Kit, write: Callable[..., None], folder: Path, target: str, error: str
) -> None:
    write({"outside.png": "x", "bread/01-dough.md": ""})
    (folder / "bread" / "link.png").symlink_to(folder / "outside.png")
    (folder / "bread" / "loop.png").symlink_to(folder / "bread" / "loop.png")
    body = f"---\ntitle: D\n---\n\n## A {{#a}}\n\n![]({target})\n"
    assert problems_of(lambda: kit({"01-dough.md": body})) == [f"7: {error}"]


def test_files_that_are_links_out_of_the_kit_are_refused(kit: Kit, write: Callable[..., None], folder: Path) -> None:
    write({"outside.yaml": "title: X\n", "outside.md": "---\ntitle: D\n---\n## A {#a}\n", "bread/audiences/a.yaml": ""})
    (folder / "bread/audiences/a.yaml").unlink()
    (folder / "bread/audiences/a.yaml").symlink_to(folder / "outside.yaml")
    (folder / "bread/02-oven.md").symlink_to(folder / "outside.md")
    found = problems_of(lambda: kit({"kit.yaml": "title: B\nsections: [01-dough, 02-oven]\n"}))
    assert found == ["0: this file is a link that leads out of the kit", "2: '02-oven.md' is outside of the kit"]
