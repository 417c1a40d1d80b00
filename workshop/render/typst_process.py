"""Running Typst in a separate process, since it keeps hundreds of megabytes for as long as its process lives."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Condition

from workshop import child, limits
from workshop.errors import ExitCode, Problem, WorkshopError
from workshop.render import press
from workshop.side_by_side import has_company, has_last_item, processors

AT_ONCE = 2  # short documents
THREADS = "RAYON_NUM_THREADS"  # variable for the number of threads with which Typst sets a document
PATIENCE = 600  # seconds: many times as long as the longest guide takes


class Presses:
    """Room for the processes in which Typst sets documents: for two with a short document each, or for one with any document.

    A document of some 60 pages takes 140 MB. While this process draws slides, it has no memory to spare for a second one. If
    copies of a process set documents side by side, the last one at work may set any two at once.
    """

    def __init__(self) -> None:
        """Nothing is being set or drawn yet."""
        self._changed = Condition()
        self._at_work: list[bool] = []  # of each process, whether its document is short
        self._names: set[str] = set()  # of documents that are being set and kept
        self._processes: list[subprocess.Popen[str]] = []
        self._drawing = self._stopping = 0

    @contextmanager
    def room(self, *, short: bool) -> Iterator[None]:
        """Wait until there is room for a document, and keep it.

        Raises:
            WorkshopError: exit code 3 if no document is wanted any more.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._has_room(short=short))
            if self._stopping:
                raise WorkshopError(Problem("nothing more is set, since the build has failed"), ExitCode.MACHINE)
            self._at_work.append(short)
        try:
            yield
        finally:
            with self._changed:
                self._at_work.remove(short)
                self._changed.notify_all()

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Wait while another thread sets the same document: afterwards it is kept."""
        with self._changed:
            self._changed.wait_for(lambda: name not in self._names)
            self._names.add(name)
        try:
            yield
        finally:
            with self._changed:
                self._names.remove(name)
                self._changed.notify_all()

    def _has_room(self, *, short: bool) -> bool:
        if not self._at_work:
            return True
        beside = (short and self._at_work == [True]) or (len(self._at_work) == 1 and has_last_item())
        return beside and not self._drawing

    @contextmanager
    def process(self, command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
        """Start a process that reads and writes text; it has ended afterwards.

        Short documents share the processors, and beside other copies of the build a document has one: more threads would only
        get in each other's way.

        Raises:
            OSError: if none can be started.
        """
        threads = 1 if has_company() else processors() // AT_ONCE if True in self._at_work else 0
        pipe, limited = subprocess.PIPE, {THREADS: str(threads)} if threads else {}
        with subprocess.Popen(  # noqa: S603 - our own script, and no part of the command is anybody's text
            command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=child.environment(**limited)
        ) as process:
            with self._changed:
                self._processes.append(process)
                if self._stopping:
                    process.kill()
            try:
                yield process
            finally:
                with self._changed:
                    self._processes.remove(process)
                if process.poll() is None:
                    process.kill()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """End the processes that set documents, and let no further one begin in the meantime."""
        with self._changed:
            self._stopping += 1
            for process in self._processes:
                process.kill()
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._stopping -= 1

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Set one document at a time in the meantime."""
        with self._changed:
            self._drawing += 1
        try:
            yield
        finally:
            with self._changed:
                self._drawing -= 1
                self._changed.notify_all()


PRESSES = Presses()


def run_typst(
    root: Path, template: str, fonts: Sequence[str], labels: Sequence[str], *, ppi: int = 0, parts: str = ""
) -> None:
    """Run ``press.press`` in another process, or in this one if none can be started.

    Raises:
        WorkshopError: exit code 3 if the process ends early or takes too long.
    """
    order = {"root": str(root), "template": template, "fonts": fonts, "labels": labels, "ppi": ppi, "parts": parts}
    memory = limits.GUIDE_MEMORY if template == "facilitator" else limits.PRINT_MEMORY
    told = json.dumps({**order, "path": child.search_path(), "memory": memory})
    try:
        with PRESSES.process(child.python(press.__file__)) as process:
            _, said = process.communicate(told, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise WorkshopError(
            Problem(f"Typst didn't finish {template} in {PATIENCE // 60} minutes", hint="build fewer stages at once"),
            ExitCode.MACHINE,
        ) from None
    except OSError:  # no process can be started here
        press.press(order)
        return
    if process.returncode:
        lines = said.strip().splitlines()
        if "memory" in said.lower():
            what = f"setting {template} takes more than {memory} of memory"
            hint = "print less at once: fewer people, personal sheets, tasks, cards, questions or rounds"
            raise WorkshopError(Problem(what, hint=hint, code="too-large"))
        reason = lines[-1] if lines else f"exit code {process.returncode}"
        raise WorkshopError(
            Problem(f"Typst stopped while it set {template}: {reason}", code="typeset"), ExitCode.MACHINE
        )
