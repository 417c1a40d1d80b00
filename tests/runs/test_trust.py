"""Tests a kit's own Python: run only if trusted, by digest, in this process and in others; every failure is one problem."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from workshop import limits
from workshop.build import prepare, stop
from workshop.cli.app import main
from workshop.content import load
from workshop.errors import Problems, Severity, WorkshopError
from workshop.model.exhibits import Demo
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.runs.own_code import FromFile, with_own_code
from workshop.runs.runner import RunRequest, run_demos
from workshop.runs.trust import digest_of, read_trusted, remember

DICE = """
from workshop.model.exhibits import Findings, Frozen, demo

def made(name):
    @demo(name, title=name)
    def dice(*, times: int = 5, rng) -> Findings:
        return Findings(Frozen({"faces": rng.integers(1, 7, times)}))
    return dice

def register(registry):
    for letter in "abcdefgh":
        registry.add("demo", letter, made(letter))
"""


@pytest.fixture
def own_bread(bread, tmp_path, monkeypatch):
    """A copy of the bread kit in an empty working folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(bread, tmp_path / "bread")
    return Path("bread")


@pytest.fixture
def ask(cache, tmp_path):
    return Request(cache=cache, trusted=tmp_path / "settings" / "trusted.txt")


def code_of(kit: Path, text: str | bytes) -> Path:
    """Replace the kit's Python file."""
    path = kit / "demos" / "oven.py"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems_of(kit: Path, request: Request) -> list[str]:
    with pytest.raises(WorkshopError) as raised:
        prepare(kit, request, standard_registry(), base=None)
    return [str(p) for p in raised.value.problems]


# ---------------------------------------------------------------- asking
def test_without_trust_nothing_runs_and_one_problem_says_what_would_and_how_to_allow_it(own_bread, ask):
    code_of(own_bread, "open('ran', 'w').close()\n")
    (problem,) = problems_of(own_bread, ask)
    assert problem.startswith("bread/kit.yaml:16: error: this kit would run Python of its own: bread/demos/oven.py (")
    assert "--trust" in problem
    assert not Path("ran").exists()


def test_trust_is_remembered_for_these_bytes(own_bread, ask):
    prepare(own_bread, replace(ask, trust=True), standard_registry(), base=None)
    laid, _ = prepare(own_bread, ask, standard_registry(), base=None)
    assert "warm" in [slide.id for slide in laid.kit.slides]


def test_changed_bytes_ask_again_and_are_said_to_have_changed(own_bread, ask):
    prepare(own_bread, replace(ask, trust=True), standard_registry(), base=None)
    with (own_bread / "demos" / "oven.py").open("a") as file:
        file.write("# one more line\n")
    (problem,) = problems_of(own_bread, ask)
    assert "changed since it was trusted" in problem


def test_the_same_bytes_elsewhere_are_trusted_too(own_bread, ask, tmp_path):
    prepare(own_bread, replace(ask, trust=True), standard_registry(), base=None)
    shutil.copytree(own_bread, tmp_path / "copy")
    laid, problems = prepare(tmp_path / "copy", ask, standard_registry(), base=None)
    assert "warm" in [slide.id for slide in laid.kit.slides]
    assert [p for p in problems if p.severity is Severity.ERROR] == []


def test_the_file_of_what_was_trusted_can_be_read_by_a_person(own_bread, ask):
    prepare(own_bread, replace(ask, trust=True), standard_registry(), base=None)
    source = own_bread / "demos" / "oven.py"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    assert json.loads(ask.trusted.read_text()) == {"trusted": {digest: source.resolve().as_posix()}}
    assert ask.trusted.read_text().count("\n") > 3


def test_a_damaged_file_of_what_was_trusted_trusts_nothing(tmp_path):
    store = tmp_path / "trusted.txt"
    assert read_trusted(store) == {}
    store.write_bytes(b"\xff\xfe nonsense")
    assert read_trusted(store) == {}
    store.write_text("[" * 100_000)
    assert read_trusted(store) == {}
    store.write_text(json.dumps({"trusted": {"short": "x.py", "a" * 64: "y.py"}}))
    assert read_trusted(store) == {"a" * 64: "y.py"}


