"""A sum as a tree that the page can compute."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes

from workshop.expressions import ExpressionError, parse, shortened

SIGNS: dict[type[nodes.Node], str] = {nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/"}


def arithmetic(expression: str) -> Any:
    """Return a sum over names as a tree.

    Raises:
        ExpressionError: if it holds anything but numbers, names, + - * / and log2.

    >>> arithmetic("(count + 1) / -log2(total)")
    ['/', ['+', 'count', 1], ['-', 0, ['log2', 'total']]]
    """

    def of(node: nodes.Node) -> Any:
        match node:
            case nodes.Const(value=int() | float()) if not isinstance(node.value, bool):
                return node.value
            case nodes.Name():
                return node.name
            case nodes.BinExpr() if type(node) in SIGNS:
                return [SIGNS[type(node)], of(node.left), of(node.right)]
            case nodes.Neg():
                return ["-", 0, of(node.node)]
            case nodes.Call(node=nodes.Name(name="log2"), args=[one], kwargs=[]):
                return ["log2", of(one)]
        raise ExpressionError(
            f"'{shortened(expression)}' isn't a formula that the page can compute",
            "use numbers, names, + - * / and log2",
        )

    return of(parse(expression))
