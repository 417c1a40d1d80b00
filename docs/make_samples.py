"""Build the samples that the site shows, each with the command that makes it: a page to leaf through, to download and to play with.

python docs/make_samples.py FOLDER      builds them into FOLDER/samples, and writes FOLDER/samples.md
"""

from __future__ import annotations

import shlex
import sys
import tempfile
from pathlib import Path

from msgspec import Struct

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
from docs.make_pictures import run, slide  # noqa: E402 - found through the line above


class Sample(Struct, frozen=True):
    """One workshop or talk: the name of its folder, its heading, and the command that makes it."""

    name: str
    title: str
    command: str


SAMPLES = (
    Sample("general", "Everybody, 180 minutes", "build"),
    Sample("board", "A board, 45 minutes", "build --audience executives --minutes 45"),
    Sample("students", "Students, 90 minutes", "build --audience students --minutes 90"),
    Sample("hospital", "In a hospital ward", "build --world hospital"),
    Sample("law-office", "In a law office", "build --world law-office"),
    Sample("talk", "A talk: to work by bicycle", "build talk.md"),
)
FILES = {  # in the order in which a visitor wants them
    "handout.pdf": "leaf through the slides",
    "booklet.pdf": "leaf through the booklet",
    "leaf.pdf": "look at the leaf",
    "facilitator.pdf": "read the guide",
    "deck.pptx": "download the deck",
    "slides.html": "click through the slides",
    "explore.html": "play with the demos",
}


def built(sample: Sample, folder: Path) -> list[str]:
    """Build a sample into a folder, with the picture of its cover, and return the names of those of its files that are shown."""
    words = shlex.split(sample.command)
    with tempfile.TemporaryDirectory() as name:
        here, out = Path(name), Path(name) / "out"
        program = (sys.executable, str(ROOT / "build_deck.py"))
        if "talk.md" in words:
            run(*program, "new", "talk.md", at=here)
        run(*program, *words, "--out", str(out), at=here)
        run(*program, *words, "--out", str(out), "--only", "handout,html", at=here)
        folder.mkdir(parents=True)
        for file in FILES:
            if (out / file).is_file():
                (folder / file).write_bytes((out / file).read_bytes())
        (folder / "cover.svg").write_text(slide(out / "slides.html", "1"), "utf-8")
    return [file for file in FILES if (folder / file).is_file()]


def page(made: dict[str, list[str]]) -> str:
    """Return the page of the samples, in Markdown; ``made`` has the files of each."""
    parts = ["# Samples\n\nEach was made by the command below it, and by nothing else.\n"]
    for sample in SAMPLES:
        parts.append(f"\n## {sample.title}\n\n![The cover](samples/{sample.name}/cover.svg){{ width=480 }}\n\n")
        parts.append(f"```sh\nworkshop {sample.command}\n```\n\n")
        parts += [f"- [{FILES[file].capitalize()}](samples/{sample.name}/{file})\n" for file in made[sample.name]]
    return "".join(parts)


def write(folder: Path) -> None:
    """Build all samples below a folder, and write their page into it."""
    made = {sample.name: built(sample, folder / "samples" / sample.name) for sample in SAMPLES}
    (folder / "samples.md").write_text(page(made), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
