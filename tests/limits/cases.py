"""Every limit at its most, in each shape that it can take: wide, long, deep, or many; and the worst of them together."""

import base64
import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.hostile.kits import BUILD, SVG, files, flat_png, flat_webp, logo, many_layouts, same_page
from tests.hostile.others import big_workbook, in_pieces, in_talk
from tests.hostile.sources import csl as style
from tests.hostile.sources import doubling
from tests.limits.made import (
    DECK,
    KIT,
    NOISE,
    SHAPE,
    TEXTS,
    checked,
    cloud,
    csv,
    demo,
    different,
    drawing,
    filled,
    groups,
    in_template,
    jpeg,
    kit,
    library,
    named,
    noisy,
    paragraphs,
    pictured,
    rectangles,
    repeating,
    runs,
    shapes,
    sheets,
    slides,
    svg,
    table,
    talk,
    turned,
    with_more,
    words,
)
from tests.templates.maker import MADE
from workshop import limits

WIDE, LONG, DEEP, MANY = "wide", "long", "deep", "many"
Given = Callable[[Path], Sequence[str]]
Row = tuple[str, str, str, Given] | tuple[str, str, str, Given, str]


@dataclass(frozen=True)
class Case:
    """One or more limits at their most.

    Attributes:
        of: names of the limits in ``workshop/limits.py``.
        shape: wide, long, deep or many.
        what: description.
        given: writes it into an empty folder and returns the arguments of the command.
        says: a piece of the one sentence with which it is refused; "" if it is used.
    """

    of: tuple[str, ...]
    shape: str
    what: str
    given: Given
    says: str


def adopting(folder: Path) -> Sequence[str]:
    """Write an edited deck and its base, whose record unpacks to 24 MB."""
    from tests.addons.back.talks import base_name, deck, edited, say, titled

    salt = edited(lambda shown: say(titled(shown, "Salt holds the water"), "enough", "plenty"))
    record = gzip.compress(b"{" + b" " * 24_000_000 + b"}")
    for name, content in {"deck.pptx": salt, base_name(): deck(), f"{base_name()[:-5]}.json.gz": record}.items():
        (folder / name).write_bytes(content)
    return "adopt", "deck.pptx", "--overlay", "out/client"


# limits that no case can reach, and why
APART = {
    "GUIDE_MEMORY": "the guide of all slides of the built-in kit comes near to it, which check --print sets",
    "OFFICE_SECONDS": "LibreOffice is another program, which runs only if somebody asks for a PDF of the deck",
}

# fmt: off
QUESTION = "- {{id: q{}, stage: a1, question: What, options: [{{text: a, right: yes}}, {{text: b, misconception: c}}, {{text: c, misconception: c}}]}}\n"
ROUND = "- {{round: {}, short: s, question: q, a: {{kind: a, text: a}}, b: {{kind: b, text: b}}}}\n"
ROUNDS = "stage: a1\ntitle: B\nrounds:\n"
CARDS = "title: C\nstage: a1\ncards:\n"
VOTES = "round,first,second,first_votes,second_votes\n"
BY_MAIL = ("build", "--out", "out", "--quiet", "--only", "room", "--votes", "votes.csv")
TALLY = ("demo", "votes", "--data", "ballots=votes.csv")
TOO_MUCH_PAPER = f"takes more than {limits.PRINT_MEMORY} of memory"
ELEMENTS, LINES, VALUES = "more than 100,000 elements", "more than 40,000 lines", "more than 50,000 values"
CHARTS = "![t](chart:t.csv){kind=%s}\n"
PLAIN = "---\ntitle: T\n---\n\n## One\n\ntext\n"
SHADED = '<linearGradient id="g"><stop stop-color="red" stop-opacity="0.1"/><stop offset="1" stop-color="blue"/></linearGradient>'
MASKS = "".join(f'<mask id="m{k}"><rect width="40" height="20" fill="white" mask="url(#m{k - 1})"/></mask>' for k in range(90))
COLUMNS = ",".join(f"c{k}" for k in range(1, 190))
NESTED = "".join("  " * (k % 8) + "- a\n" for k in range(980))
NOTED = "- one\n- two\n\n::: notes\n**Say** it.\n:::\n"
INNER = '<image width="40" height="20" href="data:image/png;base64,{}"/>'
PIXELS = "more than 400,000,000 pixels"
STEPS = "more than 6,000,000 steps"

ENTRY = "@article{{k{0}, author = {{Lee, Ann and Lund, Ben}}, title = {{Number {0} of many}}, journal = {{Wells}}, year = 2019, pages = {{1--9}}}}\n"
ALL_CITED = "---\ntitle: T\nbibliography: w.bib\nnocite: '@*'\n---\n\n## One\n\ntext\n"
DENSE = "".join(f"A{k} --> A{(k * 7 + 3) % 39}\nA{k} --> A{(k * 11 + 5) % 39}\n" for k in range(39))
FLOW = "```mermaid\nflowchart TB\n{}```\n"
ONE_CITED = ALL_CITED.replace("nocite: '@*'\n", "").replace("text", "[@k0]")

