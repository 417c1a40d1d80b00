"""Works out the sums that a key prints, as a reader with a calculator would."""

import ast
import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

SIGNS = {"−": "-", "×": "*", "²": "**2", "√": "sqrt"}
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(%?)")
OPERATIONS: dict[type, Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
}


def sums(line: str) -> Iterator[tuple[float, float, float]]:
    """Yield left side, right side, and the unit of the last printed digit, for every "=" of a line."""
    sides = [side.strip() for side in line.split("=")]
    for left, right in pairwise(sides):
        printed = re.match(r"[−\d,.%/ ]*[\d%]", right)
        assert printed, line
        last = NUMBER.findall(printed[0])[-1]
        decimals = len(last[0].partition(".")[2]) + (2 if last[1] else 0)
        yield worked_out(left.rpartition(":")[2]), worked_out(printed[0]), 10.0**-decimals


def worked_out(text: str) -> float:
    """Return the value of a sum as printed."""
    for sign, operator in SIGNS.items():
        text = text.replace(sign, operator)
    text = NUMBER.sub(lambda found: found[1].replace(",", "") + ("/100" if found[2] else ""), text)
    text = re.sub(r"(\S+)/100", r"(\1/100)", text)
    return _value(ast.parse(text.strip(), mode="eval").body)


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value):
            return float(value)
        case ast.UnaryOp(ast.USub(), operand):
            return -_value(operand)
        case ast.BinOp(left, operator, right):
            return OPERATIONS[type(operator)](_value(left), _value(right))
        case ast.Call(ast.Name("sqrt"), [inner]):
            return math.sqrt(_value(inner))
    raise ValueError(f"this is no sum: {ast.unparse(node)}")
