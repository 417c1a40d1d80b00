"""One build, as the command that the page shows: its steps, and how it is stopped."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from workshop import child
from workshop.addons.studio.form import Form, refused
from workshop.addons.studio.project import OUT, Last, Project
from workshop.inputs.inside import VARIABLE, kept_inside
from workshop.model.request import CHECKOUT

START = "from workshop.cli.entry import main; main()"
SEVERITY = re.compile(r"(^|: )(error|warning|advice): ")
PLACED = re.compile(r"(?P<file>.+?)(:\d+)?: advice: ")
KEPT = "was edited by hand and is kept"  # what a build prints of a file that it doesn't overwrite
KILLED = 2.0  # seconds after which a build that was asked to stop is ended
RUNNING, DONE, FAILED, CANCELLED = "running", "done", "failed", "cancelled"
STEPS = {
    "read": "Reading the kit",
    "run demos": "Running the demos",
    "plan": "Planning",
    "lay out": "Laying out the slides",
    "explore": "The companion page",
    "write": "Writing the files",
}


def program() -> list[str]:
    """Return how this program is started: with the script of a checkout, or as it is installed."""
    if child.is_frozen():
        return [sys.executable]
    script = Path(sys.argv[0])
    if script.name == CHECKOUT.split()[-1]:
        return [sys.executable, str(script.resolve())]
    return [sys.executable, "-c", START]


class Job:
    """A build in a process group of its own.

    Args:
        changed: is called whenever there is something new to tell.
        command: its words, made by ``Asked.command``, if it isn't the build that the page shows.

    Attributes:
        state: running, done, failed or cancelled.
        steps: those that have begun.
        said: what it printed about problems.
    """

    def __init__(self, project: Project, changed: Callable[[], None], command: Sequence[str] = ()) -> None:
        self.state, self.steps, self.said = RUNNING, list[str](), list[str]()
        self._project, self._changed, self._command = project, changed, command
        self._began, self._seconds, self._at = time.monotonic(), 0.0, time.time()
        self._form: Form = project.form
        self._stopping = False
        self._process: asyncio.subprocess.Process | None = None

    def told(self) -> dict[str, Any]:
        """Return it for the page."""
        last = Last() if self._command else self._project.last()
        return {
            "state": self.state,
            "stopping": self._stopping and self.state == RUNNING,
            "step": STEPS.get(self.steps[-1], self.steps[-1]) if self.steps else "Starting",
            "share": min(0.98, len(self.steps) / last.steps) if last.steps else None,
            "usual": last.seconds or None,
            "seconds": round(self._seconds, 1),
            "said": self.said,
        }

    async def start(self) -> None:
        """Start the build.

        Raises:
            OSError: if the system starts no more processes.
            WorkshopError: for a kit or a theme that this workshop can't use.
        """
        command = self._command or self._project.asked().command("build", f"--out={OUT}", "--verbose")
        self._process = await asyncio.create_subprocess_exec(
            *program(),
            *command,
            cwd=self._project.folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=child.environment(
                PYTHONPATH=os.pathsep.join(child.search_path()),
                PYTHONUNBUFFERED="1",
                **{VARIABLE: kept_inside(self._project.folder)},
            ),
            start_new_session=True,
        )

    async def run(self) -> None:
        """Listen to the build until it has ended."""
        assert self._process is not None
        assert self._process.stdout is not None
        printed = asyncio.create_task(self._process.stdout.read())
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self._heard(line.decode("utf-8", "replace").rstrip())
        self.said += [line.strip() for line in (await printed).decode("utf-8", "replace").splitlines() if KEPT in line]
        code = await self._process.wait()
        self._seconds = time.monotonic() - self._began
        self.state = DONE if code == 0 else CANCELLED if self._stopping else FAILED
        if self.state == DONE and self.steps and not self._command:
            with suppress(OSError):  # the files are there; only the next build doesn't know how long it takes
                self._project.took(Last(len(self.steps), round(self._seconds, 1), self._at, self._form))
        self._changed()

    def _heard(self, line: str) -> None:
        """Take a line: the name of a step, or a problem and what follows it; no advice about a file that isn't theirs to change."""
        if (placed := PLACED.match(line)) and self._is_ours(placed["file"]):
            return
        if self.said or SEVERITY.search(line):
            self.said.append(line)
        elif line:
            self.steps.append(line)
        self._changed()

    def _is_ours(self, file: str) -> bool:
        """Whether a file that a build names came with the program: neither in the workshop's folder nor in a kit that was opened."""
        return Path(file).is_absolute() and not (self._form.kit and Path(file).is_relative_to(self._form.kit))

    async def cancel(self) -> None:
        """Ask it to stop, so that its temporary folders go; end it with all that it started if it takes too long."""
        if self.state != RUNNING or self._process is None:
            return
        self._stopping = True
        self._changed()
        self._signal(signal.SIGINT)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), KILLED)
        self._signal(getattr(signal, "SIGKILL", signal.SIGTERM))

    def _signal(self, number: int) -> None:
        """Send a signal to the whole group; also to what is left of one whose first process has ended."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, number)
            else:
                self._process.terminate()


class Turn:
    """The command that a workshop runs, one at a time.

    Args:
        changed: is called whenever there is something new to tell.

    Attributes:
        job: the one that is running, or the last one.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.job: Job | None = None
        self._changed = changed
        self._running: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether one is running."""
        return self.job is not None and self.job.state == RUNNING

    def told(self) -> dict[str, Any] | None:
        """Return it for the page; ``None`` before the first one."""
        return self.job.told() if self.job is not None else None

    async def start(self, project: Project, command: Sequence[str] = ()) -> None:
        """Start a command; see ``Job``.

        Raises:
            WorkshopError: if one is running, or the system starts no more processes.
        """
        if self.is_running:
            raise refused("the files are being made already", "wait until they are there")
        job = Job(project, self._changed, command)
        try:
            await job.start()
        except OSError as error:
            raise refused(f"the command can't be started: {error.strerror}", "close other programs") from error
        self.job, self._running = job, asyncio.create_task(job.run())
        self._changed()

    async def cancel(self) -> None:
        """Stop what is running."""
        if self.job is not None:
            await self.job.cancel()

    async def end(self) -> None:
        """Stop what is running, and forget it once it has ended."""
        await self.cancel()
        if self._running is not None:
            await self._running
        self.job = self._running = None
