"""Tests that a build that waits for another one, which is killed midway, writes exactly its own set of files."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.files.test_journal import MIDDLE, NEW, OLD, content, is_noted
from workshop.files.journal import STAGING
from workshop.files.output import write_output

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def stop():
    """Return a function: write files in another process up to its change number ``turn``; the process, or 0 if done."""
    command = [sys.executable, "-m", "tests.files.killed"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:

        def go(folder, files, turn):
            texts = {name: data.decode() for name, data in files.items()}
            server.stdin.write(json.dumps({"folder": str(folder), "files": texts, "turn": turn}) + "\n")
            server.stdin.flush()
            return int(server.stdout.readline())

        yield go
        server.stdin.close()


@pytest.mark.broad
@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and stopped by signals")
def test_what_waits_for_a_build_that_is_killed_writes_exactly_its_own_set(tmp_path, stop):
    turn, waited = 0, 0
    while True:
        out = tmp_path / str(turn)
        write_output(out, OLD)
        if not (other := stop(out, MIDDLE, turn)):
            break
        waiting = threading.Thread(target=write_output, args=(out, NEW))
        waiting.start()
        waiting.join(0.03)
        waited += waiting.is_alive()
        os.kill(other, signal.SIGKILL)
        waiting.join()
        assert content(out) == NEW, turn
        assert is_noted(out), turn
        assert not (out / STAGING).exists(), turn
        turn += 1
    assert waited > 20
