import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from workshop.cli import system
from workshop.cli.app import commands, main
from workshop.cli.entry import main as main_of_the_entry
from workshop.cli.listings import print_source
from workshop.files.bases import BASE
from workshop.model.exhibits import Findings, demo
from workshop.plugins.registry import standard_registry

ROOT = Path(__file__).resolve().parents[2]
TOYS = ROOT / "workshop" / "ai_models" / "toys"
TALK = "## One thing matters today\n\n- point\n"


def test_a_file_alone_is_built_into_a_folder_of_its_name(run, tmp_path):
    (tmp_path / "talk.md").write_text(TALK)
    code, out, _ = run("build", "talk.md")
    assert code == 0
    assert out.splitlines()[0] == "dist/talk/deck.pptx"
    assert (tmp_path / "dist" / "talk" / "deck.pptx").is_file()


def test_build_need_not_be_written(run, tmp_path):
    (tmp_path / "talk.md").write_text(TALK)
    assert run("talk.md", "--quiet")[0] == 0
    assert (tmp_path / "dist" / "talk" / "deck.pptx").is_file()


def test_only_and_out_write_just_that_file_there(run, tmp_path):
    (tmp_path / "talk.md").write_text(TALK)
    code, _, _ = run("build", "talk.md", "--only", "deck", "--out", "here")
    assert code == 0
    names = sorted(p.name for p in (tmp_path / "here").iterdir())
    assert [name for name in names if not BASE.fullmatch(name)] == ["deck.pptx", "manifest.json"]


def test_an_edited_deck_is_kept_and_one_line_says_so(run, tmp_path):
    (tmp_path / "talk.md").write_text(TALK)
    run("build", "talk.md")
    deck = tmp_path / "dist" / "talk" / "deck.pptx"
    deck.write_bytes(b"edited by hand")
    code, out, _ = run("build", "talk.md")
    assert code == 0
    assert "deck.pptx was edited by hand and is kept; the new file is deck-2.pptx" in out
    assert deck.read_bytes() == b"edited by hand"


LOST = "# One\n\n$\\foo$ and ![](https://example.org/x.png)\n"


def test_a_strict_build_names_all_that_is_changed_or_lost_and_writes_nothing(run, tmp_path):
    (tmp_path / "talk.md").write_text(LOST)
    code, _, said = run("build", "talk.md", "--strict")
    assert code == 1
    told = [line for line in said.splitlines() if not line.startswith("advice: ")]
    assert [line.split(": ")[1] for line in told[:2]] == ["error", "error"]
    assert told[2:] == ["2 problems; nothing was written"]
    assert not (tmp_path / "dist").exists()
    assert run("build", "talk.md")[0] == 0
    assert run("build", "talk.md", "--strict")[0] == 1


def test_a_strict_build_of_a_sound_talk_is_a_build(run, tmp_path):
    (tmp_path / "talk.md").write_text(TALK)
    assert run("build", "talk.md", "--strict")[0] == 0
    assert (tmp_path / "dist" / "talk" / "deck.pptx").is_file()


def test_a_strict_check_of_a_talk_counts_warnings(run, tmp_path):
    (tmp_path / "talk.md").write_text(LOST)
    assert run("check", "talk.md")[0] == 0
    code, _, said = run("check", "talk.md", "--strict")
    assert code == 1
    assert said == "2 problems\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("biuld",), 2, "did you mean 'build'?"),
        (("build", "talk.txt"), 2, "no file or folder 'talk.txt'"),
        (("build", "--only", "dekc"), 2, "did you mean 'deck'?"),
        (("build", "--theme", "lihgt"), 2, "did you mean 'light'?"),
        (("build", "--overlay", "nowhere"), 2, "there is no folder 'nowhere'"),
        (("new", "audience", "nurses"), 2, "for the built-in kit write --like general"),
        (("new", "audience", "nurses", "--like", "General"), 2, "did you mean 'general'?"),
        (("build", "--set", "trigram"), 2, "DEMO.WHAT=VALUE"),
        (("build", "--set", "trigam.rounds=2"), 2, "did you mean 'trigram'?"),
        (("build", "--set", "trigram.rounds=99"), 2, "--set trigram.rounds=99: it must be a whole number from 1 to 4"),
        (("build", "--set", "trigram.round=2"), 2, "--set trigram.round: the demo 'trigram' has no knob named 'round'"),
        (("build", "--data", "retrieval.libary=x"), 2, "did you mean 'library'?"),
        (("build", "--audience", "studnets"), 1, "did you mean 'students'?"),
        (("build", "--stage", "pretrainig"), 1, "did you mean 'pretraining'"),
        (("build", "--start", "9 o'clock"), 1, "write it like 09:30"),
        (("build", "--seed", "-1"), 2, "seed"),
        (("build", "--frobnicate"), 2, "No such option"),
        (("build", "--audiense"), 2, "No such option '--audiense'. Did you mean '--audience'?"),
        (("demo", "trigam"), 1, "did you mean 'trigram'?"),
        (("demo",), 2, "Which demo?"),
        (("list", "demoes"), 2, "demos"),
        (("check", "nowhere.pptx"), 1, "nowhere.pptx"),
    ],
)
def test_wrong_use_gets_one_clear_message_and_writes_nothing(run, tmp_path, arguments, code, words):
    found, out, err = run(*arguments)
    assert found == code
    assert words in out + err
    assert "Traceback" not in out + err
    assert not (tmp_path / "dist").exists()


