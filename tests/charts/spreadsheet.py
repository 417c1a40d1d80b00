"""Prints a number as a spreadsheet does (ECMA-376, part 1, 18.8.31), with the sections, digits and signs that our formats use."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

TOKENS = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<end>;)|(?P<plain>.)', re.DOTALL)
DIGITS = re.compile(r"[#0,]*(?:\.[#0]*)?%?")
CONDITION = re.compile(r"\[(<|>|<=|>=)([\d.]+)\]")
TESTS = {"<": float.__lt__, ">": float.__gt__, "<=": float.__le__, ">=": float.__ge__}
ROOM = Context(prec=400)


def printed(value: float, code: str) -> str:
    """Return the text of a cell with a value and a number format."""
    value = float(value) + 0.0  # cells have no negative zero
    if code == "General":
        return f"{value:.10g}"
    section, value = _section(value, _sections(code))
    return "".join(_number(value, text) if places else text for text, places in _pieces(section))


def _sections(code: str) -> list[list[tuple[str, bool]]]:
    """Return the characters of each section, and whether each is literal."""
    found: list[list[tuple[str, bool]]] = [[]]
    for token in TOKENS.finditer(code):
        if token["end"]:
            found.append([])
        elif token["plain"]:
            found[-1].append((token["plain"], False))
        else:
            found[-1] += [(letter, True) for letter in token["quoted"] or token["escaped"] or ""]
    return found


def _pieces(section: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Return the words of a section and, marked with ``True``, its places for digits."""
    plain = "".join("\0" if literal else letter for letter, literal in section)
    letters = [letter for letter, _ in section]
    match = max(DIGITS.finditer(plain), key=lambda found: len(found[0]))
    start, end = match.span()
    return [("".join(letters[:start]), False), (match[0], bool(match[0])), ("".join(letters[end:]), False)]


def _section(value: float, sections: list[list[tuple[str, bool]]]) -> tuple[list[tuple[str, bool]], float]:
    conditions = [CONDITION.match("".join(letter for letter, _ in section)) for section in sections]
    if conditions[0]:
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or TESTS[condition[1]](value, float(condition[2])):
                rest = section[len(condition[0]) :] if condition else section
                return ([("-", True), *rest] if value < 0 else rest), abs(value)
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    return (sections[2] if value == 0 and len(sections) > 2 else sections[0]), value


def _number(value: float, digits: str) -> str:
    percent = digits.endswith("%")
    whole, _, fraction = digits.rstrip("%").partition(".")
    exact = Decimal(repr(value)) * (100 if percent else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, ROOM)
    left, _, right = f"{rounded:f}".partition(".")
    while right and right[-1] == "0" and fraction[len(right) - 1] == "#":
        right = right[:-1]
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        left = f"{int(left):,}" if left else ""
    return left + ("." + right if "." in digits else "") + ("%" if percent else "")
