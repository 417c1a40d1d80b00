import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from pptx import Presentation

from tests.render.pptx.read import read_chart
from workshop import steps
from workshop.build import build, prepare
from workshop.cli.listings import as_json
from workshop.errors import Problems, Severity, WorkshopError
from workshop.files.bases import BASE
from workshop.model.request import Request
from workshop.plugins.addons import addons
from workshop.plugins.registry import standard_registry
from workshop.runs.runner import RunRequest, run_demo

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def request_(cache):
    return Request(cache=cache, trust=True)


@pytest.fixture
def registry():
    return standard_registry()


def build_bread(bread, registry, request, out):
    return build(bread, request, registry, base=None, out=out)


@pytest.fixture
def own_bread(bread, tmp_path):
    """A copy of the bread kit that a test may change."""
    copy = tmp_path / "bread"
    shutil.copytree(bread, copy)
    return copy


def problems_of(path, registry, request):
    with pytest.raises(Problems) as raised:
        prepare(path, request, registry, base=None)
    return [p for p in raised.value.problems if p.severity is Severity.ERROR]


def test_a_kit_on_another_subject_builds_all_four_files(bread, registry, request_, tmp_path):
    built = build_bread(bread, registry, request_, tmp_path)
    assert [w.path.name for w in built.written] == ["deck.pptx", "sheets.pdf", "answers.pdf", "facilitator.pdf"]
    assert not [p for p in built.problems if p.severity > Severity.ADVICE]


def test_a_file_that_the_material_of_a_stage_names_is_made_too(own_bread, registry, request_, tmp_path):
    page = own_bread / "01-dough.md"
    page.write_text(page.read_text().replace("material: [scales, sheet S1]", "material: [scales, feedback.pdf]"))
    built = build_bread(own_bread, registry, request_, tmp_path / "out")
    assert [w.path.name for w in built.written][-1] == "feedback.pdf"


@pytest.mark.parametrize(
    ("only", "step"), [("quiz", "run"), ("cards", "run"), ("name-tag", "lay_out"), ("deck,name-tag", "lay_out")]
)
def test_a_file_with_nothing_in_it_is_refused_before_any_work_is_done_for_it(
    bread, registry, request_, tmp_path, monkeypatch, only, step
):
    """A file that kit.yaml doesn't name is refused before demos run, what the plan decides before slides are laid out."""
    asked = replace(request_, only=tuple(only.split(",")))
    monkeypatch.setattr(steps, step, None)
    with pytest.raises(Problems) as raised:
        build_bread(bread, registry, asked, tmp_path / "out")
    assert [str(p).partition(":")[2][:21] for p in raised.value.problems if p.severity is Severity.ERROR] == [
        " there is nothing for"
    ]
    assert not (tmp_path / "out").exists()


def test_a_talk_without_a_title_has_all_its_documents(registry, request_, tmp_path):
    (tmp_path / "talk.md").write_text("# One\n\n- Two\n")
    asked = replace(request_, everything=True)
    built = build(tmp_path / "talk.md", asked, registry, base=None, out=tmp_path / "out")
    assert "facilitator.pdf" in [written.path.name for written in built.written]


def test_files_of_an_earlier_build_that_this_one_does_not_make_are_named_as_removed(
    bread, registry, request_, tmp_path
):
    everything = build(bread, replace(request_, only=("printer", "facilitator")), registry, base=None, out=tmp_path)
    built = build(bread, replace(request_, only=()), registry, base=None, out=tmp_path)
    assert (everything.removed, built.removed) == ((), ("printer.pdf",))
    assert not (tmp_path / "printer.pdf").exists()


