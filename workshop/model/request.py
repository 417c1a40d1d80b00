"""A request: everything that the user asked for, in one frozen value from the command line to the writers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

# ---------------------------------------------------------------- codes
# Numbers on paper with a check letter, so that a typing mistake is found.
CHECK_LETTERS = "CDEFHJKLMNPRTUVWXYZ"  # 19, a prime; no letter that looks like a digit, and no A or B


def checked(stage: int, number: int) -> str:
    """Return a number with its check letter.

    The letter finds every single wrong digit and every swap of two digits: (5 x stage + ones + 3 x tens + 9 x hundreds
    + …) mod 19.

    >>> checked(4, 7), checked(4, 8), checked(4, 120)
    ('07M', '08N', '120X')
    """
    weighted = sum(int(digit) * 3**place for place, digit in enumerate(reversed(str(number))))
    return f"{number:02d}{CHECK_LETTERS[(5 * stage + weighted) % 19]}"


# ---------------------------------------------------------------- personal
# Personal sheets: which are asked for, and how their IDs are written and read.
VARIANTS = "ABCDEFGH"  # of an exam room; they have places of their own, so that no personal sheet equals one
MOST = 999  # the highest number of a personal sheet
_SHEET = re.compile(
    r"(?:S(?P<stage>\d+)-?)?(?P<number>\d{1,3})(?P<letter>[A-Z])?|(?:S(?P<of>\d+)-?)?(?P<variant>[A-H])"
)


class SheetNumber(Struct, frozen=True):
    """A personal sheet that is asked for.

    Attributes:
        label: "07", the number of a person, or "A", a variant.
        stage: the only stage whose sheet is wanted, or 0 for all.
    """

    label: str
    stage: int = 0

    @property
    def place(self) -> int:
        """Its place among the versions of a task; 0 is the standard sheet."""
        return 1 + VARIANTS.index(self.label) if self.label in VARIANTS else len(VARIANTS) + int(self.label)


def sheet_code(stage: int, label: str) -> str:
    """Return the ID that is printed on a sheet.

    >>> sheet_code(2, "07"), sheet_code(2, "A")
    ('S2-07Y', 'S2-A')
    """
    return f"S{stage}-{label if label in VARIANTS else checked(stage, int(label))}"


def read_code(text: str) -> SheetNumber:
    """Return the sheet that a typed ID means: a number, a variant, or the ID as it is printed.

    >>> read_code("7"), read_code("s2-07y"), read_code("B")
    (SheetNumber(label='07', stage=0), SheetNumber(label='07', stage=2), SheetNumber(label='B', stage=0))

    Raises:
        ValueError: if it is none of them, or if its check letter doesn't fit.
    """
    found = _SHEET.fullmatch(text.strip().upper())
    if found is None or (found["number"] and not 1 <= int(found["number"]) <= MOST):
        raise ValueError(f"'{text}' isn't an ID; write a number (7), a variant (B), or the ID on the sheet (S2-07Y)")
    if found["variant"]:
        return SheetNumber(found["variant"], int(found["of"] or 0))
    number, stage, letter = int(found["number"]), int(found["stage"] or 0), found["letter"]
    if letter and stage and checked(stage, number)[-1] != letter:
        raise ValueError(
            f"'{text}' can't be right: its letter doesn't fit. Number {number} of stage {stage} is {sheet_code(stage, str(number))}"
        )
    if letter and not stage and letter not in CHECK_LETTERS:
        raise ValueError(
            f"'{text}' isn't an ID; write the number alone ({number}), or the whole ID, such as {sheet_code(2, str(number))}"
        )
    return SheetNumber(f"{number:02d}", stage)


# ---------------------------------------------------------------- request
CHECKOUT = "python3 build_deck.py"  # the program in a checkout, where nothing needs to be installed


class Request(Struct, frozen=True, kw_only=True):
    """The options of one build.

    Attributes:
        audience: id, or "" for the kit's default.
        stages: ids, or numbers as text, of the stages that are wanted; empty means all.
        start: clock time "09:30", or "" for the kit's own.
        people: how many participants; 0 for the kit's own.
        minutes: the slot; 0 for everything, ``None`` for the kit's own.
        appendix: which of the slides that had no room are hidden at the end of the deck: "none", "needed" or "all"; "" for
            those needed in a kit with moments, and for all in any other.
        actual: slide id -> minutes that it took, instead of the minutes in the source.
        only: names of writers; empty means those of a default build.
        everything: whether to use every writer that is part of ``--all``.
        pdf: whether the deck is also written as a PDF, if LibreOffice is installed.
        profile: how sheets are set: "standard", "large" or "dyslexia".
        grey: whether paper has no colour.
        cutting: whether anything is to be cut; if not, cards become lists.
        hints: whether tasks have their hints.
        solutions: whether a sheet ends with its key, for people who work alone.
        flip: the edge on which the printer turns a sheet, "long" or "short": the backs of cards follow it.
        printer: whether there is a page for the person at the printer.
        names: names for certificates, name cards and personal sheets; empty for a line to write on.
        personal: the personal sheets that are asked for.
        per_name: whether there is also one personal sheet for each name.
        sets: (demo or run name, knob) -> value as text; the name is "" until the kit's demos are known.
        data: (demo or run name, slot) -> file or folder; the name may be "" as for ``sets``.
        votes: the room's ballots, for the slot that the kit names; ``None`` for the kit's own.
        cache: folder for results of demos, or ``None``.
        overlays: folders laid over the kit, the strongest last.
        variables: name -> text for ``{{ var.name }}``.
        trust: whether Python files of the kit may run.
        trust_folder: whether they may run from now on, however often they change.
        template: a user's .pptx to write the deck into, or ``None``.
        logo: a picture for a corner of the slides and the top of the sheets, or ``None``.
        footer: the words of the template's footers, or "" for the usual ones.
        font_files: (family, bold) -> font file for measuring a typeface of the template.
        strict: whether warnings stop a build as errors do.
        trusted: file with the digests of trusted files, or ``None`` to remember nothing.
        explore_url: address at which the companion page is published, or "" for the kit's own.
        again: the options of this build as one types them, for another build of the same kit.
        program: how the program was started, for commands that are printed.
        extra: add-on -> its options, if any was given: see ``of``.
    """

    audience: str = ""
    stages: tuple[str, ...] = ()
    start: str = ""
    people: int = 0
    minutes: float | None = None
    appendix: str = ""
    actual: Mapping[str, float] = field(default_factory=dict)
    paper: str = ""
    theme: str = ""
    seed: int = 0
    only: tuple[str, ...] = ()
    everything: bool = False
    pdf: bool = False
    profile: str = "standard"
    grey: bool = False
    cutting: bool = True
    hints: bool = True
    solutions: bool = False
    flip: str = "long"
    printer: bool = False
    names: tuple[str, ...] = ()
    personal: tuple[SheetNumber, ...] = ()
    per_name: bool = False
    sets: Mapping[tuple[str, str], str] = field(default_factory=dict)
    data: Mapping[tuple[str, str], Path] = field(default_factory=dict)
    votes: Path | None = None
    cache: Path | None = None
    overlays: tuple[Path, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    trust: bool = False
    trust_folder: bool = False
    trusted: Path | None = None
    strict: bool = False
    force: bool = False
    template: Path | None = None
    logo: Path | None = None
    footer: str = ""
    font_files: Mapping[tuple[str, bool], Path] = field(default_factory=dict)
    explore_url: str = ""
    again: str = ""
    program: str = CHECKOUT
    extra: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, addon: str) -> Mapping[str, Any]:
        """Return the options of an add-on: name -> value; nothing if none of them was given."""
        return self.extra.get(addon, {})


def build_command(again: str, program: str = CHECKOUT) -> str:
    """Return the command that builds the same kit again.

    >>> build_command("--audience students")
    'python3 build_deck.py --audience students'
    """
    return f"{program} {again}".rstrip()


# ---------------------------------------------------------------- printing
# How a kit is printed.
class Printing(Struct, frozen=True, kw_only=True):
    """How things are printed, apart from paper and profile; see ``Request`` for the meaning."""

    grey: bool = False
    cutting: bool = True
    hints: bool = True
    solutions: bool = False
    flip: str = "long"
    notes: bool = False


USUAL = Printing()
