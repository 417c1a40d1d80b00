"""Tests overlays: what is replaced, inserted and dropped, and what can go wrong."""

import json
import shutil
from pathlib import Path

import pytest

from workshop.build import build, prepare
from workshop.content import load, read
from workshop.content.inline_reader import plain
from workshop.errors import Problems, Severity
from workshop.model.request import Request
from workshop.plan.pick_audience import for_audience
from workshop.plugins.registry import standard_registry

KIT = {
    "kit.yaml": "title: Bread\nsections: [01-dough, 02-oven]\ndata: {dough: {flours: data/flours.csv}}\n",
    "01-dough.md": (
        "---\nnumber: 1\ntitle: Dough\nquestion: Why?\n---\n\n"
        "## It rises {#rises minutes=4 .optional}\n\nSee [heat](#heat).\n\n"
        "---\n\nStill rising.\n\n"
        "## It rests {#rests for=students}\n\nA.\n\n"
        "## It rests long {#rests for=-students}\n\nB.\n\n"
        "## You weigh it {#weigh}\n\n![](exercise:water)\n"
    ),
    "02-oven.md": "---\nnumber: 2\ntitle: Oven\n---\n\n## It is hot {#heat}\n\nA.\n\n## It cools {#cools}\n\nB.\n",
    "exercises/01-dough.md": (
        "---\nstage: dough\ntitle: Weigh\naim: You weigh.\n---\n\n"
        "## Water {#water minutes=5 level=2}\n\n::: task\nT\n:::\n\n::: solution\nS\n:::\n\n"
        "## Salt {#salt}\n\n::: task\nT\n:::\n\n::: solution\nS\n:::\n"
    ),
    "audiences/general.yaml": "title: Everybody\n",
    "audiences/students.yaml": "title: Students\n",
    "glossary.yaml": "- {id: crumb, term: crumb, definition: the inside}\n- {id: crust, term: crust, definition: the outside}\n",
    "data/flours.csv": "flour,share\nwheat,0.6\n",
}


@pytest.fixture
def over(write):
    """Load the kit with an overlay of these files (and a second one) laid over it."""

    def lay(files, second=None, variables=None, kit=None):
        write({f"bread/{name}": text for name, text in {**KIT, **(kit or {})}.items()})
        write({f"client/{name}": text for name, text in files.items()})
        write({f"more/{name}": text for name, text in (second or {}).items()})
        overlays = [Path("client"), *([Path("more")] if second else [])]
        content, found = read(Path("bread"), None, overlays, variables or {})
        return content, [str(p) for p in found]

    return lay


def slides(content, section=0):
    return [(slide.id, slide.attrs.get("for")) for slide in content.stages[section].slides]


def words(slide):
    return "".join(getattr(node, "text", "") for block in slide.blocks for node in block.children)


# ---------------------------------------------------------------- slides
def test_a_slide_with_an_id_of_the_kit_takes_its_place(over):
    content, found = over({"slides.md": "## It is warm {#heat}\n\nOurs.\n"})
    assert found == []
    assert slides(content, 1) == [("heat", ""), ("cools", "")]
    assert words(content.stages[1].slides[0]) == "Ours."
    assert content.stages[1].slides[0].at.path == "client/slides.md"


def test_a_replacement_keeps_minutes_and_priority_unless_it_has_its_own(over):
    content, _ = over({"slides.md": "## Ours {#rises}\n\nA.\n"})
    assert content.stages[0].slides[0].attrs.get("minutes") == "4"
    assert content.stages[0].slides[0].attrs.classes == ("optional",)
    content, _ = over({"slides.md": "## Ours {#rises minutes=9 .core}\n\nA.\n"})
    assert content.stages[0].slides[0].attrs.get("minutes") == "9"
    assert content.stages[0].slides[0].attrs.classes == ("core",)


def test_a_heading_alone_keeps_the_kits_body_and_layout(over):
    content, found = over({"slides.md": "## It is warm {#heat}\n"})
    assert found == []
    (slide,) = [slide for slide in content.stages[1].slides if slide.id == "heat"]
    kept = over({})[0].stages[1].slides[0]
    assert slide.blocks == kept.blocks != ()
    assert slide.attrs.get("layout") == kept.attrs.get("layout")
    content, _ = over({"slides.md": "## It is warm {#heat layout=statement}\n"})
    assert content.stages[1].slides[0].blocks == ()


