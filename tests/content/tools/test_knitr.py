"""Chunks of knitr: what their options say, as its manual has it; nothing of them is run."""

from pathlib import Path

import pytest

from workshop.content import read
from workshop.content.tools.knitr import has_result, options_in, pictures, shown_code
from workshop.errors import At, Problem
from workshop.model.markup import Block, Box, CodeBlock, Picture

AT = At("talk.Rmd", 1)
IOSLIDES = "---\noutput: ioslides_presentation\n---\n\n"
XARINGAN = "---\noutput: xaringan::moon_reader\n---\n\n"


def blocks_of(tmp_path: Path, text: str) -> tuple[list[Block], list[Problem]]:
    path = tmp_path / "talk.Rmd"
    path.write_text(text, "utf-8")
    content, found = read(path)
    return [b for slide in content.stages[0].slides for b in slide.blocks], [p for p in found if p.code == "not-shown"]


@pytest.mark.parametrize("front", [IOSLIDES, XARINGAN])
@pytest.mark.parametrize(
    ("chunk", "kinds"),
    [
        ("```{r}\nplot(x)\n```", [CodeBlock]),
        ("```{r, echo=FALSE}\nplot(x)\n```", [Box]),
        ("```{r, echo=F}\nplot(x)\n```", [Box]),
        ("```{r label, include=FALSE}\nplot(x)\n```", []),
        ("```{r}\n#| echo: false\nplot(x)\n```", [Box]),
        ("```{r, echo=FALSE, eval=FALSE}\nplot(x)\n```", []),
        ("```{r, echo=FALSE, results='hide'}\nprint(x)\n```", []),
        ("```{r, echo=FALSE}\nlibrary(dplyr)\nx <- read.csv('x.csv') %>%\n  filter(a > 1)\n```", []),
        ("```{r, fig.cap='Depth'}\nplot(x)\n```", [CodeBlock, Box]),
        ("```{css, echo=FALSE}\nh1 { color: red }\n```", []),
        ("```{python, echo=TRUE}\nprint(1)\n```", [CodeBlock]),
        ("```{r, echo=FALSE}\nknitr::include_graphics('p.png')\n```", [Picture]),
    ],
)
def test_a_chunk_shows_what_its_options_say(tmp_path: Path, front: str, chunk: str, kinds: list[type]) -> None:
    (tmp_path / "p.png").write_bytes(b"")
    found, told = blocks_of(tmp_path, f"{front}## One\n\n{chunk}\n")
    assert [type(block) for block in found] == kinds
    assert told or kinds == [Picture]  # what isn't shown is named


def test_options_for_all_later_chunks_hold_from_the_next_one_on(tmp_path: Path) -> None:
    text = "## One\n\n```{r}\nopts_chunk$set(echo = FALSE)\n```\n\n```{r}\nplot(x)\n```\n\n```{r, echo=TRUE, eval=FALSE}\ny\n```\n"
    found, _ = blocks_of(tmp_path, IOSLIDES + text)
    assert [type(block) for block in found] == [CodeBlock, Box, CodeBlock]


def test_hidden_programs_are_one_line(tmp_path: Path) -> None:
    text = "## One\n\nText\n\n" + "```{r, echo=FALSE}\nx <- 1\n```\n\n" * 12
    _, told = blocks_of(tmp_path, IOSLIDES + text)
    assert [str(problem).partition(": ")[2] for problem in told] == [
        "warning: 12 programs in R aren't shown (echo: false), first here"
    ]


def test_an_option_that_is_calculated_is_named_and_the_default_holds(tmp_path: Path) -> None:
    found, told = blocks_of(tmp_path, IOSLIDES + "## One\n\n```{r, eval=ready(), echo=TRUE, fig.width=2*3}\ny\n```\n")
    assert [type(block) for block in found] == [CodeBlock]
    assert [p.message for p in told if "calculation" in p.message] == [
        "the option eval=ready() of a chunk is a calculation: it isn't followed"
    ]


@pytest.mark.parametrize(
    ("info", "options"),
    [
        ("{r}", {}),
        ("{r, echo=FALSE}", {"echo": "false"}),
        ("{r echo = T, fig.cap = \"A, (b) 'c'\"}", {"echo": "true", "fig-cap": "A, (b) 'c'"}),
        ("{r name, out.width='50%', fig.dim=c(2, 3)}", {"out-width": "50%", "fig-dim": "c(2, 3)"}),
        ("{python}", {}),
    ],
)
def test_options_are_read_as_r_reads_them(info: str, options: dict[str, str]) -> None:
    assert options_in(info, AT, None) == options


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ('include_graphics("a.png")', ["a.png"]),
        ("knitr::include_graphics(path = 'img/a.png', dpi = 72)", ["img/a.png"]),
        ('include_graphics(c("a.png", "b.png"))', ["a.png", "b.png"]),
        ('include_graphics(file.path("img", "a.png"))', ["img/a.png"]),
        ('include_graphics(here::here("img/a.png"))', ["img/a.png"]),
        ("plot(1)", []),
    ],
)
def test_pictures_that_a_chunk_includes_are_found(code: str, names: list[str]) -> None:
    assert pictures(code, AT, None) == names


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("library(a)\nset.seed(1)", False),
        ("x <- y |>\n  f() |>\n  g()", False),
        ("f <- function(x) {\n  print(x)\n}", False),
        ("x <- 1\nx", True),
        ("ggplot(d, aes(a, b)) +\n  geom_point()", True),
        ("import numpy as np\nx = 1", False),
        ("print(1)", True),
        ("# only a comment", False),
    ],
)
def test_code_that_only_loads_sets_and_assigns_has_no_result(code: str, seen: bool) -> None:
    assert has_result(code) is seen


def test_marks_of_lines_to_stand_out_arent_code() -> None:
    assert shown_code("a #<<\nb  #<<\nc") == "a\nb\nc"
