"""Every limit on files from strangers: their size, the number of things in them, and the depth of nesting.

A limit is high enough that no workshop reaches it, and low enough that refusing a file takes at most ten seconds and
400 MB. ``docs/reference/limits.md`` shows this table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Self


class Limit(int):
    """A limit, with its unit and what it applies to.

    >>> PICTURE_PIXELS > 1_000_000, str(SOURCE_BYTES), str(TABLE_ROWS)
    (True, '2 MB', '2,000 rows')
    """

    what: str
    unit: str

    def __new__(cls, most: int, unit: str, what: str) -> Self:
        """Return a limit of ``most`` units."""
        limit = super().__new__(cls, most)
        limit.unit, limit.what = unit, what
        return limit

    @property
    def key(self) -> str:
        """The name under which a build counts what it uses of the limit."""
        return f"{self.unit} of {self.what}"

    def __str__(self) -> str:
        """Return the limit in readable form, with bytes in megabytes."""
        if self.unit == "bytes":
            return megabytes(self)
        return f"{int(self):,} {self.unit}".rstrip()


class TooMuchWorkError(Exception):
    """Laying out takes more than ``WORK``."""


_DONE: ContextVar[list[int] | None] = ContextVar("work that was done", default=None)


@contextmanager
def counted_work() -> Iterator[None]:
    """Count the work from here on; elsewhere it isn't counted."""
    token = _DONE.set([0])
    try:
        yield
    finally:
        _DONE.reset(token)


def work(steps: int) -> None:
    """Count some steps of work, each of which takes about a microsecond: no number of slides or words bounds the time.

    Raises:
        TooMuchWorkError: if it is more than ``WORK`` in all.
    """
    done = _DONE.get()
    if done is not None:
        done[0] += steps
        if done[0] > WORK:
            raise TooMuchWorkError


def megabytes(size: int) -> str:
    """Return a number of bytes in megabytes, with one decimal if it is small.

    >>> megabytes(25_000_000), megabytes(1_500_000), megabytes(100)
    ('25 MB', '1.5 MB', '0.1 MB')
    """
    few = size < 10_000_000 and size % 1_000_000
    return f"{max(size / 1e6, 0.1):,.1f} MB" if few else f"{size / 1e6:,.0f} MB"


ALL_MARKDOWN = "all Markdown of a kit with its overlays, or of a talk"
SOURCE_BYTES = Limit(2_000_000, "bytes", "a section, `kit.yaml`, or another text file of a kit")
LINE = Limit(100_000, "characters", "a line of a text file")
SOURCE_LINES = Limit(20_000, "lines", "a section, `kit.yaml`, or another text file of a kit")
LETTERS = Limit(1_000_000, "characters", ALL_MARKDOWN)
KIT_LINES = Limit(40_000, "lines", ALL_MARKDOWN)
KIT_PARTS = Limit(3_000, "slides and exercises", ALL_MARKDOWN)
ELEMENTS = Limit(
    100_000,
    "elements",
    f"{ALL_MARKDOWN}: paragraphs, list items, cells, words in bold, links, what is between them, and the signs of formulas",
)
SLIDE_LINES = Limit(1_000, "lines", "the source of one slide")
SLIDE_LETTERS = Limit(100_000, "characters", "the source of one slide")
PARAGRAPH = Limit(20_000, "characters", "a paragraph")
COLOURED = Limit(
    5_000, "characters", "a block of code that is coloured by its language; a longer one is shown in one colour"
)
ALL_COLOURED = Limit(60_000, "characters", "all such blocks of the Markdown together")
FORMULA = Limit(2_000, "characters", "a formula of a talk; a longer one is shown as it is typed")
FORMULA_LEVELS = Limit(
    20, "levels", "braces and commands within each other in a formula; a deeper one is shown as it is typed"
)
GRAPH_BOXES = Limit(40, "boxes", "a drawn diagram in Mermaid, and as many messages; a larger one is shown as code")
GRAPH_LETTERS = Limit(5_000, "characters", "a diagram in Mermaid that is drawn; a longer one is shown as code")
WORK = Limit(
    10_000_000,
    "steps",
    "laying out all slides: words set in rows, cells measured, and labels compared with what they may not cover",
)
AUDIENCES = Limit(40, "audiences", "a kit")
MOMENTS = Limit(500, "moments", "an audience")
SECTIONS = Limit(100, "sections", "a kit")
RUNS = Limit(100, "runs", "all slides and sheets of a kit: demos, and demos with other knobs")
PRINT_ENTRIES = Limit(500, "entries", "all files of cards, ballots and questions")
YAML_VALUES = Limit(
    50_000, "values", "all YAML of a kit with its overlays, front matter included, or a YAML file of data"
)
YAML_DEPTH = Limit(12, "levels", "nesting in a YAML file")
EXPRESSION = Limit(1_000, "characters", "an expression in `{{ }}`")
DIGITS = Limit(300, "digits", "a whole number in `{{ }}`")
ATTRIBUTE = Limit(2_000, "", "a number among attributes, such as `minutes=` or `count=`")
LIST_NUMBER = Limit(32_767, "", "a number in a numbered list: PowerPoint knows no larger one")
WRITING_LINES = Limit(20, "lines", "`::: lines` in one place: more don't fit a page in large print")
NUMBER = Limit(100_000, "", "a number in YAML, such as `minutes:` or `weight:`")
PEOPLE = Limit(10_000, "people", "`people:` in `kit.yaml`, and `--people`")
ADDRESS = Limit(200, "characters", "`explore_url:` in `kit.yaml`, and `--explore-url`")
PRINTED_PROBLEMS = Limit(20, "problems", "problems printed; the rest are counted")
PRINTED_LETTERS = Limit(500, "characters", "one problem as it is printed")