def test_slides_that_continue_one_go_and_come_with_it(over):
    content, _ = over({"slides.md": "## Ours {#rises}\n\nA.\n\n---\n\nB.\n\n---\n\nC.\n"})
    assert [name for name, _ in slides(content)][:3] == ["rises", "rises-2", "rises-3"]
    assert [words(slide) for slide in content.stages[0].slides[:3]] == ["A.", "B.", "C."]
    content, found = over({"slides.md": "## {#rises .drop}\n"})
    assert found == []
    assert slides(content)[0] == ("rests", "students")


def test_new_slides_come_after_and_before_in_the_order_of_the_file(over):
    text = (
        "## One {#one after=heat}\n\nA.\n\n## Two {#two after=heat}\n\nB.\n\n"
        "## Three {#three before=heat}\n\nC.\n\n## Four {#four after=two}\n\nD.\n"
    )
    content, found = over({"slides.md": text})
    assert found == []
    assert [name for name, _ in slides(content, 1)] == ["three", "heat", "one", "two", "four", "cools"]


def test_a_slide_may_replace_one_that_is_dropped(over):
    content, found = over({"slides.md": "## {#cools .drop}\n\n## New {#new after=cools}\n\nA.\n"})
    assert found == []
    assert [name for name, _ in slides(content, 1)] == ["heat", "new"]


def test_for_limits_a_replacement_and_a_drop_to_those_audiences(over):
    content, found = over({"slides.md": "## Ours {#heat for=students}\n\nA.\n\n## {#rises .drop for=students}\n"})
    assert found == []
    assert slides(content, 1) == [("heat", "students"), ("heat", "general"), ("cools", "")]
    assert slides(content)[:2] == [("rises", "general"), ("rises-2", "general")]


def test_a_replacement_for_everybody_takes_the_place_of_every_variant(over):
    content, found = over({"slides.md": "## Ours {#rests}\n\nA.\n"})
    assert found == []
    assert slides(content) == [("rises", ""), ("rises-2", ""), ("rests", ""), ("weigh", "")]


def test_the_later_overlay_wins(over):
    content, found = over({"slides.md": "## One {#heat}\n\nA.\n"}, {"slides.md": "## Two {#heat}\n\nB.\n"})
    assert found == []
    assert words(content.stages[1].slides[0]) == "B."


def test_front_matter_changes_the_keys_it_names_of_the_section_of_that_file(over):
    content, found = over({"01-dough.md": "---\ntitle: Our dough\n---\n\n## Ours {#rises}\n\nA.\n"})
    assert found == []
    assert content.stages[0].title == "Our dough"
    assert content.stages[0].meta.question == "Why?"
    content, found = over({"x.md": "---\nstage: oven\nquestion: How hot?\n---\n\n## Ours {#heat}\n\nA.\n"})
    assert content.stages[1].meta.question == "How hot?"


# ---------------------------------------------------------------- exercises
def test_exercises_are_replaced_inserted_and_dropped_likewise(over):
    part = "\n\n::: task\nOurs\n:::\n\n::: solution\nS\n:::\n\n"
    text = f"## Water {{#water}}{part}## Yeast {{#yeast before=water}}{part}## {{#salt .drop}}\n"
    content, found = over({"exercises/ours.md": text})
    assert found == []
    assert [e.id for e in content.sheets[0].exercises] == ["yeast", "water"]
    assert [e.stage for e in content.sheets[0].exercises] == ["dough", "dough"]
    assert content.sheets[0].exercises[1].attrs.get("level") == "2"
    assert content.sheets[0].exercises[1].attrs.get("minutes") == "5"


def test_a_sheet_takes_the_title_of_the_front_matter_that_names_its_section(over):
    part = "\n\n::: task\nOurs\n:::\n\n::: solution\nS\n:::\n"
    content, found = over({"exercises/a.md": f"---\nstage: dough\ntitle: Ours\n---\n\n## Water {{#water}}{part}"})
    assert found == []
    assert (content.sheets[0].title, content.sheets[0].meta.aim) == ("Ours", "You weigh.")


def test_a_section_without_a_sheet_gets_its_first(over):
    part = "\n\n::: task\nOurs\n:::\n\n::: solution\nS\n:::\n"
    content, found = over({"exercises/a.md": f"---\nstage: oven\ntitle: Bake\n---\n\n## Bake {{#bake}}{part}"})
    assert found == []
    assert [(s.stage, [e.id for e in s.exercises]) for s in content.sheets] == [
        ("dough", ["water", "salt"]),
        ("oven", ["bake"]),
    ]


