"""Work on a stranger's file in a separate process with limited time and memory, so that a bad file can do no harm."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

WAIT = 60  # seconds of wall-clock time: on a busy machine a process gets little processor time
_SAID = 3  # exit code: the last line of standard error is a sentence
_LACKS = 4  # it is the name of a module that isn't installed


class ApartError(ValueError):
    """What went wrong, in a sentence that begins with a noun; "" if it took too long or too much memory."""


def apart(function: str, content: bytes, *, seconds: int, memory: int, **options: Any) -> bytes:
    """Run a function on a file's bytes in another process and return the result.

    Args:
        function: ``module:name`` of ``f(content, **options) -> bytes``; it raises ``ApartError`` with a sentence.
        content: of the file.
        seconds: processor time that it may take.
        memory: bytes of address space that it may take.
        options: plain values.

    Raises:
        ApartError: if the function raised one, ran out of time or memory, or crashed.
        ModuleNotFoundError: if it needs a package that isn't installed.
    """
    from workshop import child  # not above: as a script, this file finds no module of ours before it has its order

    order = {
        "path": child.search_path(),
        "function": function,
        "options": options,
        "seconds": seconds,
        "memory": memory,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own script, and no part of the command is anybody's text
            child.python(__file__),
            env=child.environment(),
            input=json.dumps(order).encode() + b"\n" + content,
            capture_output=True,
            timeout=WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ApartError from None
    except OSError:  # no process can be started here
        return _function(function)(content, **options)  # type: ignore[no-any-return]
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [""]
        if done.returncode == _LACKS:
            raise ModuleNotFoundError(said[-1], name=said[-1])
        raise ApartError(said[-1] if done.returncode == _SAID else "")
    return done.stdout


def _function(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)


def main() -> None:
    """Run the call that standard input describes, with the caller's search path and within its limits."""
    order = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    sys.path[:] = order["path"]
    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"],) * 2)
        resource.setrlimit(resource.RLIMIT_AS, (order["memory"],) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # This file runs as __main__ and is also imported by the function's module, so there are two classes of this name
    ours = (ApartError, import_module("workshop.inputs.apart").ApartError)
    try:
        made = _function(order["function"])(content, **order["options"])
    except ours as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(_SAID)
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{error.name}\n")
        sys.exit(_LACKS)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