WORKS_BYTES = Limit(5_000_000, "bytes", "a `.bib` file")
WORKS_LINES = Limit(100_000, "lines", "a `.bib` or `.csl` file")
STYLE_BYTES = Limit(500_000, "bytes", "a `.csl` file")
CITED = Limit(500, "works", "all that a kit or talk cites from its bibliography")
CITING_SECONDS = Limit(7, "seconds", "processor time for setting citations and the list of works")
CITING_MEMORY = Limit(400_000_000, "bytes", "the address space of the process that sets citations")
CITING_LETTERS = Limit(1_000_000, "characters", "citations and the list of works as they are set")


DATA_BYTES = Limit(
    15_000_000, "bytes", "a text, PDF or Word document given as data, and all texts of a folder together"
)
PDF_PAGES = Limit(1_000, "pages", "a PDF given as data")
OFFICE_SECONDS = Limit(
    180, "seconds", "LibreOffice, which turns the finished deck into a PDF (`--pdf`); without it there is no PDF"
)
DOCUMENT_SECONDS = Limit(7, "seconds", "processor time for reading a PDF or Word document")
DOCUMENT_MEMORY = Limit(300_000_000, "bytes", "the address space of the process that reads a PDF or Word document")
CSV_BYTES = Limit(2_000_000, "bytes", "a CSV file shown as a table or chart")
CSV_CELL = Limit(1_000, "characters", "a cell of a CSV file shown as a table or chart")
TABLE_ROWS = Limit(2_000, "rows", "a CSV file shown as a table or chart")
TABLE_CELLS = Limit(20_000, "cells", "a CSV file shown as a table or chart")
TABLE_COLUMNS = Limit(200, "columns", "a CSV file shown as a table or chart")
EXHIBITS = Limit(500, "tables and charts", "all of them from CSV files and runs, on slides and sheets")
NUMBERS_SHOWN = Limit(
    25_000, "cells and numbers in tables and charts", "all of them from CSV files and runs, on slides and sheets"
)
BALLOT_BYTES = Limit(4_000_000, "bytes", "a file of ballots")
BALLOT_CELLS = Limit(1_000, "cells", "a line of a file of ballots")
BALLOT_LINES = Limit(20_000, "lines", "a file of ballots")
ROUNDS = Limit(200, "rounds", "a file of ballots")
DATA_FILES = Limit(10_000, "files", "a folder given as data, whatever is in it")
FOLDER_BYTES = Limit(200_000_000, "bytes", "a folder given as data, whatever is in it")