# ---------------------------------------------------------------- other files
def test_entries_are_replaced_and_added_by_id(over):
    entries = "- {id: crust, term: crust, definition: ours}\n- {id: oven, term: oven, definition: hot}\n"
    content, found = over({"glossary.yaml": entries, "audiences/students.yaml": "title: Ours\n"})
    assert found == []
    assert [(t.id, t.definition) for t in content.glossary] == [
        ("crumb", "the inside"),
        ("crust", "ours"),
        ("oven", "hot"),
    ]
    assert [(a.id, a.title) for a in content.audiences] == [("general", "Everybody"), ("students", "Ours")]


PICTURE = "{alt: A loaf, draw: [open block 10 10 30 30]}"
STYLE = "things: [oven]\nperson-verbs:\n- {forms: [think, thinks, thought, thinking], instead: predicts}\n"


@pytest.mark.parametrize("name", ["loaves.yaml", "flames.yaml"], ids=["of-the-same-name", "named-by-its-kit.yaml"])
def test_a_picture_of_an_overlay_replaces_the_kits_one_by_one(over, name):
    kit = {"kit.yaml": KIT["kit.yaml"] + "pictures: loaves.yaml\n"}
    kit["loaves.yaml"] = f"dough: {PICTURE}\noven: {PICTURE}\n"
    own = {name: f"oven: {PICTURE.replace('loaf', 'flame')}\n"}
    named = {} if name in kit else {"kit.yaml": f"pictures: {name}\n"}
    content, found = over({**own, **named}, kit=kit)
    assert found == []
    assert {name: picture.alt for name, picture in content.pictures.items()} == {"dough": "A loaf", "oven": "A flame"}


@pytest.mark.parametrize(
    ("files", "things"), [({}, ("oven",)), ({"style.yaml": STYLE.replace("oven", "stove")}, ("stove",))]
)
def test_the_kits_style_stays_unless_an_overlay_has_its_own(over, files, things):
    kit = {"kit.yaml": KIT["kit.yaml"] + "style: style.yaml\n", "style.yaml": STYLE}
    content, found = over({"slides.md": "## It steams {#heat}\n\nA.\n", **files}, kit=kit)
    assert found == []
    assert content.style is not None
    assert content.style.things == things


def test_a_data_file_of_the_same_name_is_read_instead(over):
    content, found = over({"data/flours.csv": "flour,share\nrye,0.8\n"})
    assert found == []
    assert content.data["dough"]["flours"] == Path("client/data/flours.csv")
    assert content.own == {"dough"}
    assert content.own_slots == {("dough", "flours")}


def test_a_chart_of_the_kit_reads_the_overlays_csv(over):
    slide = "---\nnumber: 2\ntitle: Oven\n---\n\n## It is hot {#heat}\n\n![](table:data/day.csv)\n"
    kit = {"02-oven.md": slide, "data/day.csv": "a,b\nx,1\n"}
    content, found = over({"data/day.csv": "a,b\ny,2\n"}, kit=kit)
    assert found == []
    assert content.stages[1].slides[0].blocks[0].target == "table:data/day.csv"
    assert content.overlays == (Path("client"),)


def test_kit_yaml_of_an_overlay_changes_what_it_names(over):
    content, found = over({"kit.yaml": "subtitle: For us\nphases: [{title: All, stages: [1, 2]}]\n"})
    assert found == []
    assert (content.meta.title, content.meta.subtitle) == ("Bread", "For us")