TEXT: Sequence[Row] = (
    ("GRAPH_BOXES", MANY, "40 flowcharts of 39 boxes and 78 arrows", talk(lambda: slides(40, FLOW.format(DENSE)))),
    ("GRAPH_LETTERS", LONG, "40 flowcharts of 4,900 letters", talk(lambda: slides(40, FLOW.format(f"A[{words(4_800)}] --> B\n")))),
    ("CITED", MANY, "a list of 490 works", talk(ALL_CITED, w__bib=lambda: "".join(map(ENTRY.format, range(490))))),
    ("CITED", WIDE, "a list of 501 works", talk(ALL_CITED, w__bib=lambda: "".join(map(ENTRY.format, range(501)))), "cites 501 works"),
    ("WORKS_BYTES", LONG, "one work of a bibliography of 5 MB", talk(ONE_CITED, w__bib=lambda: "".join(map(ENTRY.format, range(38_000))))),
    ("WORKS_LINES", LONG, "one work of a bibliography of 99,000 lines", talk(ONE_CITED, w__bib=lambda: ENTRY.format(0) + "@comment{x}\n" * 98_000)),
    ("STYLE_BYTES", LONG, "a style of 490 kB", talk(ONE_CITED.replace("---\n\n##", "csl: s.csl\n---\n\n##"), w__bib=ENTRY.format(0), s__csl=lambda: style(doubling(3) + "<!-- -->\n" * 53_000))),
    ("CITING_SECONDS CITING_MEMORY", DEEP, "a style whose macros double 40 times", talk(ONE_CITED.replace("---\n\n##", "csl: s.csl\n---\n\n##"), w__bib=ENTRY.format(0), s__csl=lambda: style(doubling(40)))),
    ("CITING_LETTERS", WIDE, "a work whose title has 900,000 characters", talk(ONE_CITED, w__bib=lambda: "@book{k0, title = {" + ("word " * 19_000 + "\n") * 5 + "}}")),
    ("SOURCE_BYTES", WIDE, "2 MB of Cyrillic", talk(lambda: slides(11, ("слово " * 3_300 + "\n\n") * 4 + "а" * 9_000))),
    ("SOURCE_BYTES", LONG, "2 MB of emoji", talk(lambda: slides(6, ("😀 " * 9_000 + "\n\n") * 4))),
    ("SOURCE_BYTES", MANY, "2 MB of comments in YAML", kit(glossary__yaml=lambda: "- {id: a, term: a, stage: a1, definition: b}\n" + ("# " + "x" * 900 + "\n") * 2_200)),
    ("LETTERS PARAGRAPH", WIDE, "paragraphs of 19,900 characters", talk(lambda: slides(12, (words(19_900) + "\n\n") * 4))),
    ("LETTERS PARAGRAPH", LONG, "words of 19,900 characters", talk(lambda: slides(12, ("x" * 19_900 + "\n\n") * 4))),
    ("PARAGRAPH", DEEP, "paragraphs of brackets, stars and backticks", talk(lambda: slides(12, ("[*a_`" * 3_900 + "\n\n") * 4)), ELEMENTS),
    ("PARAGRAPH", MANY, "headings of 19,900 characters", talk(lambda: "".join(f"## {words(19_900)}\n\ntext\n\n" for _ in range(49))), "leave no room for its text"),
    ("LETTERS SLIDE_LETTERS", MANY, "slides of 99,000 characters of code", talk(lambda: slides(10, "```\n" + (words(98) + "\n") * 990 + "```\n"))),
    ("LINE", WIDE, "lines of code of 98,000 characters", talk(lambda: slides(10, "```\n" + words(98_000) + "\n```\n"))),
    ("LINE", DEEP, "a line of YAML of 99,000 characters", talk("---\ntitle: T\nobjectives: [" + "a, " * 32_000 + "a]\n---\n\n## One\n\ntext\n")),
    ("SOURCE_LINES SLIDE_LINES", LONG, "slides of 980 lines of text", talk(lambda: slides(20, "word\n" * 980))),
    ("SOURCE_LINES SLIDE_LINES", LONG, "slides of 980 lines of code", talk(lambda: slides(20, "```\n" + "x = 1\n" * 980 + "```\n"))),
    ("SLIDE_LINES ELEMENTS", MANY, "slides of 900 list items", talk(lambda: slides(17, "- a\n" * 900))),
    ("SLIDE_LINES ELEMENTS", DEEP, "slides of lists within lists", talk(lambda: slides(20, NESTED)), ELEMENTS),
    ("SLIDE_LINES", MANY, "slides of 490 paragraphs", talk(lambda: slides(20, "word\n\n" * 490))),
    ("SLIDE_LINES", WIDE, "slides of 320 divs", talk(lambda: slides(20, "::: incremental\n- a\n:::\n" * 320))),
    ("KIT_LINES", LONG, "40,000 lines in two sections", kit(sections=lambda: [named(20, "word\n" * 980, section=k) for k in range(2)]), "words too many"),
    ("KIT_LINES", MANY, "40,000 lines in 99 sections", kit(sections=lambda: [named(1, "- word\n\n" * 195, section=k) for k in range(99)]), ELEMENTS),
    ("KIT_PARTS", LONG, "2,990 slides", talk(lambda: slides(2_990))),
    ("KIT_PARTS", WIDE, "2,990 slides of 300 characters", talk(lambda: slides(2_990, words(290) + "\n"))),
    ("KIT_PARTS", MANY, "1,990 slides with lists and notes", talk(lambda: slides(1_990, NOTED))),
    ("KIT_PARTS", MANY, "1,990 slides with lists and notes, in a template", in_template(lambda: slides(1_990, NOTED))),
    ("KIT_PARTS", DEEP, "2,990 slides of a kit, each needing the one before", kit(sections=lambda: [named(1) + named(2_990, more=" needs=s1x{last}", section=1).partition("\n\n## ")[2].join(("## ", ""))])),
    ("KIT_PARTS", LONG, "2,990 slides of a kit, all its files", kit(sections=lambda: [named(2_990)], command=KIT)),
    ("KIT_PARTS", MANY, "2,940 slides of 60 sections, in a slot", kit("minutes: 90\n", sections=lambda: [named(49, more=" minutes=1", section=k) for k in range(60)])),
    ("ELEMENTS", WIDE, "17,000 cells in tables that fit", talk(lambda: slides(270, table(8, 8)))),
    ("ELEMENTS", WIDE, "17,000 cells in tables that fit, in a template", in_template(lambda: slides(270, table(8, 8)))),
    ("ELEMENTS", DEEP, "quotes within quotes", talk(lambda: slides(900, ">" * 15 + " a\n"))),
    ("ELEMENTS", MANY, "words in bold", talk(lambda: slides(8, ("**a** " * 980 + "\n\n") * 2))),
    ("ELEMENTS", MANY, "links", talk(lambda: slides(190, "[a](https://example.org/a) " * 64 + "\n"))),
    ("ELEMENTS", MANY, "footnotes", talk(lambda: slides(190, "a^[b] " * 64 + "\n"))),
    ("ELEMENTS", MANY, "diagrams", talk(lambda: slides(900, "::: diagram\n- **Aa**: b\n- **Cc**: d\n- **Ee**: f\n:::\n"))),
    ("COLOURED ALL_COLOURED", WIDE, "blocks of 4,990 characters of Python", talk(lambda: slides(12, "```python\n" + "x = (a + b) * f'{c}'  # d\n" * 190 + "```\n"))),
    ("COLOURED ALL_COLOURED", LONG, "lines of brackets in C++", talk(lambda: slides(12, "```cpp\n" + "((" * 2_490 + "\n```\n"))),
    ("COLOURED ALL_COLOURED", DEEP, "strings within strings in Ruby, Perl and XML", talk(lambda: slides(4, "".join(f"```{name}\n{'#{' * 1_200}{'<<' * 1_200}\n```\n" for name in ("ruby", "perl", "xml"))))),
    ("COLOURED ALL_COLOURED", MANY, "1,200 blocks in four languages", talk(lambda: slides(300, "".join(f"```{name}\nlet a = 1; // a word\n```\n" for name in ("js", "rust", "java", "perl"))))),
    ("FORMULA", LONG, "formulas of 1,990 characters", talk(lambda: slides(48, "$$" + "x+" * 990 + "x$$\n"))),
    ("FORMULA", WIDE, "formulas of fractions", talk(lambda: slides(60, "$$" + "\\frac{a}{b}" * 180 + "$$\n"))),
    ("FORMULA", MANY, "formulas of one sign", talk(lambda: slides(200, "$x$ " * 80 + "\n"))),
    ("FORMULA_LEVELS", DEEP, "formulas of 19 levels", talk(lambda: slides(100, "$$" + ("\\sqrt{" * 18 + "b" + "}" * 18) * 14 + "$$\n"))),
    ("WORK", LONG, "as many words as can be laid out", talk(lambda: slides(600, "word " * 300 + "\n"))),
    ("WORK", WIDE, "as many cells as can be laid out", talk(lambda: slides(380, table(6, 6, "two words")))),
    ("WORK", MANY, "as many labels as can be laid out", talk(lambda: slides(6, "![t](chart:t.csv){kind=scatter x=c1 y=c2 name=c0}\n"), t__csv=lambda: cloud(1_990)), "takes too long"),
    ("WORK", DEEP, "as many words as can be laid out in a template", in_template(lambda: slides(600, "word " * 300 + "\n"))),
    ("AUDIENCES", MANY, "40 audiences, each like the one before", kit(sections=lambda: [named(200, "[a]{for=b1} [b]{for=-b2}\n")], audiences___general__yaml="title: G\n", **{f"audiences___b{k}__yaml": f"title: B{k}\nlike: {f'b{k - 1}' if k else 'general'}\n" for k in range(39)})),
    ("AUDIENCES MOMENTS", WIDE, "audiences with 400 moments of their own", kit(sections=lambda: [named(480)], **{f"audiences___{f'b{k}' if k else 'general'}__yaml": lambda: "title: B\nmoments:\n  a1: [" + ", ".join(f"{{id: m{j}, slides: [s1x{j}]}}" for j in range(400)) + "]\n" for k in range(4)})),
    ("MOMENTS", LONG, "500 moments, in a slot", kit("minutes: 90\n", sections=lambda: [named(499, more=" minutes=1")], heads=["moments:\n" + "".join(f"  - {{id: m{k}, from: {k % 200}, slides: [s1x{k}]}}\n" for k in range(499))])),
    ("MOMENTS", WIDE, "500 moments of six slides", kit("minutes: 600\n", sections=lambda: [named(2_990, more=" minutes=1")], heads=["moments:\n" + "".join(f"  - {{id: m{k}, slides: [{', '.join(f's1x{6 * k + j}' for j in range(6))}]}}\n" for k in range(498))])),
    ("MOMENTS", DEEP, "500 moments with the same slide, each in slots of its own", kit("minutes: 90\n", sections=lambda: [named(9, more=" minutes=1")], heads=["moments:\n" + "".join(f"  - {{id: m{k}, from: {k}, to: {k}.5, slides: [s1x1]}}\n" for k in range(499))])),
    ("MOMENTS", MANY, "9,000 moments", kit("minutes: 90\n", sections=lambda: [named(500, more=" minutes=1", section=k) for k in range(5)], heads=["moments:\n" + "".join(f"  - {{id: m{k}x{j}, slides: [s{k}x{j % 500}]}}\n" for j in range(1_800)) for k in range(5)]), "more than 500 moments"),
    ("SECTIONS", MANY, "100 sections, all files", kit(sections=lambda: [named(20, section=k) for k in range(1, 100)], command=KIT)),
    ("RUNS", MANY, "100 runs of a demo", runs(100, "never_zero, n: 9{k}")),
    ("PRINT_ENTRIES PRINT_MEMORY", MANY, "a quiz of 499 questions", kit("quiz: q.yaml\n", command=(*KIT, "--only", "quiz,quiz-key"), q__yaml=lambda: "".join(map(QUESTION.format, range(499)))), TOO_MUCH_PAPER),
    ("PRINT_ENTRIES PRINT_MEMORY", LONG, "499 rounds of ballots", kit("ballots: b.yaml\n", command=(*KIT, "--only", "ballots"), b__yaml=lambda: ROUNDS + "".join(map(ROUND.format, range(1, 500)))), TOO_MUCH_PAPER),
    ("PRINT_ENTRIES PRINT_MEMORY", WIDE, "499 cards of 900 characters", kit("cards: [c.yaml]\n", command=(*KIT, "--only", "cards"), c__yaml=lambda: CARDS + f"- {{head: h, front: '{words(900)}', back: b}}\n" * 499), TOO_MUCH_PAPER),
    ("PRINT_ENTRIES", MANY, "ten decks of 49 cards", kit(f"cards: [{', '.join(f'c{k}.yaml' for k in range(10))}]\n", command=(*KIT, "--only", "cards"), **{f"c{k}__yaml": CARDS + "- {head: h, front: f, back: b}\n" * 49 for k in range(10)})),
    ("YAML_VALUES", WIDE, "49,000 values in one mapping", kit(lambda: "vars:\n" + "".join(f"  k{k}: a\n" for k in range(19_000)))),
    ("YAML_VALUES", LONG, "a list of 49,000 values", kit(lambda: "abbreviations: [" + ("ABC, " * 10 + "\n") * 4_900 + "]\n")),
    ("YAML_VALUES", LONG, "a list of 480,000 values", kit(lambda: "abbreviations: [" + ("A, " * 40 + "\n") * 12_000 + "]\n"), VALUES),
    ("YAML_VALUES YAML_DEPTH", DEEP, "lists within lists", kit(lambda: "vars: {a: [" + ("[" * 8 + "]" * 8 + ",\n") * 2_900 + "]}\n"), "must be"),
    ("YAML_VALUES", MANY, "4,900 terms in the glossary", kit(sections=lambda: [named(300, words(290) + "\n")], glossary__yaml=lambda: "".join(f"- {{id: a{k}, term: word{k}, stage: a1, definition: b}}\n" for k in range(4_900)))),
    ("YAML_VALUES", MANY, "4,900 blocks of time", kit(lambda: "minutes: 90\nblocks:\n" + "".join(f"- {{title: L, minutes: 1, after: a1, from: {k + 100}}}\n" for k in range(4_900)))),
    ("YAML_VALUES", WIDE, "15,000 objectives", kit(heads=["objectives: [" + "a word,\n" * 15_000 + "b]\n"]), "words too many"),
    ("EXPRESSION", LONG, "expressions of 990 characters", talk(lambda: slides(900, "{{ " + "1 + " * 240 + "1 }}\n"))),
    ("EXPRESSION", DEEP, "expressions of brackets within brackets", talk(lambda: slides(900, "{{ " + "(" * 60 + "1" + ")" * 60 + " }}\n"))),
    ("EXPRESSION", MANY, "40,000 expressions", talk(lambda: slides(400, "{{1}} " * 100 + "\n"))),
    ("EXPRESSION", WIDE, "claims of 990 characters", talk(lambda: "".join(f'## S {{#s{k} claim="{"1 < 2 and " * 90}1 < 2" else="a"}}\n\ntext\n\n' for k in range(900)))),
    ("DIGITS", WIDE, "products of long numbers", talk(lambda: slides(900, "{{ " + " * ".join(["9" * 98] * 3) + " }}\n"))),
    ("ATTRIBUTE LIST_NUMBER NUMBER", MANY, "slides of 2,000 minutes, lists from 30,000, a slot of 100,000 minutes", kit("minutes: 100000\n", sections=lambda: [named(900, "30000. a\n30001. b\n", " minutes=2000")], heads=["weight: 100000\n"])),
    ("WRITING_LINES PRINT_MEMORY", MANY, "900 exercises of 20 lines", sheets(900, 20, command=(*KIT, "--only", "sheets,answers")), TOO_MUCH_PAPER),
    ("KIT_PARTS", MANY, "1,100 exercises", sheets(1_100, 1), TOO_MUCH_PAPER),
    ("PEOPLE PRINT_MEMORY", MANY, "ballots for 10,000 people", kit("people: 10000\nballots: b.yaml\n", command=(*KIT, "--only", "ballots"), b__yaml=ROUNDS + ROUND.format(1)), TOO_MUCH_PAPER),
    ("PEOPLE", MANY, "a guide, certificates and all copies for 10,000 people", kit("people: 10000\n", command=(*KIT, "--only", "facilitator,certificate,feedback"))),
    ("ADDRESS", WIDE, "an address of 199 characters", kit(f"explore_url: https://example.org/{'a' * 175}\n", sections=["## One {#one}\n\n![](chart:never_zero.many)\n\n## Two {#two opens=never_zero}\n\n1. a\n2. b\n"])),
    ("PRINTED_PROBLEMS PRINTED_LETTERS", MANY, "2,990 slides of problems", kit(sections=lambda: [named(2_990, "[x](#no) {{ no.fact }}\n")]), "no slide is named"),
    ("PRINTED_PROBLEMS PRINTED_LETTERS", WIDE, "problems with long names", kit(sections=lambda: [named(90, f"[x](#{'n' * 9_000})\n")]), "no slide is named"),
)

