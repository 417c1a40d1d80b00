"""Formulas of every kind that talks may contain, and decks with them."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from workshop.build import prepare
from workshop.errors import errors_in
from workshop.layout.laid import LaidOut
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}

FORMULAS = (
    r"E = mc^2",
    r"\frac{a+b}{2c}",
    r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    r"\sqrt[3]{x+1}",
    r"x_i^2 + y_{n-1}^{k}",
    r"\sum_{i=1}^n i = \frac{n(n+1)}{2}",
    r"\prod_{k=1}^{n} \left(1 + \frac{1}{k}\right) = n + 1",
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\oint_C \vec{F} \cdot d\vec{r}",
    r"\alpha + \beta \le \Gamma \ne \Omega",
    r"\sin^2 \theta + \cos^2 \theta = 1",
    r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
    r"\hat{\theta} = \operatorname*{argmax}_\theta \log p(x \mid \theta)",
    r"\bar{x} = \frac{1}{n}\sum_{i} x_i, \quad \tilde y, \dot z, \ddot z",
    r"\overline{AB} + \underline{c}",
    r"A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{bmatrix} 1 & 0 & 0 \\ 0 & 1 & 0 \\ 0 & 0 & 1 \end{bmatrix}",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix} = ad - bc",
    r"f(x) = \begin{cases} x^2 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\left[ \frac{a}{b} \right]_0^1 \left\{ x \right\} \left| y \right|",
    r"\left. \frac{df}{dx} \right|_{x=0}",
    r"x \in \mathbb{R}^n, \quad \mathbf{A}\mathbf{x} = \mathbf{b}",
    r"\mathcal{L}(\theta) = \mathrm{E}[X] + \mathfrak{g} + \mathsf{T}",
    r"a \quad b \qquad c \, d \; e",
    r"A \to B \Rightarrow C \iff D \mapsto E",
    r"\binom{n}{k} = \frac{n!}{k!(n-k)!}",
    r"\begin{aligned} (a+b)^2 &= a^2 + 2ab + b^2 \\ &= c \end{aligned}",
    r"\underbrace{a + b + c}_{n} + \overbrace{x + y}^{m}",
    r"f'(x) = \nabla f \cdot \partial_x g''",
    r"\sum_{\substack{i < n \\ i \text{ odd}}} a_i \xrightarrow{n \to \infty} L",
    r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}",
    r"\text{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}",
    r"1 + \cfrac{1}{1 + \cfrac{1}{1 + x}}",
    r"a \not= b, \; A \subseteq B \cup C, \; 50\%",
)


def laid_talk(path: Path, text: str, request: Request | None = None) -> LaidOut:
    """Return a talk, laid out; it must have no problems."""
    path.write_text(text, "utf-8")
    laid, problems = prepare(path, request or Request(), standard_registry(), base=None)
    assert laid is not None
    assert errors_in(problems) == ()
    return laid


def talk_of(formulas: Sequence[str]) -> str:
    """Return a talk with each formula on a slide of its own, in a line of its own and in a line of text."""
    slides = (f"# Formula {k}\n\nBefore ${tex}$ and after.\n\n$$ {tex} $$\n" for k, tex in enumerate(formulas, 1))
    return "---\ntitle: Formulas\n---\n\n" + "\n".join(slides)


def slides_of(deck: bytes) -> list[etree._Element]:
    """Return the XML of each slide."""
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        names = [name for name in package.namelist() if name.startswith("ppt/slides/slide")]
        ordered = sorted(names, key=lambda name: int("".join(filter(str.isdigit, name))))
        return [etree.fromstring(package.read(name)) for name in ordered]
