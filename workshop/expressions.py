"""Values and claims: expressions in Jinja2's syntax, evaluated here over frozen facts, which are looked up only by item.

Jinja2 parses them, and a short list of node types is evaluated directly. Nothing is compiled, no attribute of any object
can be reached, and a value takes microseconds instead of a millisecond. Importing Jinja2 takes longer than reading a talk, and most
talks have no expression, so it is imported only by the functions that need it.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct

from workshop import limits
from workshop.errors import did_you_mean
from workshop.wording.formats import FILTERS, MOST_DECIMALS, text
from workshop.wording.languages import ENGLISH, base_of, listed_in, printed

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

Path = tuple[Any, ...]
LONGEST_SHOWN = 80  # characters of an expression in a message
VARIABLES = "var"  # {{ var.client }}
WORLD = "world"  # {{ world.places[0] }}: a word of the kit's world
ROOM = "room"  # {{ room.bet }}: how something is done in this kind of room
TASKS = "task"  # {{ task.keep_or_drop.answer.lost }}: a result of an exercise


AROUND = "a filter applies to what is directly before it: put brackets around a sum, (a / b) | percent"


class ExpressionError(ValueError):
    """An expression that can't be evaluated; ``hint`` says how to fix it."""

    def __init__(self, message: str, hint: str = "", code: str = "expression", name: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code
        self.name = name  # the first name, if it is unknown


def shortened(expression: str) -> str:
    """Return an expression for a message, shortened if it is long."""
    return expression if len(expression) <= LONGEST_SHOWN else expression[:LONGEST_SHOWN] + " …"


def near(a: float, b: float, tolerance: float) -> bool:
    """Whether two numbers differ by no more than ``tolerance``."""
    return math.isclose(a, b, rel_tol=0, abs_tol=tolerance)


def rounded(number: float, ndigits: int | None = None) -> float:
    """Return a number rounded to some decimals; Python itself would compute a billion zeros if asked to.

    Raises:
        ValueError: for more decimals, or more zeros, than any number here can have.
    """
    if ndigits is not None and not -MOST_DECIMALS <= ndigits <= MOST_DECIMALS:
        raise ValueError(f"round(x, digits) takes digits from -{MOST_DECIMALS} to {MOST_DECIMALS}")
    return round(number, ndigits)


FUNCTIONS: dict[str, Any] = {
    "near": near,
    "abs": abs,
    "min": min,
    "max": max,
    "round": rounded,
    "sqrt": math.sqrt,
    "log2": math.log2,
}


def _item(value: Any, key: Any) -> Any:
    """Return one element; ``rows.1`` also finds the key "1" of a mapping, since Jinja reads it as a number."""
    if isinstance(value, Mapping) and isinstance(key, int) and key not in value:
        key = str(key)
    return value[key]


# Exactly these types, so that a subclass in a new version of Jinja2 is refused until we know it
ALLOWED = (
    *("Name", "Const", "Getattr", "Getitem", "Compare", "Operand", "And", "Or", "Not", "Add", "Sub", "Mul", "Div"),
    *("Neg", "Pos", "Filter", "Call", "CondExpr", "Keyword"),
)
ASSIGNED = re.compile(r"(?<![=!<>])=(?!=)")  # a single = that was meant to compare
_BARE_DECIMAL = re.compile(r"""("[^"]*"|'[^']*')|(?<![\w.\])])\.(\d)""")


def _normal(expression: str) -> str:
    """Write ``.5`` as ``0.5``, the only form that Jinja accepts; quoted text is unchanged."""
    return _BARE_DECIMAL.sub(lambda m: m[1] or f"0.{m[2]}", expression)


@cache
def _environment() -> Environment:
    """Return the parser's settings."""
    from jinja2 import Environment

    made = Environment(autoescape=True)
    made.filters.clear()
    made.filters.update(FILTERS)
    return made


@cache
def _allowed_types() -> frozenset[type[nodes.Node]]:
    from jinja2 import nodes

    return frozenset(getattr(nodes, name) for name in ALLOWED)


_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d{1,9})\]", re.ASCII)
_CHAIN = re.compile(rf"(?P<first>[A-Za-z_]\w*)(?P<steps>(?:{_STEP.pattern})+)(?: \| (?P<filter>[a-z]+))?", re.ASCII)
_WORDS = frozenset(
    {"and", "else", "false", "if", "in", "is", "none", "not", "or", "true"}
)  # what Jinja reads otherwise