def test_a_name_with_separators_trusts_no_other_digest(tmp_path):
    store = tmp_path / "settings" / "trusted.json"
    other = "b" * 64
    for k, character in enumerate("\n\x0b\x1c\x85\u2028\u2029"):
        remember(store, [(digest_of(bytes([k])), tmp_path / f"a{character}{other}  x.py")])
    assert len(read_trusted(store)) == 6
    assert other not in read_trusted(store)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows has no such rights")
def test_a_file_that_others_can_write_trusts_nothing(tmp_path):
    store = tmp_path / "settings" / "trusted.json"
    remember(store, [(digest_of(b"x"), tmp_path / "x.py")])
    assert store.parent.stat().st_mode & 0o777 == 0o700
    assert store.stat().st_mode & 0o777 == 0o600
    assert read_trusted(store)
    store.chmod(0o666)
    assert read_trusted(store) == {}


@pytest.mark.parametrize("store", ["blocked/trusted.txt", None])
def test_where_nothing_can_be_remembered_the_build_goes_on_and_the_next_one_asks_again(own_bread, ask, store):
    Path("blocked").write_text("a file where a folder is needed")
    forgetful = replace(ask, trusted=Path(store) if store else None)
    laid, _ = prepare(own_bread, replace(forgetful, trust=True), standard_registry(), base=None)
    assert "warm" in [slide.id for slide in laid.kit.slides]
    assert Path("blocked").read_text() == "a file where a folder is needed"
    assert "--trust" in problems_of(own_bread, forgetful)[0]


def test_what_is_remembered_is_added_to_what_was(tmp_path):
    store = tmp_path / "settings" / "trusted.txt"
    for name in ("x.py", "y.py", "x.py"):
        remember(store, [(digest_of(name.encode()), tmp_path / name)])
    assert list(read_trusted(store)) == [hashlib.sha256(name).hexdigest() for name in (b"x.py", b"y.py")]


@pytest.mark.long
def test_the_command_line_asks_takes_trust_and_remembers_it(own_bread, cache, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WORKSHOP_CACHE", str(cache))
    monkeypatch.setenv("WORKSHOP_CONFIG", str(tmp_path / "settings"))

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        return ended.value.code, capsys.readouterr()

    main(["list", "demos", "bread"])
    printed = capsys.readouterr()
    assert "dough" not in printed.out
    assert "--trust" in printed.err
    code, printed = run("check", "bread")
    assert code == 1
    assert printed.out.count("error:") == 1
    assert run("check", "bread", "--trust")[0] == 0
    assert run("check", "bread")[0] == 0
    main(["list", "demos", "bread"])
    assert "dough" in capsys.readouterr().out
    main(["demo", "dough", "--kit", "bread", "--json"])
    assert '"demo": "dough"' in capsys.readouterr().out


# ---------------------------------------------------------------- running
def test_two_builds_with_one_registry_do_not_meet(own_bread, ask):
    registry = standard_registry()
    for _ in range(2):
        prepare(own_bread, replace(ask, trust=True), registry, base=None)
    assert not registry.has("demo", "dough")


def test_a_file_without_register_brings_its_demos_under_their_own_names(own_bread):
    text = (own_bread / "demos" / "oven.py").read_text()
    code_of(own_bread, text.partition("def register")[0])
    registry = with_own_code(standard_registry(), load(own_bread)[0], trust=True, trusted=None)
    assert isinstance(registry.get("demo", "dough"), Demo)
    assert not registry.has("problem", "percentage")


def test_spawned_workers_find_the_same_as_one_process(own_bread):
    code_of(own_bread, DICE)
    registry = with_own_code(standard_registry(), load(own_bread)[0], trust=True, trusted=None)
    assert isinstance(registry.targets["demo"]["a"], FromFile)
    requests = [RunRequest(name=letter, demo=letter, knobs={"times": "7"}, data={}, at=None) for letter in "abcdefgh"]
    side_by_side, problems = run_demos(requests, registry, seed=1, cache=None, jobs=2)
    one_by_one, _ = run_demos(requests, registry, seed=1, cache=None, jobs=1)
    assert not problems
    assert {n: f.facts for n, f in side_by_side.items()} == {n: f.facts for n, f in one_by_one.items()}
    assert len({f.facts["faces"] for f in side_by_side.values()}) > 1


def test_a_whole_build_with_workers_runs_in_a_process_of_its_own(own_bread, tmp_path):
    code_of(own_bread, DICE)
    (own_bread / "kit.yaml").write_text("title: Dice\nsections: [01-dough]\ndemos: [demos/oven.py]\n")
    shutil.rmtree(own_bread / "exercises")
    (own_bread / "glossary.yaml").unlink()
    lines = "\n".join(f"- {{{{ {letter}.faces[0] }}}}" for letter in "abcdefgh")
    (own_bread / "01-dough.md").write_text(f"---\nnumber: 1\ntitle: Dice\n---\n\n## Dice fall {{#dice}}\n\n{lines}\n")
    Path("go.py").write_text("from workshop.cli.app import main\nif __name__ == '__main__':\n    main()\n")
    command = [sys.executable, "go.py", "build", "bread", "--trust", "--no-cache", "--only", "deck", "--quiet"]
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "WORKSHOP_CONFIG": str(tmp_path / "settings")}
    subprocess.run(command, check=True, env=environment)
    assert Path("dist/bread-general/deck.pptx").is_file()