# ---------------------------------------------------------------- problems
@pytest.mark.parametrize(
    ("files", "errors"),
    [
        (
            {"slides.md": "## A {#haet}\n\nA.\n"},
            [
                (
                    "client/slides.md:1: error: the kit has no slide named 'haet' — did you mean 'heat'? "
                    "a new one says where it goes, {#haet after=…}"
                )
            ],
        ),
        (
            {"slides.md": "## A {#new after=haet}\n\nA.\n"},
            ["client/slides.md:1: error: the kit has no slide named 'haet' — did you mean 'heat'?"],
        ),
        (
            {"slides.md": "## {#haet .drop}\n"},
            ["client/slides.md:1: error: the kit has no slide named 'haet' — did you mean 'heat'?"],
        ),
        (
            {"slides.md": "## {#it-is-hot .drop}\n"},
            ["client/slides.md:1: error: the kit has no slide named 'it-is-hot' — did you mean 'heat', “It is hot”?"],
        ),
        (
            {"slides.md": "## You weigh it well {#scales}\n\nA.\n"},
            ["client/slides.md:1: error: the kit has no slide named 'scales' — did you mean 'weigh', “You weigh it”?"],
        ),
        (
            {"slides.md": "## A {#new aftr=heat}\n\nA.\n"},
            ["client/slides.md:1: error: there is no attribute 'aftr=' — did you mean 'after'?"],
        ),
        (
            {"slides.md": "## A {#new after=heat before=cools}\n\nA.\n"},
            ["client/slides.md:1: error: 'new' cannot go to two places"],
        ),
        (
            {"slides.md": "## {#cools .drop}\n\nWords.\n"},
            ["client/slides.md:3: error: 'cools' is dropped, but has text"],
        ),
        (
            {"slides.md": "## A {#heat}\n\nA.\n\n## B {#heat}\n\nB.\n"},
            ["client/slides.md:5: error: there are two slides named 'heat', the first on line 1"],
        ),
        (
            {"slides.md": "## {#heat .drop}\n\n## A {#weigh}\n\nSee [heat](#heat).\n"},
            ["client/slides.md:5: error: this links to 'heat', which client/slides.md:1 drops"],
        ),
        (
            {"slides.md": "## {#cools .drop}\n\n## A {#heat needs=cools}\n\nA.\n"},
            ["client/slides.md:3: error: this slide needs 'cools', which client/slides.md:1 drops"],
        ),
        (
            {"exercises/a.md": "## {#water .drop}\n", "slides.md": "## A {#weigh}\n\n![](exercise:water)\n"},
            ["client/slides.md:3: error: this shows the exercise 'water', which client/exercises/a.md:1 drops"],
        ),
        (
            {"slides.md": "## {#cools .drop}\n\n## {#heat .drop}\n\n## {#rises .drop}\n"},
            ["client/slides.md:3: error: no slide is left beside 'heat'"],
        ),
        (
            {"kit.yaml": "sections: [01-dough]\n"},
            ["client/kit.yaml:1: error: there is no key 'sections'"],
        ),
        (
            {"glosary.yaml": "[]\n"},
            ["client/glosary.yaml: error: nothing reads this file — did you mean 'glossary.yaml'"],
        ),
        (
            {"exercizes/a.md": "## A {#a}\n"},
            ["client/exercizes: error: nothing reads this folder — did you mean 'exercises'?"],
        ),
        ({"notes.txt": "x"}, ["client: error: this folder changes nothing"]),
        ({"slides.md": "\n"}, ["client/slides.md:1: error: there is nothing in this file"]),
        (
            {"x.md": "---\ntitle: A\n---\n\n## A {#heat}\n\nA.\n"},
            ["client/x.md:1: error: this front matter names no section of the kit"],
        ),
        (
            {"01-dough.md": "---\nnumber: 3\n---\n\n## A {#heat}\n\nA.\n"},
            ["client/01-dough.md:2: error: an overlay can't renumber sections"],
        ),
    ],
)
def test_a_mistake_is_one_problem_with_file_line_and_fix(over, files, errors):
    _, found = over(files)
    assert [text[: len(error)] for text, error in zip(found, errors, strict=False)] == errors
    assert len(found) == len(errors)


def test_links_of_the_kit_to_a_dropped_slide_lead_nowhere_and_nobody_has_to_mend_the_kit(over):
    content, found = over({"slides.md": "## {#heat .drop}\n"})
    assert found == []
    assert [name for name, _ in slides(content, 1)] == ["cools"]


def test_a_slide_that_cannot_do_without_a_dropped_one_goes_too_and_is_named(over):
    more = "\n## It smells {#smells needs=heat}\n\nC.\n\n## It tastes {#tastes needs=smells}\n\nD.\n"
    content, found = over(
        {"slides.md": "## {#heat .drop for=students}\n"}, kit={"02-oven.md": KIT["02-oven.md"] + more}
    )
    assert slides(content, 1) == [
        *[("heat", "general"), ("cools", ""), ("smells", "general"), ("tastes", "general")],
    ]
    assert [told.partition(" — ")[0] for told in found] == [
        "client/slides.md:1: advice: the slide 'smells' needs 'heat', so it goes, too",
        "client/slides.md:1: advice: the slide 'tastes' needs 'smells', so it goes, too",
    ]


def test_a_slide_that_shows_a_dropped_exercise_goes_too(over):
    content, found = over({"exercises/a.md": "## {#water .drop}\n"})
    assert "weigh" not in dict(slides(content))
    assert [told.partition(" — ")[0] for told in found] == [
        "client/exercises/a.md:1: advice: the slide 'weigh' shows 'water', so it goes, too"
    ]


def test_the_answer_to_a_guess_is_not_dropped_in_silence(over):
    slide = "---\nnumber: 2\ntitle: Oven\n---\n\n## How hot? {#guess layout=predict}\n\n- A\n- B\n\n## So hot {#heat}\n\nA.\n"
    _, found = over(
        {"slides.md": "## {#heat .drop}\n"},
        kit={"02-oven.md": slide, "01-dough.md": KIT["01-dough.md"].replace("(#heat)", "(#rests)")},
    )
    assert [text.partition(" — ")[0] for text in found] == [
        "client/slides.md:1: warning: the slide 'guess' asks for a guess, and the answer 'heat' is dropped"
    ]


