"""Typed text: the tables and formulas that the page answers from, each with what Python printed for the same input.

The page repeats every proof when it opens. If one differs, it shows fixed states only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from jinja2 import nodes
from msgspec.structs import replace

from workshop.addons.explore.drawn import MOST_ROWS, Part, PokeError, Words, listed_in, rows_of, tag, wrong
from workshop.addons.explore.states import slider
from workshop.expressions import Evaluator, ExpressionError, parse, shortened
from workshop.inputs.spelling import words as words_of
from workshop.model.exhibits import Findings
from workshop.model.poke_tables import Library, Lookup, Merges
from workshop.model.pokes import Ask, Write
from workshop.wording.formats import FILTERS, ratio

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


UNITS = ("ratio", "bits", "percent", "count")  # that the page can print as Python does
KEYS = ("last_two_words", "last_word", "words")
NAMES = ("count", "total", "size")
MOST_TYPED = 200  # characters
COMPARED = 6  # cards of an answer that the page shows and compares
# Texts that show how the page must split words
HARD = ("By  the", "The cup’s handle – 2 of them!", "it's", "", "by,the;ROOM", "Über 3½ Äpfel_x")


def asked(poke: Ask, found: Findings, prefix: str, grid: Mapping[str, Any] | None, words: Words) -> Part:
    """Return the part for typed text.

    Args:
        grid: the steps by which the counts of a ``Lookup`` go, if the demo has them.

    Raises:
        PokeError: if the table is missing or the formula doesn't compute what the demo does.
    """
    table = found.tables.get(poke.table)
    if isinstance(poke.examples, str):
        poke = replace(poke, examples=tuple(map(str, listed_in(poke.examples, found))))
    if isinstance(table, Lookup):
        return _lookup(poke, table, prefix, grid, words)
    if isinstance(table, Library) and not isinstance(poke, Write):
        return _library(poke, table, prefix, words)
    if isinstance(table, Merges) and not isinstance(poke, Write):
        return _pieces(poke, table, prefix, words)
    there = ", ".join(found.tables) or "none"
    raise PokeError(f"'{poke.table}' isn't a table that can be asked (it has: {there})")


def field(poke: Ask, prefix: str, first: str, words: Words) -> str:
    """Return the text field, and the examples as buttons."""
    name = f"{prefix}in"
    box = (
        f'<input type="text" id="{name}" data-text autocomplete="off" autocapitalize="none" spellcheck="false" '
        f'maxlength="{MOST_TYPED}" value="{escape(first)}">'
    )
    chips = "".join(
        tag("button", escape(text or words("explore-start")), type="button", class_="chip", data_put=text)
        for text in poke.examples
    )
    typed = tag("div", tag("label", escape(poke.label), for_=name) + box, class_="field needs-js")
    return typed + tag("div", chips, class_="chips needs-js", role="group", aria_label=words("explore-examples"))


# ---------------------------------------------------------------- counts
def _lookup(poke: Ask, table: Lookup, prefix: str, grid: Mapping[str, Any] | None, words: Words) -> Part:
    tree, proofs = _formula(poke, table)
    first = poke.examples[0] if poke.examples else ""
    rows = {key: {word: list(counts) for word, counts in row.items()} for key, row in table.rows.items()}
    places = list(grid["controls"][0]["keys"]) if grid is not None and table.by else []
    data: dict[str, Any] = {
        "kind": "write" if isinstance(poke, Write) else "ask",
        "by": table.by,
        "places": places,
        "last": max((len(counts) for row in table.rows.values() for counts in row.values()), default=1),
        "key": poke.key,
        "unit": poke.unit,
        "expr": tree,
        "table": {
            "rows": rows,
            "size": table.size,
            "start": table.start,
            "end": table.end,
            "words": list(table.words),
            "read": [" ".join(words_of(line)) for line in table.read],
        },
        "proof": {"words": [{"in": t, "out": list(words_of(t))} for t in (*HARD, *poke.examples)], "next": proofs},
    }
    bars, total = _still(poke, table, first, words)
    head = tag(
        "p",
        escape(words("poke-after", text=first) if first else words("poke-at-start")),
        class_="measure",
        data_asked="",
    )
    told = tag("p", words("poke-read", count=total) if total else "", class_="finding", data_why="")
    told += tag("p", "", class_="verdict", data_verdict="") if table.read else ""
    return Part(
        kind=data["kind"],
        label=poke.label,
        picture=head + tag("div", bars, class_="bars", data_bars=""),
        control=field(poke, prefix, first, words),
        said=told,
        more=_known(table, words),
        data=data,
        start={"text": first},
        texts=1,
    )


def _known(table: Lookup, words: Words) -> str:
    """Return the words that can be typed, in a list that opens on demand; "" if the table doesn't name them."""
    if not table.words:
        return ""
    summary = tag("summary", words("explore-words", count=len(table.words)))
    listed = tag("p", escape(words("explore-words-list", words=", ".join(table.words))), class_="measure")
    return tag("details", summary + listed, class_="knows needs-js")


