"""Checks that each module that changes the disk has a test that stops it at every change."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "workshop"
ALWAYS = frozenset(  # on any object
    ("chmod", "hardlink_to", "mkdir", "rmdir", "savefig", "symlink_to", "touch", "unlink", "write_bytes", "write_text")
)
MODULES = ("os.", "shutil.")
READS = (
    "os.path.",
    "os.getpid",
    "os.getppid",
    "os.getuid",
    "os.cpu_count",
    "os.environ",
    "os.close",
    "os.fsdecode",
    "os.fsencode",
    "os.fspath",
    "os.getcwd",
    "os.fstat",
    "os.scandir",
    "os.stat",
    "os._exit",
    "os.pathsep",
    "os.sched_getaffinity",
    "os.sysconf",
    "os.times",
    "os.walk",
)
MODE = re.compile(r"[rbt]*[wax+][rwaxbt+]*")
# module -> the test that stops it, or why it can't leave anything half done
DOORS = {
    "files/output.py": "tests/files/test_journal.py: fill_folder",
    "files/journal.py": "tests/files/test_journal.py",
    "files/lock.py": "opens a folder to lock it",
    "files/temporary.py": "removes folders of its own kind, as often as it must",
    "files/paths.py": "makes a folder, and nothing in it",
    "files/own_files.py": "tests/files/test_memo.py, test_faults.py and test_unchanged.py",
    "files/memo.py": "tests/files/test_memo.py",
    "addons/batch/crew.py": "a file for the workers of a cluster to see, which goes again",
    "addons/batch/row_work.py": "makes a folder, and one that goes with its content",
    "addons/batch/whole_file.py": "tests/addons/batch/test_whole_file.py",
    "addons/batch/row_record.py": "tests/addons/batch/test_row_record.py",
    "addons/batch/batch_run.py": "makes a folder, and deletes what a killed batch left in it",
    "runs/cache.py": "makes empty folders for locks",
    "inputs/door.py": "opens what it reads",
    "inputs/inside.py": "tests/inputs/test_inside.py; makes folders, and nothing in them; deletes one file at a time",
    "charts/settings.py": "makes a folder, and nothing in it",
    "render/print/typesetting.py": "a folder of its own, which goes with it",
    "render/formulas.py": "a folder of its own, which goes with it",
    "render/press.py": "the same folder",
    "render/office.py": "a folder of its own, which goes with it",
    "charts/figure.py": "into memory",
    "cli/system.py": "opens the null device",
    "addons/back/adopt.py": "a folder of its own, which goes with it",
    "addons/live/ledger.py": "tests/addons/live/test_ledger.py: kills it while it writes; makes a folder, and nothing in it",
    "addons/site/site.py": "a folder of its own, which goes with it",
    "addons/studio/running.py": "deletes one file",
    "addons/studio/shortcut.py": "a file of three lines, which a second try writes again",
    "addons/studio/engine.py": "goes to the folder of a workshop",
    "addons/studio/job.py": "ends processes",
    "addons/studio/project.py": "makes the folder of a workshop, and nothing in it",
    "addons/studio/talk_words.py": "tests/addons/studio/test_talk_words.py; another file, which takes the place of the first",
    "addons/web/serve.py": "a file in a folder of its own, which goes with it",
    "addons/room/room_commands.py": "into a device or a link that a person named",
}


def changes(tree: ast.Module) -> Iterator[str]:
    """Yield the calls that change the disk."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        of = ast.unparse(node.func)
        name = of.rpartition(".")[2]
        given = [
            *node.args[name == of :],
            *(keyword.value for keyword in node.keywords),
        ]  # open(path, mode), path.open(mode)
        modes = [part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        opens = name == "open" and any(map(MODE.fullmatch, modes))
        moves = name == "replace" and name != of and len(node.args) == 1 and not node.keywords
        if (name != of and name in ALWAYS) or opens or moves or (of.startswith(MODULES) and not of.startswith(READS)):
            yield f"line {node.lineno}: {of}"


def test_only_these_modules_change_the_disk():
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        if calls := list(changes(ast.parse(path.read_text("utf-8")))):
            found[path.relative_to(ROOT).as_posix()] = calls
    assert {name: calls for name, calls in found.items() if name not in DOORS} == {}
    assert [name for name in DOORS if name not in found and (ROOT / name).parent.is_dir()] == []  # an add-on may go


def test_a_call_that_changes_the_disk_is_seen():
    for call in (
        "Path('a').write_text('b')",
        "shutil.rmtree(a)",
        "open('a', 'w')",
        "p.open(mode='wb')",
        "a.replace(b)",
    ):
        assert list(changes(ast.parse(call))), call
    for call in ("text.replace('a', 'b')", "replace(a, b=1)", "open('a')", "p.read_text('utf-8')"):
        assert not list(changes(ast.parse(call))), call