DATA: Sequence[Row] = (
    ("DATA_BYTES", LONG, "14 MB for the tokenizer", demo("tokenizer", "text", lambda: TEXTS * 155_000)),
    ("DATA_BYTES", WIDE, "14 MB of different words for the trigram", demo("trigram", "text", lambda: different(740_000))),
    ("DATA_BYTES", WIDE, "14 MB of different words for the temperature", demo("temperature", "text", lambda: different(740_000))),
    ("DATA_BYTES", DEEP, "one sentence of 14 MB for the library", demo("retrieval", "library", lambda: "word " * 2_900_000, "own/a.txt"), "at least 3 are needed"),
    ("DATA_BYTES", MANY, "three documents of different words", library(lambda: {f"own/{k}.txt": different(240_000) for k in range(3)})),
    ("DATA_BYTES", LONG, "14 MB of facts", demo("hallucination", "facts", lambda: TEXTS * 155_000), "a true sentence has at most 60"),
    ("DATA_BYTES", MANY, "2,000 facts of 60 words", demo("hallucination", "facts", lambda: "".join(f"{' '.join(f'w{(k * j) % 997}' for j in range(1, 60))}\n" for k in range(1, 2_000)))),
    ("DATA_FILES DATA_BYTES", MANY, "9,900 documents of 1,300 characters", library(lambda: {f"own/{k}.txt": f"A text about {k}. " + TEXTS * 14 for k in range(9_900)})),
    ("FOLDER_BYTES", WIDE, "a folder of 199 MB", library(lambda: {**{f"own/{k}.txt": TEXTS for k in "abc"}, "own/d.bin": bytes(199_000_000)})),
    ("PDF_PAGES", LONG, "a PDF of 990 pages", library(lambda: {"own/a.pdf": same_page(990, 600)}), "at least 3 are needed"),
    ("DOCUMENT_SECONDS PDF_PAGES", WIDE, "a PDF of 990 long pages", library(lambda: {"own/a.pdf": same_page(990, 60_000)}), "takes too long, or too much memory, to read"),
    ("DOCUMENT_MEMORY DATA_BYTES", DEEP, "a PDF of one page of 14 MB", library(lambda: {"own/a.pdf": same_page(1, 14_000_000)}), "takes too long, or too much memory, to read"),
    ("DOCUMENT_SECONDS", MANY, "40 PDFs of 100 pages", library(lambda: {f"own/{k}.pdf": same_page(100, 3_000 + k) for k in range(40)})),
    ("CSV_BYTES", LONG, "2 MB of questions to a library", library(lambda: {**{f"own/{k}.txt": TEXTS for k in "abc"}, "q.csv": "question,document\n" + "How is it,a\n" * 150_000}, "--data", "questions=q.csv"), "questions that share a word"),
    ("CSV_BYTES CSV_CELL", WIDE, "a table of cells of 990 characters", talk("![t](table:t.csv)\n", t__csv=lambda: csv(90, 16, words(990).replace(",", ""))), "at a legible size"),
    ("CSV_CELL", WIDE, "a chart with names of 990 characters", talk(CHARTS % "bar", t__csv=lambda: "a,b\n" + "".join(f"{words(980)}{k},{k}\n" for k in range(1_900))), "too many for this box"),
    ("TABLE_ROWS", LONG, "a table of 1,990 rows", talk("![t](table:t.csv)\n", t__csv=lambda: csv(1_990, 2))),
    ("TABLE_ROWS", LONG, "a line chart of 1,990 rows", talk(CHARTS % "line", t__csv=lambda: csv(1_990, 2))),
    ("TABLE_ROWS", MANY, "a scatter chart of 1,990 named points", talk("![t](chart:t.csv){kind=scatter x=c1 y=c2 name=c0}\n", t__csv=lambda: cloud(1_990)), "takes too long"),
    ("TABLE_COLUMNS TABLE_CELLS", WIDE, "a line chart of 190 columns", talk(f"![t](chart:t.csv){{kind=line y={COLUMNS}}}\n", t__csv=lambda: csv(100, 190)), "cannot be told apart"),
    ("TABLE_COLUMNS TABLE_CELLS", MANY, "dots in 190 columns", talk(f"![t](chart:t.csv){{kind=dots y={COLUMNS}}}\n", t__csv=lambda: csv(100, 190)), "chart 't'"),
    ("EXHIBITS", MANY, "490 line charts", talk(lambda: slides(490, CHARTS % "line"), t__csv=lambda: csv(10, 2))),
    ("EXHIBITS NUMBERS_SHOWN", MANY, "490 line charts of 50 rows", talk(lambda: slides(490, CHARTS % "line"), t__csv=lambda: csv(50, 2))),
    ("EXHIBITS NUMBERS_SHOWN", WIDE, "490 tables of 7 rows and 7 columns", talk(lambda: slides(490, "![t](table:t.csv)\n"), t__csv=lambda: csv(7, 7))),
    ("EXHIBITS", MANY, "490 bar charts in a template", in_template(lambda: slides(490, CHARTS % "bar"), t__csv=lambda: csv(10, 2))),
    ("NUMBERS_SHOWN", LONG, "12 line charts of 1,990 rows", talk(lambda: slides(12, CHARTS % "line"), t__csv=lambda: csv(1_990, 2))),
    ("EXHIBITS PRINT_MEMORY", MANY, "490 charts on paper", sheets(490, 2, "Do it.\n\n![t](chart:t.csv){kind=line alt=a}", t__csv=lambda: csv(10, 2)), TOO_MUCH_PAPER),
    ("NUMBERS_SHOWN", LONG, "12 charts of 1,990 rows on paper", sheets(12, 2, "Do it.\n\n![t](chart:t.csv){kind=line alt=a}", t__csv=lambda: csv(1_990, 2)), "a leaf has 2"),
    ("EXHIBITS", MANY, "490 charts of a kit, all its files", kit(sections=lambda: [named(490, "![t](chart:t.csv){kind=line alt=a}\n")], command=KIT, t__csv=lambda: csv(10, 2))),
    ("EXHIBITS", MANY, "490 charts of a run", kit(sections=lambda: [named(490, "![](chart:never_zero.many)\n")])),
    ("BALLOT_LINES", LONG, "19,900 ballots through a build", files(lambda: {"votes.csv": "".join(f"{k % 9_999:04d} AABABB\n" for k in range(19_900))}, BY_MAIL)),
    ("BALLOT_LINES ROUNDS", WIDE, "19,900 ballots of 98 rounds", files(lambda: {"votes.csv": "".join(f"{k % 9_999:04d} {'AB' * 49}\n" for k in range(19_900))}, TALLY), "there is no round '7'"),
    ("BALLOT_BYTES BALLOT_LINES", WIDE, "19,900 ballots of 190 rounds", files(lambda: {"votes.csv": "".join(f"{k % 9_999:04d} {'AB' * 95}\n" for k in range(19_900))}, TALLY), "there is no round '7'"),
    ("BALLOT_CELLS", WIDE, "a table of 4,000 people and 990 columns", files(lambda: {"votes.csv": "participant" + ",1" * 990 + "\n" + ("7" + "," * 900 + "\n") * 4_000}, TALLY), "the limit is 200 rounds"),
    ("BALLOT_LINES", MANY, "19,900 ballots typed loosely", files(lambda: {"votes.csv": "".join(f"{k % 99:02d} A B A B B B\n" for k in range(19_900))}, TALLY)),
    ("BALLOT_LINES", DEEP, "19,900 ballots to tally", files(lambda: {"votes.csv": "".join(f"{k % 9_999:04d} AABABB\n" for k in range(19_900))}, ("tally", "votes.csv"))),
    ("ROUNDS", MANY, "199 rounds of other answers", files(lambda: {"votes.csv": VOTES + "".join(f"{k},a,b{k},{k % 30},3\n" for k in range(199))}, TALLY)),
    ("CSV_BYTES", LONG, "2 MB of answers to the quiz", files(lambda: {"list.csv": "participant,when,1,2\n" + "".join(f"p{k // 2},{'before' if k % 2 else 'after'},A,B\n" for k in range(100_000))}, ("quiz", "list.csv"))),
    ("CSV_BYTES", WIDE, "2 MB of answers to a quiz of 3,000 questions", files(lambda: {"list.csv": "participant,when," + ",".join(map(str, range(1, 3_000))) + "\n" + "".join(f"p{k},before," + "A," * 2_998 + "A\n" for k in range(300))}, ("quiz", "list.csv"))),
    ("CSV_BYTES", LONG, "2 MB of bets", kit(command=(*DECK, "--bets", "kit/bets.csv"), bets__csv=lambda: "bet,A,B\n" + "".join(f"bet {n},3,1\n" for n in range(120_000)))),
    ("CSV_BYTES", LONG, "2 MB of minutes", kit(command=(*DECK, "--actual", "kit/actual.csv"), actual__csv=lambda: "slide,minutes\n" + "one,3\n" * 300_000)),
    ("CSV_BYTES PRINT_MEMORY", MANY, "1,990 names", kit(command=(*KIT, "--only", "certificate", "--names", "kit/names.csv"), names__csv=lambda: "".join(f"Ann Bo{k}\n" for k in range(1_990)))),
)

