"""Formulas in TeX become the text that a person would write on one line; ^[…] and _[…] stand for raised and lowered letters."""

import re

import pytest

from workshop import limits
from workshop.content.spoken import spoken
from workshop.content.tex_reader import Unknown, parsed
from workshop.errors import At
from workshop.model.markup import Emphasis, Inline, LineBreak, Look, Text

HERE = At("talk.md", 1)


def shown(node: Inline) -> str:
    match node:
        case Text(text, _):
            return text
        case LineBreak():
            return "\n"
        case Emphasis(children):
            return "".join(map(shown, children))
        case Look(kind, children):
            return f"{'^' if kind == 'super' else '_'}[{''.join(map(shown, children))}]"
    raise AssertionError(node)


def words(tex: str) -> str:
    text = "".join(map(shown, spoken(parsed(tex), HERE)))
    while (joined := re.sub(r"([_^]\[)([^\[\]]*)\]\1", r"\1\2", text)) != text:
        text = joined
    return text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\mu", "μ"),
        (r"h = a \cos(\omega t)", "h = a cos(ωt)"),
        (r"\frac{a+b}{2c}", "(a + b)/(2c)"),
        (r"\frac12 x", "(1/2)x"),
        (r"a^10", "a^[1]0"),
        (r"x_i^2 - 1", "x_[i]^[2] − 1"),
        (r"-x + y = -1", "−x + y = −1"),
        (r"\sum_{i=1}^n i = \frac{n(n+1)}{2}", "∑_[i=1]^[n] i = (n(n + 1))/2"),
        (r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}", "∫_[0]^[∞] e^[−x^2] dx = √π/2"),
        (r"e^{x^{a+b}}", "e^[x^(a+b)]"),
        (r"\sqrt[3]{x+1}", "∛(x + 1)"),
        (r"\sqrt[n]{x}", "^[n]√x"),
        (r"\begin{pmatrix}a & b\\ c & d\end{pmatrix}", "(a, b; c, d)"),
        (r"\begin{bmatrix}1 & 0\\ 0 & 1\\ \end{bmatrix}", "[1, 0; 0, 1]"),
        (r"f(x)=\begin{cases}1 & \text{if } x>0\\ 0 & \text{else}\end{cases}", "f(x) = { 1, if x > 0; 0, else"),
        (r"\begin{align*} a &= b \\ c &= d \end{align*}", "a = b\nc = d"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)^[2]"),
        (r"\left. y \right|_0", "y|_[0]"),
        (r"\bar{x} = \hat y", "x\u0304 = y\u0302"),
        (r"x \in \mathbb{R}^n", "x ∈ ℝ^[n]"),
        (r"\mathbb R", "ℝ"),
        (r"\lim_{x \to 0} \frac{\sin x}{x} = 1", "lim_[x→0] (sin x)/x = 1"),
        (r"\log_2 n", "log_[2] n"),
        (r"f'(x)", "f′(x)"),
        (r"\binom{n}{k}", "(n over k)"),
        (r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}", "P(A | B) = (P(B | A) P(A))/(P(B))"),
        (r"a \not= b \leq c", "a ≠ b ≤ c"),
        (r"E = mc^2", "E = mc^[2]"),
        (r"\frac{\partial f}{\partial x}", "∂f/(∂x)"),
        (r"\operatorname{softmax}(z)_i", "softmax(z)_[i]"),
        (r"A \subseteq B \Rightarrow A \cap B = A", "A ⊆ B ⇒ A ∩ B = A"),
        (r"50\%", "50%"),
    ],
)
def test_a_formula_reads_as_one_line_of_text(tex: str, text: str) -> None:
    assert words(tex) == text


def test_variables_are_italic_and_functions_and_numbers_are_upright() -> None:
    assert spoken(parsed(r"2\sin x"), HERE) == (Text("2 sin ", HERE), Emphasis((Text("x", HERE),)))


@pytest.mark.parametrize(
    ("tex", "named"),
    [
        (r"\foo{x}", r"\foo"),
        (r"\begin{tikzpicture}a\end{tikzpicture}", r"\begin{tikzpicture}"),
        (r"\frac{a}", "something missing"),
        ("", "nothing in it"),
        (r"\\ \\", "nothing in it"),
        (r"\substack{}", "nothing in it"),
        (r"a \right) b", r"one \right too many"),
        ("x^2^3", "two ^ in one place"),
        (r"\text{a \foo}", r"\foo in words"),
        ("{a", "no }"),
        ("a}", "a } too many"),
        ("{" * (limits.FORMULA_LEVELS + 1) + "}" * (limits.FORMULA_LEVELS + 1), "levels"),
        (r"\hat" * 300 + "x", "levels"),
        ("x" * (limits.FORMULA + 1), "characters"),
    ],
)
def test_what_a_formula_cannot_be_is_named(tex: str, named: str) -> None:
    with pytest.raises(Unknown, match=re.escape(named)):
        parsed(tex)