def test_a_data_file_with_a_misspelt_name_is_reported(over):
    _, found = over({"data/flour.csv": "flour,share\nrye,0.8\n"})
    assert len(found) == 1
    assert found[0].startswith("client/data/flour.csv: advice: nothing reads this file")
    assert "'flours.csv'" in found[0]


def test_an_overlay_is_refused_over_a_single_file(write):
    write({"talk.md": "## A\n\nB.\n", "client/slides.md": "## A {#a}\n\nB.\n"})
    with pytest.raises(Problems, match="an overlay changes a kit, not a single file"):
        load(Path("talk.md"), None, [Path("client")])


# ---------------------------------------------------------------- hostile folders
@pytest.mark.parametrize("name", ["slides.md", "glossary.yaml", "exercises/a.md", "data/flours.csv"])
def test_a_link_out_of_the_overlay_is_refused(over, write, name):
    write({"secret.txt": "## Secret {#heat}\n\nKey.\n", "client/keep.md": "## A {#heat}\n\nA.\n"})
    link = Path("client") / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(Path("secret.txt").resolve())
    content, found = over({})
    assert len(found) == 1, found
    assert found[0].startswith(f"client/{name}: error: ")
    assert "Key" not in repr(content)


@pytest.mark.parametrize("target", ["../secret.png", "/etc/hostname", "../../secret.png"])
def test_a_picture_outside_overlay_and_kit_is_refused(over, write, target):
    write({"secret.png": b"x"})
    _, found = over({"slides.md": f"## A {{#cools}}\n\n![a]({target})\n"})
    assert len(found) == 1
    assert found[0].startswith("client/slides.md:3: error: ")
    assert "outside" in found[0] or "no file" in found[0]


def test_a_path_of_data_that_leaves_the_overlay_is_refused(over, write):
    write({"secret.csv": "a,b\n"})
    _, found = over({"kit.yaml": "data: {dough: {flours: ../secret.csv}}\n"})
    assert [text.partition(" — ")[0] for text in found] == [
        "client/kit.yaml:1: error: '../secret.csv' is outside of the kit"
    ]


@pytest.mark.parametrize("name", ["slides.md", "kit.yaml"])
def test_a_huge_file_is_refused_unread(over, write, name):
    write({f"client/{name}": b" " * 8_000_001})
    _, found = over({})
    assert len(found) == 1
    assert "it has 8.0 MB; the limit is 2 MB" in found[0]


# ---------------------------------------------------------------- whole builds
@pytest.fixture
def request_(cache):
    return Request(cache=cache, trust=True)


@pytest.fixture
def client(bread, tmp_path):
    """An overlay of the bread kit that replaces one slide, drops another, and renames the occasion."""
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "kit.yaml").write_text("subtitle: A day with {{ var.client }}\nvars: {client: friends}\n")
    (folder / "slides.md").write_text(
        "## At {{ var.client }} the oven comes last {#crust}\n\n- We bake on Fridays\n\n"
        "::: notes\n**Say** Ours.\n\n**Next** On.\n:::\n\n## {#water .drop}\n"
    )
    return folder


def test_an_overlay_that_replaces_one_slide_and_drops_another_passes_check(bread, client, request_):
    asked = Request(cache=request_.cache, trust=True, overlays=(client,), variables={"client": "ACME 2000 *"})
    laid, found = prepare(bread, asked, standard_registry(), base=None)
    assert [p for p in found if p.severity > Severity.ADVICE] == []
    assert laid.kit.subtitle == "A day with ACME 2000 *"
    assert [s.title_text for s in laid.kit.slides if s.id == "crust"] == ["At ACME 2000 * the oven comes last"]
    assert "water" not in [s.id for s in laid.kit.slides]


def test_without_the_option_the_default_of_the_variable_is_used(bread, client, request_):
    asked = Request(cache=request_.cache, trust=True, overlays=(client,))
    laid, _ = prepare(bread, asked, standard_registry(), base=None)
    assert laid.kit.subtitle == "A day with friends"


def test_data_of_the_overlay_reach_table_sheet_and_key(bread, tmp_path, request_):
    folder = tmp_path / "client"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "flours.csv").write_text("flour,share\nwheat,0.7\nrye,0.9\n")
    asked = Request(cache=request_.cache, trust=True, overlays=(folder,))
    laid, _ = prepare(bread, asked, standard_registry(), base=None)
    solution = laid.kit.sheets[0].exercises[0].solution[0]
    assert "350 g" in "".join(run.text for line in solution.lines for run in line.runs)


