r"""Formulas in TeX -> words with raised and lowered letters: ``\frac{a}{b}`` as a/b, ``x_i^2`` with real indices.

A formula stays text, so it is measured, wrapped and printed like all other text, and can be edited in the deck. Commands are
looked up in tables; nothing is expanded or run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from workshop.errors import At
from workshop.model.markup import Emphasis, Inline, LineBreak, Look, Text

LONGEST = 2_000  # characters; a longer formula doesn't fit a slide in any case
DEEPEST = 20  # levels of braces

_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|\s+|\d+(?:\.\d+)?|.", re.DOTALL)
_ONE = re.compile(r"[\d.]+|[^\W\d_][\u0300-\u036f\u20d0-\u20ff′]*|∞")


def _names(text: str) -> list[str]:
    return text.split()


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_GREEK = dict(
    zip(
        _names(
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
        ),
        "αβγδεζηθικλμνξπρστυφχψω",
        strict=True,
    )
)
_GREEK |= {"varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "varrho": "ϱ", "varsigma": "ς", "ell": "ℓ"}
_SIGNS = dict(
    zip(
        _names("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"),
        "ΓΔΘΛΞΠΣΥΦΨΩ",
        strict=True,
    )
)
_SIGNS |= _pairs("infty ∞  partial ∂  nabla ∇  emptyset ∅  varnothing ∅  hbar ħ  Re ℜ  Im ℑ")
_SIGNS |= _pairs("ldots …  dots …  cdots ⋯  vdots ⋮  ddots ⋱  prime ′  degree °  angle ∠")
_SIGNS |= {"forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "aleph": "ℵ", "circ": "∘", "dagger": "†", "star": "⋆"}
_SIGNS |= _pairs("langle ⟨  rangle ⟩  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉  lvert |  rvert |")
_SIGNS |= _pairs("lVert ‖  rVert ‖  vert |  Vert ‖  | ‖  { {  } }  % %  $ $  & &")
_SIGNS |= {
    "#": "#",
    "_": "_",
    "lbrace": "{",
    "rbrace": "}",
    "quad": "  ",
    "qquad": "   ",
    " ": " ",
    ",": " ",
    ";": " ",
    ":": " ",
}
_BETWEEN = {"pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "cup": "∪", "cap": "∩", "setminus": "∖"}
_BETWEEN |= {"wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "oplus": "⊕", "otimes": "⊗", "ast": "∗", "mid": "|"}
_BETWEEN |= _pairs("le ≤  leq ≤  ge ≥  geq ≥  ne ≠  neq ≠  approx ≈  equiv ≡  sim ∼")
_BETWEEN |= _pairs("simeq ≃  cong ≅  propto ∝  ll ≪  gg ≫  in ∈  notin ∉  ni ∋  lt <  gt >")
_BETWEEN |= _pairs("subset ⊂  subseteq ⊆  supset ⊃  supseteq ⊇  to →  rightarrow →  leftarrow ←")
_BETWEEN |= {
    "Rightarrow": "⇒",
    "implies": "⇒",
    "Leftarrow": "⇐",
    "Leftrightarrow": "⇔",
    "iff": "⇔",
    "leftrightarrow": "↔",
}
_BETWEEN |= {"mapsto": "↦", "perp": "⊥", "parallel": "∥", "colon": ":"}
_TYPED = {"+": "+", "-": "−", "=": "=", "<": "<", ">": ">", "*": "∗", ":": ":"}
_FUNCTIONS = frozenset(
    _names(
        "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh exp log ln lg lim max min sup inf arg det dim gcd ker Pr"
    )
)
_BIG = {"sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂"}
_ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "dot": "\u0307",
}
_ACCENTS |= {"overline": "\u0305", "ddot": "\u0308", "vec": "\u20d7", "underline": "\u0332"}
_DROPPED = frozenset(
    _names(
        "left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle limits nolimits nonumber notag ! middle"
    )
)
_UPRIGHT = frozenset(
    _names("text textrm textit textbf mathrm mathbf mathit mathsf mathtt mathcal boldsymbol bm operatorname mbox")
)
_DOUBLE = dict(zip("CHNPQRZE", "ℂℍℕℙℚℝℤ𝔼", strict=True))
_FENCES = {
    "pmatrix": "()",
    "bmatrix": "[]",
    "Bmatrix": "{}",
    "vmatrix": "||",
    "Vmatrix": "‖‖",
    "matrix": "  ",
    "array": "  ",
}
_ROWS = frozenset(_names("equation align aligned gather gathered split multline eqnarray"))
_ROOTS = {"3": "∛", "4": "∜"}


class Unknown(Exception):  # noqa: N818 - no mistake of ours
    """A formula that has no words for it; ``args[0]`` says what is unknown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters in one look; ``script`` is 1 above the line and -1 below it."""

    text: str
    italic: bool = False
    script: int = 0


def formula(tex: str, at: At) -> tuple[Inline, ...]:
    """Return a formula as inline nodes.

    Raises:
        Unknown: a command isn't known, braces don't match, or the formula is too long or too deep.
    """
    if len(tex) > LONGEST:
        raise Unknown(f"more than {LONGEST:,} characters")
    reader = _Reader(_TOKEN.findall(tex.strip()))
    pieces = reader.row(())
    return tuple(_nodes(pieces, at))


def _nodes(pieces: Iterable[Piece], at: At) -> Iterable[Inline]:
    for (italic, script), group in groupby(pieces, key=lambda piece: (piece.italic, piece.script)):
        for k, text in enumerate("".join(piece.text for piece in group).split("\v")):
            if k:
                yield LineBreak(at)
            if not text:
                continue
            node: Inline = Text(text, at)
            node = Emphasis((node,)) if italic else node
            yield Look("super" if script > 0 else "sub", (node,)) if script else node


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0
        self.row_end = "\v"

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

    def row(self, stops: tuple[str, ...]) -> list[Piece]:
        """Return all pieces up to a token in ``stops``, which is left for the caller; without stops, to the end."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unknown(f"more than {DEEPEST} levels")
        out: list[Piece] = []
        while (mark := self._next()) and mark not in stops:
            if mark == "}":
                raise Unknown("a } too many")
            if mark in "^_":
                self.place += 1
                out += _script(self._argument(), 1 if mark == "^" else -1)
            else:
                self._atom(out)
        if stops and not mark:
            raise Unknown(f"no {stops[0]}")
        self.depth -= 1
        return out

    def _argument(self) -> list[Piece]:
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
            return [Piece(number[0])]
        out: list[Piece] = []
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unknown(f"more than {DEEPEST} levels")
        self._atom(out)
        self.depth -= 1
        return out

    def _raw(self) -> str:
        """Return what is typed in the next pair of braces."""
        self._take("{")
        first = self.place
        while self.place < len(self.tokens) and self.tokens[self.place] != "}":
            self.place += 1
        text = "".join(self.tokens[first : self.place])
        self._take("}")
        return text

    def _atom(self, out: list[Piece]) -> None:
        if self._next() == "{":
            out += self._argument()
            return
        mark = self._take()
        if mark.startswith("\\") and len(mark) > 1:
            self._command(mark, out)
        elif mark in _TYPED:
            out.append(Piece(_spaced(_TYPED[mark], out)))
        elif mark == "'":
            out.append(Piece("′"))
        elif mark in ",;":
            out.append(Piece(f"{mark} "))
        elif mark != "&":
            out.append(Piece(" " if mark == "~" else mark, italic=mark.isalpha()))

    def _command(self, mark: str, out: list[Piece]) -> None:
        name = mark[1:].rstrip("*")
        if name in _GREEK:
            out.append(Piece(_GREEK[name], italic=True))
        elif name in _SIGNS:
            out.append(Piece(_SIGNS[name]))
        elif name in _BETWEEN:
            out.append(Piece(_spaced(_BETWEEN[name], out)))
        elif name in _FUNCTIONS or name in _BIG:
            self._function(_BIG.get(name, name), out)
        elif name in _UPRIGHT:
            out += self._upright(name)
        elif name in _DROPPED:
            if self._next() == "." and name in ("left", "right"):
                self.place += 1
        elif mark == "\\\\":
            out.append(Piece(self.row_end))
        elif name in ("label", "tag"):
            self._raw()
        elif name == "begin":
            out += self._environment(self._raw().rstrip("*"))
        else:
            out += self._built(mark, name)

    def _upright(self, name: str) -> list[Piece]:
        if name in ("text", "textrm", "textit", "textbf", "mbox"):
            return [Piece(self._raw())]
        return [replace(piece, italic=False) for piece in self._argument()]

    def _function(self, name: str, out: list[Piece]) -> None:
        before = " " if out and out[-1].text[-1:].isalnum() and not out[-1].script else ""
        out.append(Piece(before + name))
        while (mark := self._next()) in ("^", "_"):
            self.place += 1
            out += _script(self._argument(), 1 if mark == "^" else -1)
        if mark and mark not in ("(", "[", "\\left", "}", ")", ",", "&", "\\\\"):
            out.append(Piece(" "))

    def _built(self, mark: str, name: str) -> list[Piece]:
        """Return what a command makes of its arguments."""
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return self._fraction()
        if name == "sqrt":
            return self._root()
        if name in ("binom", "dbinom", "tbinom"):
            above, below = self._argument(), self._argument()
            return [Piece("("), *above, Piece(" over "), *below, Piece(")")]
        if name in _ACCENTS:
            return [
                replace(p, text="".join(c if c.isspace() else c + _ACCENTS[name] for c in p.text))
                for p in self._argument()
            ]
        if name == "mathbb":
            return [
                Piece("".join(_DOUBLE.get(c, c) for c in self._raw()) if self._next() == "{" else _double(self._take()))
            ]
        if name in ("underbrace", "overbrace"):
            return self._argument()
        if name == "not":
            self._take("=")
            return [Piece(" ≠ ")]
        raise Unknown(mark)

    def _fraction(self) -> list[Piece]:
        above, below = self._argument(), self._argument()
        if not _is_one(above) and (" " in _words(above) or "/" in _words(above)):
            above = _in_brackets(above)
        found = [*above, Piece("/"), *(below if _is_one(below) else _in_brackets(below))]
        after = self._next()
        ends = (
            not after
            or after in _TYPED
            or after in ("}", ")", "]", ",", ";", ".", "&", "\\\\", "|")
            or after == "\\right"
        )
        return found if ends or after[1:] in _BETWEEN or after == "\\end" else _in_brackets(found)

    def _root(self) -> list[Piece]:
        degree: list[Piece] = []
        if self._next() == "[":
            self.place += 1
            degree = self.row(("]",))
            self.place += 1
        inside = self._argument()
        sign = [Piece(_ROOTS[_words(degree)])] if _words(degree) in _ROOTS else [*_script(degree, 1), Piece("√")]
        return [*sign, *(inside if _is_one(inside) else _in_brackets(inside))]

    def _environment(self, name: str) -> list[Piece]:
        if name not in _FENCES and name not in _ROWS and name != "cases":
            raise Unknown(f"\\begin{{{name}}}")
        if name == "array" and self._next() == "{":
            self._raw()
        outer = self.row_end
        inner = not (name in _ROWS and self.depth == 1)
        self.row_end = "; " if inner else "\v"
        cells: list[Piece] = []
        while True:
            cells += self.row(("\\end", "&"))
            if self._take() == "\\end":
                break
            if name not in _ROWS:
                cells.append(Piece(", "))
        self._raw()
        self.row_end = outer
        while cells and cells[-1].text in ("; ", "\v"):
            cells.pop()
        if name == "cases":
            return [Piece("{ "), *cells]
        fence = _FENCES.get(name, "  ").strip()
        return [Piece(fence[0]), *cells, Piece(fence[1])] if fence else cells


