"""Runs commands one by one, each in a forked process with limits, so that modules are imported only once.

Run as a script, it reads a line of JSON for each command from standard input, and answers with one: exit code, output,
time, memory.
"""

import contextlib
import gc
import io
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.measured import EVERY, held, started
from tests.remembered import remembering

ROOT = Path(__file__).resolve().parents[1]
# a child's hard limits: others use the machine too
ADDRESSES, PROCESSOR, FILE = 6 << 30, 100, 600 << 20
WALL = 600  # seconds of what hangs without working


@contextlib.contextmanager
def serving(environment, before=()):
    """Yield a function that runs a command in a folder and returns exit code, output, time and memory.

    The command line begins with ``env NAME=VALUE …`` if it needs more than ``environment``. A command that takes longer
    than its seconds is killed, with all that it started. What it says is kept beside the folder meanwhile, if ``said``
    isn't another place.

    Args:
        environment: of all commands.
        before: what starts the server: it begins with another program that ends as this one.
    """
    command = [*before, sys.executable, "-m", "tests.server"]
    server = subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=ROOT, env=environment)

    def ask(arguments, folder, *, said="", seconds=WALL):
        wanted = {"arguments": list(arguments), "folder": str(folder), "said": str(said or folder), "seconds": seconds}
        server.stdin.write(json.dumps(wanted) + "\n")
        server.stdin.flush()
        return json.loads(server.stdout.readline())

    ask.process = server.pid
    yield ask
    server.communicate()


def command(arguments, folder, said):
    """Run the command line in a forked child; never returns."""
    from workshop.cli.entry import main

    if arguments[0] == "env":
        settings = [word.partition("=") for word in arguments[1:] if "=" in word]
        os.environ.update({name: value for name, _, value in settings})
        arguments = [word for word in arguments[1:] if "=" not in word]
    os.chdir(folder)
    for name in (1, 2):
        os.dup2(os.open(f"{said}.{'out' if name == 1 else 'err'}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), name)
    for kind, most in (
        (resource.RLIMIT_AS, ADDRESSES),
        (resource.RLIMIT_CPU, PROCESSOR),
        (resource.RLIMIT_FSIZE, FILE),
    ):
        resource.setrlimit(kind, (most, most))
    code, sys.argv[1:] = 0, arguments
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:  # noqa: BLE001 - the answer says what came through
        traceback.print_exc()
        code = 99
    with contextlib.suppress(Exception):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def run(arguments, folder, said, seconds):
    """Return the result of one command."""
    began, most = time.monotonic(), 0
    child = os.fork()
    if not child:
        os.setsid()
        command(arguments, folder, said)
    while True:
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() - began > seconds:
            try:
                os.killpg(child, signal.SIGKILL)
            except ProcessLookupError:  # it has no group of its own yet
                os.kill(child, signal.SIGKILL)
        if started(child):  # alone it never holds more than the most that the system reports at its end
            most = max(most, held(child))
        time.sleep(EVERY)
    output = []
    for name in ("out", "err"):
        path = Path(f"{said}.{name}")
        output.append(path.read_bytes()[:200_000].decode("utf-8", "replace") if path.exists() else "")
        path.unlink(missing_ok=True)  # it may be killed before it says anything
    return {
        "code": os.waitstatus_to_exitcode(status),
        "out": output[0],
        "err": output[1],
        "seconds": used.ru_utime + used.ru_stime,
        "wall": time.monotonic() - began,
        "megabytes": max(used.ru_maxrss, most) / 1000,
    }


def warm():
    """Do here what most children do, so that they find all modules imported, and the built-in kit's words parsed."""
    from tests.templates.maker import MADE
    from workshop.cli.app import main

    with tempfile.TemporaryDirectory() as name, contextlib.redirect_stdout(io.StringIO()):
        folder = Path(name)
        (folder / "talk.md").write_text("# One\n\n- {{ 1 | number }}\n")
        (folder / "corp.pptx").write_bytes(MADE["corporate"]())
        talk, out = [str(folder / "talk.md"), "--quiet", "--out"], folder / "out"
        for arguments in (
            ["build", *talk, str(out), "--template", str(folder / "corp.pptx")],
            ["build", *talk, str(out / "plain")],
            ["check", str(out / "deck.pptx")],
            ["demo", "votes", "--json"],
            ["demo", "retrieval", "--json"],
        ):
            with contextlib.suppress(SystemExit):
                main(arguments)


if __name__ == "__main__":
    with remembering():
        warm()
        gc.freeze()  # the collector of a child needn't look at what it inherits
        for line in sys.stdin:
            wanted = json.loads(line)
            answer = run(**wanted)
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