def test_pictures_and_tables_of_the_overlay_come_before_the_kits(bread, tmp_path, request_):
    from PIL import Image

    kit, folder = tmp_path / "bread", tmp_path / "client"
    shutil.copytree(bread, kit)
    for place, color in ((kit, "red"), (folder, "blue")):
        place.mkdir(exist_ok=True)
        Image.new("RGB", (40, 30), color).save(place / "dot.png")
    (folder / "data").mkdir()
    (folder / "data" / "day.csv").write_text("hour,loaves\n9,3\n")
    with (kit / "02-oven.md").open("a") as file:
        file.write(
            "\n## A dot is shown here {#dot minutes=1}\n\n![a dot](dot.png)\n\n::: notes\n**Say** A.\n\n**Next** B.\n:::\n"
        )
    (folder / "slides.md").write_text(
        "## A table of our own day {#day after=dot minutes=1}\n\n![](table:data/day.csv)\n\n"
        "::: notes\n**Say** A.\n\n**Next** B.\n:::\n"
    )
    asked = Request(cache=request_.cache, trust=True, overlays=(folder,), only=("deck",))
    built = build(kit, asked, standard_registry(), base=None, out=tmp_path / "out")
    by_id = {slide.id: slide for slide in built.laid.kit.slides}
    picture = next(block for _, blocks in by_id["dot"].slots for block in blocks if hasattr(block, "path"))
    assert picture.path == folder / "dot.png"
    table = next(block for _, blocks in by_id["day"].slots for block in blocks if hasattr(block, "rows"))
    assert [run.text for cell in table.rows[0] for run in cell] == ["9", "3"]


# ---------------------------------------------------------------- variables
def test_an_unknown_variable_is_named_with_the_nearest(bread, client, request_):
    (client / "kit.yaml").write_text("subtitle: With {{ var.cleint }}\nvars: {client: friends}\n")
    asked = Request(cache=request_.cache, trust=True, overlays=(client,))
    with pytest.raises(Problems) as raised:
        prepare(bread, asked, standard_registry(), base=None)
    (problem,) = raised.value.problems
    assert (Path(problem.at.path).name, problem.at.line) == ("kit.yaml", 1)
    assert "there is no variable 'cleint' — did you mean 'client'?" in str(problem)


def test_a_variable_on_the_command_line_that_nothing_uses_is_an_error(over):
    _, found = over({"slides.md": "## A {{ var.client }} {#heat}\n\nA.\n"}, variables={"cleint": "ACME"})
    assert found == ["error: --var cleint: nothing here uses that variable — did you mean 'client'?"]


@pytest.mark.parametrize("text", ["two\nlines", "bell\x07", "x" * 301, "\ud800"])
def test_a_variable_is_one_line_that_a_deck_can_hold(over, text):
    _, found = over({"slides.md": "## A {{ var.client }} {#heat}\n\nA.\n"}, variables={"client": text})
    assert len(found) == 1
    assert "one line of at most 300 characters" in found[0]


def test_a_single_file_has_variables_in_its_front_matter(write, request_):
    write({"talk.md": "---\ntitle: Hello {{ var.who }}\nvars: {who: you}\n---\n\n## For {{ var.who }} alone\n\n- A\n"})
    asked = Request(cache=request_.cache, variables={"who": "**A** {{ var.x }} | {#b}"})
    laid, _ = prepare(Path("talk.md"), asked, standard_registry(), base=None)
    assert laid.kit.title == "Hello **A** {{ var.x }} | {#b}"
    assert list(laid.kit.slides)[1].title_text == "For **A** {{ var.x }} | {#b} alone"


def test_variables_are_filled_in_in_captions_and_alternative_texts(write, request_):
    from PIL import Image

    Image.new("RGB", (40, 30), "red").save("dot.png")
    table = '| a | b |\n|---|---|\n| x | y |\n\n: Of {{ var.who }} {alt="Table of {{ var.who }}"}\n'
    write({"talk.md": f"## A picture of us\n\n![photo of {{{{ var.who }}}}](dot.png)\n\n## A table of us\n\n{table}"})
    asked = Request(cache=request_.cache, variables={"who": "ACME"})
    laid, _ = prepare(Path("talk.md"), asked, standard_registry(), base=None)
    blocks = [block for slide in laid.kit.slides for _, inside in slide.slots for block in inside]
    assert ["ACME" in block.alt and "ACME" in block.caption for block in blocks if hasattr(block, "caption")] == [
        True
    ] * 2