def row_of(key: str, text: str, start: str) -> str:
    """Return the key of the row that a typed text means; the twin of this is on the page.

    >>> row_of("last_two_words", "Stood by the", "<start>"), row_of("last_two_words", "by", "<start>")
    ('by the', '<start> by')
    """
    typed = words_of(text)
    if key == "words":
        return " ".join(typed)
    many = 2 if key == "last_two_words" else 1
    return " ".join([*([start] * many if start else []), *typed][-many:])


def _formula(poke: Ask, table: Lookup) -> tuple[Any, list[dict[str, Any]]]:
    """Return the tree of the formula, and the proofs, after comparing both with the demo's own numbers."""
    if poke.key not in KEYS:
        raise PokeError(f"the key can't be '{poke.key}'; it can be: {', '.join(KEYS)}")
    if poke.unit not in UNITS:
        raise PokeError(f"the page can't print the unit '{poke.unit}'; it can print: {', '.join(UNITS)}")
    if not table.proofs:
        raise PokeError(f"the table '{poke.table}' has no proofs")
    try:
        tree = arithmetic(poke.value)
        proofs = []
        for key, word, place, number in table.proofs:
            printed, ours = FILTERS[poke.unit](number), FILTERS[poke.unit](_count(poke, table, key, word, place))
            if printed != ours:
                raise PokeError(f"'{poke.value}' gives {ours} for “{word}” after “{key}”, but the demo says {printed}")
            proofs.append({"in": [key, word, place], "out": printed})
    except ExpressionError as error:
        raise wrong(error) from None
    return tree, proofs


def _count(poke: Ask, table: Lookup, key: str, word: str, place: int) -> float:
    row: Mapping[str, Sequence[int]] = table.rows.get(key, {})

    def at(counts: Sequence[int]) -> int:
        return counts[place - 1] if place and table.by else 0 if table.by else counts[0]

    total = sum(at(counts) for counts in row.values())
    names = {"count": at(row[word]) if word in row else 0, "total": total, "size": table.size}
    number = Evaluator(names).value(poke.value)
    return float(number)


def _still(poke: Ask, table: Lookup, first: str, words: Words) -> tuple[str, int]:
    """Return the bars that are seen without scripts: those of the first example, at the end."""
    key = row_of(poke.key, first, table.start)
    row: Mapping[str, Sequence[int]] = table.rows.get(key, {})
    ordered = sorted(row.items(), key=lambda item: (-item[1][-1], item[0]))
    place = len(ordered[0][1]) if ordered else 1
    shown = "".join(
        bar(word, _count(poke, table, key, word, place), poke.unit, words("poke-read", count=counts[-1]))
        for word, counts in ordered
    )
    return shown, sum(counts[-1] for counts in row.values())


def bar(name: str, value: float, unit: str, aside: str = "") -> str:
    """Return a row with a bar; the number beside it is what counts."""
    length = f"{100 * min(max(value, 0.0), 1.0):.1f}" if math.isfinite(value) else "0"
    drawn = f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="f-accent" width="{length}" height="10"/></svg>'
    words_ = tag("span", escape(name), class_="w")
    more = tag("span", escape(aside), class_="votes") if aside else ""
    return tag("div", words_ + drawn + tag("span", FILTERS[unit](value), class_="v") + more, class_="bar")


