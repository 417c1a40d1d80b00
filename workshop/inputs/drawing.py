"""An SVG drawn as PNG by Typst, in a process of its own that gets little time and little memory.

The script reads a line of JSON and the SVG from standard input and imports nothing of ours: it has to start quickly.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import suppress
from functools import lru_cache

POINTS, DOTS = 960, 144  # the longer side: 1,920 pixels stay sharp on a projector
SECONDS, WAIT = 4, 60  # of the processor; of the clock, on a busy machine
MEMORY = 700 << 20  # of addresses; Typst itself takes a third of it
SOURCE = '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture.svg", {}: {}pt)\n'


# Neither Arial nor a machine's own typefaces are used: Arimo is as wide as Arial, and the same everywhere
_FAMILY = re.compile(rb"(font-family\s*[:=]\s*[\"']?)([^;\"'<>]+)")
_MONO = re.compile(rb"mono|courier|consolas|menlo", re.IGNORECASE)
SANS, MONO = b"Arimo", b"DejaVu Sans Mono"  # the second comes with Typst


class DrawingError(ValueError):
    """An SVG that Typst can't draw, or not in time."""


@lru_cache(maxsize=32)
def drawn(svg: bytes, fonts: tuple[str, ...], *, upright: bool) -> bytes:
    """Return an SVG as PNG.

    Args:
        svg: only what draws; see ``vector``.
        fonts: folders of typefaces for its text.
        upright: whether it is higher than wide.

    Raises:
        DrawingError: if it can't be drawn.
    """
    source = SOURCE.format("height" if upright else "width", POINTS)
    order = json.dumps({"path": sys.path, "fonts": fonts, "source": source})
    own = _FAMILY.sub(lambda m: m[1] + (MONO if _MONO.search(m[2]) else SANS), svg)
    if b"font-family" not in own:
        own = own.replace(b"<svg ", b'<svg font-family="%s" ' % SANS, 1)
    command = [sys.executable, "-I", "-S", "-B", __file__]
    try:
        done = subprocess.run(  # noqa: S603 - our own script, and no part of the command is anybody's text
            command, input=order.encode() + b"\n" + own, capture_output=True, timeout=WAIT, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise DrawingError("this SVG takes too long to draw") from error
    if done.returncode == 0 and done.stdout.startswith(b"\x89PNG"):
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode < 0 or not said or "MemoryError" in said[-1]:
        raise DrawingError("this SVG takes too long, or too much memory, to draw")
    raise DrawingError(f"this SVG can't be drawn: {said[-1][:200]}")


def main() -> None:
    """Draw what standard input brings, with the caller's search path."""
    order = json.loads(sys.stdin.buffer.readline())
    svg = sys.stdin.buffer.read()
    sys.path[:] = order["path"]
    import typst

    with suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    files = {"main.typ": order["source"].encode(), "picture.svg": svg}
    try:
        png = typst.compile(files, format="png", ppi=DOTS, font_paths=order["fonts"], ignore_system_fonts=True)
    except RuntimeError as error:
        sys.exit(str(getattr(error, "message", error)))
    sys.stdout.buffer.write(png if isinstance(png, bytes) else png[0])


if __name__ == "__main__":
    main()
