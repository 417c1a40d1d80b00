"""One Typst process for all documents of a test process: it starts once, and reads its fonts and templates once.

Run as a script, it is that process: it reads one order per line from standard input, and answers each with one line.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from unittest.mock import patch

from workshop.render import press
from workshop.render.print import typesetting
from workshop.render.typst_process import run_typst

ROOT = Path(__file__).resolve().parents[1]
MOST = 200  # documents; then a new process begins with empty memory


class Press:
    """Carries out orders in place of ``run_typst``."""

    def __init__(self):
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._made = 0

    def run(self, root, template, fonts, labels, ppi=0):
        """Set a document; ``run_typst`` does it again if anything goes wrong, since it knows what to say."""
        order = {"root": str(root), "template": template, "fonts": fonts, "labels": labels, "ppi": ppi}
        with self._lock:
            done = self._carry_out(json.dumps(order))
        if not done:
            run_typst(root, template, fonts, labels, ppi)

    def _carry_out(self, order):
        if self._process is None:
            command = [sys.executable, "-m", "tests.pressing"]
            self._process = subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=ROOT, encoding="utf-8")
            self._made = 0
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        done = self._process.stdout.readline() == "done\n"
        self._made += 1
        if not done or self._made >= MOST:
            self.close()
        return done

    def close(self):
        """End the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None


@contextmanager
def pressing() -> Iterator[None]:
    """Set every document with one process."""
    shared = Press()
    with patch.object(typesetting, "run_typst", shared.run):
        yield
    shared.close()


if __name__ == "__main__":
    for line in sys.stdin:
        press.press(json.loads(line))
        sys.stdout.write("done\n")
        sys.stdout.flush()