# ---------------------------------------------------------------- words in pieces
def _pieces(poke: Ask, table: Merges, prefix: str, words: Words) -> Part:
    """Return a field for words, which the page shows in pieces, forwards and backwards."""
    first = poke.examples[0] if poke.examples else ""
    rows = "".join(
        tag("p", words(name), class_="measure") + tag("p", "", class_="pieces", **{hook: ""})
        for name, hook in (("explore-pieces", "data_pieces"), ("explore-backwards", "data_back"))
    )
    data = {
        "kind": "cut",
        "by": table.by,
        "pairs": ",".join(" ".join(pair) for pair in table.pairs),
        "end": table.end,
        "proof": {"cuts": [{"in": [word, joined], "out": " ".join(out)} for word, joined, out in table.proofs]},
    }
    return Part(
        kind="cut",
        label=poke.label,
        picture=tag("div", rows, class_="needs-js"),
        control=field(poke, prefix, first, words),
        said=tag("p", "", class_="finding", data_why=""),
        data=data,
        start={"own": first},
    )


# ---------------------------------------------------------------- a library
def _library(poke: Ask, table: Library, prefix: str, words: Words) -> Part:
    if not table.proofs:
        raise PokeError(f"the table '{poke.table}' has no proofs")
    first = poke.examples[0] if poke.examples else table.cards[0][1]
    cuts = sorted({round(step / 20, 2) for step in range(20)} | {table.threshold})
    keys, texts = [f"{cut:g}" for cut in cuts], [ratio(cut) for cut in cuts]
    start = f"{table.threshold:g}"
    rows = [(p["question"], p["sure"], p["keyword"], p["said"]) for p in table.proofs if p["question"].strip()]
    caption = words("explore-answers", cut=ratio(table.threshold))
    if len(rows) > MOST_ROWS:
        caption = words("explore-first-rows", measure=caption, shown=MOST_ROWS, count=len(rows))
    shown = next((p for p in table.proofs if p["question"] == first), table.proofs[0])
    said = tag("p", escape(shown["said"]), class_="q", data_quote="") + tag("p", "", class_="from", data_from="")
    said += tag("p", "", class_="from", data_doubt="")
    answer = tag("div", said, class_="said" if shown["said"].startswith("“") else "said not", data_said="")
    cut = slider(words("explore-cut"), f"{prefix}cut", texts, keys.index(start), words, data_cut="")
    return Part(
        kind="ask",
        label=poke.label,
        picture=answer + _hits(table, shown, words),
        control=field(poke, prefix, first, words),
        said=tag("p", "", class_="finding", data_why=""),
        more=tag("p", "", class_="measure", data_unread="", hidden="hidden")
        + tag("details", tag("summary", words("explore-further", label=words("explore-cut"))) + cut, class_="needs-js"),
        data={"kind": "ask", "cuts": keys, "cutTexts": texts, **_search_data(poke, table)},
        start={"ask": first, "cut": start},
        numbers=rows_of(
            words.listed("explore-answers-head"),
            rows[:MOST_ROWS],
            caption,
        ),
        texts=len(table.cards),
    )


def _hits(table: Library, shown: Mapping[str, Any], words: Words) -> str:
    """Return the first cards for one question, as they are seen without scripts."""
    still = "".join(
        tag("div", tag("span", escape(table.cards[n][1]), class_="t"), class_="hit in" if place < table.k else "hit")
        for place, n in enumerate(shown["order"][:COMPARED])
    )
    head = "".join(tag("span", text) for text in words.listed("explore-hits-head"))
    return tag("div", tag("div", head, class_="hithead", aria_hidden="true") + tag("div", still, data_hits=""))


def _search_data(poke: Ask, table: Library) -> dict[str, Any]:
    """Return what the page searches, and what the demo's own search found for the same questions."""
    found = [
        {
            "in": p["question"],
            "order": list(p["order"][:COMPARED]),
            "sure": p["sure"],
            "keyword": p["keyword"],
            "said": p["said"],
        }
        for p in table.proofs
    ]
    return {
        "k": table.k,
        "threshold": table.threshold,
        "library": {
            "cards": [list(card) for card in table.cards],
            "stems": " ".join(table.stems),
            "places": table.places,
            "numbers": table.numbers,
            "rarity": list(table.rarity),
            "stop": list(table.stop),
            "titled": table.titled,
            "truth": dict(table.truth),
        },
        "proof": {"words": [{"in": t, "out": list(words_of(t))} for t in (*HARD, *poke.examples)], "search": found},
    }
