"""Columns of numbers as people write them: 1,200 and 1 200, 12 % and € 5, and 1,2 between semicolons."""

from __future__ import annotations

import re

from workshop.inputs.csv_text import Cells

_SIGN = "[€$£¥%]|CHF|EUR|USD|GBP"
_GROUP = ",|'|’|[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_WRITTEN = re.compile(
    rf"(?P<before>{_SIGN})?\s*(?P<number>[+\-\N{{MINUS SIGN}}]?(?:\d{{1,3}}(?:(?P<group>{_GROUP})\d{{3}})"
    rf"(?:(?P=group)\d{{3}})*|\d{{1,15}})(?:[.,]\d+)?)\s*(?P<after>{_SIGN})?"
)


def as_numbers(header: list[str], rows: Cells, *, comma: bool) -> tuple[Cells, dict[str, str]]:
    """Return rows whose columns of numbers are typed plainly, and the sign that stood in each column.

    Args:
        comma: whether a comma is a decimal comma wherever it stands, as between semicolons.

    >>> as_numbers(["a", "b"], [(2, ["1,200", "€ 5"]), (3, ["800", "€ 7"])], comma=False)
    ([(2, ['1200', '5']), (3, ['800', '7'])], {'b': '€'})
    """
    signs: dict[str, str] = {}
    columns = [[row[k] for _, row in rows] for k in range(len(header))]
    for k, cells in enumerate(columns):
        found = [_WRITTEN.fullmatch(cell) for cell in cells if cell]
        matches = [match for match in found if match]
        own = {match["before"] or match["after"] or "" for match in matches}
        groups = {match["group"] for match in matches if match["group"]}
        if len(matches) < len(found) or not matches or len(own) > 1 or len(groups) > 1:
            continue  # some cell is a word, or they don't agree
        decimal = comma or any("," in match["number"] for match in matches if not match["group"])
        if groups == {","} and decimal:
            groups = set()
        columns[k] = [_plain(cell, "".join(groups)) for cell in cells]
        if sign := own.pop():
            signs[header[k]] = sign
    return [(line, [column[n] for column in columns]) for n, (line, _) in enumerate(rows)], signs


def _plain(cell: str, group: str) -> str:
    match = _WRITTEN.fullmatch(cell)
    number = match["number"] if match else cell
    number = (number.replace(group, "") if group else number).replace(",", ".")
    return number + "%" if match and "%" in (match["before"], match["after"]) else number
