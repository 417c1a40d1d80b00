"""The scope of a text that is resolved: the values, runs and references that it may name, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.errors import At, Problem, Report, WorkshopError, did_you_mean
from workshop.expressions import TASKS, Evaluator, ExpressionError
from workshop.inputs.pictures import Picture, grey_copy
from workshop.model.blocks import GREY_SIDE, PHOTOS
from workshop.model.exhibits import Exhibit, Findings
from workshop.model.meta import Source
from workshop.model.stage_picture import StagePicture
from workshop.model.walk import VALUE
from workshop.plan.whole_pictures import affordable_picture
from workshop.wording.typography import curled


# The scope in which everything in a plan is resolved, with the report of its problems.
class Dropped(Exception):  # noqa: N818 - not an error: these data, knobs or seed do not bear the claim out
    """A claim doesn't hold for runs other than the kit's own, so the element that makes it is left out."""


ALWAYS = "yes"  # right=yes: whatever the run finds
Find = Callable[[str, str], Any]


def _nothing(kind: str, name: str) -> Any:
    raise WorkshopError(Problem(f"no {kind} is named {name!r}"))


class Scope(Struct, kw_only=True):
    """Names, exhibits and rules for resolving one part of the content.

    Attributes:
        names: run names to facts, and an exercise's ``given``, ``answer``, ``working``, ``accept``.
        known: all demos, for hints.
        failed: runs that crashed; references to them aren't reported a second time.
        digits: whether a digit in prose must come from a value, a citation or ``.fixed``.
        varied: how the runs differ from those that the kit was written for: "for your data", "with seed 3"; "" if they
        don't. If they do, a false claim drops its element instead of stopping the build.
        overlays: folders whose files take precedence over the kit's, the strongest first.
        talk: whether it is a single file, which is shown as well as possible, whatever is in it.
        language: language of the words, which decides how typed quotes look.
        kinds: the kinds of chart that exist.
        behind: exercise, with _ for -, -> the run that its numbers come from.
        solutions: exercise, likewise -> its solution as a chart or table.
        find: returns what a plugin registered, by kind and name; raises ``WorkshopError`` if there is none.
        cited: keys of the sources cited so far; shared by everything of one slide.
        used: runs whose values were printed so far; also shared by everything of one slide.
        kept: the cache folder, or ``None``.
        pictures: kind and size of each picture file, so that it is decoded once; shared by everything.
        drawings: the kit's drawings by name.
    """

    root: Path
    audience: str
    names: Mapping[str, Any]
    findings: Mapping[str, Findings]
    failed: frozenset[str]
    sources: Mapping[str, Source]
    report: Report
    digits: bool
    varied: str = ""
    known: tuple[str, ...] = ()
    overlays: tuple[Path, ...] = ()
    language: str = "en"
    talk: bool = False
    kinds: Kinds = BUILT_IN
    behind: Mapping[str, str] = field(default_factory=dict)
    solutions: Mapping[str, Exhibit] = field(default_factory=dict)
    find: Find = _nothing
    cited: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    kept: Path | None = None
    pictures: dict[Path, Picture] = field(default_factory=dict)
    drawings: Mapping[str, StagePicture] = field(default_factory=dict)

    def picture(self, path: Path) -> Picture:
        """Return kind and size of a picture file, without its bytes.

        Raises:
            PictureError: if it can't be shown.
        """
        if path not in self.pictures:
            found = affordable_picture(path, self.kept, self.report)
            grey = grey_copy(found, GREY_SIDE) if self.talk and path.suffix.lower() in PHOTOS else b""
            self.pictures[path] = replace(found, blob=b"", bitmap=b"", grey=grey)
        return self.pictures[path]

    def drawing(self, name: str, place: At) -> StagePicture | None:
        """Return a drawing of the kit; ``None`` for no name, or after reporting one that there isn't."""
        if name and name not in self.drawings:
            note = self.report.warn if self.talk else self.report.error
            hint = did_you_mean(name, self.drawings) or "draw it in pictures.yaml, which kit.yaml names as pictures:"
            note(f"no drawing is named {name!r}", place, hint, "unknown-drawing")
        return self.drawings.get(name)

    def fresh(self, **changes: Any) -> Scope:
        """Return a scope for the next slide or exercise, with nothing cited yet."""
        return replace(self, cited=[], used=[], footnotes=[], **changes)

    def _complain(self, error: ExpressionError, place: At) -> None:
        """Report an expression's problem with its place, unless it comes from a run that failed."""
        if not any(f"'{name}" in str(error) for name in self.failed):
            hint = did_you_mean(error.name, {*self.names, *self.known}) if error.name else error.hint
            self.report.error(str(error), place, hint, error.code)

    def text(self, expression: str, place: At) -> str:
        """Return a value as text; after reporting a problem "?", or in a talk what is typed."""
        try:
            result = Evaluator(self.names, self.language).text(expression)
        except ExpressionError as error:
            self._complain(error, place)
            return f"{{{{ {expression} }}}}" if self.talk else "?"
        self.used.extend(self.runs_of(expression))
        return result

    def runs_of(self, expression: str) -> Iterator[str]:
        """Yield the run that a value begins with, or the one behind the exercise that it refers to."""
        name, _, rest = expression.lstrip("( ").partition(".")
        if name == TASKS:
            name = self.behind.get(rest.partition(".")[0], "")
        if name in self.findings:
            yield name

    def fill(self, raw: str, place: At) -> str:
        """Return an attribute's text with its values filled in."""
        return curled(VALUE.sub(lambda m: self.text(m[1].strip(), place), raw), self.language)

    def holds(self, claim: str, place: At) -> bool:
        """Return whether a claim is true; a claim that can't be computed is reported and counts as true."""
        try:
            return Evaluator(self.names).claim(claim)
        except ExpressionError as error:
            self._complain(error, place)
            return True

    def _with_values(self, claim: str) -> str:
        values = Evaluator(self.names).looked_up(claim)
        return f": {values}" if values else ""

    def bears_out(self, right: str, place: At) -> bool | None:
        """Return whether an option of a bet is right: ``right=yes``, or an expression; ``None`` without one."""
        return (right == ALWAYS or self.holds(right, place)) if right else None

    def share(self, expression: str, place: At) -> float | None:
        """Return a share, 0 to 1; ``None`` without an expression, and after reporting one that isn't a share."""
        if not expression:
            return None
        try:
            value = Evaluator(self.names).value(expression)
        except ExpressionError as error:
            self._complain(error, place)
            return None
        self.used.extend(self.runs_of(expression))
        if isinstance(value, int | float | Fraction) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self.report.error(f"toy={expression} isn't a share from 0 to 1", place, 'write toy="a.part / a.whole"', "value")
        return None

    def wording(self, attrs: Any, place: At) -> str | None:
        """Return the neutral wording if an element's claim is false, ``None`` if it holds.

        Raises:
            Dropped: if it is false for runs other than the kit's own and has no neutral wording.
        """
        claim = attrs.get("claim")
        if not claim or self.holds(claim, place):
            return None
        if "else" in attrs:
            return self.fill(attrs.get("else"), place)
        if self.varied:
            raise Dropped(f"what it says isn't true {self.varied}")
        self.report.error(
            f"the claim '{claim}' is false for this run{self._with_values(claim)}",
            place,
            'change the sentence, or give the neutral wording: else="…"',
            "false-claim",
        )
        return None
