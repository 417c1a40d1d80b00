"""Writes the talk that the benchmarks build: of 60 slides, 44 have bullets, 8 a table and 8 a picture, and all have notes.

python benchmarks/talk_source.py SLIDES FOLDER

FOLDER gets talk.md for those that read Markdown, slides.json for those that are programmed, and eight pictures, which the
slides show in turn, as a talk shows the same logo or screenshot again.
"""

import json
import random
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

PICTURES = 8
WORDS = (  # noqa: SIM905 - a list would take 32 lines
    "model data training example token answer loss rule check number table weight step batch sample score human "
    "group test prompt label error reply cost price week team plan draft review room question"
).split()


@dataclass(frozen=True, kw_only=True)
class Slide:
    """One slide: a title, notes, and bullets, a table or a picture."""

    title: str
    notes: str
    bullets: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    picture: str = ""


def slides(count: int, seed: int = 0) -> list[Slide]:
    """Return the slides of a talk, in which the three kinds are mixed evenly."""
    draw = random.Random(seed)
    return [_slide(draw, n) for n in range(count)]


def _slide(draw: random.Random, n: int) -> Slide:
    title, notes = f"{_phrase(draw, 3, 6)} {n + 1}", f"{_phrase(draw, 12, 25)}. {_phrase(draw, 8, 16)}."
    if n % 15 in (4, 11):
        rows = tuple((_phrase(draw, 1, 3), f"{draw.uniform(1, 99):.1f}", f"{draw.randrange(100)}%") for _ in range(4))
        return Slide(title=title, notes=notes, table=(("What", "Minutes", "Share"), *rows))
    if n % 15 in (7, 13):
        return Slide(title=title, notes=notes, picture=f"picture{n // 7 % PICTURES}.png")
    return Slide(title=title, notes=notes, bullets=tuple(_phrase(draw, 5, 12) for _ in range(draw.randrange(3, 6))))


def _phrase(draw: random.Random, least: int, most: int) -> str:
    return " ".join(draw.choices(WORDS, k=draw.randrange(least, most + 1))).capitalize()


def markdown(talk: list[Slide]) -> str:
    """Return the talk as Markdown that both this program and pandoc read."""
    return "\n\n".join(("---\ntitle: A talk\nauthor: A. Writer\n---", *map(_section, talk))) + "\n"


def _section(slide: Slide) -> str:
    if slide.table:
        head, *rows = ("| " + " | ".join(row) + " |" for row in slide.table)
        body = "\n".join((head, "|---|---:|---:|", *rows))
    elif slide.picture:
        body = f"![A picture]({slide.picture})"
    else:
        body = "\n".join(f"- {bullet}" for bullet in slide.bullets)
    return f"# {slide.title}\n\n{body}\n\n::: notes\n{slide.notes}\n:::"


def table_talk(rows: int) -> str:
    """Return a talk with one long table, which is split over many slides."""
    draw = random.Random(rows)
    lines = [f"| {_phrase(draw, 1, 3)} | {draw.uniform(1, 99):.1f} | {draw.randrange(100)}% |" for _ in range(rows)]
    return "\n".join(("# The whole list", "", "| What | Minutes | Share |", "|---|---:|---:|", *lines)) + "\n"


def write_talk(count: int, folder: Path) -> Path:
    """Write the talk, its data and its pictures into a folder, and return the path of the talk."""
    folder.mkdir(parents=True, exist_ok=True)
    talk = slides(count)
    (folder / "slides.json").write_text(json.dumps([asdict(slide) for slide in talk]), "utf-8")
    for n in range(PICTURES):
        _draw_picture(folder / f"picture{n}.png", n)
    path = folder / "talk.md"
    path.write_text(markdown(talk), "utf-8")
    return path


def _draw_picture(path: Path, n: int) -> None:
    """Write a picture of 1200 × 800 pixels, about as large as a screenshot: areas, lines and some noise."""
    from PIL import Image, ImageDraw, ImageFilter

    draw = random.Random(n)
    picture = Image.effect_noise((1200, 800), 8).convert("RGB").filter(ImageFilter.MedianFilter(3))
    pen = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y = draw.randrange(1100), draw.randrange(700)
        shade = (draw.randrange(256), draw.randrange(256), draw.randrange(256))
        pen.rectangle((x, y, x + draw.randrange(20, 300), y + draw.randrange(20, 200)), fill=shade)
    picture.quantize(64).save(path)


if __name__ == "__main__":
    print(write_talk(int(sys.argv[1]), Path(sys.argv[2])))
