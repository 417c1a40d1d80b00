"""Formulas in TeX, read into what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from workshop import limits
from workshop.content.tex import (
    ACCENTS,
    BETWEEN,
    BIG_SIGNS,
    DROPPED,
    FENCES,
    FUNCTIONS,
    GREEK,
    LIMITS,
    MATRICES,
    NEGATED,
    ROWS,
    SIGNS,
    SPACES,
    STYLES,
    TYPED,
    WORDS,
)
from workshop.model.blocks import (
    BIG,
    BREAK,
    FUNCTION,
    LETTER,
    MARK,
    NUMBER_SIGN,
    OPERATOR,
    SPACE,
    TEXT,
    UPRIGHT,
    Accent,
    Brace,
    Fenced,
    Fraction,
    Grid,
    Node,
    Root,
    Row,
    Script,
    Sign,
)

# Formulas in TeX -> trees: ``\frac{a}{b}`` as a fraction, ``x_i^2`` as a letter with two indices.
#
# Commands are looked up in tables; nothing is expanded or run.
CELL = Sign("&", BREAK)
LINE = Sign("\v", BREAK)
_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|\s+|\d+(?:\.\d+)?|.", re.DOTALL)


class Unknown(Exception):  # noqa: N818 - no mistake of ours
    """A formula that can't be shown; ``args[0]`` says what is unknown."""


def parsed(text: str) -> Row:
    """Return a formula as a tree.

    Raises:
        Unknown: a command isn't known, braces don't match, or the formula is too long or too deep.
    """
    if len(text) > limits.FORMULA:
        raise Unknown(f"more than {limits.FORMULA}")
    row = _Reader(signs_of(text)).row(())
    if not row.parts:
        raise Unknown("nothing in it")
    if LINE in row.parts:
        return Row((_lines(row.parts),))
    return Row(tuple(part for part in row.parts if part != CELL))


def signs_of(text: str) -> list[str]:
    """Return the signs of a formula as they are typed: commands, letters, numbers, spaces."""
    return _TOKEN.findall(text.strip())


def _split(parts: Iterable[Node], mark: Sign) -> list[list[Node]]:
    found: list[list[Node]] = [[]]
    for part in parts:
        if part == mark:
            found.append([])
        else:
            found[-1].append(part)
    return found


def _lines(parts: Iterable[Node]) -> Grid:
    """Return lines below each other.

    Raises:
        Unknown: all of them are empty.
    """
    found = tuple(_cells(line) for line in _split(parts, LINE) if line)
    if not found:
        raise Unknown("nothing in it")
    return Grid(kind="lines", rows=found)


