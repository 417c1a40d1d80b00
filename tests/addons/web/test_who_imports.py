import json
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


def test_what_serves_the_app_and_its_room_imports_nothing_that_plans_or_draws():
    program = (
        "import json, sys; import workshop.cli.app, workshop.addons.studio.make; print(json.dumps([*sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert {"workshop", "starlette"} <= imported
    assert imported.isdisjoint(
        {"numpy", "PIL", "matplotlib", "lxml", "pptx", "uharfbuzz", "typst", "jinja2", "highspy"}
    )
