"""A model that reads in the page: what it reads travels there, and its sums are compared with those of the demo's own model."""

from __future__ import annotations

from html import escape
from math import log2
from typing import Any

from workshop.addons.explore.drawn import Part, PokeError, Words, rows_of, tag
from workshop.inputs.spelling import words as words_of
from workshop.model.exhibits import Findings
from workshop.model.poke_tables import Reading
from workshop.model.pokes import Train
from workshop.wording.formats import bits, number, percent, ratio

MOST_WORDS = 20  # bars; of more words, only the likeliest are shown
MOST_TYPED = 80  # letters of a sentence of one's own
HIGH = 112  # of the line's drawing, 400 wide


def training(poke: Train, found: Findings, prefix: str, words: Words, *, in_bits: bool) -> Part:
    """Return the part for a model that reads, before it has read anything.

    Args:
        in_bits: whether it says how surprised it is in bits, rather than among how many words it chooses.

    Raises:
        PokeError: if the table isn't one of a reading.
    """
    table = found.tables.get(poke.table)
    if not isinstance(table, Reading) or not table.sentences or not table.held:
        raise PokeError(f"'{poke.table}' isn't a table of a reading")
    vocabulary = dict.fromkeys(word for text in (*table.sentences, *table.held) for word in words_of(text))
    data: dict[str, Any] = {
        "kind": "train",
        "sentences": list(table.sentences),
        "held": list(table.held),
        "stem": " ".join(table.stem),
        "portion": poke.portion,
        "bits": in_bits,
        "proof": {"read": [ratio(log2(choices) if in_bits else choices) for choices in table.proofs]},
    }
    measure = words("explore-surprise" if in_bits else "explore-chooses")
    rows = [
        (str(read), bits(log2(choices)) if in_bits else number(choices, 2)) for read, choices in enumerate(table.proofs)
    ]
    head = words.listed("explore-surprise-head" if in_bits else "explore-read-head")
    return Part(
        kind="train",
        label=poke.label,
        picture=_picture(table, [*vocabulary, words("poke-ends")], measure, words),
        control=tag(
            "button",
            words("poke-feed", count=min(poke.portion, len(table.sentences))),
            type="button",
            class_="go needs-js",
            data_feed="",
        ),
        said=tag("p", words("poke-unread-yet", words=len(vocabulary) + 1), class_="finding", data_finding=""),
        more=_more(table, poke.portion, prefix, words),
        data=data,
        start={"log": "", "own": "", "stem": "", "wrote": "0"},
        numbers=rows_of(head, rows, measure),
        texts=len(table.sentences),
    )


def _picture(table: Reading, names: list[str], measure: str, words: Words) -> str:
    """Return the window of two words, a bar for every word, and the place of the line."""
    one, two = table.stem
    window = (
        tag("span", escape(one), class_="w1") + tag("span", escape(two), class_="w2") + tag("span", "?", class_="next")
    )
    wide = f"{100 / len(names):.1f}"
    bar = f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="{wide}" height="10" class="f-context"/></svg>'
    share, rest = tag("b", percent(1 / len(names))), len(names) - MOST_WORDS
    bars = "".join(tag("li", tag("span", escape(name)) + bar + share) for name in names[:MOST_WORDS])
    if rest > 0:
        bars += tag("li", tag("span", words("poke-each-other", count=rest)) + bar + share, class_="others")
    after = tag("p", escape(words("poke-after", text=" ".join(table.stem))), class_="measure", data_after_words="")
    line = f'<svg viewBox="0 0 400 {HIGH}" role="img" aria-label="{len(names)}" data-line-of=""></svg>'
    return (
        tag("p", window, class_="tape", data_tape="", aria_hidden="true")
        + after
        + tag("ul", bars, class_="wordbars", data_words="")
        + tag("figure", tag("figcaption", measure, class_="measure") + line)
    )


def _more(table: Reading, portion: int, prefix: str, words: Words) -> str:
    press = "".join(
        tag("button", words(name), type="button", class_="plain", **{hook: ""})
        for name, hook in (
            ("poke-write-on", "data_write"),
            ("explore-often", "data_often"),
            ("explore-forget", "data_forget"),
        )
    )
    cards = "".join(tag("li", escape(text)) for text in table.sentences[:portion])
    own = tag("label", words("explore-own"), for_=f"{prefix}own")
    own += f'<input type="text" id="{prefix}own" data-own="" maxlength="{MOST_TYPED}" autocomplete="off" spellcheck="false">'
    own += tag("button", words("explore-feed-own"), class_="small")
    stem = tag("label", words("explore-stem"), for_=f"{prefix}stem")
    stem += f'<input type="text" id="{prefix}stem" data-stem="" maxlength="40" autocomplete="off" autocapitalize="none" spellcheck="false">'
    read = tag("summary", words("explore-has-read")) + tag("ol", "", class_="cards", data_read="")
    inner = (
        tag("form", own, class_="own")
        + tag("div", stem, class_="own")
        + tag("p", words("explore-next-cards"), class_="measure")
        + tag("ol", cards, class_="cards", data_cards="")
        + tag("details", read)
        + tag("p", words("explore-extra-vote"), class_="measure")
    )
    more = tag(
        "details", tag("summary", words("explore-own-more")) + tag("div", inner, class_="col"), class_="needs-js"
    )
    return tag("div", press, class_="row needs-js") + more