def test_what_an_overlays_kit_yaml_says_counts_for_every_audience_of_the_kit(over):
    said = {"audiences/students.yaml": "title: Students\nsubtitle: Theirs\nstart: '8:00'\nminutes: 60\npeople: 9\n"}
    content, found = over({"kit.yaml": "subtitle: Ours\nminutes: 30\nstart: '9:15'\n"}, kit=said)
    audience = next(audience for audience in content.audiences if audience.id == "students")
    meta = for_audience(content, audience).meta
    assert found == []
    assert (meta.subtitle, meta.minutes, meta.start, meta.people) == ("Ours", 30, "9:15", 9)


def test_a_slide_of_an_overlay_that_the_plan_leaves_out_is_named(over, write):
    asked = Request(overlays=(Path("client"),), minutes=9)
    slides = {
        "02-oven.md": KIT["02-oven.md"]
        .replace("{#heat}", "{#heat minutes=4}")
        .replace("{#cools}", "{#cools minutes=4 .deep}")
    }
    over({"slides.md": "## It cools {#cools}\n\nOurs.\n\n## It is hot {#heat}\n\nOurs.\n"}, kit=slides)
    _, problems = prepare(Path("bread"), asked, standard_registry(), base=None)
    said = [str(problem) for problem in problems if problem.code == "not-shown"]
    assert said == [
        "client/slides.md:1: advice: 'cools' isn't shown in 9 minutes — 'list slides --audience general' says which slots show it"
    ]


# ---------------------------------------------------------------- moves
def test_a_heading_of_the_kit_with_a_place_and_nothing_under_it_moves_the_slide(over):
    content, problems = over({"a.md": "## {#cools after=rises}\n"})
    assert problems == []
    assert [(move.id, move.anchor, move.after) for move in content.moves] == [("cools", "rises", True)]
    assert content.joined == {}
    assert [name for name, _ in slides(content, 1)] == ["heat", "cools"]  # it moves when a plan has chosen its slides


def test_a_heading_of_the_kit_with_a_place_and_words_changes_and_moves_the_slide(over):
    content, problems = over({"a.md": "## It is cold {#cools before=heat for=students}\n\nNew.\n"})
    assert problems == []
    (move,) = content.moves
    assert (move.id, move.anchor, move.after, move.attrs.get("for")) == ("cools", "heat", False, "students")
    assert slides(content, 1) == [("heat", ""), ("cools", "students"), ("cools", "general")]
    assert words(content.stages[1].slides[1]) == "New."


@pytest.mark.parametrize("place", ["after=oven", "before=cools"])
def test_a_place_that_is_no_other_slide_is_an_error(over, place):
    _, problems = over({"a.md": f"## {{#cools {place}}}\n"})
    assert len(problems) == 1
    assert problems[0].startswith("client/a.md:1: error: the kit has no slide named")


def test_a_slide_can_be_hidden_where_it_is(over, tmp_path):
    over({"a.md": "## It is hot {#heat .hidden minutes=4}\n\nA.\n"})
    request = Request(overlays=(Path("client"),), minutes=0)
    laid, _ = prepare(Path("bread"), request, standard_registry(), base=None)
    (heat,) = (slide for slide in laid.kit.slides if slide.id == "heat")
    assert (heat.hidden, heat.minutes, heat.stage) == (True, 0, "oven")
    assert [slide.id for slide in laid.slides if slide.slide.hidden] == ["heat"]


def test_a_slide_that_needs_a_hidden_one_is_named_and_stays(over):
    over({"a.md": "## It is hot {#heat .hidden}\n\nA.\n\n## It cools {#cools needs=heat}\n\nB.\n"})
    laid, problems = prepare(
        Path("bread"), Request(overlays=(Path("client"),), minutes=0), standard_registry(), base=None
    )
    assert ["this slide needs 'heat', which is hidden" in str(p) for p in problems if p.code == "need"] == [True]
    assert "cools" in [slide.id for slide in laid.slides if not slide.slide.hidden]


# ---------------------------------------------------------------- the kit has changed since
HEAT = "## It is hot {#heat minutes=3}\n\n- Warm\n- Hot\n\n::: notes\n**Say** Look.\n:::\n"
YOURS = HEAT.replace("minutes=3", "minutes=3 for=general")


