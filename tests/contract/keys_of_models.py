"""Solves the computed exercises of stages 1 to 4 from the printed sheet, with a few lines of arithmetic or scipy.

Each function is called as its exercise and yields pairs: what the key prints, and what it should be.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

import numpy as np
from scipy import stats

from tests.contract.keys_paper import NUMBER, Pairs, Paper, found, numbers, value
from workshop.model.exhibits import Chart


def pairs_of(sentence: str) -> set[tuple[str, str]]:
    row = sentence.split()
    return set(pairwise(row))


def near_copies(paper: Paper) -> Pairs:
    a, b = found(r"A: ([a-z ]+)\s+B: ([a-z ]+)", paper.task)
    both, either = len(pairs_of(a) & pairs_of(b)), len(pairs_of(a) | pairs_of(b))
    yield paper.printed(r"# pairs")[0], both
    yield paper.printed(r"= # different")[0], either
    yield paper.printed(r"(?:Likeness:|J =) \d+ / \d+ = #")[0], both / either
    limits = [value(text) for text in re.findall(r"0\.\d", paper.task)]
    for limit, verdict in zip(limits, re.findall(r"[Aa]t 0\.\d: (keep|drop)", paper.key), strict=True):
        yield verdict, "drop" if both / either >= limit else "keep"
    if "single words" in paper.task:
        words = set(a.split()), set(b.split())
        yield paper.printed(r"Single words: \d+ / \d+ = #")[0], len(words[0] & words[1]) / len(words[0] | words[1])
        yield paper.printed(r"about #")[0], both / either * 100


def keep_or_drop(paper: Paper) -> Pairs:
    pages = paper.column(1) if paper.tables[0][1][0].isdigit() else paper.column(0)
    least = {"four": 4}[found(r"(\w+) words", paper.task)[0]]
    banned = found(r"word “(\w+)”", paper.task)[0]
    drop = [n for n, page in enumerate(pages, 1) if len(page.split()) < least or banned in page.split()]
    keep = [n for n in range(1, len(pages) + 1) if n not in drop]
    lists = [[int(n) for n in re.findall(r"\d", some)] for some in re.findall(r"\d(?:, \d)*(?: and \d)?", paper.key)]
    genuine = lists[2]  # which pages are genuine is for a reader to judge
    for printed, wanted in (
        (0, drop),
        (1, keep),
        (3, [n for n in drop if n in genuine]),
        (4, [n for n in keep if n not in genuine]),
    ):
        yield str(lists[printed]), str(wanted)


def in_the_weights(paper: Paper) -> Pairs:
    if "billion" not in paper.task:
        if "after “in the”" in paper.task:
            shed, barn = paper.given(r"shed #, barn #")
            yield paper.printed(r"(One of four)")[0], {0.25: "One of four"}[barn / (shed + barn)]
        return
    weights, bits, tokens, kinds = map(value, numbers(paper.task)[:4])
    each = weights * 1e9 * bits / (tokens * 1e12)
    yield paper.printed(r"\) = #; log")[0], each
    yield paper.printed(r"log₂ [\d,]+ = #")[0], math.log2(kinds)
    yield paper.printed(r"about #")[0], math.log2(kinds) / value(paper.printed(r"\) = #; log")[0])


def after(sentences: list[str], *pair: str) -> Counter[str]:
    rows = [["<", "<", *sentence.split(), "."] for sentence in sentences]
    return Counter(row[k] for row in rows for k in range(2, len(row)) if tuple(row[k - 2 : k]) == pair)


def read_sentences(paper: Paper) -> list[str]:
    lines = paper.task.split("\n")
    first = (
        next(k for k, line in enumerate(lines) if re.match("(A r|R)ound one|All that your model ever reads", line)) + 1
    )
    rows = [part for line in lines[first : first + 8] for part in line.split("; ")]
    return [row for row in rows if re.fullmatch(r"[a-z ]+", row) and len(row.split()) > 3]


def next_word(paper: Paper) -> Pairs:
    pair = found(r"after “(\w+ \w+)”", paper.task)[0].split()
    votes = after(read_sentences(paper), *pair)
    head, total = paper.tables[0][0], votes.total()
    size = paper.given(r"by all # words")[0]
    word = found(r"For (\w+): P", paper.task)[0]
    *counts, together = numbers(paper.printed(r"Votes: (.*)")[0].replace(",", " "))
    yield from zip(counts, (float(votes[name]) for name in head[1:-1]), strict=True)
    yield together, total
    p = (votes[word] + 1 / size) / (total + 1)
    yield paper.printed(r"so P = #")[0], p
    yield paper.printed(r"bits: #")[0], -math.log2(p)
    low, high = paper.printed(r"; # to # counts as right")
    yield str(value(low) <= -math.log2(p) <= value(high)), "True"
    again = (votes[word] + 1 + 1 / size) / (total + 2)
    printed, bits = paper.printed(r"\) = #: # bits\.")
    yield printed, again
    yield bits, -math.log2(again)
    if "never came" in paper.task:
        yield paper.printed(r"never came[a-z ]* #")[0], 1 / size / (total + 1)


def blame(paper: Paper) -> Pairs:
    x, u, v = paper.given(r"x = #, u = #, v = #")
    target, rate = value(numbers(paper.task)[3]), value(numbers(paper.task)[-1])
    error = x * u * v - target
    yield paper.printed(r"error #")[0], error
    loss = lambda u, v: (x * u * v - target) ** 2 / 2  # noqa: E731 - the blame is its slope, here by a nudge
    nudge = 1e-6
    slope_u = (loss(u + nudge, v) - loss(u - nudge, v)) / (2 * nudge)
    slope_v = (loss(u, v + nudge) - loss(u, v - nudge)) / (2 * nudge)
    yield paper.printed(r"of u: .*? = #")[0], slope_u
    yield paper.printed(r"of v: .*? = #")[0], slope_v
    u, v = u - rate * slope_u, v - rate * slope_v
    moved = found(r"u [a-z ]*#, v [a-z ]*#, .*?#", paper.key)
    yield from zip(moved, (u, v, x * u * v), strict=True)
    yield paper.printed(r"from # to #")[1], x * u * v - target


def train_table(paper: Paper) -> Pairs:
    sentences = read_sentences(paper)
    on: dict[str, list[str]] = {}
    boxes, faces = (paper.key.split("\n")[k] for k in (0, 1))
    for words, _, _ in paper.tables[0][2:]:
        came = after(sentences, *words.replace("(start)", "<").split())
        on[words] = [word for word, times in came.items() for _ in range(times * (6 // came.total()))]
        told = re.findall(r"([a-z]+) ([■□]+)", found(rf"{re.escape(words)}: ([a-z ■□]*)", boxes)[0])
        yield from ((str(row.count("■")), came[word.replace("end", ".")]) for word, row in told)
        yield str(len(told)), len(came)
        runs = [(word, on[words].index(word) + 1, on[words].count(word)) for word in came]
        left = [("roll again", len(on[words]) + 1, 6 - len(on[words]))] if len(on[words]) < 6 else []
        ends = [(word, first, first + many - 1) for word, first, many in (*runs, *left)]
        yield (
            found(rf"{re.escape(words)}: (.*?)\.", faces)[0],
            ", ".join(f"{a}{f'–{z}' * (z > a)} {word}" for word, a, z in ends),
        )
    columns = ["".join(pair) for pair in re.findall(r"\b([1-6]{3}) ([1-6]{3})\b", paper.task)]
    column = int(*numbers(paper.printed(r"column (\d)")[0]))
    digits, row = iter("".join(columns[column:] + columns[:column])), ["<", "<"]
    begin = after(sentences, "<", "<")
    on["< <"] = [word for word, times in begin.items() for _ in range(times * (6 // begin.total()))]
    while row[-1] != ".":
        came = after(sentences, *row[-2:])
        on_die = [*on.get(" ".join(row[-2:]).replace("<", "(start)"), on["< <"]), *[""] * 6][:6]
        word = next(iter(came)) if len(came) == 1 else ""
        while not word:
            word = on_die[int(next(digits)) - 1]
        row.append(word)
    yield paper.printed(r"you write ([a-z ]+), which")[0], " ".join(row[2:-1])
    can = all_sentences(sentences)
    new = sum(share for said, share in can.items() if said not in sentences)
    mean, tables, different = paper.printed(r"On average # of 4; .*? at (\d+%) of tables\. # sentences")
    yield from ((mean, 4 * new), (tables, 1 - (1 - new) ** 4), (different, len(can)))


def all_sentences(read: list[str]) -> dict[str, float]:
    """Return each sentence that a die can write, with its probability."""
    done: dict[str, float] = {}
    open_ = [(("<", "<"), 1.0)]
    while open_:
        row, share = open_.pop()
        came = after(read, *row[-2:])
        for word, times in came.items():
            longer, p = (*row, word), share * times / came.total()
            if word == ".":
                done[" ".join(row[2:])] = p
            else:
                open_.append((longer, p))
    return done


def exponent(paper: Paper) -> Pairs:
    high, small, low, large = map(value, (number.rstrip(",") for number in numbers(paper.task)[:4]))
    a = -float(np.polyfit(np.log10([small, large]), np.log10([high, low]), 1)[0])
    yield paper.printed(r": #, so # is left")[0], a
    yield paper.printed(r": #, so # is left")[1], 10**-a
    published, left = paper.given(r"language models: #")[0], value(found(r"only (\d+%) of the loss", paper.task)[0])
    yield paper.printed(r"/ 0\.\d+ = [\d.]+: #")[0], math.ceil(math.log(left) / math.log(10**-published))


def file_or_counts(paper: Paper) -> Pairs:
    bits, length = paper.given(r"# bits for # words")
    yield paper.printed(r"/ [\d.]+ = #")[0], bits / length
    words = paper.given(r"the # words")[0]
    yield paper.printed(r"log₂ \d+ = #")[0], math.log2(words)


def tune_table(paper: Paper) -> Pairs:
    asked, answered, _ = (value(cell) for cell in paper.tables[0][1][1:4])
    added, target = *paper.given(r"# dialogues"), value(found(r"(\d+%)", paper.task)[0])
    before, after_it = re.findall(r"= (\d+(?:\.\d+)?%)", paper.key)
    yield before, answered / (asked + answered)
    yield after_it, (answered + added) / (asked + answered + added)
    more = next(n for n in range(1000) if (answered + n) / (asked + answered + n) >= target)
    yield found(r"− \d+ = #", paper.key)[0], more


def read_the_trade(paper: Paper) -> Pairs:
    rows = [[value(cell) for cell in row] for row in paper.tables[0][1:]]
    best = min(rows, key=lambda row: row[1])
    yield from zip(numbers(paper.key.split("\n")[0]), best[:2], strict=True)
    wanted = (best[2] - rows[0][2], rows[-1][2] - rows[0][2], rows[-1][3] - rows[0][3])
    yield from zip(re.findall(rf"− [\d.]+ = ({NUMBER})", paper.key), wanted, strict=True)


def low_rank(paper: Paper) -> Pairs:
    given = [value(number) for number in numbers(paper.task)]
    side, rank = given[0], min(given)
    full, low = side * side, 2 * side * rank
    yield paper.printed(r"^[\d,]+ × [\d,]+ = #;")[0], full
    yield paper.printed(r"\+ .*? = #;")[0], low
    yield paper.printed(r"= ([\d.]+%)")[0], low / full
    yield paper.printed(r"rank #")[0], next(r for r in range(1, int(side)) if 2 * side * r >= full)


def style_or_fact(paper: Paper) -> Pairs:
    base, tuned, control = ([value(cell) for cell in row[3:5]] for row in paper.tables[0][1:])
    wanted = ((tuned[0] - base[0]) * 100, (tuned[1] - control[1]) * 100)
    yield from zip(re.findall(r"points.*?\+(\d+)\n", paper.key), wanted, strict=True)


def reward_gap(paper: Paper) -> Pairs:
    most, least = paper.given(r"# to #")
    share = most / (most + least)
    gap = float(stats.logistic.ppf(share))
    yield paper.printed(r"Odds: .*? = #")[0], most / least
    yield paper.printed(r"Gap: ln .*? = #")[0], gap
    odds, swapped = paper.printed(r"[Ss]wapped.*?= #, [a-z ]*#")
    yield odds, least / most
    yield swapped, -gap
    for pattern in (r"Share: .*? = #", r"predicted share #"):
        if re.search(pattern.split("#")[0], paper.key):
            yield paper.printed(pattern)[0], share


def policy_pull(paper: Paper) -> Pairs:
    most, least = paper.given(r"A # times and B # times")
    for line, beta in zip(paper.key.split("\n"), (0.5, 1, 2), strict=False):
        policy = np.array([most, least]) ** (1 / beta)
        yield found(r"= #$", line)[0], policy[0] / policy.sum()


# ---------------------------------------------------------------- charts to read
# From the numbers of the printed chart alone; 2.5% of its axis can't be told apart by eye.
def line_of(chart: Chart, name: str) -> tuple[np.ndarray, np.ndarray]:
    series = next(series for series in chart.series if series.name == name)
    places = series.x or tuple(range(len(chart.categories)))
    return np.array(places, float), np.array(series.values, float)


def ten_models(paper: Paper) -> Pairs:
    (chart,) = paper.charts
    generations, sizes = line_of(chart, "own text, temperature 0.7")
    near = np.abs(sizes - sizes[0] / 2) <= 0.025 * sizes.max()
    half = generations[sizes <= sizes[0] / 2][0]
    printed, low, high = paper.printed(r"In generation #; any from # to # counts")
    yield printed, half
    yield low, min(half, *generations[near])
    yield high, max(half, *generations[near])
    assert chart.key is not None
    yield paper.printed(r"fifth, # are left")[0], chart.key.series[-1].values[-1]


def read_surprise(paper: Paper) -> Pairs:
    _, bits = line_of(paper.charts[0], "surprise")
    first, last, more = paper.printed(r"# and # bits; # more or less")
    yield first, bits[0]
    yield last, bits[-1]
    yield more, 0.025 * bits.max()
    yield paper.printed(r"Round #")[0], 1.0 + np.argmax(bits[:-1] - bits[1:])


def caution_chart(paper: Paper) -> Pairs:
    weights, refused = line_of(paper.charts[0], "harmless refused")
    printed, more = paper.printed(r"At #; # more or less")
    yield printed, np.interp(0.5, refused, weights)
    yield more, 0.025 * weights.max()


def verdict_chart(paper: Paper) -> Pairs:
    (chart,) = paper.charts
    (series,), line = chart.series, chart.references[0].value
    verdicts = [
        "PASS" if low > line else "BLOCK" if high < line else "HOLD"
        for low, high in zip(series.low, series.high, strict=True)
    ]
    yield paper.printed(r"In order: (.*)")[0], ", ".join(verdicts[1:])
    worst = min(range(1, len(verdicts)), key=lambda row: series.values[row] or 0.0)
    low, high = paper.printed(r"from # to # points")
    yield low, 100 * series.low[worst]
    yield high, 100 * series.high[worst]


def two_scores(paper: Paper) -> Pairs:
    for name, printed in zip("AB", paper.printed(r"# and # points; five"), strict=True):
        _, scores = line_of(paper.charts[0], name)
        yield printed, 100 * (scores[1:] - scores[:-1]).max()


def read_choices(paper: Paper) -> Pairs:
    _, words = line_of(paper.charts[0], "words")
    first, once, last = paper.printed(r"^#, #, #;")
    yield first, words[0]
    yield once, words[1]
    yield last, words[-1]


def strip_invented(paper: Paper) -> Pairs:
    places = [reply.startswith("in the ") for reply in paper.column(1)]
    yield from zip(paper.printed(r"A: #, B: #"), (sum(places), len(places) - sum(places)), strict=True)


def strip_page(paper: Paper) -> Pairs:
    none = [reply == "not in the library" for reply in paper.column(1)]
    yield from zip(paper.printed(r"A: #, B: #"), (len(none) - sum(none), sum(none)), strict=True)


def strip_facts(paper: Paper) -> Pairs:
    read = {cell for row in paper.tables[0] for cell in row if cell}
    known = [sentence in read for sentence in paper.column(0, table=1)]
    yield from zip(paper.printed(r"A: #, B: #"), (len(known) - sum(known), sum(known)), strict=True)
