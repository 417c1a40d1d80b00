"""The section of one demo: heading, parts, the mark of honesty, and all numbers as tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from workshop.explore.part import Part
from workshop.explore.places import tag
from workshop.explore.said import Words
from workshop.model.exhibits import Exhibit, Honesty
from workshop.model.explored import Section

WEAKEST = (Honesty.ILLUSTRATIVE, Honesty.SIMULATED, Honesty.SUPPLIED, Honesty.REAL)
MARKS = {
    Honesty.REAL: "explore-real",
    Honesty.SIMULATED: "simulated",
    Honesty.SUPPLIED: "supplied",
    Honesty.ILLUSTRATIVE: "illustrative",
}


def section(
    *,
    name: str,
    title: str,
    lead: str,
    stage: int,
    stage_title: str,
    parts: Sequence[Part],
    basis: Sequence[Exhibit],
    seed: int,
    words: Words,
) -> Section:
    """Return a demo's section; ``basis`` are the exhibits whose evidence counts, the weakest for the whole section."""
    honesty = min((e.honesty for e in basis), key=WEAKEST.index, default=Honesty.REAL)
    phrase = next((e.basis for e in basis if e.basis), "")
    told = ", ".join(
        filter(None, (phrase, words("explore-seed", seed=seed) if honesty is not Honesty.ILLUSTRATIVE else ""))
    )
    html = _head(name, title, lead, stage, stage_title)
    html += tag("p", "", class_="warn", data_warn="", hidden="hidden")
    html += _bench(parts) + _foot(name, honesty, told, words)
    numbers = "".join(part.numbers for part in parts)
    if numbers:
        box = tag(
            "div", numbers, class_="scroll", tabindex="0", role="group", aria_label=words("explore-tables", title=title)
        )
        html += tag("details", tag("summary", words("explore-numbers")) + box, class_="numbers")
    data = {
        "id": name,
        "stage": stage,
        "kind": parts[0].kind,
        "label": title,
        "honesty": str(honesty),
        "start": {key: value for part in parts for key, value in part.start.items()},
        "parts": [dict(part.data) for part in parts],
    }
    whole = tag(
        "section", html, class_="poke", id=name, data_stage=str(stage), data_kind=" ".join(p.kind for p in parts),
        aria_labelledby=f"{name}-h",
    )  # fmt: skip
    return Section(
        id=name,
        stage=stage,
        title=title,
        html=whole,
        data=as_data(data),
        texts=sum(part.texts for part in parts),
        kinds=tuple(part.kind for part in parts),
    )


def as_data(value: Any) -> str:
    """Return JSON that can stand inside a page's script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _head(name: str, title: str, lead: str, stage: int, stage_title: str) -> str:
    where = tag("p", tag("i", str(stage)) + escape(stage_title), class_="stage") if stage else ""
    heading = tag("h2", escape(title), id=f"{name}-h", tabindex="-1")
    return tag("header", where + heading + (tag("p", escape(lead), class_="lead") if lead else ""))


def _bench(parts: Sequence[Part]) -> str:
    if len(parts) == 1:
        one = parts[0]
        cols = [one.left, one.right] if one.right else [one.left]
        inner = "".join(tag("div", col, class_="col") for col in cols)
        return tag("div", inner, class_=f"bench k-{one.kind}" if one.right else "bench one", data_part="0")
    columns = "".join(
        tag("div", part.left + part.right, class_="col", data_part=str(number)) for number, part in enumerate(parts)
    )
    return tag("div", columns, class_="bench even")


def _foot(name: str, honesty: Honesty, told: str, words: Words) -> str:
    mark = tag("span", words(MARKS[honesty]), class_=f"mark {honesty}")
    here = tag("a", words("explore-here"), class_="here needs-js", href=f"#{name}")
    large = tag("button", words("explore-large"), type="button", class_="plain show needs-js")
    return tag("footer", mark + tag("span", escape(told)) + here + large, class_="basis")
