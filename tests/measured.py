"""Runs a command as a process of its own and measures it, with everything that it starts.

Run as a script, since a new process begins with the memory of the one that starts it, as the system counts: it takes the
command from its arguments, whose output follows a line of JSON.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

EVERY = 0.01  # seconds between two measurements


def held(process):
    """Return the kilobytes of a process and of those that it started; shared pages count once."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended, or this isn't Linux
        return 0
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return own + sum(map(held, started(process)))


def started(process):
    """Return the processes that a process has started and that still run."""
    try:
        return Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []


def measured(command, folder, environment):
    """Run a command in a folder and return its exit code, what it said, seconds of processor time and megabytes."""
    script = [sys.executable, "-S", "-E", __file__, *command]
    done = subprocess.run(
        script, cwd=folder, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    head, _, said = done.stdout.partition("\n")
    return {**json.loads(head), "said": said}


def main():
    process = subprocess.Popen(sys.argv[1:], stdin=-3, stdout=-1, stderr=-2, start_new_session=True)
    most, said = 0, []
    os.set_blocking(process.stdout.fileno(), False)
    while True:
        said.append(process.stdout.read() or b"")
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        if started(process.pid):  # alone it never holds more than the most that the system reports at its end
            most = max(most, held(process.pid))
        time.sleep(EVERY)
    said.append(process.stdout.read() or b"")
    process.returncode = os.waitstatus_to_exitcode(status)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    seconds, megabytes = used.ru_utime + used.ru_stime, max(used.ru_maxrss, most) / 1000
    head = json.dumps({"code": process.returncode, "seconds": seconds, "megabytes": megabytes})
    sys.stdout.buffer.write(head.encode() + b"\n" + b"".join(said)[:200_000])


if __name__ == "__main__":
    main()
