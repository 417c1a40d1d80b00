"""Draw the manual's pictures from what the commands of its pages build.

    python docs/make_pictures.py                    all of them
    python docs/make_pictures.py votes worlds       some of them
    python docs/make_pictures.py --check            says which of them are older than what they show

Slides are drawn as the deck for browsers has them, pages as their PDF has them, side by side with Typst: the same bytes for the
same build. Pictures of pages in a browser are taken by make_screens.py.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import typst
from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
from docs.given import edit, give  # noqa: E402 - found through the line above

PICTURES = HERE / "pictures"
GROUND = "#8a8f8d"
FONTS = ROOT / "workshop" / "fonts"
PPI = 110.0
MILLIMETRES = 17  # as large as a stage's picture is on a sheet
_SLIDE = re.compile(
    r'<section class="slide" data-id="([^"]+)" data-number="(\d+)".*?(<svg .*?</svg>)\s*</div>', re.DOTALL
)


class Picture(Struct, frozen=True):
    """One picture of the manual.

    Attributes:
        name: of its file, without ``.png``.
        commands: what is typed before, after ``workshop``, in a folder with what a reader would have.
        shows: ``FILE.html ID`` or ``FILE.pdf PAGE``, for each slide or page from left to right.
        columns: how many stand side by side.
        width: of each, in millimetres.
        page: a page of the manual whose examples are written into the folder first, or "".
        given: puts into the folder what is there before.
    """

    name: str
    commands: tuple[str, ...]
    shows: tuple[str, ...]
    columns: int = 2
    width: int = 90
    page: str = ""
    given: Callable[[Path], None] = give


def slides(*ids: str, file: str = "slides.html") -> tuple[str, ...]:
    """Return the places of slides in a deck for browsers, by id or number."""
    return tuple(f"o/{file} {name}" for name in ids)


def paper(name: str, *pages: int) -> tuple[str, ...]:
    """Return the places of pages in a PDF."""
    return tuple(f"o/{name}.pdf {page}" for page in pages)


def talk_with_looks(folder: Path) -> None:
    """Write the talk whose slides have looks of their own: that of the test that says what they are."""
    from tests.contract.test_talk_looks import TALK, take_photo

    (folder / "talk.md").write_text(TALK, "utf-8")
    take_photo(folder)


def world_of_a_bank(folder: Path) -> None:
    """Draft a world of a bank's documents, and answer the lines that were drafted, as its test does."""
    import yaml

    from workshop.inputs.library_questions import lines_of
    from workshop.inputs.question_lines import written

    documents = ROOT / "tests" / "fixtures" / "documents"
    run(
        sys.executable,
        str(ROOT / "build_deck.py"),
        "new",
        "world",
        "acme",
        "--from",
        str(documents / "bank"),
        at=folder,
    )
    answers = yaml.safe_load((documents / "bank.yaml").read_text("utf-8"))
    path = folder / "acme" / "questions.yaml"
    lines = lines_of(path.read_text("utf-8"), path.name)
    made = [replace(line, card=answers.get(line.question, line.card), waits=False) for line in lines]
    path.write_text(written(made), "utf-8")


def installed_plugin(folder: Path) -> None:
    """Write what an installer leaves behind of the plugin whose files the page shows."""
    info = folder / "rye_workshop-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rye-workshop\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[workshop.plugins]\nrye = rye_workshop:register\n", "utf-8")


BOARD = "build --audience executives --minutes 45 --out o"
ALL = (
    Picture(
        "deck",
        ("build --out o --only html",),
        slides("cover", "map", *["3", "5", "8", "10", "12", "15", "18", "22", "26", "30"]),
        columns=4,
        width=60,
    ),
    Picture("booklet", ("build --out o --only booklet",), paper("booklet", 1, 2, 3, 4), columns=4, width=60),
    Picture("facilitator", ("build --out o --only facilitator",), paper("facilitator", 1, 2, 3, 4), columns=4, width=60),
    Picture("templates", (f"{BOARD} --only html --template corp.pptx --logo logo.png",), slides("1", "2", "4", "5")),
    Picture("own-data", (f"{BOARD} --only html --world acme",), slides("bet-sauna", "sauna"), given=world_of_a_bank),
    Picture("worlds", (f"{BOARD} --only html", f"{BOARD}/h --only html --world hospital"), ("o/slides.html sauna", "o/h/slides.html sauna")),
    Picture("votes", ("build --votes ballots.txt --only html --out o",), slides("hands-count", "room-signal"), page="votes.md"),
    Picture("after", ("record answers.csv --minutes 90 --out o",), paper("record", 1, 2), columns=3, width=64, page="after.md"),
    Picture("paper", ("build --only ballots,cards,quiz --out o",), paper("ballots", 2) + paper("cards", 1) + paper("quiz", 1), columns=3, width=64),
    Picture("overlays", ("new my-kit", "build my-kit --overlay client --var client=ACME --only html --out o"), slides("grows", "monday"), page="overlays.md"),
    Picture("languages", ("build vortrag.md --only html --out o",), slides("1", "2")),
    Picture("harbour", ("build harbour.md --only html --out o",), slides("1", "2"), page="coming-from.md"),
    Picture("powerpoint", ("build --out o/a --only deck", "adopt o/a/deck.pptx --overlay client", "build --overlay client --minutes 90 --only html --out o"), slides("2", "3")),
    Picture("batch", tuple(f"build --audience {who} --minutes {minutes} {more} --only html --out o/{who}" for who, minutes, more in (("executives", 45, "--template acme.pptx --var client=ACME"), ("students", 90, ""))), ("o/executives/slides.html cover", "o/students/slides.html cover")),
    Picture("demos", ("new my-kit", "build my-kit --only html --out o"), slides("guess", "grows")),
    Picture("plugins", ("build rye --theme crust --only html --out o",), slides("3", "4"), page="plugins.md", given=installed_plugin),
    Picture("looks", ("build talk.md --only html --out o",), slides(*map(str, range(2, 10))), columns=4, width=60, given=talk_with_looks),
)  # fmt: skip