def test_a_changed_helper_does_not_get_around_trust_since_files_cannot_import_each_other(own_bread, ask):
    (own_bread / "demos" / "helper.py").write_text("open('ran', 'w').close()\n")
    code_of(own_bread, "import helper\n")
    (problem,) = problems_of(own_bread, replace(ask, trust=True))
    assert problem.startswith("bread/demos/oven.py:1: error: this file stopped with ModuleNotFoundError")
    assert "can't import each other" in problem
    assert not Path("ran").exists()


def test_a_file_that_changes_while_it_is_used_is_not_run(own_bread):
    registry = with_own_code(standard_registry(), load(own_bread)[0], trust=True, trusted=None)
    code_of(own_bread, "open('ran', 'w').close()\n")
    with pytest.raises(WorkshopError, match="changed while it was being used"):
        registry.get("demo", "dough")
    assert not Path("ran").exists()


# ---------------------------------------------------------------- what goes wrong
@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("x = 1\ndef f(:\n", ":2", "this is not Python: "),
        ("\n\nprint(undefined)\n", ":3", "this file stopped with NameError"),
        ("raise SystemExit(3)\n", ":1", "this file stopped with SystemExit"),
        ("def register(registry):\n    return 1 / 0\n", ":2", "this file stopped with ZeroDivisionError"),
        (
            "def register(registry):\n    registry.add('dmo', 'x', 1)\n",
            "",
            "nothing of the kind 'dmo' can be registered",
        ),
        ("def register(registry):\n    registry.add('theme', 'x', 1)\n", "", "this file registers a theme"),
        (
            "def register(registry):\n    registry.add('demo', 'x', 1)\n",
            "",
            "'x' is registered as a demo, but isn't one",
        ),
        ("def register(registry):\n    registry.add('problem', 'blame', 1)\n", "", "there is already a problem named"),
        ("def register(registry):\n    registry.add('problem', 'a b', 1)\n", "", "a problem cannot be named 'a b'"),
        ("def register(registry):\n    registry.add('problem', 'var', 1)\n", "", "a problem cannot be named 'var'"),
        ("x = 1\n", "", "this file registers nothing"),
        (b"\xff\xfe\x00x", "", "this "),
        (b"x = '\x00'", "", "this "),
    ],
)
def test_a_file_that_fails_is_one_problem_with_its_line(own_bread, ask, text, place, words):
    code_of(own_bread, text)
    (problem,) = problems_of(own_bread, replace(ask, trust=True))
    assert problem.startswith(f"bread/demos/oven.py{place}: error: {words}" if place else "bread/demos/oven.py")
    assert words in problem


def test_a_huge_file_is_refused_unread(own_bread, ask):
    code_of(own_bread, b"#" * (limits.CODE_BYTES + 1))
    (problem,) = problems_of(own_bread, replace(ask, trust=True))
    assert "the limit is 1 MB" in problem