def _cells(line: Iterable[Node]) -> tuple[Row, ...]:
    return tuple(Row(tuple(cell)) for cell in _split(line, CELL))


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def _next(self) -> str:
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _take(self, wanted: str = "") -> str:
        mark = self._next()
        if not mark or (wanted and mark != wanted):
            raise Unknown(f"no {wanted}" if wanted else "something missing at its end")
        self.place += 1
        return mark

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > limits.FORMULA_LEVELS:
            raise Unknown(f"more than {limits.FORMULA_LEVELS}")

    # ------------------------------------------------------------ rows
    def row(self, stops: tuple[str, ...]) -> Row:
        """Return all nodes up to a token in ``stops``, which is left for the caller; without stops, to the end."""
        self._deeper()
        out: list[Node] = []
        while (mark := self._next()) and mark not in stops:
            if mark == "}":
                raise Unknown("a } too many")
            if mark == "\\right" and "\\right" not in stops:
                raise Unknown("one \\right too many")
            if mark in ("^", "_", "'"):
                self._script(out)
            else:
                out.extend(self._atom())
        if stops and not mark:
            raise Unknown(f"no {stops[0]}")
        self.depth -= 1
        return Row(tuple(out))

    def _script(self, out: list[Node]) -> None:
        """Give the last node what stands at its lower and upper right."""
        base = out.pop() if out and not _is_apart(out[-1]) else Row(())
        script = (
            base if isinstance(base, Script) and None in (base.sub, base.sup) else Script(base, stacked=_stacks(base))
        )
        while (mark := self._next()) in ("^", "_", "'"):
            self.place += 1
            if mark == "'":
                script = replace(script, sup=Row((*(script.sup.parts if script.sup else ()), Sign("′", MARK))))
            elif mark == "^" and (script.sup is None or _is_primes(script.sup)):
                script = replace(script, sup=Row((*(script.sup.parts if script.sup else ()), *self._argument().parts)))
            elif mark == "_" and script.sub is None:
                script = replace(script, sub=self._argument())
            else:
                raise Unknown(f"two {mark} in one place")
        out.append(script)

    def _argument(self) -> Row:
        """Return a group in braces, or one atom."""
        if self._next() == "{":
            self.place += 1
            found = self.row(("}",))
            self.place += 1
            return found
        if self._next()[:1].isdigit():  # one digit alone, as in "frac12"
            number = self._take()
            if number[1:]:
                self.place -= 1
                self.tokens[self.place] = number[1:]
            return Row((Sign(number[0], NUMBER_SIGN),))
        self._deeper()
        found = Row(tuple(self._atom()))
        self.depth -= 1
        return found

    def _raw(self) -> str:
        """Return what is typed in the next pair of braces."""
        self._take("{")
        first, depth = self.place, 0
        while self.place < len(self.tokens) and (depth or self.tokens[self.place] != "}"):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.place], 0)
            self.place += 1
        text = "".join(self.tokens[first : self.place])
        self._take("}")
        return text

    def _atom(self) -> list[Node]:
        if self._next() == "{":
            return [self._argument()]
        mark = self._take()
        if mark.startswith("\\") and len(mark) > 1:
            return self._command(mark)
        if mark in TYPED:
            return [Sign(TYPED[mark], OPERATOR)]
        if mark == "&":
            return [CELL]
        if mark == "~":
            return [Sign(" ", SPACE)]
        return [Sign(mark, LETTER if mark.isalpha() else NUMBER_SIGN if mark[0].isdigit() else MARK)]

    # ------------------------------------------------------------ commands
    def _command(self, mark: str) -> list[Node]:
        name = mark[1:].rstrip("*")
        for table, kind in ((GREEK, LETTER), (SIGNS, MARK), (SPACES, SPACE), (BETWEEN, OPERATOR)):
            if name in table:
                return [Sign(table[name], kind)]
        if name in FUNCTIONS:
            return [Sign(FUNCTIONS[name], FUNCTION)]
        if name in BIG_SIGNS:
            return [Sign(BIG_SIGNS[name], BIG)]
        if name in WORDS:
            return [Sign(_plain(self._raw()), TEXT, WORDS[name])]
        if name in STYLES:
            return list(_styled(self._argument(), STYLES[name]).parts)
        if name in DROPPED:
            return []
        if mark == "\\\\":
            if self._next() == "[":
                self.row(("]",))
                self.place += 1
            return [LINE]
        if name in ("label", "tag"):
            self._raw()
            return []
        if name == "begin":
            return self._environment(self._raw().rstrip("*"))
        return [self._built(mark, name)]

    def _built(self, mark: str, name: str) -> Node:
        """Return what a command makes of its arguments."""
        match name:
            case "frac" | "dfrac" | "tfrac" | "cfrac":
                return Fraction(self._argument(), self._argument())
            case "binom" | "dbinom" | "tbinom":
                return Fraction(self._argument(), self._argument(), bar=False)
            case "sqrt":
                return self._root()
            case "left":
                return self._fenced()
            case "operatorname":
                return Sign(_letters(self._argument()), FUNCTION)
            case "underbrace" | "overbrace":
                return Brace(self._argument(), name == "overbrace")
            case "overset" | "stackrel":
                above = self._argument()
                return Script(self._argument(), sup=above, stacked=True)
            case "underset":
                below = self._argument()
                return Script(self._argument(), sub=below, stacked=True)
            case "xrightarrow" | "xleftarrow":
                return Script(Sign("→←"[name == "xleftarrow"], OPERATOR), sup=self._argument(), stacked=True)
            case "pmod":
                return Row((Sign("(", MARK), Sign("mod", FUNCTION), *self._argument().parts, Sign(")", MARK)))
            case "substack":
                return _lines(self._argument().parts)
            case "not":
                return self._negated()
        if name in ACCENTS:
            return Accent(ACCENTS[name], self._argument())
        raise Unknown(mark)

    def _negated(self) -> Sign:
        found = self._argument().parts
        text = found[0].text if len(found) == 1 and isinstance(found[0], Sign) else ""
        if text not in NEGATED:
            raise Unknown("\\not")
        return Sign(NEGATED[text], OPERATOR)

    def _root(self) -> Root:
        degree: Row | None = None
        if self._next() == "[":
            self.place += 1
            degree = self.row(("]",))
            self.place += 1
        return Root(self._argument(), degree if degree is not None and degree.parts else None)

    def _fence(self) -> str:
        """Return a bracket that is as high as what is in it; "" for none."""
        mark = self._take()
        name = mark.removeprefix("\\")
        found = FENCES.get(name) if mark.startswith("\\") else name if name in "()[]|/.<>" else None
        if found is None:
            raise Unknown(f"{mark} as a bracket")
        return {".": "", "<": "⟨", ">": "⟩"}.get(found, found)

    def _fenced(self) -> Fenced:
        left = self._fence()
        inside = self.row(("\\right",))
        self.place += 1
        return Fenced(left, inside, self._fence())

    def _environment(self, name: str) -> list[Node]:
        if name not in MATRICES and name not in ROWS and name != "cases":
            raise Unknown(f"\\begin{{{name}}}")
        if name in ("array", "alignedat", "alignat") and self._next() == "{":
            self._raw()
        inside = self.row(("\\end",))
        self._take()
        self._raw()
        lines = [_cells(line) for line in _split(inside.parts, LINE)]
        while lines and not any(cell.parts for cell in lines[-1]):
            lines.pop()
        if not lines:
            return []
        if name in ROWS:
            if len(lines) == 1:
                return [part for cell in lines[0] for part in cell.parts]
            return [Grid(kind="lines", rows=tuple(lines))]
        if name == "cases":
            return [Grid(kind="cases", rows=tuple(lines), left="{")]
        fence = MATRICES[name]
        return [Grid(kind="matrix", rows=tuple(lines), left=fence[:1], right=fence[1:])]