def test_slides_that_no_file_needs_are_not_laid_out_and_the_words_are_still_checked(
    own_bread, registry, request_, tmp_path
):
    page = own_bread / "01-dough.md"
    page.write_text(page.read_text().replace("A warm dough doubles sooner than a cold one", "Introduction"))
    whole = build_bread(own_bread, registry, request_, tmp_path / "whole")
    paper = build_bread(own_bread, registry, replace(request_, only=("sheets", "answers")), tmp_path / "paper")
    assert whole.laid.slides
    assert not paper.laid.slides
    assert "topic-title" in [problem.code for problem in paper.problems]
    assert set(paper.problems) <= set(whole.problems)
    for name in ("sheets.pdf", "answers.pdf"):
        assert (tmp_path / "paper" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_the_engine_says_no_word_of_the_built_in_kit(bread, registry, request_, tmp_path):
    build_bread(bread, registry, request_, tmp_path)
    with zipfile.ZipFile(tmp_path / "deck.pptx") as package:
        text = " ".join(
            package.read(name).decode("utf-8", "replace") for name in package.namelist() if name.endswith(".xml")
        )
    from pypdf import PdfReader

    for name in ("sheets", "answers", "facilitator"):
        text += " ".join(page.extract_text() for page in PdfReader(tmp_path / f"{name}.pdf").pages)
    for word in ("Pretraining", "garden", "surprise", "trigram", "RLHF", "language model"):
        assert word.lower() not in text.lower(), word


def test_a_native_chart_caches_exactly_the_demos_values(bread, registry, bread_registry, request_, tmp_path):
    build_bread(bread, registry, request_, tmp_path)
    deck = Presentation(str(tmp_path / "deck.pptx"))
    (chart,) = (shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    read = read_chart(chart.part.blob)
    data = {"flours": bread / "data" / "flours.csv"}
    findings = run_demo(RunRequest(name="dough", demo="dough", knobs={}, data=data, at=None), bread_registry, seed=0)
    exhibit = json.loads(as_json("dough", 0, findings))["exhibits"]["rise"]
    assert list(read.find("hours").values) == exhibit["series"][0]["values"]
    assert list(read.categories) == exhibit["categories"]


def test_a_knob_changes_slide_chart_sheet_and_notes_together(own_bread, registry, request_, tmp_path):
    turned = replace(request_, sets={("dough", "warm"): "30"})
    laid, _ = prepare(own_bread, turned, registry, base=None)
    slide = next(s for s in laid.kit.slides if s.id == "warm")
    (chart,) = slide.slot("main")
    assert chart.chart.series[0].values[0] == pytest.approx(1.5 * 2 ** (-3 / 9))
    assert slide.slot("reading")[0].lines[0].text.startswith("Warm kitchen: 1.19")


def test_an_edited_line_of_the_data_changes_table_sheet_and_key_together(own_bread, registry, request_):
    data = own_bread / "data" / "flours.csv"
    data.write_text(data.read_text().replace("0.62", "0.7"))
    laid, _ = prepare(own_bread, request_, registry, base=None)
    table = next(s for s in laid.kit.slides if s.id == "water").slot("main")[0]
    exercise = laid.kit.sheets[0].exercises[0]
    assert table.rows[0][1][0].text == "70%"
    assert "70%" in "".join(run.text for line in exercise.task[0].lines for run in line.runs)
    assert "350 g" in "".join(run.text for line in exercise.solution[0].lines for run in line.runs)


def test_a_claim_that_no_longer_holds_stops_the_build_at_its_slide(own_bread, registry, request_):
    slide = own_bread / "01-dough.md"
    slide.write_text(slide.read_text().replace("hours.warm < dough.hours.cold", "hours.warm > dough.hours.cold"))
    found = problems_of(own_bread, registry, request_)
    assert [(Path(p.at.path).name, p.at.line, p.code) for p in found] == [("01-dough.md", 15, "false-claim")]


def test_with_own_data_a_slide_whose_claim_fails_is_left_out_and_named(own_bread, registry, request_):
    slide = own_bread / "01-dough.md"
    slide.write_text(
        slide.read_text().replace("{#water minutes=3}", '{#water minutes=3 claim="dough.shares.rye > 0.7"}')
    )
    other = own_bread / "other.csv"
    other.write_text("flour,share\nwheat,0.6\nrye,0.65\n")
    laid, found = prepare(own_bread, replace(request_, data={("dough", "flours"): other}), registry, base=None)
    assert "water" not in [s.id for s in laid.kit.slides]
    assert [p.message for p in found if p.code == "left-out"] == [
        "slide 'water' is left out: what it says isn't true for your data"
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"sets": {("dough", "cold"): "30"}}, "with these knobs"), ({"seed": 3}, "with seed 3")],
)
def test_a_slide_that_another_seed_or_knob_does_not_support_is_left_out(own_bread, registry, request_, changes, why):
    slide = own_bread / "01-dough.md"
    claim = "dough.hours.warm > dough.hours.cold" if "seed" in changes else "dough.hours.warm < dough.hours.cold"
    slide.write_text(slide.read_text().replace("dough.hours.warm < dough.hours.cold", claim))
    laid, found = prepare(own_bread, replace(request_, **changes), registry, base=None)
    assert "warm" not in [s.id for s in laid.kit.slides]
    assert f"slide 'warm' is left out: what it says isn't true {why}" in [p.message for p in found]


