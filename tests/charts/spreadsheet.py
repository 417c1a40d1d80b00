"""Prints a number as a spreadsheet does (ECMA-376, part 1, 18.8.31), with the sections, digits and signs that our formats use."""

import re
from decimal import ROUND_HALF_UP, Decimal

DIGITS = re.compile(r"[#0,]*(?:\.[#0]*)?%?")
CONDITION = re.compile(r"\[<([\d.]+)\]")


def printed(value: float, code: str) -> str:
    """Return the text of a cell with a value and a number format."""
    value += 0.0  # cells have no negative zero
    if code == "General":
        return f"{value:.10g}"
    section, value = _section(value, [_without_quotes(part) for part in code.split(";")])
    match = max(DIGITS.finditer(section), key=lambda found: len(found[0]))
    return section[: match.start()] + _number(value, match[0]) + section[match.end() :]


def _without_quotes(section: str) -> str:
    return section.replace('"', "")


def _section(value: float, sections: list[str]) -> tuple[str, float]:
    condition = CONDITION.match(sections[0])
    if condition:
        return (sections[0][condition.end() :] if value < float(condition[1]) else sections[1]), value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    return (sections[2] if value == 0 and len(sections) > 2 else sections[0]), value


def _number(value: float, digits: str) -> str:
    percent = digits.endswith("%")
    whole, _, fraction = digits.rstrip("%").partition(".")
    exact = Decimal(repr(value)) * (100 if percent else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    while right and right[-1] == "0" and fraction[len(right) - 1] == "#":
        right = right[:-1]
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        left = f"{int(left):,}" if left else ""
    return left + ("." + right if "." in digits else "") + ("%" if percent else "")
