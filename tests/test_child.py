import ast
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workshop import child
from workshop.inputs.apart import apart
from workshop.render.office import find_office

ROOT = Path(__file__).resolve().parents[1]
STARTS = {"Popen", "run", "call", "check_call", "check_output", "system", "spawnv", "posix_spawn", "execv", "execve"}
METHODS = {"get_context", "set_start_method", "ProcessPoolExecutor"}
# a call says that it takes the decided environment, or that it makes copies of this process
DECIDED = re.compile(
    r"env=(child\.environment\(|settings\b)|get_context\('fork'\)|ProcessPoolExecutor\(.*\b(context|copies)\b"
)


def surroundings():
    return sys.flags.safe_path, sys.flags.no_user_site, dict(os.environ), sys.path


def nothing():
    pass


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_fresh_process_has_few_variables_and_no_current_folder(monkeypatch, tmp_path, method):
    monkeypatch.setattr(child, "FRESH", method)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("TOKEN_OF_A_SERVICE", "secret")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    before = dict(os.environ)
    with child.pool(1, nothing) as pool:
        safe, no_user, variables, path = pool.submit(surroundings).result()
    assert (safe, bool(no_user)) == (True, True)
    assert {"TOKEN_OF_A_SERVICE", "PYTHONPATH"}.isdisjoint(variables)
    assert variables["LC_ALL"] == "C.UTF-8"
    assert "" not in path
    assert dict(os.environ) == before


def say_surroundings(pipe):
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ()) if hasattr(signal, "pthread_sigmask") else {signal.SIGINT}
    pipe.send((*surroundings()[:3], signal.SIGINT in blocked))


def test_a_process_beside_this_one_has_few_variables_and_does_not_hear_ctrl_c(monkeypatch):
    monkeypatch.setenv("TOKEN_OF_A_SERVICE", "secret")
    process, pipe = child.beside(say_surroundings)
    safe, no_user, variables, deaf = pipe.recv()
    process.join()
    assert (safe, bool(no_user), deaf) == (True, True, True)
    assert "TOKEN_OF_A_SERVICE" not in variables
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_folders_that_depend_on_the_current_one_are_not_searched(monkeypatch):
    given = os.pathsep.join(("", "/usr/bin", ".", "bin", "/bin", ""))
    for name in ("PATH", "LD_LIBRARY_PATH"):
        monkeypatch.setenv(name, given)
    named = child.environment(MORE="1")
    assert [named[name] for name in ("PATH", "LD_LIBRARY_PATH", "MORE")] == ["/usr/bin:/bin", "/usr/bin:/bin", "1"]


@pytest.mark.parametrize("given", ["", ".", os.pathsep])
def test_a_path_without_any_whole_path_is_the_systems_own(monkeypatch, given):
    """An empty one would mean the current folder."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setenv("PATH", given)
    assert "PATH" not in child.environment()
    child.leave_folder()
    assert os.environ["PATH"] == os.defpath


def test_a_program_in_the_current_folder_is_not_libreoffice(monkeypatch, tmp_path):
    (tmp_path / "soffice").write_text("#!/bin/sh\n")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.setattr("workshop.render.office.PLACES", ())
    monkeypatch.chdir(tmp_path)
    for path in ("", ".", f".{os.pathsep}"):
        monkeypatch.setenv("PATH", path)
        assert not find_office().startswith(("soffice", ".", str(tmp_path)))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_office() == str(tmp_path / "soffice")


def test_a_process_is_told_where_our_modules_are_but_not_the_current_folder(monkeypatch):
    monkeypatch.setattr(sys, "path", ["", "somewhere", "/usr/lib/python3"])
    assert child.search_path() == ["/usr/lib/python3", str(ROOT)]


@pytest.mark.parametrize("given", ["", ".", os.pathsep, "own", f"{os.pathsep}own"])
def test_folders_of_pythonpath_that_depend_on_the_current_one_are_not_searched(tmp_path, given):
    (tmp_path / "own").mkdir()
    for folder in (tmp_path, tmp_path / "own"):
        (folder / "odd.py").touch()
    code = "from workshop import child; child.leave_folder(); import importlib.util as u; print(u.find_spec('odd'), u.find_spec('numpy') is None)"
    whole = tmp_path.parent / "whole"
    whole.mkdir(exist_ok=True)
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join((given, str(ROOT), str(whole)))}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=settings, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["None", "False"], done.stderr


def started(source):
    """Yield each call that starts a process, as the module's code says it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            module, _, name = ast.unparse(node.func).rpartition(".")
            if (module in ("subprocess", "os") and name in STARTS) or name in METHODS:
                yield ast.unparse(node)


@pytest.mark.parametrize(
    "call",
    ["subprocess.run(['soffice'], check=True)", "os.system('soffice')", "multiprocessing.get_context('spawn')"],
)
def test_a_call_that_starts_a_process_in_its_own_way_is_found(call):
    assert [text for text in started(f"def deep():\n    return {call}\n") if not DECIDED.search(text)] == [call]


def test_every_process_is_started_as_this_module_decides():
    """Copies of a process are the only others: they have started already."""
    sources = [path.read_text("utf-8") for path in (ROOT / "workshop").rglob("*.py") if path.name != "child.py"]
    calls = [text for source in sources for text in started(source)]
    assert len(calls) > 5
    assert [text for text in calls if not DECIDED.search(text)] == []


def test_in_a_folder_of_its_own_the_program_starts_itself_for_a_fixed_list_of_scripts(monkeypatch):
    script = str(ROOT / "workshop" / "render" / "press.py")
    assert child.python(script) == [sys.executable, "-I", "-S", "-B", script]
    assert not child.was_asked()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    ran = []
    for name, module in child.SCRIPTS.items():
        path = ROOT / Path(*module.split(".")).with_suffix(".py")
        assert child.python(str(path)) == [sys.executable, "--child", name]
        monkeypatch.setattr(f"{module}.main", lambda name=name: ran.append(name))
        monkeypatch.setattr(sys, "argv", ["workshop", "--child", name])
        assert child.was_asked()
    assert ran == ["apart", "press"]
    monkeypatch.setattr(sys, "argv", ["workshop", "build", "--child"])
    assert not child.was_asked()
    monkeypatch.setattr(sys, "argv", ["workshop", "--child", "os"])
    with pytest.raises(KeyError):
        child.was_asked()


def test_a_package_that_another_process_lacks_is_named_here():
    with pytest.raises(ModuleNotFoundError) as lacking:
        apart("nowhere_installed:read", b"", seconds=10, memory=1 << 30)
    assert lacking.value.name == "nowhere_installed"
