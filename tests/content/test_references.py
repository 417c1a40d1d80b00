"""Citations and the list of works, beside what pandoc writes for the same entries."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.content.conftest import problems_of
from workshop.content import load, set_citations
from workshop.content.bib_entries import Found, read_entries, with_parents
from workshop.inputs import citations
from workshop.inputs.apart import ApartError
from workshop.model.markup import Cite, CodeSpan, FootnoteRef, ListBlock, Paragraph, Text

WORKS = Path(__file__).parent / "fixtures" / "references"
BIB = "@book{lee, author = {Lee, Kim}, title = {Wells}, publisher = {Press}, year = {2019}}\n"
BIB += "@article{lund, author = {Lund, Anna and Okafor, Ben}, title = {Pumps}, journal = {Water}, year = {2020}}\n"
FRONT = "---\ntitle: T\nbibliography: w.bib\n---\n\n## One\n\n"
STYLES = ("chicago-author-date", "ieee", "apa")
Write = Callable[[dict[str, str]], None]


def words(nodes: tuple[Any, ...]) -> str:
    """Return what a reader sees of some nodes, footnotes in braces."""
    found = []
    for node in nodes:
        if isinstance(node, Text | CodeSpan):
            found.append(node.text)
        elif isinstance(node, Cite):
            found.append(words(node.shown))
        elif isinstance(node, FootnoteRef):
            found.append(f"{{{node.number or ''}: {words(node.children)}}}")
        else:
            found.append(words(node.children))
    return "".join(found)


def lines(blocks: tuple[Any, ...]) -> list[str]:
    found = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(words(block.children))
        elif isinstance(block, ListBlock):
            found += [line for item in block.items for line in lines(item.blocks)]
        else:
            found += lines(getattr(block, "blocks", ()))
    return found


def shown(path: str = "talk.md") -> list[list[str]]:
    """Return the lines of each slide."""
    content, _ = load(Path(path))
    return [lines(slide.blocks) for stage in content.stages for slide in stage.slides]


@pytest.fixture
def cite(write: Write) -> Callable[..., str]:
    """Return a function that says how a sentence with citations is shown."""

    def shown_as(sentence: str, front: str = "", bib: str = BIB) -> str:
        write({"w.bib": bib, "talk.md": FRONT.replace("---\n\n", f"{front}---\n\n") + sentence})
        return shown()[0][0]

    return shown_as


# ---------------------------------------------------------------- twelve kinds of entries
def listed(write: Write, style: str) -> list[str]:
    """Return the list of works of a talk that cites each entry."""
    bib = (WORKS / "works.bib").read_text("utf-8")
    keys = [key for key in re.findall(r"@\w+\{(\w+),", bib) if key not in ("machines", "string")]
    cited = "".join(f"- [@{key}]\n" for key in keys)
    front = FRONT.replace("---\n\n", f"csl: {style}\nlang: en-US\n---\n\n")
    write({"w.bib": bib, "talk.md": front + cited})
    return shown()[1]


@pytest.mark.parametrize("style", STYLES)
def test_twelve_kinds_of_entries_are_set_in_a_style(write: Write, style: str) -> None:
    assert listed(write, style) == (WORKS / f"{style}.txt").read_text("utf-8").splitlines()


# who wrote it, when, and what it is called
FACTS = (
    "Lund Müller Okafor 2020 the DNA of Things",
    "Lee 2019 The Shape of Water",
    "García Novák Brown 2015 On Small Rivers",
    "Zhang Dupont 2021 Counting Python Frogs at Night",
    "Novak 2018 Rain on Tin Roofs",
    "Institute of Water 2017 Annual Report on Wells",
    "Smith 2022 How Wells Fail",
    "Okoye 2021 Notes on Pumps",
    "Ivanov et al 2021 Deep Wells Are Deep",
    "Quinn Hall 2010 Pumps All Machines",
    "Pump Makers 2016 The Pump Manual",
    "Rossi 2023 Unfinished Thoughts on Taps",
)
NEWER_RULES = {"ieee": {"2022"}}  # those that Typst has leave out the date of a page that was visited


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("fact", FACTS)
def test_names_years_and_titles_are_those_that_pandoc_writes(style: str, fact: str) -> None:
    for source, left_out in ((".txt", NEWER_RULES.get(style, set())), (".pandoc.txt", set())):
        told = [
            set(re.findall(r"\w+", line.casefold())) for line in (WORKS / f"{style}{source}").read_text().splitlines()
        ]
        wanted = set(fact.casefold().split()) - left_out
        assert len([words for words in told if wanted <= words]) == 1


# ---------------------------------------------------------------- citations
@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("As [@lund, p. 33; @lee] show.", "As (Lund and Okafor 2020, p. 33; Lee 2019) show."),
        ("So @lee says.", "So Lee (2019) says."),
        ("So @lee [p. 4] says.", "So Lee (2019, p. 4) says."),
        ("Lee's book [-@lee].", "Lee's book (2019)."),
        ("Lee's book [-@lee, p. 4].", "Lee's book (2019, p. 4)."),
        ("[see @lee, ch. 2]", "(see Lee 2019, ch. 2)"),
        ("[see @lee; but @lund]", "(see Lee 2019; but Lund and Okafor 2020)"),
        ("Mail a@lee.org, or \\@lee.", "Mail a@lee.org, or @lee."),
        ("**[@lee]**", "(Lee 2019)"),
        ("`[@lee]` [@lee]", "[@lee] (Lee 2019)"),
        ("Never `@lee`, and a note^[@lee is one].", "Never @lee, and a note{1: Lee (2019) is one}."),
    ],
)
def test_a_citation_reads_as_in_pandoc(cite: Callable[..., str], written: str, told: str) -> None:
    assert cite(f"{written}\n\n") == told


def test_numbers_count_in_the_order_of_the_slides(cite: Callable[..., str]) -> None:
    assert cite("[@lund; @lee, p. 3], and @lee", "csl: ieee\n") == "[1], [2, p. 3], and K. Lee [2]"


def test_a_style_with_notes_puts_them_at_the_foot_after_the_talks_own(cite: Callable[..., str]) -> None:
    told = cite("A^[own] claim [@lee, p. 3], says @lund", "csl: chicago-notes\n")
    assert told.startswith("A{1: own} claim {2: Kim Lee, Wells (Press, 2019), p. 3.}, says Lund and Okafor{3: ")


def test_formulas_and_marks_in_titles_are_kept(write: Write) -> None:
    write({"w.bib": BIB.replace("{Wells}", "{On {$x^2$} and \\emph{H}}"), "talk.md": f"{FRONT}[@lee]\n"})
    content, _ = load(Path("talk.md"))
    slide = content.stages[0].slides[-1]
    kinds = [type(node).__name__ for node in slide.blocks[0].blocks[0].children[0].shown]
    assert "Emphasis" in kinds
    assert lines(slide.blocks)[0].startswith("Lee, Kim. 2019. On x2 and ")


def test_a_file_without_an_entry_has_no_works() -> None:
    found = Found()
    read_entries("% nothing yet\n", "w.bib", found)
    assert found.entries == {}


def test_works_written_in_the_front_matter_are_cited_without_a_file(write: Write) -> None:
    work = "{id: doe, type: article-journal, author: [{family: Doe, given: Ann}, {literal: The Group}], title: A & B_c,"
    work += " container-title: Wells, issued: {date-parts: [[2021, 3]]}, page: 3-9, URL: 'https://x.org/a_b'}"
    write({"talk.md": f"---\ntitle: T\nreferences: [{work}]\n---\n\n## One\n\n[@doe]\n"})
    assert shown() == [
        ["(Doe and The Group 2021)"],
        ["Doe, Ann, and The Group. 2021. ‘A & B_c’. Wells, March, 3–9. https://x.org/a_b."],
    ]


# ---------------------------------------------------------------- the list
def test_the_list_is_the_last_slide_with_the_title_that_the_talk_gives(write: Write) -> None:
    write({"w.bib": BIB, "talk.md": FRONT.replace("w.bib\n", "w.bib\nreference-section-title: Works\n") + "[@lee]\n"})
    content, found = load(Path("talk.md"))
    last = content.stages[0].slides[-1]
    assert (last.id, words(last.title), found) == ("references", "Works", ())
    assert lines(last.blocks) == ["Lee, Kim. 2019. Wells. Press."]
    assert content.files == ("talk.md", "w.bib")


def test_the_list_is_where_the_talk_puts_it(write: Write) -> None:
    write({"w.bib": BIB, "talk.md": f"{FRONT}[@lee]\n\n## Sources\n\n::: {{#refs}}\n:::\n\n## End\n\ntext\n"})
    assert shown() == [["(Lee 2019)"], ["Lee, Kim. 2019. Wells. Press."], ["text"]]


def test_works_that_nothing_cites_are_listed_if_the_talk_says_so(write: Write) -> None:
    for keys, count in (("'@lee'", 1), ("'@*'", 2)):
        write({"w.bib": BIB, "talk.md": FRONT.replace("w.bib\n", f"w.bib\nnocite: {keys}\n") + "text\n"})
        assert len(shown()[1]) == count


def test_without_a_citation_no_process_starts(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_citations, "cited", lambda _: pytest.fail("a process starts"))
    write({"w.bib": BIB, "talk.md": f"{FRONT}text\n"})
    assert shown() == [["text"]]


def test_the_same_citations_are_set_once(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"w.bib": BIB, "talk.md": f"{FRONT}[@lee]\n"})
    first, _ = references_of(tmp_path)
    monkeypatch.setattr(set_citations, "cited", lambda _: pytest.fail("they are set again"))
    assert references_of(tmp_path)[0] == first


def references_of(folder: Path) -> tuple[Any, Any]:
    from workshop.content.load import read

    content, found = read(Path("talk.md"), cache=folder / "cache")
    return content.stages, found


# ---------------------------------------------------------------- kits
def test_a_kit_cites_its_ledger_and_a_bibliography(kit: Callable[..., Any]) -> None:
    body = "---\nnumber: 1\ntitle: Dough\n---\n\n## It rises {#rises}\n\nIn 3 hours [@lee-2021; @lund], says @lee.\n"
    files = {
        "kit.yaml": "title: Bread\nsections: [01-dough]\nbibliography: [w.bib]\n",
        "w.bib": BIB,
        "01-dough.md": body,
    }
    content, found = kit(files)
    first, last = content.stages[0].slides
    cites = [node for node in first.blocks[0].children if isinstance(node, Cite)]
    assert (cites[0].keys, words(first.blocks[0].children)) == (
        ("lee-2021",),
        "In 3 hours (Lund and Okafor 2020), says Lee (2019).",
    )
    assert (last.id, len(lines(last.blocks)), found) == ("references", 2, ())


def test_a_key_in_both_stops_a_kit(kit: Callable[..., Any]) -> None:
    files = {
        "kit.yaml": "title: Bread\nsections: [01-dough]\nbibliography: w.bib\n",
        "w.bib": BIB.replace("{lee,", "{lee-2021,"),
    }
    assert problems_of(lambda: kit(files)) == ["1: the key 'lee-2021' is both in sources.yaml and in w.bib"]


# ---------------------------------------------------------------- what is wrong
def problems(write: Write, body: str, bib: str = BIB, front: str = "") -> list[str]:
    write({"w.bib": bib, "talk.md": FRONT.replace("---\n\n", f"{front}---\n\n") + body})
    _, found = load(Path("talk.md"))
    return [f"{p.at}: {p.message} — {p.hint}" for p in found]


@pytest.mark.parametrize("written", ["[@lou]", "@lou says", "[@lee; @lou]"])
def test_a_key_without_an_entry_stays_as_written_and_is_named_with_the_closest(write: Write, written: str) -> None:
    assert problems(write, f"{written}\n", BIB.replace("{lund,", "{louis,")) == [
        "talk.md:8: there is no entry 'lou' in w.bib — did you mean 'louis'?"
    ]
    assert shown()[0][0] == written


def test_an_entry_that_isnt_closed_is_named_with_its_line_if_it_is_cited(write: Write) -> None:
    bib = f"{BIB}@misc{{open, title = {{x, year = 2020\n\n@misc{{after, title = {{After}}, year = 2021}}\n"
    assert problems(write, "[@after] [@lee]\n", bib) == []
    assert problems(write, "[@open] [@after]\n", bib) == [
        "w.bib:3: the braces of the entry 'open' aren't closed — add }"
    ]
    assert shown()[0][0] == "[@open] (‘After’ 2021)"


def test_an_entry_that_typst_cant_read_is_named_with_its_line_and_the_others_are_used(write: Write) -> None:
    bib = f"{BIB}@misc{{a,\n  title = {{x}}\n  year = 2020\n}}\n@misc{{b, title = {{y}}, month = never}}\n"
    assert [line.partition(" (")[0] for line in problems(write, "[@a] [@b] [@lee]\n", bib)] == [
        "w.bib:5: the entry 'a' can't be read: failed to parse BibLaTeX",
        "w.bib:7: the entry 'b' can't be read: failed to parse BibLaTeX",
    ]
    assert shown()[0][0] == "[@a] [@b] (Lee 2019)"


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("csl: nothing-known\n", "talk.md:4: the citations can't be set: unknown style: nothing-known"),
        ("csl: a.csl\n", "talk.md:4: there is no file 'a.csl'"),
        ("csl: ../a.csl\n", "talk.md:4: '../a.csl' is outside of its folder"),
        ("nocite: '@lou'\n", "talk.md:3: there is no entry 'lou' in w.bib"),
    ],
)
def test_a_style_or_key_that_isnt_there_is_named_at_its_place(write: Write, front: str, told: str) -> None:
    assert [line.partition(" — ")[0] for line in problems(write, "text [@lee]\n", front=front)] == [told]


def test_a_bibliography_that_isnt_there_is_named(write: Write) -> None:
    write({"talk.md": FRONT.replace("w.bib", "x.bib") + "[@lee]\n"})
    assert problems_of(lambda: load(Path("talk.md")))[0] == "3: there is no file 'x.bib'"


def test_a_style_of_ones_own_is_used(write: Write) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>x</title><id>x</id>'
        "<updated>2020-01-01T00:00:00+00:00</updated></info><citation><layout prefix='&lt;' suffix='&gt;'>"
        "<text variable='title'/></layout></citation><bibliography><layout><text variable='title'/></layout>"
        "</bibliography></style>"
    )
    write({"w.bib": BIB, "own.csl": style, "talk.md": FRONT.replace("w.bib\n", "w.bib\ncsl: own.csl\n") + "[@lee]\n"})
    assert shown() == [["<Wells>"], ["Wells"]]


def test_what_takes_too_long_or_says_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = {"groups": [], "works": BIB, "style": "apa", "csl": "", "lang": "en", "region": ""}
    monkeypatch.setattr(citations.limits, "CITING_LETTERS", 10)
    with pytest.raises(ApartError, match="characters; the limit is 10"):
        citations.cited(data)


# ---------------------------------------------------------------- files
def test_only_what_is_cited_of_a_file_and_its_parents_is_read() -> None:
    found = Found()
    text = (
        '@comment{x, y}\ntext @misc{no, a = 1}\n@misc{a, crossref = {b}}@misc{b, xdata = "c, a"}\n@misc{c,}\n@misc{d,}'
    )
    read_entries(text, "w.bib", found)
    assert list(found.entries) == ["a", "b", "c", "d"]
    assert [entry.key for entry in with_parents(["a"], found)] == ["a", "b", "c"]
    assert [entry.at.line for entry in found.entries.values()] == [3, 3, 4, 5]


def test_texts_with_names_and_parents_are_filled_in(cite: Callable[..., str], write: Write) -> None:
    bib = '@string{who = "Lee, Kim"}\n@inbook{a, author = who, title = {Part}, crossref = {b}}\n'
    bib += "@book{b, editor = {Hall, Ann}, title = {Whole}, year = {2001}, publisher = {Press}}\n"
    assert cite("[@a]", bib=bib) == "(Lee 2001)"
    assert shown()[1] == ["Lee, Kim. 2001. ‘Part’. In Whole, edited by Ann Hall. Press."]