@pytest.mark.parametrize("attribute", ["minuts=2", "minutes=abc"])
def test_six_different_mistakes_are_reported_together_with_line_and_fix(attribute, tmp_path, registry, request_):
    talk = tmp_path / "talk.md"
    talk.write_text(
        "---\ntitle: Talk\nlangage: en-GB\n---\n\n"
        f"## One {{#one {attribute}}}\n\n"
        "- {{ trigram.bits.lst | bits }}\n\n"
        "## Two\n\n![](chart:trigram.surprize)\n\n"
        "## Three\n\n::: note\nhello\n:::\n\n"
        "## Four\n\n![a dog](pictures/dog.png)\n"
    )
    base = registry.get("kit", "ai-models")()
    with pytest.raises(Problems) as raised:
        build(talk, replace(request_, strict=True), registry, base=base, out=tmp_path / "out")
    found = [p for p in raised.value.problems if p.severity is not Severity.ADVICE and p.at]
    assert [p.at.line for p in found] == [3, 6, 8, 12, 16, 22]
    assert all(p.hint for p in found)
    for problem, word in zip(found, ("language", "minutes", "last", "surprise", "notes", ""), strict=True):
        assert word in problem.hint
    assert not (tmp_path / "out").exists()
    build(talk, request_, registry, base=base, out=tmp_path / "out")  # none of them stops a talk
    assert (tmp_path / "out" / "deck.pptx").exists()


def test_a_data_option_for_a_demo_that_no_slide_uses_is_refused(bread, registry, request_):
    with pytest.raises(WorkshopError, match="no slide here uses that demo"):
        prepare(bread, replace(request_, sets={("trigram", "rounds"): "2"}), registry, base=None)


@pytest.mark.long
def test_two_builds_in_two_processes_have_the_same_bytes(tmp_path):
    talk = tmp_path / "talk.md"
    talk.write_text(
        "## Surprise falls as it reads\n\n![](chart:trigram.surprise)\n\n## Votes have names\n\n![](table:trigram.votes)\n"
    )
    digests = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [
            sys.executable,
            str(ROOT / "build_deck.py"),
            "build",
            str(talk),
            "--out",
            str(out),
            "--no-cache",
            "--quiet",
        ]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, "PATH": "", "HOME": str(tmp_path)})
        digests.append({p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir())})
    assert digests[0] == digests[1]
    assert {name for name in digests[0] if not BASE.fullmatch(name)} == {"deck.pptx", "manifest.json"}


def test_a_plain_talk_becomes_a_deck_with_everything_it_holds(tmp_path, request_):
    picture = tmp_path / "dot.png"
    from PIL import Image

    Image.new("RGB", (40, 30), "navy").save(picture)
    talk = tmp_path / "talk.md"
    talk.write_text(
        "---\ntitle: Plain talk\nauthor: Ada\n---\n\n# Part one\n\n## A list has points\n\n- one\n- two\n  - deeper\n\n"
        "## A table has rows\n\n| a | b |\n|---|--:|\n| x | 1 |\n\n## A picture says it\n\n![a blue dot](dot.png)\n\n"
        "## Two columns\n\n::: columns\n::: column\n- left\n:::\n::: column\n- right\n:::\n:::\n\n"
        "## Code runs\n\n```python\nprint(1)\n```\n\n::: notes\nSpeak slowly.\n:::\n"
    )
    build(talk, request_, standard_registry(), base=None, out=tmp_path / "out")
    deck = Presentation(io.BytesIO((tmp_path / "out" / "deck.pptx").read_bytes()))
    titles = [slide.shapes.title.text_frame.text.replace("\v", " ") for slide in deck.slides]
    assert titles == [
        "Plain talk",
        "Part one",
        "A list has points",
        "A table has rows",
        "A picture says it",
        "Two columns",
        "Code runs",
    ]
    assert any(shape.has_table for shape in deck.slides[3].shapes)
    assert deck.slides[6].notes_slide.notes_text_frame.text.strip() == "Speak slowly."


