"""Installs the plugin of docs/plugins.md: a demo, a kit, a theme, a layout, an extra, a writer and a kind of chart."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from workshop.errors import WorkshopError
from workshop.plugins.registry import standard_registry

ROOT = Path(__file__).resolve().parents[2]


def install(folder: Path, name: str, point: str) -> None:
    """Write the files that an installer leaves behind: metadata with the entry point."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[workshop.plugins]\n{point}\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory, write_examples):
    """A folder of installed packages with the documented plugin in it."""
    folder = tmp_path_factory.mktemp("site")
    write_examples("plugins.md", folder)
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    ((name, target),) = project["entry-points"]["workshop.plugins"].items()
    install(folder, project["name"].replace("-", "_"), f"{name} = {target}")
    return folder


@pytest.fixture
def run(site, tmp_path, cache):
    """Run the command line in a process that finds the plugin."""

    def go(*arguments: str) -> str:
        environment = {
            **os.environ,
            "PYTHONPATH": str(site),
            "WORKSHOP_CACHE": str(cache),
            "WORKSHOP_CONFIG": str(tmp_path / "settings"),
        }
        command = [sys.executable, str(ROOT / "build_deck.py"), *arguments]
        done = subprocess.run(command, check=True, env=environment, cwd=tmp_path, capture_output=True, text=True)
        return done.stdout + done.stderr

    return go


def test_the_documented_plugin_adds_its_names(site, monkeypatch):
    monkeypatch.syspath_prepend(site)
    registry = standard_registry()
    for kind, name in (
        ("demo", "sourdough"),
        ("kit", "rye"),
        ("theme", "crust"),
        ("writer", "outline"),
        ("chart", "lollipop"),
        ("extra", "clock"),
        ("layout", "saying"),
    ):
        assert registry.names(kind)[-1] == name


def test_its_kit_builds_with_its_demo_its_theme_and_its_writer(run, tmp_path):
    run("build", "rye", "--theme", "crust", "--only", "deck,outline", "--out", "out")
    assert (tmp_path / "out" / "outline.md").read_text() == (
        "# Rye in a day\n- Rye in a day\n- Rye\n- A sourdough grows without anybody’s help\n- What bakers say\n"
    )
    deck = Presentation(str(tmp_path / "out" / "deck.pptx"))
    (chart,) = (shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    assert [list(series.values) for series in chart.plots[0].series] == [[1, 2, 4, 8]]
    assert chart._chartSpace.xpath(".//c:errBars/c:errBarType/@val") == ["minus"]
    theme = next(part for part in deck.part.package.iter_parts() if "/theme/theme1" in str(part.partname))
    assert b"7A3E12" in theme.blob


def test_its_extra_and_its_layout_are_in_deck_picture_page_and_template(run, tmp_path):
    (tmp_path / "talk.md").write_text(
        "# Rye {minutes=3}\n\n- It rises\n\n# Bakers {layout=saying}\n\nFlour, water, time.\n\nA baker\n"
    )
    template = Presentation()
    template.save(str(tmp_path / "own.pptx"))
    for options in ((), ("--template", "own.pptx")):
        run("build", "talk.md", "--only", "deck,html", "--out", "out", "--force", *options)
        width = int(
            Presentation(str(tmp_path / "out" / "deck.pptx"))
            .slides[0]
            .part.package.presentation_part.presentation.slide_width
        )
        bars = [
            [
                shape
                for shape in slide.shapes
                if not shape.is_placeholder and (shape.left, shape.top) == (0, 0) and shape.width < width
            ]
            for slide in Presentation(str(tmp_path / "out" / "deck.pptx")).slides
        ]
        assert [len(found) for found in bars] == [1, 0], options
        assert bars[0][0].width == 3 * 914_400
        saying = Presentation(str(tmp_path / "out" / "deck.pptx")).slides[1]
        assert saying.slide_layout.name == "Saying"
        said = {shape.text_frame.text for shape in saying.placeholders}
        assert said == {"Bakers", "Flour, water, time.", "A baker", "2"}
        page = (tmp_path / "out" / "slides.html").read_text("utf-8")
        assert 'width="216"' in page
        assert "Flour, water, time." in page


def test_its_kit_has_no_problem_and_its_demo_turns(run):
    assert run("check", "rye") == "no problems\n"
    assert '"day": 64' in run("demo", "sourdough", "--set", "hours=4", "--json")
    assert "the titles of all slides (Markdown)" in run("list", "writers")
    assert "Saying: title, saying, who, source" in run("list", "layouts")


@pytest.mark.broad
def test_its_kind_of_chart_is_drawn_on_paper_and_in_small(run, tmp_path):
    run("demo", "sourdough", "--out", "drawn")
    drawing = (tmp_path / "drawn" / "growth.svg").read_text("utf-8")
    assert all(f">{text}</text>" in drawing for text in ("1", "2", "4", "8", "24 h"))
    run("build", "rye", "--only", "facilitator", "--out", "out")
    guide = " ".join(page.extract_text() for page in PdfReader(tmp_path / "out" / "facilitator.pdf").pages)
    assert all(f"{hours} h" in guide for hours in (0, 8, 16, 24))
    assert "a stem from zero to each value" in run("list", "charts")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "def register(registry):\n    registry.add('demo', 'trigram', 'x:y')\n",
            "there are two demos named 'trigram'",
        ),
        (
            "def register(registry):\n    registry.add('dmo', 'x', 'x:y')\n",
            "nothing of the kind 'dmo' can be registered",
        ),
        (
            "def register(registry):\n    registry.add('extra', 'tag', 'x:y')\n",
            "there are two extras named 'tag'",
        ),
        ("def register(registry):\n    1 / 0\n", "could not be loaded: division by zero"),
        ("import nowhere\n", "could not be loaded: No module named 'nowhere'"),
        ("def f(:\n", "could not be loaded: "),
        ("x = 1\n", "could not be loaded: "),
    ],
)
def test_a_plugin_that_fails_is_named_in_one_problem(tmp_path, monkeypatch, code, words):
    (tmp_path / "sour.py").write_text(code)
    install(tmp_path, "sour", "sour = sour:register")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sour", raising=False)
    with pytest.raises(WorkshopError) as raised:
        standard_registry()
    monkeypatch.delitem(sys.modules, "sour", raising=False)
    (problem,) = raised.value.problems
    assert "the plugin 'sour'" in problem.message
    assert words in problem.message


def test_a_layout_that_its_words_do_not_fit_is_named_in_a_talk(run, tmp_path):
    long = "Flour, water, time. " * 60
    (tmp_path / "talk.md").write_text(f"# Bread\n\n## Said {{layout=saying}}\n\n{long}\n\nA baker\n")
    told = run("build", "talk.md", "--out", "out")
    assert "talk.md:3: warning: the layout 'saying' is left out here: " in told
