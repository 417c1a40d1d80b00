import math

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop import expressions
from workshop.expressions import ALLOWED, Evaluator, ExpressionError, roots
from workshop.model.frozen import Frozen

FACTS = {
    "trigram": Frozen({"bits": {"first": 4.0, "last": 1.46, "rounds": [4.0, 2.5]}, "n": 3, "word": "mat"}),
    "working": Frozen({1: "one step"}),
}
EVALUATOR = Evaluator(FACTS)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("trigram.bits.first | bits", "4.00"),
        ("trigram.bits.rounds[1]", "2.5"),
        ("trigram.bits.rounds[-1] | bits", "2.50"),
        ("working.1", "one step"),
        ("trigram.n + 1", "4"),
        ("(trigram.bits.first - trigram.bits.last) | bits(1)", "2.5"),
        (".5 * trigram.n", "1.5"),
        ("'.5 is text'", ".5 is text"),
        ("1 if trigram.n > 2 else 2", "1"),
        ("trigram.word", "mat"),
        ("sqrt(trigram.n + 1)", "2"),
        ("log2(trigram.bits.first)", "2"),
    ],
)
def test_a_value_is_plain_text(expression, text):
    assert EVALUATOR.text(expression) == text


@pytest.mark.parametrize(
    ("expression", "message", "hint"),
    [
        ("trigram.bits.lst", "no fact 'trigram.bits.lst'", "'last'"),
        ("trgram.n", "no run or name 'trgram'", "'trigram'"),
        ("trigram.bits", "a group of facts", "first, last, rounds"),
        ("trigram.bits.rounds", "is a list", "[0]"),
        ("trigram.bits.rounds[7]", "no fact", "a list of 2"),
        ("trigram.n.x", "no fact", "a single value"),
        ("trigram.n | bitz", "no filter", "'bits'"),
        ("trigram.n +", "not an expression", ""),
        ("a }} {{ b", "not one expression", ""),
        ("trigram.word * 1000000", "multiplies text", ""),
        ("trigram.n / 0", "cannot be computed", ""),
        ("sqrt(0 - trigram.n)", "cannot be computed", ""),
        ("[1, 2]", "not allowed", ""),
        ("2 ** 2 ** 2", "not allowed", ""),
        ("range(9)", "calls something", "near"),
        ("('x' | text) * 20", "multiplies text", ""),
        ("('a' if 1 < 2 else 'b') * 30", "multiplies text", ""),
        ("(" * 150 + "1" + ")" * 150, "too deep or too large", "simply"),
        ("+".join(["1"] * 490), "too deep", "simply"),
        ("9" * 5000, "5000 characters", "1,000"),
        ("60 / trigram.n | percent", "cannot be computed", "brackets"),
    ],
)
def test_what_cannot_be_evaluated_says_why_and_what_would(expression, message, hint):
    with pytest.raises(ExpressionError, match=message.replace("[", r"\[")) as raised:
        EVALUATOR.text(expression)
    assert hint in raised.value.hint


@pytest.mark.parametrize(
    "expression",
    [
        "trigram.__class__",
        "trigram.bits.rounds.__class__",
        "''.__class__.__mro__",
        "trigram.keys()",
        "near.__globals__",
    ],
)
def test_no_attribute_of_any_object_is_reached(expression):
    with pytest.raises(ExpressionError):
        EVALUATOR.value(expression)


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("trigram.bits.last < trigram.bits.first", True),
        ("trigram.bits.last > 2", False),
        ("trigram.n == 3", True),
        ("trigram.word == 'mat' and not trigram.n > 3", True),
        ("near(trigram.bits.last, 1.5, .1)", True),
        ("near(trigram.bits.last, 1.5, .01)", False),
    ],
)
def test_a_claim_is_true_or_false(claim, holds):
    assert EVALUATOR.claim(claim) is holds


@pytest.mark.parametrize(
    "claim", ["trigram.bits.last == 1.46", "trigram.n / 3 == 1", "trigram.n == .5", "trigram.bits.last != 2"]
)
def test_decimal_numbers_are_not_compared_with_equals(claim):
    with pytest.raises(ExpressionError, match="decimal numbers") as raised:
        EVALUATOR.claim(claim)
    assert "near" in raised.value.hint


@pytest.mark.parametrize("claim", ["trigram.n", "trigram.word", "trigram.bits"])
def test_a_claim_that_is_not_a_truth_value_is_refused(claim):
    with pytest.raises(ExpressionError, match="not true or false"):
        EVALUATOR.claim(claim)


def test_the_runs_an_expression_needs_are_its_first_names():
    assert roots("near(a.b, c.d, .1) and e[0] > f.x | bits") == ("a", "c", "e", "f")


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6))
def test_arithmetic_is_pythons(a, b):
    found = Evaluator({"x": Frozen({"a": a, "b": b})}).value("x.a / x.b - x.a * 2")
    a, b = float(f"{a:.9g}"), float(f"{b:.9g}")
    assert math.isclose(found, a / b - a * 2, rel_tol=1e-12, abs_tol=1e-12)