def test_a_file_says_which_theme_it_wants_and_a_wrong_one_is_named_at_its_line(tmp_path, request_):
    talk = tmp_path / "talk.md"
    talk.write_text("---\ntitle: Talk\ntheme: dark\n---\n\n## One thing matters today\n\n- point\n")
    laid, _ = prepare(talk, request_, standard_registry(), base=None)
    assert laid.theme.dark
    assert not prepare(talk, replace(request_, theme="light"), standard_registry(), base=None)[0].theme.dark
    talk.write_text(talk.read_text().replace("dark", "drak"))
    laid, (problem, *_) = prepare(talk, request_, standard_registry(), base=None)
    assert (problem.at.line, problem.hint, laid.theme.dark) == (3, "did you mean 'dark'?", False)
    with pytest.raises(WorkshopError, match="no theme is named 'drak'"):
        prepare(talk, replace(request_, theme="drak"), standard_registry(), base=None)


def test_a_single_file_takes_no_subtitle_from_an_audience_that_it_borrows(registry, request_, tmp_path):
    talk = tmp_path / "talk.md"
    talk.write_text("---\ntitle: Bread\n---\n## One\n\n- crumb\n")
    laid, _ = prepare(talk, request_, registry, base=None)
    assert (laid.kit.subtitle, laid.kit.occasion) == ("", "")


def test_an_audiences_file_may_say_subtitle_and_clock(own_bread, registry, request_):
    (own_bread / "audiences" / "general.yaml").write_text('title: All\nsubtitle: For you\nstart: "10:15"\n')
    laid, _ = prepare(own_bread, request_, registry, base=None)
    assert (laid.kit.subtitle, laid.kit.run_sheet[0].clock) == ("For you", "10:15")


@pytest.fixture
def broken_bread(own_bread):
    """The bread kit with a demo that divides by zero."""
    file = own_bread / "demos" / "oven.py"
    lines = file.read_text().split("\n")
    body = next(n for n, line in enumerate(lines) if line.startswith("def dough")) + 1
    while '"""' in lines[body]:
        body += 1
    lines.insert(body, "    warm = warm / 0")
    file.write_text("\n".join(lines))
    return own_bread, body + 1


def test_a_demo_that_crashes_names_its_own_line_and_the_slide_that_asked_for_it(broken_bread, request_):
    _, problems = prepare(broken_bread[0], request_, standard_registry(), base=None)
    (error,) = (p for p in problems if p.severity is Severity.ERROR)
    assert f"demos/oven.py:{broken_bread[1]} with ZeroDivisionError" in error.message
    assert error.at.path.endswith("01-dough.md")


def test_a_demo_that_crashes_costs_only_its_slides(broken_bread, request_):
    laid, problems = prepare(broken_bread[0], request_, standard_registry(), base=None)
    ids = {slide.id for slide in laid.kit.slides}
    assert {"crust", "knife"} <= ids
    assert not ids & {"warm", "water", "do-water"}
    said = [p.message for p in problems if p.code == "left-out"]
    assert said == [
        "exercise 'percentage' is left out: the run 'dough' failed",
        "slides 'warm' and 'water' are left out: the run 'dough' failed",
        "slide 'do-water' is left out: so is the exercise 'percentage'",
    ]


def test_a_demo_that_crashes_fails_the_build(broken_bread, request_, tmp_path):
    with pytest.raises(Problems, match="ZeroDivisionError"):
        build(broken_bread[0], request_, standard_registry(), base=None, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_talk_imports_nothing_that_only_other_decks_need(tmp_path):
    Image.new("RGB", (2, 1)).save(tmp_path / "one.png")
    talk = tmp_path / "talk.md"
    talk.write_text(
        "# Words\n\n- one\n\n# A table\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n# One\n\n![One](one.png)\n", "utf-8"
    )
    program = (
        "import sys; from workshop.cli.app import main; main(sys.argv[1:]);"
        "print(*{name.partition('.')[0] for name in sys.modules}, *sys.modules)"
    )
    surroundings = {**os.environ, "WORKSHOP_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    for out in ("first", "second"):  # the first one decodes the picture and makes the empty deck
        command = [sys.executable, "-c", program, "build", str(talk), "--out", str(tmp_path / out)]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    others = {"xlsxwriter", "jinja2", "numpy", "matplotlib", "multiprocessing", "ctypes"}
    assert others.isdisjoint(done.stdout.split())
    assert {"workshop.charts.canvas", "workshop.render.pptx.chart"}.isdisjoint(done.stdout.split())
    of_add_ons = {name.rpartition(".")[2] for name in done.stdout.split() if name.startswith("workshop.addons.")}
    # what each of them declares, and nothing that does any work
    assert of_add_ons - set(addons()) <= {"register", "options", "build_step", "codes"}
