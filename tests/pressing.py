"""One Typst process for many documents of a test process: it starts once, reads its fonts and templates once, and sets no document twice.

Run as a script, it is that process: it reads one order per line from standard input, and answers each with the
memory that it holds, in kilobytes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from unittest.mock import patch

from tests.remembered import result
from workshop.render import press
from workshop.render.print import typesetting
from workshop.render.typst_process import run_typst

ROOT = Path(__file__).resolve().parents[1]
MOST = 700_000  # kilobytes: then a new process begins, since Typst remembers what it has set

anew = typesetting._compile


def once(template, data, beside, labels, *, ppi=0, parts=""):
    """Return a document as it was set before; a test that looks at setting itself patches in ``anew``."""
    name = typesetting.name_of(template, data, beside, labels, parts)
    return result(("set", name, ppi), lambda: anew(template, data, beside, labels, ppi=ppi, parts=parts))


class Press:
    """Carries out orders in place of ``run_typst``."""

    def __init__(self):
        self._owner, self._lock = os.getpid(), Lock()
        self._process: subprocess.Popen[str] | None = None

    def run(self, root, template, fonts, labels, *, ppi=0, parts=""):
        """Set a document; ``run_typst`` does it in a copy of this process, and if anything goes wrong: it knows what to say."""
        order = {"root": str(root), "template": template, "fonts": fonts, "labels": labels, "ppi": ppi, "parts": parts}
        if os.getpid() != self._owner or not self._carried_out(json.dumps(order)):
            run_typst(root, template, fonts, labels, ppi=ppi, parts=parts)

    def _carried_out(self, order):
        with self._lock:
            return bool(self._answer(order))

    def _answer(self, order):
        if self._process is None:
            command = [sys.executable, "-m", "tests.pressing"]
            self._process = subprocess.Popen(
                command, stdin=-1, stdout=-1, text=True, cwd=ROOT, encoding="utf-8", stderr=-3
            )
        try:
            self._process.stdin.write(order + "\n")
            self._process.stdin.flush()
            said = self._process.stdout.readline()
        except OSError:  # it has ended
            said = ""
        if not said or int(said) > MOST:
            self.close()
        return said

    def close(self):
        """End the process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None


@contextmanager
def pressing() -> Iterator[None]:
    """Set every document once, with one process."""
    shared = Press()
    with patch.object(typesetting, "run_typst", shared.run), patch.object(typesetting, "_compile", once):
        yield
    shared.close()


def held() -> int:
    """Return the kilobytes that this process holds, 0 where the system doesn't say; the most that it reports begins with the parent's."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    except OSError:
        return 0


if __name__ == "__main__":
    for line in sys.stdin:
        press.press(json.loads(line))
        sys.stdout.write(f"{held()}\n")
        sys.stdout.flush()