def _double(letter: str) -> str:
    return _DOUBLE.get(letter, letter)


def _spaced(sign: str, before: list[Piece]) -> str:
    """Return an operator with its spaces; a sign of a number has none."""
    last = _words(before).rstrip(" ")[-1:] if before else ""
    first = not last or (last in "([{,;\v=<>≤≥≈≠+−±×·∈→⇒/|" and sign in "+−±∓")
    return sign if first and sign in "+−±∓" else f" {sign} "


def _words(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _is_one(pieces: list[Piece]) -> bool:
    """Tell whether pieces read as one number or letter, with or without indices."""
    return _ONE.fullmatch(_words(piece for piece in pieces if not piece.script)) is not None


def _in_brackets(pieces: list[Piece]) -> list[Piece]:
    return [Piece("("), *pieces, Piece(")")]


def _script(pieces: list[Piece], script: int) -> list[Piece]:
    """Return pieces above or below the line; an index of an index is written out, as ^ or _ and brackets."""
    out: list[Piece] = []
    for inner, group in groupby(pieces, key=lambda piece: piece.script):
        part = list(group)
        if inner:
            sign = Piece("^" if inner > 0 else "_", script=script)
            part = [sign, *(part if _is_one([replace(p, script=0) for p in part]) else _in_brackets(part))]
        out += [
            replace(piece, text=piece.text.strip() if _operator(piece) else piece.text, script=script) for piece in part
        ]
    return out


def _operator(piece: Piece) -> bool:
    return len(piece.text) == 3 and piece.text[0] == piece.text[2] == " "
