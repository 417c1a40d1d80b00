"""Follow the tutorials in an empty folder, step by step, and draw the slide that each step ends with.

    python docs/make_tutorials.py           follows both and writes docs/pictures/tutorials/
    python docs/make_tutorials.py --try     follows them with the workshop installed beside this Python, and draws nothing

In a tutorial, a block of ``sh`` is typed. A comment over any other block says what it replaces, and over a picture what to draw:

    rides.csv                              the whole file
    my-kit/kit.yaml: lines                 the lines with the same keys
    talk.md: top                           the front matter
    talk.md: slide 3                       the third slide, counting the cover
    my-kit/01-the-queue.md: slide grows    the slide with this id
    draw talk.md 3 --theme dark            the third slide, with this theme
    draw my-kit grows                      the slide with this id
"""

from __future__ import annotations

import base64
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parent
PICTURES = HERE / "pictures" / "tutorials"
TUTORIALS = (HERE / "tutorials" / "first-talk.md", HERE / "tutorials" / "first-kit.md")
_STEP = re.compile(
    r"^<!-- (?P<place>[^>\n]+) -->\n(?:(?P<fence>`{3,})\w*\n(?P<block>.*?)^(?P=fence)$|!\[[^\]\n]*\]\((?P<picture>[^)]+)\))"
    r"|^```sh\n(?P<commands>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_FENCED = re.compile(r"^(?:`{3,}|:{3,} notes).*?^(?:`{3,}|:{3,})$|<!--.*?-->", re.DOTALL | re.MULTILINE)
Type = Callable[[Sequence[str]], None]
Draw = Callable[[Path, Sequence[str]], str]


def follow(page: Path, folder: Path, run: Type, draw: Draw | None) -> dict[Path, str]:
    """Do what a tutorial says, in a folder, and return its pictures.

    Args:
        run: types one command in that folder.
        draw: returns a slide of a talk or kit as SVG; ``None`` to leave the pictures out.
    """
    pictures = {}
    for step in _STEP.finditer(page.read_text("utf-8")):
        if step["commands"]:
            for line in step["commands"].splitlines():
                run(shlex.split(line, comments=True))
        elif step["picture"]:
            word, path, *rest = shlex.split(step["place"])
            if word == "draw" and draw:
                pictures[(page.parent / step["picture"]).resolve()] = draw(folder / path, rest) + "\n"
        else:
            name, _, part = step["place"].partition(": ")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(changed(path.read_text("utf-8"), part, step["block"]) if part else step["block"], "utf-8")
    return pictures


def changed(text: str, part: str, block: str) -> str:
    """Return a file with a part of it replaced."""
    if part == "lines":
        for line in block.splitlines():
            key = re.escape(line.partition(":")[0])
            text, count = re.subn(rf"^{key}:.*$", lambda _, line=line: line, text, count=1, flags=re.MULTILINE)
            assert count == 1, f"no line begins with {key}:"
        return text
    if part == "top":
        return block + text[text.index("\n---\n", 4) + len("\n---\n") :]
    slides = list(_slides(text))
    which = part.removeprefix("slide ")
    found = [
        k
        for k, old in enumerate(slides)
        if (f"{{#{which}" in old.partition("\n")[0] if not which.isdecimal() else k == int(which) - 1)
    ]
    assert len(found) == 1, f"there is no {part}"
    slides[found[0]] = block + "\n"
    return "".join(slides)


def _slides(text: str) -> Iterator[str]:
    """Yield what comes before the first slide, then each slide."""
    hidden = _FENCED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    starts = [0, *(match.start() for match in re.finditer(r"^## ", hidden, re.MULTILINE)), len(text)]
    for start, end in pairwise(starts):
        yield text[start:end]


# ---------------------------------------------------------------- pictures
def svg(path: Path, asked: Sequence[str]) -> str:
    """Return a slide as SVG; ``asked`` is its number or id, and perhaps options."""
    sys.path.insert(0, str(HERE.parent))
    from workshop.build import prepare
    from workshop.files.paths import default_cache, trusted_file
    from workshop.model.request import Request
    from workshop.plugins.registry import standard_registry
    from workshop.render.svg.slide import draw_slide, screen_pen

    which, *options = asked
    given = dict(zip(options[::2], options[1::2], strict=True))
    knob = re.fullmatch(r"(\w+)\.(\w+)=(.*)", given.get("--set", ""))
    request = Request(
        cache=default_cache(),
        trusted=trusted_file(),
        theme=given.get("--theme", ""),
        audience=given.get("--audience", ""),
        sets={(knob[1], knob[2]): knob[3]} if knob else {},
    )
    laid, _ = prepare(path, request, standard_registry(), base=None)
    pen = screen_pen(laid, lambda content, kind: f"data:{kind};base64,{base64.b64encode(content).decode()}")
    (slide,) = [s for s in laid.slides if which in (str(s.number), s.id)]
    return draw_slide(pen, laid, slide)


# ---------------------------------------------------------------- commands
def typed(folder: Path) -> Type:
    """Return a function that types commands in a folder; those that follow a file until they are stopped are stopped."""

    def run(command: Sequence[str]) -> None:
        program, *arguments = command
        assert program == "workshop", command
        line = [str(Path(sys.executable).parent / program), *arguments]
        if arguments[0] != "preview":
            subprocess.run(line, cwd=folder, check=True, stdout=subprocess.DEVNULL)
            return
        with subprocess.Popen([*line, "--no-open"], cwd=folder, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert "http" in process.stdout.readline()
            process.terminate()

    return run


def main() -> None:
    """Follow both tutorials."""
    only_try = sys.argv[1:] == ["--try"]
    for page in TUTORIALS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for path, picture in follow(page, folder, typed(folder), None if only_try else svg).items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(picture, "utf-8")
        print(f"{page.name}: every step works")


if __name__ == "__main__":
    main()
