"""Tests how problems are printed: as text, JSON, SARIF and annotations of GitHub."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tiers import few
from workshop.cli.console import format_problems
from workshop.cli.system import OPEN_FILES, REASONS, end
from workshop.errors import At, Problem, Severity

ERROR = Problem("no fact 'x'", At("a.md", 3), hint="did you mean 'y'?", code="unknown-fact")
WARNING = Problem("long", At("a.md", 1), code="words", severity=Severity.WARNING)


def test_text_has_one_line_per_problem_in_the_order_of_places():
    assert format_problems([ERROR, WARNING]).splitlines() == [
        "a.md:1: warning: long",
        "a.md:3: error: no fact 'x' — did you mean 'y'?",
    ]


def test_json_holds_every_part_of_a_problem():
    (record,) = json.loads(format_problems([ERROR], "json"))
    assert record == {
        "file": "a.md",
        "line": 3,
        "severity": "error",
        "code": "unknown-fact",
        "message": "no fact 'x'",
        "hint": "did you mean 'y'?",
    }


def test_sarif_names_rule_level_and_place():
    run = json.loads(format_problems([ERROR, WARNING], "sarif"))["runs"][0]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"unknown-fact", "words"}
    assert [r["level"] for r in run["results"]] == ["warning", "error"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("a.md", 3)


def test_github_annotations_name_file_and_line():
    assert format_problems([ERROR], "github") == "::error file=a.md,line=3::no fact 'x' — did you mean 'y'?"


def test_warnings_that_are_alike_are_one_line_and_what_is_lost_comes_first():
    alts = [
        Problem(
            f"the picture 'p{n}.png' has no alternative text", At("t.md", n), "say it", "alt-text", Severity.WARNING
        )
        for n in range(3, 83)
    ]
    lost = Problem("the logo is not shown", At("t.md", 90), code="not-shown", severity=Severity.WARNING)
    assert format_problems([*alts, lost]).splitlines() == [
        "t.md:90: warning: the logo is not shown",
        "t.md:3: warning: the picture 'p3.png' has no alternative text, and 79 more like it: "
        + ", ".join(f"'p{n}.png' (line {n})" for n in range(4, 16))
        + ", … — say it",
    ]
    assert len(json.loads(format_problems([*alts, lost], "json"))) == 81


def many(count, severity=Severity.ERROR):
    return [Problem(f"number {k}", At("a.md", k), code="x", severity=severity) for k in range(1, count + 1)]


def test_twenty_problems_are_printed_and_the_rest_counted_errors_first():
    lines = format_problems([*many(30, Severity.WARNING), *many(15)]).splitlines()
    assert len(lines) == 21
    assert sum("error" in line for line in lines[:20]) == 15
    assert lines[-1] == "and 25 more problems"
    assert format_problems(many(21)).splitlines()[-1] == "and 1 more problem, 1 of them errors"
    assert len(json.loads(format_problems(many(100), "json"))) == 100


def test_a_kind_of_problem_that_occurs_once_is_printed_however_many_there_are_of_others():
    rare = [Problem("the date is missing", At("z.yaml", 9), code=code) for code in ("schema", "missing-file")]
    lines = format_problems([*many(40), *rare]).splitlines()
    assert [line.partition(":")[0] for line in lines[:20]] == ["a.md"] * 18 + ["z.yaml"] * 2


def test_a_long_problem_keeps_its_place_and_its_fix():
    text = format_problems([Problem(f"'{'9' * 5000}' is not a number", At("a.md", 3), hint="write digits")])
    assert text.startswith("a.md:3: error: '999")
    assert text.endswith("9' is not a number — write digits")
    assert len(text) < 510


def test_the_name_of_a_file_cannot_control_a_terminal_or_a_workflow():
    odd = Problem("no file '\x1b[2J\u202e\ud800'", At("a\n::set-env name=x::y,b:c%.md", 2), code="x")
    text = format_problems([odd])
    assert not set("\x1b\u202e\ud800") & set(text)
    (line,) = format_problems([odd], "github").split("\n")
    assert line.startswith("::error file=a%0A%3A%3Aset-env name=x%3A%3Ay%2Cb%3Ac%25.md,line=2::no file ")
    text.encode()


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it needs a POSIX shell and /dev/full")
DOOR = Path(sys.executable).with_name("workshop")
LONG = "x" * 300


@pytest.fixture
def shell(tmp_path, cache):
    """Run a line of a shell, in which $W is the command; return exit code, output and errors."""
    (tmp_path / "talk.md").write_text(
        "# One\n\n" + "- Two words, and ten more, fill a line of the slide from side to side\n" * 5
    )
    environment = {**os.environ, "W": str(DOOR), "WORKSHOP_CACHE": str(cache), "HOME": str(tmp_path)}

    def run(line):
        done = subprocess.run(
            ["/bin/sh", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        assert "internal error" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        (
            "mkdir gone; cd gone; rmdir ../gone; $W list themes",
            3,
            "the current folder no longer exists — go to another",
        ),
        (f"$W build talk.md --out {LONG}", 2, "'--out': a name in it is too long"),
        (f"$W demo votes --out a/{LONG}/b", 2, "'--out': a name in it is too long"),
        ("$W build talk.md --out ''", 2, "'--out': it is empty"),
        (f"$W build {LONG}.md", 2, "a name is too long"),
        (
            "ulimit -n 10; $W build talk.md",
            3,
            f"may open too few files — allow more, for instance with: ulimit -n {OPEN_FILES}",
        ),
        ("$W list themes >/dev/full", 3, "the disk is full, or whatever the output goes to"),
        ("$W --help >/dev/full", 3, "the disk is full, or whatever the output goes to"),
        (
            "$W build talk.md >/dev/null; $W build talk.md >/dev/full",
            3,
            "the disk is full, or whatever the output goes to",
        ),
    ],
)
def test_what_the_system_refuses_is_one_sentence(shell, line, code, says):
    found, _, said = shell(line)
    assert (found, said.count(says)) == (code, 1), said
    assert sum("rror: " in line for line in said.splitlines()) == 1


LINES = (
    "$W build talk.md --force <&- >&- 2>&-",
    "$W build talk.md; { $W build talk.md; echo $? >code; } | true; exit $(cat code)",
    "ulimit -S -n 10; $W build talk.md",
    "env -u HOME LANG=C LC_ALL=xx COLUMNS=1 TMPDIR=/nowhere $W build talk.md",
    "$W build talk.md --force <&-",
    "$W build talk.md --force >&-",
    "$W build talk.md --force 2>&-",
    "$W build talk.md; $W build talk.md >&-",
)


@pytest.mark.parametrize("line", few(LINES, *LINES[:4]))
def test_a_build_needs_no_stream_and_no_variable(shell, tmp_path, line):
    code, _, said = shell(line)
    assert (code, said) == (0, "")
    assert (tmp_path / "dist" / "talk" / "deck.pptx").stat().st_size > 10_000


def test_nothing_is_said_where_errors_cannot_be_written(shell):
    assert shell("$W build nothing.md 2>/dev/full")[0] == 2


@pytest.mark.parametrize("number", sorted(REASONS))
def test_each_refusal_names_the_file_and_the_way_out(capsys, number):
    with pytest.raises(SystemExit) as left:
        end(OSError(number, os.strerror(number), "deck.pptx"), verbose=True)
    said = capsys.readouterr().err
    assert left.value.code == (2 if number == errno.ENAMETOOLONG else 3)
    assert said.startswith(f"error: {REASONS[number][0]} (deck.pptx) — ")


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("can't start new thread")])
def test_a_lack_of_memory_or_threads_is_no_internal_error(capsys, error):
    with pytest.raises(SystemExit):
        end(error)
    assert "internal error" not in capsys.readouterr().err


def test_anything_unexpected_is_raised_again_on_request():
    with pytest.raises(KeyError):
        end(KeyError("x"), verbose=True)


def test_without_python_pptx_no_deck_is_built_and_the_message_names_it(shell, tmp_path):
    program = "import sys; sys.modules['pptx'] = None; from workshop.cli.entry import main; main()"
    (tmp_path / "without.py").write_text(program)
    code, _, err = shell(f"{sys.executable} without.py build talk.md --out out")
    assert (code, (tmp_path / "out").exists()) == (3, False)
    assert "the package python-pptx is not installed" in err
    assert "python -m pip install" in err


def test_lines_for_a_terminal_that_is_gone_go_nowhere_and_raise_nothing():
    reads, writes = os.pipe()
    os.close(reads)
    code = "from workshop.cli.system import tell; tell('one'); tell('two')"
    done = subprocess.run([sys.executable, "-c", code], stdout=writes, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, "")