def test_an_option_that_only_has_the_dashes_in_common_is_not_suggested(run):
    _, _, err = run("build", "--client", "ACME")
    assert err.splitlines()[-1] == "Error: No such option '--client'."


def test_an_internal_error_is_one_sentence_and_verbose_shows_more(run, monkeypatch, tmp_path):
    import workshop.build

    def broken(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(workshop.build, "build", broken)
    (tmp_path / "talk.md").write_text(TALK)
    code, _, err = run("build", "talk.md")
    assert code == 3
    assert "internal error: RuntimeError: boom (run with --verbose for details)" in err
    with pytest.raises(RuntimeError):
        main(("build", "talk.md", "--verbose"))


def test_a_demo_prints_only_json_when_asked(run):
    code, out, _ = run("demo", "trigram", "--json")
    assert code == 0
    record = json.loads(out)
    assert (record["demo"], record["seed"]) == ("trigram", 0)
    assert record["exhibits"]["surprise"]["type"] == "chart"


def test_facts_are_a_table_of_name_value_unit_and_meaning(run):
    code, out, _ = run("demo", "bias", "--facts")
    assert code == 0
    rows = {line.split()[0]: re.split(r"\s{2,}", line.strip()) for line in out.splitlines() if line.strip()}
    assert rows["bias."] == ["bias.", "value", "unit", "meaning"]
    assert rows["cold"][:3] == ["cold", "100%", "percent"]
    assert rows["text"][3] == "chance of she after the nurse at temperature 1 and at the lowest"
    assert rows["temperatures"][1] == "2, 1, 0.7, 0.5, 0.25"


def test_the_source_of_a_demo_is_its_toy_and_plain_if_nobody_looks(run):
    code, out, _ = run("demo", "trigram", "--source")
    assert code == 0
    assert out == (TOYS / "trigram.py").read_text("utf-8")


def test_a_demo_without_a_toy_prints_its_own_module(capsys):
    print_source(demo("sum", title="A sum")(lambda: Findings({"sum": 2}, {})))
    assert capsys.readouterr().out == Path(__file__).read_text("utf-8")


def test_on_a_terminal_the_source_is_in_colour_unless_that_is_not_wanted(monkeypatch, capsys):
    demo = standard_registry().get("demo", "trigram")
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda _, color: color is False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    print_source(demo)
    coloured = capsys.readouterr().out
    assert "\x1b[" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    print_source(demo)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == capsys.readouterr().out == (TOYS / "trigram.py").read_text("utf-8")


@pytest.mark.broad
def test_a_demo_prints_its_tables_and_draws_its_charts(run, tmp_path):
    code, out, _ = run("demo", "trigram", "--out", "charts")
    assert code == 0
    assert "chart:trigram.surprise" in out
    assert (tmp_path / "charts" / "surprise.svg").read_bytes().startswith(b"<?xml")
    assert (tmp_path / "charts" / "surprise.png").read_bytes().startswith(b"\x89PNG")


def test_a_terminal_that_says_it_is_one_character_wide_still_shows_words(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1")
    _, out, _ = run("demo", "trigram")
    assert "Train it yourself" in out
    assert "trigram.rounds = 4" in out


@pytest.mark.parametrize("what", ["stages", "demos", "audiences", "themes", "writers", "charts"])
def test_every_list_names_something(run, what):
    code, out, _ = run("list", what)
    assert code == 0
    assert out.strip()


def test_check_of_a_file_prints_its_problems_in_every_format(run, tmp_path):
    (tmp_path / "talk.md").write_text("## One thing matters\n\n{{ trigram.nothing }}\n")
    code, out, _ = run("check", "talk.md", "--strict")
    assert code == 1
    assert "talk.md:3: error:" in out
    assert 3 in [problem["line"] for problem in json.loads(run("check", "talk.md", "--format", "json")[1])]
    assert json.loads(run("check", "talk.md", "--format", "sarif")[1])["version"] == "2.1.0"
    assert "::error file=" in run("check", "talk.md", "--strict", "--format", "github")[1]


def test_check_of_a_finished_deck_of_ours_finds_nothing(run, tmp_path):
    (tmp_path / "talk.md").write_text(TALK)
    run("build", "talk.md")
    code, out, _ = run("check", "dist/talk/deck.pptx")
    assert (code, out.strip()) == (0, "no problems")


def test_every_command_and_option_has_help():
    for name in commands.list_commands(None):
        command = commands.get_command(None, name)
        shown = CliRunner().invoke(commands, [name, "--help"])
        assert shown.exit_code == 0
        assert command.help, name
        for parameter in command.params:
            if parameter.param_type_name == "option" and parameter.name != "seed":
                assert parameter.help, f"{name} {parameter.name}"


def test_every_command_is_in_the_recipes():
    recipes = (ROOT / "docs" / "recipes.md").read_text("utf-8")
    for name in commands.list_commands(None):
        if name != "list":
            assert f"workshop {name}" in recipes, name


def test_the_entry_point_says_how_to_install_a_missing_package(tmp_path):
    door = tmp_path / "build_deck.py"
    door.write_text((ROOT / "build_deck.py").read_text().replace('"click"', '"nowhere_installed"'))
    done = subprocess.run([sys.executable, str(door)], capture_output=True, text=True, env={**os.environ}, check=False)
    assert done.returncode == 3
    assert "'nowhere_installed' is not installed" in done.stderr
    assert "py -m venv" in done.stderr
    assert "python3 -m venv" in done.stderr


def test_the_entry_point_uses_the_environment_beside_it_if_any_package_is_missing(tmp_path):
    door = tmp_path / "build_deck.py"
    door.write_text((ROOT / "build_deck.py").read_text().replace('"yaml"', '"nowhere_installed"'))
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho went through with $2\n")
    python.chmod(0o755)
    done = subprocess.run([sys.executable, str(door), "check"], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "went through with check"


def test_the_entry_point_checks_for_every_package_that_the_project_needs():
    import tomllib

    from build_deck import NEEDED

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    parts = re.findall(r"\w+", extras["all"][0].partition("[")[2])
    lines = [*project["dependencies"], *(line for part in parts for line in extras[part])]
    names = {re.split(r"[<>=~! ;]", line)[0].lower() for line in lines if not line.startswith("workshop-kit[")}
    modules = {"linkify-it-py": "linkify_it", "markdown-it-py": "markdown_it", "pillow": "PIL", "pyyaml": "yaml"} | {
        "python-docx": "docx",
        "python-pptx": "pptx",
    }
    assert {modules.get(name, name.replace("-", "_")) for name in names} == set(NEEDED)


SIX = """\
---
title: Talk
langage: en-GB
---

## One {#one minutes=abc}

- {{ trigram.bits.lst | bits }}

## Two

![](chart:trigram.surprize)

## Three

::: note
hello
:::

## Four

![a dog](pictures/dog.png)
"""


def test_six_mistakes_in_a_talk_are_six_lines_at_once(run, tmp_path):
    (tmp_path / "talk.md").write_text(SIX)
    code, out, err = run("build", "talk.md", "--strict")
    lines = [line for line in err.splitlines() if line.startswith("talk.md:")]
    assert (code, out, err.splitlines()[-1]) == (1, "", "6 problems; nothing was written")
    assert [line.partition(": ")[0] for line in lines] == [f"talk.md:{n}" for n in (3, 6, 8, 12, 16, 22)]
    assert [line.split(": ")[1] for line in lines] == ["error"] * 6
    for line, word in zip(
        lines, ("'language'", "minutes=3", "'last'", "'surprise'", "'notes'", "pictures"), strict=True
    ):
        assert word in line.partition(" — ")[2]
    assert not (tmp_path / "dist").exists()
    code, out, _ = run("build", "talk.md")
    assert code == 0
    assert "1 file is missing: slide 5 shows a box instead" in out


def test_a_missing_picture_is_counted_to_its_own_slide_though_the_references_come_after_it(run, tmp_path):
    (tmp_path / "x.bib").write_text("@book{doe, author={Doe, Jane}, title={Book}, year=2001}")
    front = "---\ntitle: T\nbibliography: x.bib\n---\n\n"
    (tmp_path / "talk.md").write_text(f"{front}## One\n\n![a dog](dog.png)\n\n## Two\n\nWords [@doe].\n")
    code, out, _ = run("build", "talk.md")
    assert code == 0
    assert "1 file is missing: slide 2 shows a box instead" in out


def test_check_names_the_same_six_mistakes(run, tmp_path):
    (tmp_path / "talk.md").write_text(SIX)
    code, out, err = run("check", "talk.md", "--strict")
    assert (code, sum(line.startswith("talk.md:") for line in out.splitlines()), err.strip()) == (1, 6, "6 problems")


@pytest.mark.long
def test_two_folders_get_the_same_bytes(run, tmp_path):
    for folder in ("here", str(tmp_path / "over" / "there")):
        assert run("--only", "ballots,facilitator", "--out", folder, "--stage", "4")[0] == 0
    here, there = tmp_path / "here", tmp_path / "over" / "there"
    names = sorted(path.name for path in here.iterdir())
    assert {"ballots.pdf", "facilitator.pdf", "manifest.json"} <= {*names}
    assert [name for name in names if (here / name).read_bytes() != (there / name).read_bytes()] == []


class AtATerminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    """Return what sits somebody down at a terminal of a computer with a screen; ``app`` only says that it was opened."""
    for name in ("SSH_CONNECTION", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    opened = []
    monkeypatch.setattr("workshop.addons.studio.running.Running.shown", lambda *_, **_all: opened.append("app") or "x")

    def sit():
        for name in ("stdin", "stdout"):
            monkeypatch.setattr(sys, name, AtATerminal())
        return opened

    return sit


def test_the_name_of_the_program_alone_opens_the_app_for_a_person_at_a_screen(screen):
    opened = screen()
    commands.main([], standalone_mode=False)
    assert opened == ["app"]


@pytest.mark.parametrize("lacks", ["terminal", "display"])
def test_elsewhere_it_says_what_can_be_typed_and_builds_nothing(screen, lacks, run, monkeypatch, tmp_path):
    opened = screen()
    if lacks == "terminal":
        monkeypatch.setattr(sys, "stdin", io.StringIO())
    else:
        monkeypatch.delenv("DISPLAY")
    code, _, said = run()
    assert code == 2
    assert "workshop app    opens a page" in said
    assert "workshop build  makes the files" in said
    assert (opened, list(tmp_path.iterdir())) == ([], [])


def test_a_program_that_was_clicked_on_has_no_terminal_and_opens_the_app(screen, monkeypatch):
    screen()
    monkeypatch.setattr(sys, "stdin", None)
    assert not system.at_a_screen()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert system.at_a_screen()


def test_without_the_app_there_is_one_command_to_type(screen, run, monkeypatch):
    screen()
    monkeypatch.setattr("workshop.cli.app.addons", dict)
    code, _, said = run()
    assert (code, "workshop build" in said, " app " in said) == (2, True, False)


def test_the_script_of_a_checkout_alone_still_builds(monkeypatch):
    typed = []
    monkeypatch.setattr(sys, "argv", ["/home/me/kit/build_deck.py"])
    monkeypatch.setattr("workshop.cli.entry._cache", lambda: None)
    monkeypatch.setattr("workshop.cli.app.main", lambda arguments, _: typed.append(arguments))
    main_of_the_entry()
    assert typed == [["build"]]


def test_help_is_there_before_anything_that_takes_time_is_imported():
    program = "import sys; from workshop.cli.app import main\ntry: main(['--help'])\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Commands" in done.stdout
    assert {"pydantic", "jinja2", "numpy", "pptx", "workshop.steps", "workshop.model.kit"}.isdisjoint(
        done.stderr.split()
    )