PICTURE_BYTES = Limit(20_000_000, "bytes", "a picture")
PICTURE_PIXELS = Limit(25_000_000, "pixels", "a picture")
WEBP_PIXELS = Limit(15_000_000, "pixels", "a WebP, BMP or TIFF picture, which takes more memory to read")
PICTURE_SCANS = Limit(40, "scans", "a progressive JPEG")
ALL_PICTURES = Limit(80_000_000, "bytes", "all pictures of a deck")
ALL_PIXELS = Limit(
    400_000_000,
    "pixels",
    "all pictures of a deck; those of a picture that is written again, such as a WebP, count four times, and those of a JPEG once for ten scans",
)
ALL_VECTORS = Limit(
    6_000_000,
    "steps",
    "drawing all SVG pictures of a deck: 100,000 for each, and more for its shapes, the length of their paths, and what is half clear, shaded, masked, clipped or dashed; half of all at most",
)
VECTOR_BYTES = Limit(2_000_000, "bytes", "an SVG picture")
VECTOR_SHAPES = Limit(20_000, "shapes", "an SVG picture, each as often as it is drawn")
VECTOR_DEPTH = Limit(100, "levels", "nesting in an SVG picture")
VECTOR_SECONDS = Limit(5, "seconds", "processor time for drawing an SVG picture")
VECTOR_MEMORY = Limit(
    450_000_000,
    "bytes",
    "the address space of the process that draws an SVG picture; about half of it is actually used",
)
VECTOR_ASPECT = Limit(50, "times", "the longer side of an SVG picture, compared with the shorter one")
ATTRIBUTES = Limit(200, "attributes", "an element of an SVG picture, or of the XML of a template or deck")
LOGO_BYTES = Limit(5_000_000, "bytes", "a logo")
PICTURES = Limit(60, "pictures", "the file of a kit's own pictures")
PICTURE_SHAPES = Limit(200, "shapes", "a picture of it")
PICTURE_WORDS = Limit(400, "words", "a line of such a picture")


PACKAGE_BYTES = Limit(200_000_000, "bytes", "a `.pptx`, `.potx` or `.ppsx`")
UNPACKED_BYTES = Limit(250_000_000, "bytes", "everything in it, unpacked")
PACKAGE_PARTS = Limit(20_000, "parts", "a `.pptx`, `.potx` or `.ppsx`")
BOMB_RATIO = Limit(250, "times", "how much an entry of more than 17 MB, or all of them together, may have shrunk")
BOMB_BYTES = 17_000_000
PART_BYTES = Limit(8_000_000, "bytes", "the XML of one part of it")
PACKAGE_XML = Limit(60_000_000, "bytes", "the XML of all its parts")
CHECKED_PIECES = Limit(1_000_000, "pieces", "all pictures of a deck that is checked; the others aren't looked at")
CHECKED_WORKBOOKS = Limit(
    30_000_000, "bytes", "all workbooks behind the charts of a deck that is checked; the others aren't looked at"
)
XML_ELEMENTS = Limit(400_000, "elements and attributes", "one part of a deck that is checked")
PACKAGE_ELEMENTS = Limit(1_500_000, "elements", "all parts of a deck that is checked")
TEMPLATE_MASTERS = Limit(20, "masters", "a template")
TEMPLATE_LAYOUTS = Limit(300, "layouts", "a template")
LAYOUT_SHAPES = Limit(2_000, "shapes", "a master or layout of a template")
TEMPLATE_SHAPES = Limit(20_000, "shapes", "all masters and layouts of a template")
PART_ELEMENTS = Limit(100_000, "elements", "a master, layout or theme of a template")
TEMPLATE_BYTES = Limit(40_000_000, "bytes", "masters, layouts, pictures and typefaces of a template together")


SLIDE_EDITS = Limit(2_000, "edits", "all edits made in PowerPoint that an overlay repeats")


CODE_BYTES = Limit(1_000_000, "bytes", "a Python file of a kit")
FONT_BYTES = Limit(40_000_000, "bytes", "a font file")
THEME_BYTES = Limit(1_000_000, "bytes", "a theme file")


MANIFEST_BYTES = Limit(
    2_000_000, "bytes", "`manifest.json` of an output folder, and the record beside a deck of what it was built from"
)
BASE_BYTES = Limit(20_000_000, "bytes", "the record beside a deck of what it was built from, unpacked")
PRINT_MEMORY = Limit(
    380_000_000, "bytes", "the memory of the process that sets a printed document, without its programs and fonts"
)
GUIDE_MEMORY = Limit(440_000_000, "bytes", "the same for the facilitator's guide, which has a picture of each slide")


def table(module: Mapping[str, object]) -> Iterator[Limit]:
    """Yield every limit that a module declares, in the order of its file: ``table(vars(limits))``."""
    return (value for value in module.values() if isinstance(value, Limit))
