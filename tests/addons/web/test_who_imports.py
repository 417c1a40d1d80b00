import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
THEIRS = {"starlette", "uvicorn", "h11", "anyio", "asyncio"}


def test_no_other_command_imports_what_serves_pages(tmp_path):
    (tmp_path / "talk.md").write_text("# One\n\n- a point\n")
    program = "import sys; from workshop.cli.app import main\ntry: main(sys.argv[1:])\nfinally: print(*sys.modules)"
    surroundings = {**os.environ, "WORKSHOP_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    for given in (("build", "talk.md"), ("--help",), ("preview", "--help")):
        command = [sys.executable, "-c", program, *given]
        done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        imported = {name.partition(".")[0] for name in done.stdout.split()}
        assert "workshop" in imported
        assert THEIRS.isdisjoint(imported), given