def _is_apart(node: Node) -> bool:
    """Whether indices after a node don't belong to it."""
    return isinstance(node, Sign) and node.kind in (OPERATOR, SPACE, BREAK)


def _stacks(node: Node) -> bool:
    """Whether indices go below and above a node, as with a limit."""
    if isinstance(node, Brace):
        return True
    return isinstance(node, Sign) and node.kind == FUNCTION and node.text in LIMITS


def _is_primes(row: Row) -> bool:
    return all(isinstance(part, Sign) and part.text == "′" for part in row.parts)


def _plain(text: str) -> str:
    """Return words in a formula without TeX's own signs."""
    text = re.sub(r"\\([%&#$_{} ])", r"\1", text.replace("~", " "))
    if "\\" in text:
        raise Unknown(f"{text[text.index(chr(92)) :].split()[0]} in words")
    return text.replace("$", "")


def _letters(row: Row) -> str:
    return "".join(part.text for part in row.parts if isinstance(part, Sign))


def _styled(row: Row, style: str) -> Row:
    """Return a row with its letters in a style; letters that are next to each other and upright make one word."""
    found: list[Node] = []
    for part in row.parts:
        new = _restyled(part, style)
        last = found[-1] if found else None
        if isinstance(new, Sign) and isinstance(last, Sign) and style == UPRIGHT and new.kind == last.kind == LETTER:
            found[-1] = replace(last, text=last.text + new.text)
        else:
            found.append(new)
    return Row(tuple(found))


def _restyled(node: Node, style: str) -> Node:
    if isinstance(node, Sign):
        return replace(node, style=style) if node.kind in (LETTER, NUMBER_SIGN, MARK) else node
    if isinstance(node, Row):
        return _styled(node, style)
    if isinstance(node, Script):
        return replace(node, base=_restyled(node.base, style))
    return replace(node, inside=_styled(node.inside, style)) if isinstance(node, Accent) else node