def _chain(expression: str) -> nodes.Node | None:
    """Return the tree of ``trigram.bits[0] | bits``, as Jinja does, ``None`` of anything else: most expressions are such chains."""
    found = _CHAIN.fullmatch(expression)
    if found is None or found["first"].lower() in _WORDS:
        return None
    from jinja2 import nodes

    node: nodes.Expr = nodes.Name(found["first"], "load", lineno=1)
    for name, index in _STEP.findall(found["steps"]):
        if name:
            node = nodes.Getattr(node, name, "load", lineno=1)
        else:
            node = nodes.Getitem(node, nodes.Const(int(index), lineno=1), "load", lineno=1)
    return nodes.Filter(node, found["filter"], [], [], None, None, lineno=1) if found["filter"] else node


@lru_cache(maxsize=4096)
def parse(expression: str) -> nodes.Node:
    """Return an expression's tree; any node may be in it.

    Raises:
        ExpressionError: if it isn't one expression.
    """
    from jinja2 import TemplateSyntaxError, nodes

    if len(expression) > limits.EXPRESSION:  # a deeply nested one couldn't be walked
        raise ExpressionError(f"an expression has {len(expression)} characters", f"the limit is {limits.EXPRESSION}")
    if (chain := _chain(expression)) is not None:
        return chain
    try:
        template = _environment().parse("{{ " + _normal(expression) + " }}")
    except (RecursionError, ValueError):
        raise ExpressionError(f"'{shortened(expression)}' is too deep or too large", "write it more simply") from None
    except TemplateSyntaxError as error:
        message = str(error.message or "syntax").rstrip(".")
        hint = did_you_mean(re.findall(r"'(\w+)'", message)[-1], FILTERS) if "filter" in message else ""
        if ASSIGNED.search(expression):
            message, hint = "one = compares nothing", f"write {shortened(ASSIGNED.sub('==', expression))}"
        raise ExpressionError(f"'{shortened(expression)}' is not an expression: {message}", hint) from None
    output = template.body[0] if len(template.body) == 1 else None
    if (
        not isinstance(output, nodes.Output)
        or len(output.nodes) != 1
        or isinstance(output.nodes[0], nodes.TemplateData)
    ):
        raise ExpressionError(f"'{shortened(expression)}' is not one expression")
    return output.nodes[0]


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _path(node: nodes.Node) -> Path | None:
    """Return ``('trigram', 'bits', 'last')`` for a chain of lookups, ``None`` for anything else."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        head = _path(node.node)
        return None if head is None else (*head, node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        head = _path(node.node)
        return None if head is None else (*head, node.arg.value)
    return None


def _paths(node: nodes.Node) -> Iterator[Path]:
    """Yield the longest lookup chains in an expression, without functions and filters."""
    from jinja2 import nodes

    found = _path(node)
    if found is not None:
        yield found
        return
    children = node.iter_child_nodes()
    for child in children:
        if isinstance(node, nodes.Call) and child is node.node:
            continue
        yield from _paths(child)


@lru_cache(maxsize=4096)
def allowed(expression: str) -> tuple[nodes.Node, tuple[Path, ...]]:
    """Return an expression's tree and the paths that it looks up, if it uses only what is allowed.

    Raises:
        ExpressionError: as for ``parse``, and for other nodes, calls and filters.
    """
    from jinja2 import nodes

    tree = parse(expression)
    for node in _walk(tree):
        if type(node) not in _allowed_types():
            raise ExpressionError(
                f"'{shortened(expression)}' uses {type(node).__name__.lower()}, which is not allowed here"
            )
        if isinstance(node, nodes.Call) and not (isinstance(node.node, nodes.Name) and node.node.name in FUNCTIONS):
            raise ExpressionError(
                f"'{shortened(expression)}' calls something that isn't a function here",
                f"there are: {', '.join(FUNCTIONS)}",
            )
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise ExpressionError(
                f"there is no filter {node.name!r}", did_you_mean(node.name, FILTERS), "unknown-filter"
            )
    return tree, tuple(_paths(tree))


@lru_cache(maxsize=4096)
def roots(expression: str) -> tuple[str, ...]:
    """Return the first names of an expression's lookups: the runs that it needs.

    Raises:
        ExpressionError: if it can't be parsed.
    """
    return tuple(dict.fromkeys(path[0] for path in _paths(parse(expression))))


_BINARY: dict[str, Callable[[Any, Any], Any]] = {"Add": operator.add, "Sub": operator.sub, "Div": operator.truediv}
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda a, b: a in b,
    "notin": lambda a, b: a not in b,
}


def _evaluate(node: Any, names: Mapping[str, Any]) -> Any:
    """Return the value of a tree with only allowed nodes."""

    def at(part: nodes.Node) -> Any:
        return _evaluate(part, names)

    match type(node).__name__:  # a node is exactly of one of these types
        case "Filter" if node.node is not None:
            return FILTERS[node.name](*_arguments(node, names, node.node), **_keywords(node, names))
        case "Getattr":
            return _item(at(node.node), node.attr)
        case "Name":
            return names[node.name]
        case "Const":
            return node.value
        case "Getitem":
            return _item(at(node.node), at(node.arg))
        case "And":
            return at(node.left) and at(node.right)
        case "Or":
            return at(node.left) or at(node.right)
        case "Not":
            return not at(node.node)
        case "Neg":
            return -at(node.node)
        case "Pos":
            return +at(node.node)
        case "Mul":
            left, right = at(node.left), at(node.right)
            if not (isinstance(left, int | float) and isinstance(right, int | float)):
                raise TypeError("it multiplies text")
            return left * right
        case "Add" | "Sub" | "Div" as name:
            return _BINARY[name](at(node.left), at(node.right))
        case "Compare":
            return _compare(at(node.expr), [(part.op, at(part.expr)) for part in node.ops])
        case "CondExpr" if node.expr2 is not None:
            return at(node.expr1) if at(node.test) else at(node.expr2)
        case "Call" if type(node.node).__name__ == "Name":
            return FUNCTIONS[node.node.name](*_arguments(node, names), **_keywords(node, names))
    raise ExpressionError(f"{type(node).__name__.lower()} is not allowed here")


def _arguments(node: nodes.Filter | nodes.Call, names: Mapping[str, Any], *first: nodes.Node) -> list[Any]:
    return [_evaluate(part, names) for part in (*first, *node.args)]


def _keywords(node: nodes.Filter | nodes.Call, names: Mapping[str, Any]) -> dict[str, Any]:
    return {pair.key: _evaluate(pair.value, names) for pair in cast("list[nodes.Keyword]", node.kwargs)}


def _compare(left: Any, steps: list[tuple[str, Any]]) -> bool:
    for name, right in steps:
        if not _COMPARE[name](left, right):
            return False
        left = right
    return True


class Evaluator(Struct, frozen=True):
    """Evaluates expressions over one set of names.

    Attributes:
        names: run names to their facts, and ``given``, ``answer`` … inside an exercise.
        language: in which numbers and lists are printed.
    """

    names: Mapping[str, Any]
    language: str = ENGLISH

    def value(self, expression: str) -> Any:
        """Return the value of an expression.

        Raises:
            ExpressionError: for bad syntax, an unknown fact or filter, or values of the wrong type.
        """
        tree, paths = allowed(expression)
        for path in paths:
            self.look_up(path)
        try:
            result = _evaluate(tree, self.names)
        except RecursionError:
            raise ExpressionError(f"'{shortened(expression)}' is too deep", "write it more simply") from None
        except TypeError as error:
            raise ExpressionError(f"'{shortened(expression)}' cannot be computed: {error}", AROUND) from None
        except (ValueError, ArithmeticError, LookupError) as error:
            raise ExpressionError(f"'{shortened(expression)}' cannot be computed: {error}") from None
        if isinstance(result, float) and not math.isfinite(result):
            raise ExpressionError(f"'{shortened(expression)}' is too large a number")
        if isinstance(result, int) and abs(result) >= 10**limits.DIGITS:
            raise ExpressionError(f"'{shortened(expression)}' is a number of more than {limits.DIGITS}")
        return result

    def text(self, expression: str) -> str:
        """Return an expression's value as plain text.

        Raises:
            ExpressionError: as for ``value``, and for a whole mapping or list without a filter.
        """
        result = self.value(expression)
        if isinstance(result, str | int | float | bool):
            return text(result) if base_of(self.language) == ENGLISH else self._printed(expression, result)
        if isinstance(result, Mapping):
            raise ExpressionError(
                f"'{shortened(expression)}' is a group of facts, not one", f"it has: {', '.join(map(str, result))}"
            )
        raise ExpressionError(f"'{shortened(expression)}' is a list", "take one element, [0], or the filter 'listed'")

    def _printed(self, expression: str, result: str | float) -> str:
        """Return a value as it is written in a language; a text that no filter made stays as it is."""
        from jinja2 import nodes

        tree = parse(expression)
        if isinstance(tree, nodes.Filter) and tree.name == "listed" and tree.node is not None:
            items = _evaluate(tree.node, self.names)
            return listed_in(
                [text(x) for x in ([items] if isinstance(items, str | int | float) else items)], self.language
            )
        made = not isinstance(result, str) or (isinstance(tree, nodes.Filter) and tree.name not in ("text", "fraction"))
        return printed(text(result), self.language) if made else text(result)

    def claim(self, expression: str) -> bool:
        """Return whether a claim holds.

        Raises:
            ExpressionError: as for ``value``, and if the result isn't a truth value, or floats are compared with ``==``.
        """
        from jinja2 import nodes

        for node in _walk(parse(expression)):
            if isinstance(node, nodes.Compare):
                operands = [node.expr, *(o.expr for o in node.ops)]
                if any(o.op in ("eq", "ne") for o in node.ops) and any(self._is_float(x) for x in operands):
                    raise ExpressionError(
                        f"'{shortened(expression)}' compares decimal numbers with ==",
                        "use near(a, b, 0.005)",
                        "float-equality",
                    )
        result = self.value(expression)
        if not isinstance(result, bool):
            raise ExpressionError(
                f"the claim '{shortened(expression)}' is {text(result) if isinstance(result, str | int | float) else 'a group'}, not true or false",
                "compare it with something: <, >, ==, near(a, b, tol)",
            )
        return result

    def looked_up(self, expression: str) -> str:
        """Return what an expression looks up, for a message; "" if there is no single value.

        >>> Evaluator({"toy": {"bits": 0.507297, "rounds": 4}}).looked_up("toy.bits > 0.9 and toy.rounds == 4")
        'toy.bits is 0.5073, toy.rounds is 4'

        Raises:
            ExpressionError: as for ``value``.
        """
        found = {".".join(map(str, path)): self.look_up(path) for path in allowed(expression)[1]}
        return ", ".join(
            f"{name} is {f'{value:.4g}' if isinstance(value, float) else text(value)}"
            for name, value in found.items()
            if isinstance(value, str | int | float)
        )

    def look_up(self, path: Path) -> Any:
        """Return the value at a path of names.

        Raises:
            ExpressionError: if there is none, with the nearest names.
        """
        value: Any = self.names
        for depth, part in enumerate(path):
            try:
                value = _item(value, part)
            except (KeyError, IndexError, TypeError):
                shown = ".".join(map(str, path[: depth + 1]))
                what = "fact" if depth else "run or name"
                if isinstance(value, Mapping):
                    hint = did_you_mean(str(part), map(str, value))
                elif isinstance(value, tuple):
                    hint = f"{'.'.join(map(str, path[:depth]))} is a list of {len(value)}; the first is [0]"
                else:
                    hint = f"{'.'.join(map(str, path[:depth]))} is a single value"
                if path[0] == VARIABLES and depth:
                    hint = hint or f"write vars: {{{part}: text}} in kit.yaml, or give --var {part}=text"
                    raise ExpressionError(f"there is no variable '{part}'", hint, "unknown-variable") from None
                missing = "" if depth else str(part)
                raise ExpressionError(f"there is no {what} '{shown}'", hint, "unknown-fact", missing) from None
        return value

    def _is_float(self, node: nodes.Node) -> bool:
        from jinja2 import nodes

        if isinstance(node, nodes.Add | nodes.Sub | nodes.Mul):
            return self._is_float(node.left) or self._is_float(node.right)
        if isinstance(node, nodes.Neg | nodes.Pos):
            return self._is_float(node.node)
        if isinstance(node, nodes.Const):
            return isinstance(node.value, float)
        path = _path(node)
        return isinstance(node, nodes.Div) or (path is not None and isinstance(self.look_up(path), float))