@pytest.fixture
def since(over):
    """Return the slide of ``general`` and what is said, for the kit's slide as it is now and an overlay's made from ``HEAT``."""

    def lay(kit, yours, base=HEAT, name="heat"):
        oven = f"---\nnumber: 2\ntitle: Oven\n---\n\n{kit}\n## It cools {{#cools}}\n\nB.\n"
        adopted = json.dumps({"slides": {f"{name}@general": base}})
        content, problems = over({"adopted.md": yours, "adopted.json": adopted}, kit={"02-oven.md": oven})
        found = [s for s in content.stages[1].slides if s.id == name and s.attrs.get("for") in ("", "general")]
        return (found[0] if found else None), problems, content

    return lay


def test_lines_that_only_the_kit_changed_are_the_kits_and_yours_stay_yours(since):
    kit = HEAT.replace("- Warm", "- Mild").replace("minutes=3", "minutes=4")
    slide, problems, _ = since(kit, YOURS.replace("Look.", "Look closely.").replace("It is hot", "It is very hot"))
    assert problems == []
    assert plain(slide.title) == "It is very hot"
    assert slide.attrs.get("minutes") == "4"
    assert "Mild" in repr(slide.blocks)
    assert "Look closely." in repr(slide.notes)


def test_what_both_changed_is_yours_and_one_warning_has_both_texts_and_places(since):
    slide, problems, _ = since(HEAT.replace("It is hot", "It glows"), YOURS.replace("It is hot", "It burns"))
    assert plain(slide.title) == "It burns"
    (said,) = problems
    assert said.startswith("client/adopted.md:1: warning: the kit's slide 'heat' has changed since you adopted yours: ")
    assert said.endswith(
        "it says '## It glows', yours '## It burns' — yours counts; the kit's is in bread/02-oven.md:6"
    )


def test_a_change_that_both_made_alike_needs_no_warning(since):
    slide, problems, _ = since(HEAT.replace("Hot", "Glowing"), YOURS.replace("Hot", "Glowing"))
    assert problems == []
    assert repr(slide.blocks).count("Glowing") == 1


def test_a_slide_that_you_dropped_and_the_kit_changed_stays_dropped_and_is_named(since):
    slide, problems, _ = since(HEAT.replace("Hot", "Glowing"), "## {#heat .drop for=general}\n")
    assert slide is None or slide.attrs.get("for") != ""
    assert len(problems) == 1
    assert "the kit's slide 'heat' has changed since you dropped it" in problems[0]


def test_a_slide_that_both_dropped_is_gone_without_a_word(since):
    _, problems, _ = since("## It glows {#glows}\n\nA.\n", "## {#heat .drop for=general}\n")
    assert [problem for problem in problems if problem.startswith("client/")] == []


def test_a_slide_that_you_changed_and_the_kit_dropped_is_hidden_at_the_end(since):
    _, problems, content = since("## It glows {#glows}\n\nA.\n", YOURS)
    assert len(problems) == 1
    assert "the kit has no slide 'heat' any more, so yours is at the end of the deck, hidden" in problems[0]
    last = content.stages[-1].slides[-1]
    assert (last.id, "hidden" in last.attrs.classes) == ("heat", True)


def test_a_slide_that_the_kit_did_not_change_is_yours_as_it_is(since):
    slide, problems, content = since(HEAT, YOURS.replace("Hot", "Glowing"))
    assert problems == []
    assert "Glowing" in repr(slide.blocks)
    assert content.adopted == {"heat@general"}


def test_a_slide_changed_for_everybody_is_compared_with_the_one_of_its_audience_not_with_another(over):
    """A kit may have a slide once for each audience; a change without ``for=`` was made from one of them."""
    theirs = "## It radiates {#heat minutes=3 for=students}\n\n- Watts\n"
    oven = f"---\nnumber: 2\ntitle: Oven\n---\n\n{theirs}\n{YOURS}\n## It cools {{#cools}}\n\nB.\n"
    adopted = json.dumps({"slides": {"heat@": YOURS}})
    yours = HEAT.replace("Hot", "Glowing")
    content, problems = over({"heat.md": yours, "adopted.json": adopted}, kit={"02-oven.md": oven})
    assert problems == []
    assert [slide.id for slide in content.stages[1].slides if "Glowing" in repr(slide.blocks)] == ["heat"]


def test_a_move_alone_says_nothing_about_a_changed_slide(since):
    _, problems, content = since(HEAT.replace("Hot", "Glowing"), "## {#heat after=cools for=general}\n")
    assert problems == []
    assert [move.id for move in content.moves] == ["heat"]


def test_an_adopted_json_that_cannot_be_read_is_an_error(over):
    _, problems = over({"adopted.md": "## A {#heat}\n\nA.\n", "adopted.json": '{"slides": []}'})
    assert len(problems) == 1
    assert problems[0].startswith("client/adopted.json: error: this file can't be read: ")
