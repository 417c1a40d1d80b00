"""The commands of TeX that formulas may contain, as tables."""

from __future__ import annotations

from workshop.model.blocks import (
    BOLD,
    BOLD_ITALIC,
    DOUBLE,
    FRAKTUR,
    MONO,
    SANS,
    SCRIPT,
    SLANTED,
    UPRIGHT,
)


def _names(text: str) -> list[str]:
    return text.split()


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


GREEK = dict(
    zip(
        _names(
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
        ),
        "αβγδεζηθικλμνξπρστυφχψω",
        strict=True,
    )
)
GREEK |= {"varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "varrho": "ϱ", "varsigma": "ς", "ell": "ℓ"}
SIGNS = dict(
    zip(
        _names("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"),
        "ΓΔΘΛΞΠΣΥΦΨΩ",
        strict=True,
    )
)
SIGNS |= _pairs("infty ∞  partial ∂  nabla ∇  emptyset ∅  varnothing ∅  hbar ħ  Re ℜ  Im ℑ")
SIGNS |= _pairs("ldots …  dots …  dotsc …  cdots ⋯  dotsb ⋯  vdots ⋮  ddots ⋱  prime ′  degree °  angle ∠")
SIGNS |= {"forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "aleph": "ℵ", "dagger": "†", "top": "⊤", "bot": "⊥"}
SIGNS |= _pairs("langle ⟨  rangle ⟩  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉  lvert |  rvert |")
SIGNS |= _pairs("lVert ‖  rVert ‖  vert |  Vert ‖  | ‖  { {  } }  % %  $ $  & &  lbrace {  rbrace }")
SIGNS |= {"#": "#", "_": "_", "lbrack": "[", "rbrack": "]"}
SPACES = {"quad": "  ", "qquad": "   ", " ": " ", ",": " ", ";": " ", ":": " ", ">": " "}
BETWEEN = {"pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "cup": "∪", "cap": "∩", "setminus": "∖"}
BETWEEN |= {"wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "oplus": "⊕", "otimes": "⊗", "ast": "∗", "mid": "|"}
BETWEEN |= {"circ": "∘", "star": "⋆", "odot": "⊙", "bullet": "∙"}
BETWEEN |= _pairs("le ≤  leq ≤  ge ≥  geq ≥  ne ≠  neq ≠  approx ≈  equiv ≡  sim ∼")
BETWEEN |= _pairs("simeq ≃  cong ≅  propto ∝  ll ≪  gg ≫  in ∈  notin ∉  ni ∋  lt <  gt >")
BETWEEN |= _pairs("subset ⊂  subseteq ⊆  supset ⊃  supseteq ⊇  to →  rightarrow →  leftarrow ←  gets ←")
BETWEEN |= _pairs("Rightarrow ⇒  implies ⇒  Leftarrow ⇐  Leftrightarrow ⇔  iff ⇔  leftrightarrow ↔")
BETWEEN |= _pairs("longrightarrow ⟶  longleftarrow ⟵  Longrightarrow ⟹  uparrow ↑  downarrow ↓  hookrightarrow ↪")
BETWEEN |= {"mapsto": "↦", "perp": "⊥", "parallel": "∥", "colon": ":", "models": "⊨", "vdash": "⊢", "bmod": "mod"}
BETWEEN |= _pairs("prec ≺  succ ≻  preceq ⪯  succeq ⪰  asymp ≍  doteq ≐  triangleq ≜  coloneqq ≔")
TYPED = {"+": "+", "-": "−", "=": "=", "<": "<", ">": ">", "*": "∗", ":": ":"}
NEGATED = _pairs("= ≠  ∈ ∉  < ≮  > ≯  ≤ ≰  ≥ ≱  ⊂ ⊄  ⊆ ⊈  ≡ ≢  ∼ ≁  ≈ ≉  ∃ ∄  ∥ ∦  | ∤")
FUNCTIONS = {
    name: name
    for name in _names(
        "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln lg lim max min sup inf arg det dim gcd ker deg hom Pr"
    )
}
FUNCTIONS |= {"limsup": "lim sup", "liminf": "lim inf", "argmax": "arg max", "argmin": "arg min"}
LIMITS = frozenset(
    (
        "lim",
        "max",
        "min",
        "sup",
        "inf",
        "det",
        "gcd",
        "Pr",
        "lim sup",
        "lim inf",
        "arg max",
        "arg min",
        "argmax",
        "argmin",
    )
)
BIG_SIGNS = {"sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮"}
BIG_SIGNS |= {"bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigvee": "⋁", "bigwedge": "⋀"}
ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "breve": "\u0306",
    "dot": "\u0307",
    "check": "\u030c",
    "acute": "\u0301",
    "grave": "\u0300",
}
ACCENTS |= {"overline": "\u0305", "ddot": "\u0308", "vec": "\u20d7", "overrightarrow": "\u20d7", "underline": "\u0332"}
DROPPED = frozenset(
    _names("big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle textstyle scriptstyle limits")
    + _names("nolimits nonumber notag ! middle hline")
)
WORDS = {"text": "", "textrm": "", "mbox": "", "textnormal": "", "textit": SLANTED, "textbf": BOLD, "texttt": MONO}
STYLES = {"mathrm": UPRIGHT, "mathbf": BOLD, "mathit": SLANTED, "boldsymbol": BOLD_ITALIC, "bm": BOLD_ITALIC}
STYLES |= {"mathsf": SANS, "mathtt": MONO, "mathcal": SCRIPT, "mathscr": SCRIPT, "mathfrak": FRAKTUR, "mathbb": DOUBLE}
FENCES = _pairs("{ {  } }  lbrace {  rbrace }  lbrack [  rbrack ]  | ‖  vert |  Vert ‖  lvert |  rvert |  lVert ‖")
FENCES |= _pairs(
    "rVert ‖  langle ⟨  rangle ⟩  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉  backslash \\  uparrow ↑  downarrow ↓"
)
MATRICES = {
    "pmatrix": "()",
    "bmatrix": "[]",
    "Bmatrix": "{}",
    "vmatrix": "||",
    "Vmatrix": "‖‖",
    "matrix": "",
    "smallmatrix": "",
    "array": "",
}
ROWS = frozenset(_names("equation align aligned alignat alignedat gather gathered split multline eqnarray"))
# letters with two bars as characters of their own
DOUBLES = dict(zip("CHNPQRZE", "ℂℍℕℙℚℝℤ𝔼", strict=True))
