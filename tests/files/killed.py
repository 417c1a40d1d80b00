"""Writes a set of files in a child process that stops at one change of the disk and waits there to be killed.

Each line of standard input is JSON: the folder, the files, and the number of the change. The answer is the process to be
killed, once it has stopped, or 0 if it has written everything.
"""

import json
import os
import signal
import sys
from pathlib import Path

from tests.files.faults import Watch, watched
from workshop.files.output import write_output


def write(folder: Path, files: dict[str, bytes], turn: int, stopped: int) -> None:
    """Write a set of files, but stop at one change."""

    class Stop(Watch):
        def __call__(self, event: str, path: str) -> None:
            super().__call__(event, path)
            if len(self.points) > turn:
                os.write(stopped, b"%d\n" % os.getpid())
                signal.pause()

    with watched(Stop((folder,))):
        write_output(folder, files)
    os.write(stopped, b"0\n")


def main() -> None:
    """Answer each line."""
    for line in sys.stdin:
        wanted = json.loads(line)
        reading, writing = os.pipe()
        if not os.fork():
            files = {name: text.encode() for name, text in wanted["files"].items()}
            write(Path(wanted["folder"]), files, wanted["turn"], writing)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as answer:
            sys.stdout.write(answer.readline())
        sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # killed children are not waited for
    main()