PICTURES: Sequence[Row] = (
    ("PICTURE_BYTES", WIDE, "a picture of 19 MB", pictured(1, lambda _: noisy(2_500, 2_500, compress_level=1))),
    ("PICTURE_PIXELS", WIDE, "a picture of 25 megapixels", pictured(1, lambda _: flat_png(5_000, 4_990))),
    ("PICTURE_PIXELS", LONG, "a picture of 24,000,000 by 1 pixels", pictured(1, lambda _: flat_png(24_000_000, 1))),
    ("PICTURE_PIXELS", DEEP, "a progressive JPEG of 25 megapixels that lies on its side", pictured(1, lambda _: jpeg(5_000, 4_990), "p{}.jpg")),
    ("WEBP_PIXELS", WIDE, "a WebP of 15 megapixels", pictured(1, lambda _: flat_webp(4_000, 3_740), "p{}.webp")),
    ("PICTURE_SCANS ALL_PIXELS", MANY, "JPEGs of 39 scans", pictured(6, lambda k: jpeg(5_000 - k, 4_990, 29), "p{}.jpg"), PIXELS),
    ("ALL_PIXELS", MANY, "16 pictures of 25 megapixels", pictured(16, lambda k: flat_png(5_000 - k, 4_980))),
    ("ALL_PIXELS WEBP_PIXELS", WIDE, "WebP pictures of 15 megapixels", pictured(9, lambda k: flat_webp(4_000, 3_740 - k), "p{}.webp"), PIXELS),
    ("ALL_PIXELS", LONG, "2,400 pictures", pictured(2_400, lambda k: flat_png(400 + k // 9, 400)), PIXELS),
    ("ALL_PIXELS", DEEP, "damaged pictures of 25 megapixels", pictured(30, lambda k: flat_png(5_000 - k, 4_990)[:-30]), PIXELS),
    ("ALL_PICTURES", MANY, "4 pictures of 19 MB", pictured(4, lambda k: noisy(2_500 - k, 2_500, compress_level=1))),
    ("ALL_PICTURES", WIDE, "JPEGs of 16 MB that lie on their side", pictured(5, lambda k: noisy(4_200 - k, 4_200, "JPEG", quality=85, exif=turned()), "p{}.jpg"), "more than 80 MB"),
    ("VECTOR_BYTES", LONG, "an SVG of one path of 2 MB", drawing(lambda: f'<path d="M0 0{" L9 9 L0 1" * 180_000}" fill="red"/>')),
    ("VECTOR_BYTES", WIDE, "an SVG of text of 2 MB", drawing(lambda: f'<text y="9">{"word " * 390_000}</text>'), "too much memory, to draw"),
    ("VECTOR_SHAPES", MANY, "an SVG of 19,900 shapes", drawing(lambda: rectangles(19_900))),
    ("VECTOR_SHAPES", WIDE, "an SVG of one shape that is used 9,900 times", drawing('<defs><rect id="a" width="9" height="9"/></defs>' + '<use href="#a" x="1"/>' * 9_900)),
    ("VECTOR_DEPTH", DEEP, "an SVG of 95 groups within groups, half clear", drawing('<g opacity="0.9">' * 95 + rectangles(100) + "</g>" * 95), "too much memory, to draw"),
    ("VECTOR_SECONDS VECTOR_MEMORY", DEEP, "an SVG of masks over masks", drawing(MASKS + '<rect width="40" height="20" mask="url(#m89)"/>' * 9), "too much memory, to draw"),
    ("VECTOR_SECONDS", WIDE, "an SVG of long dashes", drawing('<path d="M0 0H1e9" stroke="red" stroke-dasharray="0.0001"/>' * 500)),
    ("VECTOR_SECONDS", LONG, "an SVG of a line of 100,000 corners", drawing(lambda: f'<path d="M0 0{" L9 9 L0 1" * 50_000}" stroke="red"/>')),
    ("VECTOR_MEMORY PICTURE_PIXELS", WIDE, "an SVG of a picture of 25 megapixels", drawing(lambda: INNER.format(base64.b64encode(flat_png(5_000, 4_990)).decode()))),
    ("VECTOR_MEMORY PICTURE_PIXELS", MANY, "an SVG of 50 pictures of 4 megapixels", drawing(lambda: "".join(INNER.format(base64.b64encode(flat_png(2_000 + k, 2_000)).decode()) for k in range(50))), "pictures of more than 25,000,000 pixels"),
    ("VECTOR_ASPECT", WIDE, "an SVG 50 times as wide as high", pictured(1, lambda _: SVG.format('<rect width="9" height="9"/>').replace('"20"', '"0.8"', 1), "p{}.svg")),
    ("ATTRIBUTES", WIDE, "an SVG of 900 elements of 190 attributes", drawing(("<rect " + " ".join(f'a{k}="1"' for k in range(190)) + "/>") * 900)),
    ("ALL_VECTORS", MANY, "58 small SVGs", pictured(58, lambda k: svg(f'<rect width="{9 + k}" height="9"/>'), "p{}.svg")),
    ("ALL_VECTORS", LONG, "60 SVGs of 2,000 shapes", pictured(60, lambda k: svg(rectangles(2_000 + k)), "p{}.svg"), STEPS),
    ("ALL_VECTORS", WIDE, "30 SVGs of shades over shades", pictured(30, lambda k: svg(SHADED + rectangles(400 + k, 'fill="url(#g)" opacity="0.5"')), "p{}.svg"), STEPS),
    ("ALL_VECTORS", DEEP, "30 SVGs that take too long", pictured(30, lambda k: svg(SHADED + f'<rect width="40" height="20" fill="url(#g)" opacity="0.5{k}"/>' * 900), "p{}.svg"), STEPS),
    ("LOGO_BYTES", WIDE, "a logo of 5 MB", logo(lambda: noisy(1_280, 1_280, compress_level=1))),
    ("LOGO_BYTES PICTURE_PIXELS", WIDE, "a logo of 25 megapixels", logo(lambda: flat_png(5_000, 4_990))),
    ("PICTURES PICTURE_SHAPES", MANY, "59 pictures of sections, of 199 shapes", kit("pictures: p.yaml\n", sections=lambda: [named(1, section=k) for k in range(1, 60)], command=KIT, p__yaml=lambda: "".join(f"a{k}:\n  alt: a\n  draw:\n" + "".join(f"    - figure block {j % 90} {j % 80} 4 4\n" for j in range(199)) for k in range(1, 60)))),
    ("PICTURES PICTURE_WORDS", LONG, "59 pictures of sections, of lines of 398 words", kit("pictures: p.yaml\n", sections=lambda: [named(1, section=k) for k in range(1, 60)], command=KIT, p__yaml=lambda: "".join(f"a{k}:\n  alt: a\n  draw:\n" + ("    - figure polygon " + " ".join(f"{j % 90} {j * 7 % 90}" for j in range(198)) + "\n") * 25 for k in range(1, 60)))),
)

PACKAGES: Sequence[Row] = (
    ("PACKAGE_BYTES UNPACKED_BYTES", WIDE, "a deck of 185 MB, checked", checked(with_more(lambda: [(f"ppt/media/m{k}.bin", NOISE * 16) for k in range(11)])), "has no content type"),
    ("PACKAGE_BYTES UNPACKED_BYTES", WIDE, "a template of 185 MB", in_template("- a\n", with_more(lambda: [(f"ppt/media/m{k}.bin", NOISE * 16) for k in range(11)]))),
    ("UNPACKED_BYTES BOMB_RATIO", WIDE, "a deck that unpacks to 225 MB, checked", checked(with_more(lambda: [(f"ppt/media/m{k}.bin", bytes(14_000_000) + NOISE) for k in range(15)])), "has no content type"),
    ("PACKAGE_PARTS", MANY, "a deck of 19,900 parts, checked", checked(with_more(lambda: [(f"ppt/media/m{k}.bin", b"a") for k in range(19_900)])), "has no content type"),
    ("PACKAGE_PARTS", MANY, "a template of 19,900 parts", in_template("- a\n", with_more(lambda: [(f"ppt/media/m{k}.bin", b"a") for k in range(19_900)]))),
    ("PART_BYTES", WIDE, "a layout with a text of 7.5 MB, checked", checked(filled(lambda: (SHAPE % 9).replace(b"</p:sp>", b"<p:txBody><a:bodyPr/><a:p><a:r><a:t>" + b"word " * 1_500_000 + b"</a:t></a:r></a:p></p:txBody></p:sp>")))),
    ("PART_BYTES XML_ELEMENTS", LONG, "a layout of 20,000 shapes, checked", checked(filled(lambda: shapes(20_000)))),
    ("XML_ELEMENTS", MANY, "190,000 elements with an attribute, checked", checked(filled(lambda: b'<a:x b=""/>' * 190_000)), "is not valid"),
    ("XML_ELEMENTS ATTRIBUTES", WIDE, "600,000 attributes, checked", checked(filled(lambda: (b"<a:x " + b" ".join(b'a%d=""' % k for k in range(190)) + b"/>") * 3_150)), "too many elements"),
    ("XML_ELEMENTS ATTRIBUTES", WIDE, "390,000 attributes, checked", checked(filled(lambda: (b"<a:x " + b" ".join(b'a%d=""' % k for k in range(190)) + b"/>") * 2_040)), "is not valid"),
    ("XML_ELEMENTS", DEEP, "groups within groups, checked", checked(filled(lambda: groups(120)))),
    ("PACKAGE_ELEMENTS", MANY, "1,480,000 elements in 4 layouts, checked", checked(filled(lambda: b"<a:x/>" * 370_000, 4)), "is not valid"),
    ("PACKAGE_ELEMENTS", LONG, "20,000 shapes in 6 layouts, checked", checked(filled(lambda: shapes(20_000), 6))),
    ("PACKAGE_XML", MANY, "30 MB of XML in parts that nobody uses, checked", checked(with_more(lambda: [(f"ppt/x{k}.xml", b"<a>" + b"<b>word</b>" * 190_000 + b"</a>") for k in range(7)]))),
    ("PACKAGE_XML", WIDE, "56 MB of XML, mostly text, checked", checked(with_more(lambda: [(f"ppt/x{k}.xml", b"<a>" + NOISE.hex().encode() * 3 + b"</a>") for k in range(9)]))),
    ("CHECKED_PIECES", MANY, "1,400,000 pieces of a picture, checked", in_talk(in_pieces)),
    ("CHECKED_WORKBOOKS", WIDE, "a workbook of 230 MB, checked", in_talk(big_workbook), "workbook"),
    ("TEMPLATE_LAYOUTS", MANY, "a template of 290 layouts", in_template("- a\n", many_layouts(290))),
    ("TEMPLATE_LAYOUTS TEMPLATE_SHAPES", MANY, "a template of 290 layouts of 60 shapes", in_template("- a\n", many_layouts(290, shapes(60)))),
    ("TEMPLATE_SHAPES LAYOUT_SHAPES", WIDE, "a template of 10 layouts of 1,900 shapes", in_template("- a\n", many_layouts(10, shapes(1_900)))),
    ("LAYOUT_SHAPES", MANY, "a template with 1,980 shapes on its master", in_template("- a\n", filled(lambda: shapes(1_980), master=True))),
    ("LAYOUT_SHAPES", DEEP, "a template with groups within groups", in_template("- a\n", filled(lambda: groups(60), master=True))),
    ("PART_ELEMENTS", MANY, "a template with 96,000 elements in each of 6 layouts", in_template("- a\n", filled(lambda: paragraphs(32_000), 6))),
    ("TEMPLATE_BYTES", WIDE, "a template with a text of 6.3 MB on each of 5 layouts", in_template("- a\n", filled(lambda: (SHAPE % 9).replace(b"</p:sp>", b"<p:txBody><a:bodyPr/><a:p><a:r><a:t>" + NOISE.hex().encode() * 3 + b"</a:t></a:r></a:p></p:txBody></p:sp>"), 5))),
    ("SLIDE_EDITS", MANY, "an overlay with 2,000 edits of a slide", repeating(2_000)),
    ("TEMPLATE_MASTERS", MANY, "a template of two masters", in_template("- a\n", MADE["two-masters"])),
)

OTHERS: Sequence[Row] = (
    ("CODE_BYTES", LONG, "a Python file of 1 MB", kit("demos: [d.py]\n", d__py=lambda: "x = 1\n" * 160_000), "this kit would run Python of its own"),
    ("THEME_BYTES", LONG, "a theme of 0.3 MB", kit("theme: t.yaml\n", t__yaml=lambda: "# word word word\n" * 18_000 + "sizes: {title: [30, 28]}\n")),
    ("THEME_BYTES", WIDE, "a theme of 19,000 keys", kit("theme: t.yaml\n", t__yaml=lambda: "colors:\n" + "".join(f"  k{k}: '#ffffff'\n" for k in range(19_000))), "there is no colour role"),
    ("FONT_BYTES", WIDE, "a font of 39 MB", files(lambda: {"talk.md": PLAIN, "a.ttf": b"\0\1\0\0" + bytes(39_000_000)}, (*BUILD, "--font-file", "X=a.ttf"))),
    ("BASE_BYTES", LONG, "a record of 24 MB beside an edited deck", adopting),
    ("MANIFEST_BYTES", LONG, "a manifest of 2 MB", files(lambda: {"talk.md": PLAIN, "out/manifest.json": json.dumps({"files": {f"f{k}.txt": "0" * 64 for k in range(24_000)}})}, BUILD)),
)

# the worst ones of different kinds, together
PAIRS: Sequence[Row] = (
    ("ALL_PIXELS ALL_VECTORS", MANY, "WebP pictures and SVGs", pictured(6, lambda k: flat_webp(4_000, 3_740 - k), "p{}.webp", "".join(f"## V{k}\n\n![a](v{k}.svg)\n\n" for k in range(3)), **{f"v{k}__svg": svg(SHADED + rectangles(90 + k, 'fill="url(#g)"')) for k in range(3)})),
    ("WORK ALL_VECTORS", MANY, "as many words as can be laid out, and SVGs", pictured(3, lambda k: svg(SHADED + rectangles(90 + k, 'fill="url(#g)"')), "p{}.svg", slides(580, "word " * 300 + "\n"))),
    ("WORK ALL_PIXELS", MANY, "as many words as can be laid out, and WebP pictures", pictured(6, lambda k: flat_webp(4_000, 3_740 - k), "p{}.webp", slides(580, "word " * 300 + "\n"))),
    ("KIT_PARTS TEMPLATE_LAYOUTS", MANY, "2,990 slides in a template of 290 layouts", in_template(lambda: slides(2_990), many_layouts(290))),
    ("ELEMENTS TEMPLATE_SHAPES", MANY, "tables in a template of 290 layouts of 60 shapes", in_template(lambda: slides(270, table(8, 8)), many_layouts(290, shapes(60)))),
    ("EXHIBITS TEMPLATE_LAYOUTS", MANY, "490 charts of 50 rows in a template of 290 layouts", in_template(lambda: slides(490, CHARTS % "line"), many_layouts(290), t__csv=lambda: csv(50, 2))),
    ("YAML_VALUES KIT_PARTS", MANY, "4,900 terms in the glossary, and 2,900 slides", kit(sections=lambda: [named(2_900, words(290) + "\n")], glossary__yaml=lambda: "".join(f"- {{id: a{k}, term: word{k}, stage: a1, definition: b}}\n" for k in range(4_900)))),
    ("MOMENTS SECTIONS", MANY, "500 moments in 100 sections, in a slot", kit("minutes: 90\n", sections=lambda: [named(29, more=" minutes=1", section=k) for k in range(1, 100)], heads=["moments:\n" + "".join(f"  - {{id: m{k}x{j}, from: {j * 30}, spine: yes, slides: [s{k}x{j}, s{k}x{j + 9}]}}\n" for j in range(5)) for k in range(1, 100)])),
)
# fmt: on
# Those of the add-ons lie with the tests of each
ADDONS: Sequence[Row] = tuple(
    row
    for path in sorted((Path(__file__).resolve().parents[1] / "addons").glob("*/at_the_limit.py"))
    for row in import_module(f"tests.addons.{path.parent.name}.at_the_limit").ROWS
)
GROUPS = (TEXT, DATA, PICTURES, PACKAGES, OTHERS, ADDONS, PAIRS)


def cases_of(rows: Sequence[Row]) -> tuple[Case, ...]:
    """Return rows as cases."""
    return tuple(Case(tuple(of.split()), *rest, *("",) * (4 - len(rest))) for of, *rest in rows)


CASES = tuple(case for rows in GROUPS for case in cases_of(rows))
