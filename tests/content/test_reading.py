"""How much Markdown a kit or a talk may hold in all, whatever files it is in."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.content.conftest import KIT
from workshop import limits
from workshop.content import read
from workshop.errors import Problem, Problems

HALF = limits.ELEMENTS // 2 + 1_000
STARS = "*a* " * 2_000 + "\n\n"  # 8,000 elements and what is around them


def starred(elements: int, before: str = "## S") -> str:
    return "".join(f"{before} {{#s{k}}}\n\n{STARS}" for k in range(elements // 8_000 + 1))


def told(problems: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in problems if problem.code == "too-large"]


def refused(load: Callable[..., object], given: object) -> list[str]:
    with pytest.raises(Problems) as stopped:
        load(given)
    return told(stopped.value.problems)


def section(number: int, text: str) -> str:
    return f"---\nnumber: {number}\ntitle: S{number}\n---\n\n{text}"


def sections(count: int, text: str) -> dict[str, str]:
    names = [f"{k:02d}-s" for k in range(1, count + 1)]
    files = {f"{name}.md": section(k, text.replace("{#s", f"{{#s{k}-")) for k, name in enumerate(names, 1)}
    return {**KIT, "kit.yaml": f"title: Bread\nsections: [{', '.join(names)}]\n", **files}


def test_a_talk_of_too_many_elements_is_refused_at_the_line_where_they_are_too_many(talk) -> None:
    (problem,) = refused(talk, starred(limits.ELEMENTS))
    assert problem == "talk.md:51: error: all Markdown up to here has more than 100,000 elements — make two talks of it"


def test_a_table_of_too_many_cells_is_refused_before_it_takes_memory(talk) -> None:
    rows = ["|" + "a|" * 40, "|" + "-|" * 40, *["|" + "1|" * 40] * 900]
    (problem,) = refused(talk, "## T\n\n" + "\n".join(rows))
    assert problem.startswith("talk.md:3: error: all Markdown up to here has more than 100,000 elements")


def test_the_sections_of_a_kit_count_together_and_the_rest_is_not_read(kit) -> None:
    (problem,) = refused(kit, sections(9, starred(HALF)))
    assert problem == (
        "bread/02-s.md:1: error: all Markdown up to here has more than 100,000 elements — make two kits of it"
    )


@pytest.mark.parametrize(
    ("text", "slides", "most"),
    [
        (("word " * 3_000 + "\n\n") * 6, 2, limits.LETTERS),
        ("a\n" + "\n" * 900 + "b\n", 12, limits.KIT_LINES),
        ("a\n", 800, limits.KIT_PARTS),
    ],
)
def test_letters_lines_and_slides_of_all_sections_count_together(kit, text, slides, most) -> None:
    whole = "".join(f"## S {{#s{k}}}\n\n{text}\n" for k in range(slides))
    (problem,) = refused(kit, sections(8, whole))
    assert f"more than {most} " in problem


def test_exercises_and_overlays_count_too(write) -> None:
    write({f"bread/{name}": text for name, text in sections(1, starred(HALF)).items()})
    write({"over/02-more.md": "---\nstage: s\n---\n\n" + starred(HALF, "## More").replace("{#s", "{#more")})
    _, problems = read(Path("bread"), None, (Path("over").absolute(),))
    assert told(problems) == [
        "over/02-more.md:1: error: all Markdown up to here has more than 100,000 elements — make two kits of it"
    ]