@given(st.text(max_size=40))
def test_any_text_evaluates_or_is_refused(text):
    try:
        found = EVALUATOR.text(text)
    except ExpressionError:
        return
    assert isinstance(found, str)


# ---------------------------------------------------------------- the node types of Jinja2
EVALUATED = {
    "Add": "1 + 2",
    "And": "1 < 2 and 2 < 3",
    "Call": "max(1, 2)",
    "Compare": "1 < 2",
    "CondExpr": "1 if 1 < 2 else 2",
    "Const": "1",
    "Div": "1 / 2",
    "Filter": "1 | ratio(2)",
    "Getattr": "trigram.n",
    "Getitem": "trigram['n']",
    "Keyword": "1 | ratio(digits=2)",
    "Mul": "1 * 2",
    "Name": "trigram.n",
    "Neg": "-1",
    "Not": "not 1 < 2",
    "Operand": "1 < 2",
    "Or": "1 < 2 or 2 < 1",
    "Pos": "+1",
    "Sub": "2 - 1",
}
REFUSED = {
    "Concat": "'a' ~ 'b'",
    "Dict": "{'a': 1}",
    "FloorDiv": "3 // 2",
    "List": "[1, 2]",
    "Mod": "3 % 2",
    "Pair": "{'a': 1}",
    "Pow": "2 ** 3",
    "Slice": "trigram.word[0:1]",
    "Test": "1 is odd",
    "Tuple": "(1, 2)",
}
# Abstract types, and types that the parser creates only in statements and extensions
NEVER = {
    *("BinExpr", "Expr", "Helper", "Literal", "UnaryExpr", "_FilterTestCommon"),
    *("ContextReference", "DerivedContextReference", "EnvironmentAttribute", "ExtensionAttribute", "ImportedName"),
    *("InternalName", "MarkSafe", "MarkSafeIfAutoescape", "NSRef", "TemplateData"),
}


def node_types(base):
    yield base
    for child in base.__subclasses__():
        if child.__module__ == base.__module__:  # not one that a test made
            yield from node_types(child)


def nodes_of(expression):
    (output,) = jinja2.Environment(autoescape=True).parse("{{ " + expression + " }}").body
    return {type(node).__name__ for node in (*output.nodes, *output.find_all(jinja2.nodes.Node))}


def test_jinja2_has_no_type_of_expression_that_we_do_not_know():
    types = {found.__name__ for base in (jinja2.nodes.Expr, jinja2.nodes.Helper) for found in node_types(base)}
    assert types == {*EVALUATED, *REFUSED, *NEVER}


def test_what_is_allowed_is_what_is_evaluated():
    assert set(EVALUATED) == set(ALLOWED)


@pytest.mark.parametrize(("kind", "expression"), EVALUATED.items())
def test_every_allowed_type_is_evaluated(kind, expression):
    assert kind in nodes_of(expression)
    assert EVALUATOR.value(expression) is not None


@pytest.mark.parametrize(("kind", "expression"), REFUSED.items())
def test_every_other_type_is_refused(kind, expression):
    assert kind in nodes_of(expression)
    with pytest.raises(ExpressionError, match=f"{kind.lower()}, which is not allowed|dict, which is not allowed"):
        EVALUATOR.value(expression)


def test_a_type_derived_from_an_allowed_one_is_refused(monkeypatch):
    expression = "1 + 2 + 0"  # of no other test: what was allowed once is remembered
    deeper = type.__new__(jinja2.nodes.NodeType, "Deeper", (jinja2.nodes.Add,), {})  # Jinja2 itself refuses new types
    made = deeper(jinja2.nodes.Const(1), jinja2.nodes.Const(2))
    monkeypatch.setattr("workshop.expressions.parse", lambda _: made)
    with pytest.raises(ExpressionError, match="deeper, which is not allowed"):
        EVALUATOR.value(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "a.b",
        "trigram.bits.last",
        "rows[0].name",
        "a.b[12][3] | percent",
        "a.in.b",
        "_a.b1 | nonsense",
        "a.True | count",
    ],
)
def test_a_chain_of_names_is_read_as_jinja_reads_it(expression):
    tree = expressions._chain(expression)
    assert tree is not None
    assert tree == expressions._environment().parse("{{ " + expression + " }}").body[0].nodes[0]


@pytest.mark.parametrize(
    "expression",
    ["a", "true.b", "None.b", "not.b", "a.b | ratio(4)", "a.1", "a.b + 1", "ä.b", "a .b", "a.b |percent", "a[b]"],
)
def test_anything_but_a_chain_of_names_is_left_to_jinja(expression):
    assert expressions._chain(expression) is None