@pytest.mark.parametrize("name", ["../evil.py", "demos/link.py", "demos/none.py", "data/flours.csv"])
def test_a_file_that_leaves_the_kit_or_is_not_python_is_refused(own_bread, ask, name):
    Path("evil.py").write_text("open('ran', 'w').close()\n")
    (own_bread / "demos" / "link.py").symlink_to(Path("evil.py").resolve())
    kit = own_bread / "kit.yaml"
    kit.write_text(kit.read_text().replace("demos/oven.py", name))
    found = [p for p in problems_of(own_bread, replace(ask, trust=True)) if "kit.yaml:16" in p]
    assert len(found) == 1
    assert not Path("ran").exists()


def test_a_demo_of_the_kit_that_crashes_names_its_line(own_bread, ask):
    text = (own_bread / "demos" / "oven.py").read_text()
    code_of(own_bread, text.replace("    chart = Chart(", "    1 / 0\n    chart = Chart("))
    line = text[: text.index("    chart = Chart(")].count("\n") + 1
    _, found = prepare(own_bread, replace(ask, trust=True), standard_registry(), base=None)
    crashes = [p for p in found if p.severity is Severity.ERROR]
    assert any(f"stopped at bread/demos/oven.py:{line} with ZeroDivisionError" in str(p) for p in crashes)
    with pytest.raises(Problems, match=f"oven.py:{line}"):
        stop(found)


# ---------------------------------------------------------------- a folder of one's own
def listed(ask):
    return json.loads(ask.trusted.read_text("utf-8"))


def test_a_trusted_folder_asks_no_more_however_often_its_python_changes(own_bread, ask):
    code_of(own_bread, DICE)
    with pytest.raises(WorkshopError, match="Python of its own"):
        with_own_code(standard_registry(), load(own_bread)[0], trust=False, trusted=ask.trusted)
    with_own_code(standard_registry(), load(own_bread)[0], trust=False, trusted=ask.trusted, folder=True)
    code_of(own_bread, DICE + "\n# changed\n")
    found = with_own_code(standard_registry(), load(own_bread)[0], trust=False, trusted=ask.trusted)
    assert found.has("demo", "a")
    assert listed(ask) == {"trusted": {}, "folders": [own_bread.resolve().as_posix()]}


def test_without_its_line_a_folder_is_trusted_no_more(own_bread, ask):
    code_of(own_bread, DICE)
    with_own_code(standard_registry(), load(own_bread)[0], trust=False, trusted=ask.trusted, folder=True)
    ask.trusted.write_text(json.dumps({"trusted": {}}), "utf-8")
    with pytest.raises(WorkshopError, match="Python of its own"):
        with_own_code(standard_registry(), load(own_bread)[0], trust=False, trusted=ask.trusted)


def test_a_copy_of_a_trusted_folder_is_not_trusted(own_bread, ask):
    code_of(own_bread, DICE)
    with_own_code(standard_registry(), load(own_bread)[0], trust=False, trusted=ask.trusted, folder=True)
    shutil.copytree(own_bread, "copy")
    with pytest.raises(WorkshopError, match="Python of its own"):
        with_own_code(standard_registry(), load(Path("copy"))[0], trust=False, trusted=ask.trusted)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs permissions of POSIX")
@pytest.mark.parametrize("shared", ["", "demos", "demos/oven.py"])
def test_a_folder_that_others_can_write_to_is_never_trusted(own_bread, ask, shared):
    code_of(own_bread, DICE)
    (own_bread / shared).chmod(0o777)
    with pytest.raises(WorkshopError, match="others can write to"):
        with_own_code(standard_registry(), load(own_bread)[0], trust=False, trusted=ask.trusted, folder=True)
    assert not ask.trusted.exists()
    (own_bread / shared).chmod(0o755)
    with_own_code(standard_registry(), load(own_bread)[0], trust=False, trusted=ask.trusted, folder=True)
    (own_bread / shared).chmod(0o777)  # later on
    with pytest.raises(WorkshopError, match="Python of its own"):
        with_own_code(standard_registry(), load(own_bread)[0], trust=False, trusted=ask.trusted)