def drawn(picture: Picture) -> bytes:
    """Type the commands of a picture in a folder of their own, and return the picture as PNG."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        picture.given(folder)
        if picture.page:
            for file, body in examples((HERE / picture.page).read_text("utf-8")):
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_text(body, "utf-8")
        for line in picture.commands:
            words = shlex.split(line)
            if words[0] == "adopt":
                edit(folder / words[1])
            run(sys.executable, str(ROOT / "build_deck.py"), *words, at=folder)
        return side_by_side(folder, picture)


def examples(text: str) -> list[tuple[str, str]]:
    """Return the files that a page shows below a line with their name."""
    return re.findall(r"^`([\w./-]+)`\n\n```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def side_by_side(folder: Path, picture: Picture) -> bytes:
    """Return slides and pages of built files side by side on grey."""
    cells = []
    for k, place in enumerate(picture.shows):
        file, _, which = place.rpartition(" ")
        if file.endswith(".pdf"):
            shown = f'image("{file}", page: {which}, width: {picture.width}mm)'
        else:
            (folder / f"{k}.svg").write_text(slide(folder / file, which), "utf-8")
            shown = f'image("{k}.svg", width: {picture.width}mm)'
        cells.append(f"box(fill: white, {shown})")
    columns = min(picture.columns, len(cells))
    source = (
        f'#set page(width: auto, height: auto, margin: 4mm, fill: rgb("{GROUND}"))\n'
        f"#grid(columns: {columns}, gutter: 4mm, {', '.join(cells)})\n"
    )
    (folder / "sheet.typ").write_text(source, "utf-8")
    made = typst.compile(
        str(folder / "sheet.typ"),
        root=str(folder),
        format="png",
        ppi=PPI,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    assert isinstance(made, bytes)
    small = BytesIO()
    Image.open(BytesIO(made)).convert("RGB").quantize(128).save(small, "PNG", optimize=True)
    return small.getvalue()


def slide(deck: Path, which: str) -> str:
    """Return a slide of a deck for browsers, by its id or number, as SVG."""
    text = deck.read_text("utf-8")
    found = {key: svg for name, number, svg in _SLIDE.findall(text) for key in (name, number)}
    assert which in found, f"{deck.name} has no slide {which}, but {', '.join(found)}"
    pictures = json.loads(text.partition('id="pictures">')[2].partition("</script>")[0])  # each is in the file once
    return re.sub(r'data-picture="(\w+)"', lambda used: f'href="{pictures[used[1]]}"', found[which])


def stale() -> Iterator[str]:
    """Yield what is wrong with the pictures that are kept, with their places."""
    for picture in ALL:
        kept = PICTURES / f"{picture.name}.png"
        if not kept.is_file() or kept.read_bytes() != drawn(picture):
            yield f"{kept.relative_to(ROOT)}: older than what it shows: run docs/make_pictures.py {picture.name}"


def main(asked: Sequence[str]) -> None:
    """Draw the pictures, or say which of them are old."""
    if list(asked) == ["--check"]:
        found = list(stale())
        sys.exit("\n".join(found) if found else 0)
    PICTURES.mkdir(parents=True, exist_ok=True)
    if not asked or "stages" in asked:
        stages()
    for picture in ALL:
        if not asked or picture.name in asked:
            (PICTURES / f"{picture.name}.png").write_bytes(drawn(picture))
            print(picture.name, flush=True)


def stages() -> None:
    """Draw the stages' pictures as an office printer does, in black, white and one grey, at the size of a sheet's head."""
    from workshop.content import load
    from workshop.render.vector_paths import on_paper, svg

    content, _ = load(ROOT / "slides_src")
    inks = on_paper("#000000", "#ffffff", soft="#9e9e9e")
    ids = [stage.id for stage in content.stages if stage.id in content.pictures]
    files = {f"{name}.svg": svg(content.pictures[name], inks, edge="#000000").encode() for name in ids}
    cells = "".join(f'image("{name}.svg", width: {MILLIMETRES}mm),' for name in ids)
    page = f"#set page(width: auto, height: auto, margin: 4mm)\n#grid(columns: {len(ids)}, gutter: 5mm, {cells})"
    made = typst.compile({"main": page.encode(), **files}, format="png", ppi=150.0)
    assert isinstance(made, bytes)
    (PICTURES / "stages.png").write_bytes(made)


def run(*command: str, at: Path) -> None:
    """Run a program in a folder, in which it finds packages, too, and stop if it fails."""
    environment = {**os.environ, "PYTHONPATH": str(at)}
    done = subprocess.run(
        command, cwd=at, env=environment, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        sys.exit(f"{shlex.join(command)}:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main(sys.argv[1:])
