"""Equations as Office writes them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.formulas import FORMULAS, NAMESPACES
from workshop.check.package_drawn import ARGUMENTS, ORDER, faults_of
from workshop.content.spoken import spoken
from workshop.content.tex_reader import Unknown, parsed
from workshop.errors import At
from workshop.layout.measure import extent
from workshop.model.blocks import Formula
from workshop.render.office_xml import to_bytes
from workshop.render.pptx.text import NOTHING, math

M = f"{{{NAMESPACES['m']}}}"


def omml(tex: str, *, display: bool = False) -> etree._Element:
    return etree.fromstring(to_bytes(math(Formula(parsed(tex), display))))


def shape(node: etree._Element) -> str:
    """Return an equation in short: f(num(a) den(b)) for a fraction."""
    name = node.tag.removeprefix(M)
    if name == "t":
        return node.text or ""
    if name.endswith("Pr") or name == "rPr":
        return ""
    inside = "".join(shape(child) for child in node)
    return inside if name in ("r", "oMath") else f"{name}({inside})"


@pytest.mark.parametrize(
    ("tex", "short"),
    [
        (r"\frac{a}{b}", "f(num(a)den(b))"),
        (r"\sqrt{x}", "rad(deg()e(x))"),
        (r"\sqrt[3]{x}", "rad(deg(3)e(x))"),
        (r"x_i", "sSub(e(x)sub(i))"),
        (r"x^2", "sSup(e(x)sup(2))"),
        (r"x_i^2", "sSubSup(e(x)sub(i)sup(2))"),
        (r"f'", "sSup(e(f)sup(′))"),
        (r"\sum_{i=1}^n x_i + c", "nary(sub(i=1)sup(n)e(sSub(e(x)sub(i))))+c"),
        (r"\int_0^1 x\,dx = 1", "nary(sub(0)sup(1)e(x\u2005dx))=1"),
        (r"\sin x + 1", "func(fName(sin)e(x))+1"),
        (r"\log(p)", "func(fName(log)e((p)))"),
        (r"\lim_{x \to 0} f", "func(fName(limLow(e(lim)lim(x→0)))e(f))"),
        (r"\left( a \right]", "d(e(a))"),
        (r"\hat x", "acc(e(x))"),
        (r"\overline{AB}", "bar(e(AB))"),
        (r"\underbrace{x}_n", "limLow(e(groupChr(e(x)))lim(n))"),
        (r"\begin{matrix} a & b \\ c & d \end{matrix}", "m(mr(e(a)e(b))mr(e(c)e(d)))"),
        (r"\begin{pmatrix} a & b \end{pmatrix}", "d(e(m(mr(e(a)e(b)))))"),
        (r"\binom{n}{k}", "d(e(f(num(n)den(k))))"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "eqArr(e(a&=b)e(&=c))"),
        (r"\overset{a}{b}", "limUpp(e(b)lim(a))"),
    ],
)
def test_each_construct_is_that_of_office(tex: str, short: str) -> None:
    assert shape(omml(tex)) == short


def test_a_sum_at_the_end_of_a_formula_has_no_empty_box() -> None:
    assert shape(omml(r"a = \sum")) == "a=∑"
    assert shape(omml(r"\sum_i = a")) == "sSub(e(∑)sub(i))=a"


@pytest.mark.parametrize(
    "tex", [r"\frac{}{b}", r"{}_a", r"\sqrt{}", r"x^{}", r"\left( \right)", r"\begin{cases} a & \\ & b \end{cases}"]
)
def test_an_empty_place_holds_a_thin_space_instead_of_an_empty_box(tex: str) -> None:
    found = omml(tex)
    empty = [node for node in found.iter() if node.tag.removeprefix(M) in ARGUMENTS and not len(node)]
    assert [node.tag for node in empty] in ([], [f"{M}deg"])
    assert NOTHING in "".join(found.itertext())


@pytest.mark.parametrize("tex", FORMULAS)
def test_the_children_of_every_element_are_in_the_order_of_the_standard(tex: str) -> None:
    for node in omml(tex, display=True).iter():
        order = [part.strip("[]+") for part in ORDER.get(node.tag.removeprefix(M), "").split()]
        children = [child.tag.removeprefix(M) for child in node]
        if order:
            assert [order.index(name) for name in children] == sorted(order.index(name) for name in children)


@pytest.mark.parametrize(
    ("tex", "scr", "sty"),
    [
        (r"\mathbb{R}", "double-struck", "p"),
        (r"\mathcal{L}", "script", "p"),
        (r"\mathbf{x}", "", "b"),
        (r"\mathrm{d}", "", "p"),
        (r"\boldsymbol{x}", "", "bi"),
        ("2", "", "p"),
        ("x", "", ""),
    ],
)
def test_letters_keep_their_style(tex: str, scr: str, sty: str) -> None:
    found = omml(tex)
    for name, value in (("scr", scr), ("sty", sty)):
        assert [node.get(f"{M}val") for node in found.iter(f"{M}{name}")] == ([value] if value else [])


def test_words_are_not_mathematics() -> None:
    run = omml(r"\text{if } x")[0]
    assert run.find("m:rPr/m:nor", NAMESPACES) is not None
    assert run.findtext("m:t", namespaces=NAMESPACES) == "if "
    assert run[1].get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_formula_in_a_line_of_its_own_is_a_paragraph_in_the_middle() -> None:
    found = omml("x", display=True)
    assert found.tag == f"{M}oMathPara"
    assert found.find("m:oMathParaPr/m:jc", NAMESPACES).get(f"{M}val") == "center"


TOKENS = [
    r"\frac",
    r"\sqrt",
    r"[",
    r"]",
    r"{",
    r"}",
    r"^",
    r"_",
    r"'",
    r"x",
    r"1",
    r"+",
    r"-",
    r"=",
    r"(",
    r")",
    r"|",
    r"&",
    r"\\",
    r"\sum",
    r"\int",
    r"\sin",
    r"\lim",
    r"\left(",
    r"\right)",
    r"\left.",
    r"\right|",
    r"\hat",
    r"\overline",
    r"\text{a}",
    r"\begin{pmatrix}",
    r"\end{pmatrix}",
    r"\begin{cases}",
    r"\end{cases}",
    r"\begin{aligned}",
    r"\end{aligned}",
    r"\binom",
    r"\underbrace",
    r"\mathbb",
    r"\quad",
    r",",
    r"\not=",
    r"\overset",
    r"\substack",
    r"\operatorname{f}",
    r"\pmod",
    r"\xrightarrow",
]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=14))
def test_whatever_is_typed_is_refused_or_becomes_an_equation_without_faults(tokens: list[str]) -> None:
    try:
        body = parsed(" ".join(tokens))
    except Unknown:
        return
    root = etree.fromstring(to_bytes(math(Formula(body, display=True))))
    assert list(faults_of(root)) == []
    assert extent(Formula(body, display=True)).width > 0
    assert isinstance(spoken(body, At("talk.md", 1)), tuple)
