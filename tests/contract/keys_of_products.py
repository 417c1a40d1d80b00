"""Solves the computed exercises of stages 5 to 8 from the printed sheet, with a few lines of arithmetic or scipy.

Each function is called as its exercise and yields pairs: what the key prints, and what it should be.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

import numpy as np
from scipy import stats

from tests.contract.keys_paper import Pairs, Paper, found, numbers, value

SMALL = {
    "the",
    "is",
    "when",
    "a",
    "an",
    "it",
    "in",
    "at",
    "and",
    "for",
    "of",
    "to",
    "how",
    "does",
    "do",
    "may",
    "i",
    "what",
    "where",
    "who",
    "which",
    "are",
    "on",
    "by",
    "take",
    "takes",
    "me",
    "my",
}


def release_board(paper: Paper) -> Pairs:
    margin = paper.given(r"margin is # points")[0]
    verdicts = []
    for suite, _, low, high, _ in paper.tables[0][1:]:
        verdicts.append("PASS" if value(low) > margin else "BLOCK" if value(high) < margin else "HOLD")
        yield paper.printed(rf"{suite}: .*: ([A-Z]+)")[0], verdicts[-1]
    yield paper.printed(r"release: ([A-Z]+)")[0], next(v for v in ("BLOCK", "HOLD", "PASS") if v in verdicts)


def rule_of_three(paper: Paper) -> Pairs:
    tried, wanted = *paper.given(r"tried # times"), *(value(t) for t in found(r"at most (\d+%)", paper.task))
    yield paper.printed(r"about (\d+%)")[0], 3 / tried
    yield paper.printed(r"= # tries")[0], 3 / wanted


def ceiling(paper: Paper) -> Pairs:
    asked, share = *paper.given(r"has # questions"), *(value(t) for t in found(r"About ([\d.]+%)", paper.task))
    yield paper.printed(r"= # faulty")[0], asked * share
    yield paper.printed(r": ([\d.]+%)\n")[0], 1 - share


def sign_test(paper: Paper) -> Pairs:
    differ, lost = *paper.given(r"On # they differ"), *paper.given(r"and lost #")
    ways = [math.comb(int(differ), k) for k in range(int(lost) + 1)]
    yield from zip((cell.replace(",", "") for cell in paper.tables[0][1][1:]), map(float, ways), strict=False)
    yield paper.printed(r"= # ways")[0], sum(ways)
    yield paper.printed(r"directions: #")[0], 2 * sum(ways)
    p = stats.binomtest(int(lost), int(differ)).pvalue
    yield paper.printed(r"so p = #")[0], p
    yield paper.printed(r"\n(yes|no):")[0], "yes" if p < 1 / 20 else "no"


def margin_of_error(paper: Paper) -> Pairs:
    share, items = (value(t) for t in found(r"on (\d+%) of (\d+) items", paper.task))
    wanted = value(found(r"half-width of (\d+%)", paper.task)[0])
    yield paper.printed(r"\) = #")[0], stats.norm.ppf(0.975) * math.sqrt(share * (1 - share) / items)
    yield paper.printed(r"² = #")[0], math.ceil(1.96**2 * share * (1 - share) / wanted**2)


def add_points(paper: Paper) -> Pairs:
    points = dict(zip(paper.tables[0][0][1:], map(value, paper.tables[0][1][1:]), strict=True))
    limit = paper.given(r"Block from # points")[0]
    lines = paper.key.split("\n")
    for (request, *_, harmful), line in zip(paper.tables[1][1:], lines, strict=False):
        total = sum(points.get(word, 0) for word in request.split())
        printed, verdict, judged = found(r": #, (block|pass) \((.*)\)", line)
        yield printed, total
        block = total >= limit
        yield verdict, "block" if block else "pass"
        wrong = "false alarm" if block else "miss"
        yield judged, "right" if block == (harmful == "yes") else wrong


def alarms(paper: Paper) -> Pairs:
    sent = paper.given(r"# messages come in")[0]
    base, caught, false = (
        value(t) for t in found(r"(\d+%) are harmful.*?(\d+%) of the harmful.*?(\d+%) of the fine", paper.task)
    )
    yield paper.printed(r"harmful: .*? = #")[0], sent * base
    yield paper.printed(r"harmful and flagged: .*? = #")[0], sent * base * caught
    yield paper.printed(r"yet flagged: .*? = #")[0], sent * (1 - base) * false
    flagged = sent * (base * caught + (1 - base) * false)
    yield paper.printed(r"in all: .*? = #")[0], flagged
    yield paper.printed(r"among the flagged: .*? = (\d+%)")[0], sent * base * caught / flagged


def bucket(paper: Paper) -> Pairs:
    size, rate = *paper.given(r"holds # tokens"), *paper.given(r"# of a token flows")
    tokens, before, through, left = Fraction(int(size)), 0, [], []
    for second in map(int, paper.tables[0][0][1:]):
        tokens = min(Fraction(int(size)), tokens + Fraction(rate) * (second - before))
        before = second
        through.append("✓" if tokens >= 1 else "✗")
        tokens -= tokens >= 1
        left.append(float(tokens))
    yield "".join(re.findall("[✓✗]", paper.key)), "".join(through)
    printed = re.findall(r"\d+(?:\.\d+)?", paper.printed(r"Left: (.*?)\. Turned")[0])
    yield from zip(printed, left, strict=True)
    yield paper.printed(r"away: #")[0], through.count("✗")


def predict_trace(paper: Paper) -> Pairs:
    thing, trained, today = found(r"the (\w+) hung in the (\w+)\. Today’s card says (\w+)", paper.task)
    learnt = dict(paper.tables[0][1:])
    (shown,) = set(re.findall(r"hung in the (\w+):", paper.task))
    assert thing in paper.task.split("“Where is the ")[1]
    for product, system, card, _ in paper.tables[1][1:]:
        manner = learnt["nothing" if system == "none" else system]
        yield paper.printed(rf"{product}: (.*)")[0], manner.replace(shown, trained if card == "none" else today)


def agent_steps(paper: Paper) -> Pairs:
    slip = value(found(r"chance of (\d+%)", paper.task)[0])
    for steps, clean, _ in paper.tables[0][1:]:
        yield clean, (1 - slip) ** int(steps)
        yield paper.printed(rf"{steps} steps: .*? = #")[0], 1 - value(clean)


def filter_month(paper: Paper) -> Pairs:
    cost, asked, stopped = paper.given(r"costs # a month .*?; # requests .* stops # break-ins")
    dearer, refused = (value(t) for t in found(r"takes ([\d.]+%) more .* another ([\d.]+%)", paper.task))
    yield paper.printed(r"% = #")[0], cost * dearer
    yield paper.printed(r"\n.*?% = #")[0], asked * refused
    yield paper.printed(r"/ \d+ = #")[0], cost * dearer / stopped


def shared_words(paper: Paper) -> Pairs:
    first, second = found(r"First question: (.*)\? Second question: (.*)", paper.task)
    spoken = [set(re.findall(r"[a-z]+", text.lower())) - SMALL for text in (first, second)]
    scores = []
    for text, *_ in paper.tables[0][1:]:
        scores.append([len(words & set(re.findall(r"[a-z]+", text.lower()))) for words in spoken])
        title = text.split(".")[0]
        yield paper.printed(rf"(?:^|\n){title}: .*: #")[0], scores[-1][0]
    best = max(paper.tables[0][1:], key=lambda row: scores[paper.tables[0][1:].index(row)][0])
    yield paper.printed(r"First question: (.*?)\.")[0], best[0].split(".")[0]
    yield from zip(paper.printed(r"second has #, # and #"), (float(score[1]) for score in scores), strict=True)


def cosine(paper: Paper) -> Pairs:
    question, a, b = (np.array([int(n) for n in pair]) for pair in re.findall(r"\((\d+), (\d+)\)", paper.task)[:3])
    near = {
        name: float(question @ card / np.linalg.norm(question) / np.linalg.norm(card))
        for name, card in (("A", a), ("B", b))
    }
    for name, angle in near.items():
        yield paper.printed(rf"{name}: \(.*?: #")[0], angle
    yield paper.printed(r"[cC]ard ([AB])")[0], max(near, key=lambda name: near[name])
    added = [question @ card / question.sum() / card.sum() for card in (a, b)]
    yield from zip(paper.printed(r"\n# and #\nadded"), map(float, added), strict=True)


def fuse(paper: Paper) -> Pairs:
    lists = [row.split(", ") for row in found(r"keywords: ([A-Z, ]+)\. By embeddings: ([A-Z, ]+)\.", paper.task)]
    constant = paper.given(r"1 / \(# \+ its place")[0]
    total = {
        card: sum(1 / (constant + row.index(card) + 1) for row in lists if card in row) for row in lists for card in row
    }
    for card, score in total.items():
        yield paper.printed(rf"{card}: 1/.*? = #")[0], score
    yield paper.printed(r"\nCard (\w)\.")[0], max(total, key=lambda card: total[card])


def rank_scores(paper: Paper) -> Pairs:
    places = [math.inf if cell == "none" else float(cell) for cell in paper.tables[0][1][1:]]
    for most, line in ((1, r"first place: .*: #\n"), (3, r"first three: .*: #\n")):
        yield paper.printed(line)[0], sum(place <= most for place in places) / len(places)
    yield paper.printed(r"/ 5 = #")[0], float(np.mean(1 / np.array(places)))


def source_checks(paper: Paper) -> Pairs:
    sent, found_share = (value(t) for t in found(r"sends (\d+) answers .* for (\d+%)", paper.task))
    minutes, sample = *paper.given(r"takes # minutes"), *paper.given(r"among # answers")
    yield paper.printed(r"of 400 = #" if sent == 400 else rf"of {sent:.0f} = #")[0], sent * (1 - found_share)
    yield paper.printed(r"= # hours")[0], sent * minutes / 60
    yield paper.printed(rf"of {sample:.0f} = #")[0], sample * (1 - found_share)


def false_shares(paper: Paper) -> Pairs:
    behind = [int(n) for n in re.findall(r"[a-z]: (\d)(?:\n|$)", paper.task)]
    kinds, luck = *paper.given(r"each of # kinds"), *paper.given(r"one time in #")
    assert len(behind) == kinds
    for view, *_ in paper.tables[0][1:]:
        sure = sum(words <= int(view) for words in behind)
        true = Fraction(sure, len(behind)) + Fraction(len(behind) - sure, len(behind)) * Fraction(1, int(luck))
        printed = paper.printed(rf"{view} words: # of .*?: true ([\d/]+), false ([\d/]+)")
        yield from zip(printed, (float(sure), str(true), str(1 - true)), strict=True)


def never_zero_sum(paper: Paper) -> Pairs:
    one_in, asked = *paper.given(r"One conversation in # goes"), *paper.given(r"has # conversations")
    failures = stats.binom(int(asked), 1 / one_in)
    yield paper.printed(r"^#")[0], failures.pmf(0)
    yield paper.printed(r"at least one: .*? = #")[0], failures.sf(0)
    yield paper.printed(r"\n#$")[0], failures.mean()


def two_scores(paper: Paper) -> Pairs:
    length = paper.given(r"has # words")[0]
    right = [value(cell) for cell in paper.column(1)]
    whole = [share**length for share in right]
    yield from zip(re.findall(r"= ([\d.]+%)", paper.key), whole, strict=True)
    word, answer = paper.printed(r"By word \+# points, by whole answer \+# points")
    yield word, (right[2] - right[1]) * 100
    yield answer, (whole[2] - whole[1]) * 100


def reliability(paper: Paper) -> Pairs:
    asked = paper.given(r"made # guesses")[0]
    gaps = [abs(value(said) - value(right) / asked) for said, right, _ in paper.tables[0][1:]]
    yield from zip(numbers(paper.printed(r"gaps (.*)")[0].replace(",", " ")), gaps, strict=True)
    yield paper.printed(r"mean gap is (\d+%)")[0], float(np.mean(gaps))


def guess_or_pass(paper: Paper) -> Pairs:
    sure = value(found(r"(\d+%) sure", paper.task)[0])
    lines = paper.key.split("\n")
    for (cost, *_), line in zip(paper.tables[0][1:], lines, strict=False):
        earned = sure - (1 - sure) * value(cost)
        printed, verdict = found(r"= #, (guess|pass)", line)
        yield printed, earned
        yield verdict, "guess" if earned > 0 else "pass"
        if "Above c" in paper.key:
            limits = paper.printed(r"\(c \+ 1\): #, # and #")
            yield limits[lines.index(line)], value(cost) / (value(cost) + 1)


def sharpen(paper: Paper) -> Pairs:
    shares = np.array([value(cell) for cell in paper.tables[0][1][1:-1]])
    squares = shares ** (1 / paper.given(r"temperature #")[0])
    yield paper.printed(r"squares: .*? = #")[0], squares.sum()
    yield from zip(
        numbers(paper.key.split("\n")[0].split(": ")[-1].replace(",", " ")), squares / squares.sum(), strict=True
    )
    before, then = paper.printed(r"from ([\d.]+%) to ([\d.]+%)")
    yield before, shares.min()
    yield then, (squares / squares.sum()).min()


def softmax(paper: Paper) -> Pairs:
    fine, harmful = paper.given(r"scores #, a harmful one #\.")
    lowered = paper.given(r"harmful score by #")[0]
    share = np.exp([fine, harmful]) / np.exp([fine, harmful]).sum()
    yield from zip(paper.printed(r"Harmless #, harmful #"), share, strict=True)
    yield paper.printed(r"so about #")[0], 1e6 * float(stats.logistic.cdf(harmful - lowered - fine))
