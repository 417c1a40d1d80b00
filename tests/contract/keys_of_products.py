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


def release_board(paper: Paper) -> Pairs:
    margin = paper.given(r"# points\.")[0]
    verdicts = []
    for suite, _, low, high, _ in paper.tables[0][1:]:
        verdicts.append("PASS" if value(low) > margin else "BLOCK" if value(high) < margin else "HOLD")
        yield paper.printed(rf"{suite}: .*: ([A-Z]+)")[0], verdicts[-1]
    yield (
        re.findall(r"\b(?:PASS|HOLD|BLOCK)\b", paper.key)[len(verdicts)],
        next(v for v in ("BLOCK", "HOLD", "PASS") if v in verdicts),
    )


def rule_of_three(paper: Paper) -> Pairs:
    tried, wanted = *paper.given(r"# times"), value(found(r"([\d.]+%)", paper.task)[0])
    yield paper.printed(r"(\d+%)")[0], 3 / tried
    yield paper.printed(r"% = #")[0], 3 / wanted


def ceiling(paper: Paper) -> Pairs:
    asked, share = *paper.given(r"# questions"), value(found(r"([\d.]+%)", paper.task)[0])
    yield paper.printed(r"% = #")[0], asked * share
    yield paper.printed(r": ([\d.]+%)\n")[0], 1 - share


def sign_test(paper: Paper) -> Pairs:
    differ, lost = value(paper.tables[0][1][2]), *paper.given(r"with # losses")
    ways = [math.comb(int(differ), k) for k in range(int(lost) + 1)]
    yield from zip((cell.replace(",", "") for cell in paper.tables[0][1][1:]), map(float, ways), strict=False)
    yield paper.printed(r"= #")[0], sum(ways)
    yield numbers(paper.key.split("\n")[1])[-1], 2 * sum(ways)
    p = stats.binomtest(int(lost), int(differ)).pvalue
    yield paper.printed(r"p = #")[0], p
    yield paper.printed(r"\n(yes|no)\b")[0], "yes" if p < 1 / 20 else "no"


def margin_of_error(paper: Paper) -> Pairs:
    share, items = (value(t) for t in found(r"(\d+%) of (\d+)", paper.task))
    wanted = value(re.findall(r"\d+%", paper.task)[-1])
    yield paper.printed(r"\) = #")[0], stats.norm.ppf(0.975) * math.sqrt(share * (1 - share) / items)
    yield paper.printed(r"² = #")[0], math.ceil(1.96**2 * share * (1 - share) / wanted**2)


def add_points(paper: Paper) -> Pairs:
    points = dict(zip(paper.tables[0][0][1:], map(value, paper.tables[0][1][1:]), strict=True))
    limit = paper.given(r"# points")[0]
    lines = paper.key.split("\n")
    judged = paper.printed(r"One by one: (.*)\.")[0].split(", ")
    for (request, *_, harmful), line, said in zip(paper.tables[1][1:], lines, judged, strict=False):
        total = sum(points.get(word, 0) for word in request.split())
        printed, verdict = found(r": #, (block|pass)", line)
        yield printed, total
        block = total >= limit
        yield verdict, "block" if block else "pass"
        wrong = "false alarm" if block else "miss"
        yield said, "right" if block == (harmful == "yes") else wrong


def alarms(paper: Paper) -> Pairs:
    sent = paper.given(r"# messages")[0]
    base, caught, false = (value(share) for share in re.findall(r"\d+%", paper.task)[:3])
    flagged = sent * (base * caught + (1 - base) * false)
    wanted = (sent * base, sent * base * caught, sent * (1 - base) * false, flagged)
    lines = paper.key.split("\n")
    yield from ((found(r"= #", line)[0], number) for line, number in zip(lines, wanted, strict=False))
    yield found(r"= (\d+%)", lines[4])[0], sent * base * caught / flagged


def predict_trace(paper: Paper) -> Pairs:
    thing, trained, today = found(r"the (\w+) was in the (\w+)\. Today’s card says (\w+)", paper.task)
    learnt = dict(re.findall(r"with “?(nothing|\w+)”? in front: (.*)", paper.task))
    (shown,) = set(re.findall(r"It was in the (\w+)", paper.task))
    assert thing in paper.task.split("“Where is the ")[1]
    for product, system, card, _ in paper.tables[0][1:]:
        style = learnt["nothing" if system == "none" else system]
        yield paper.printed(rf"{product}: (.*)")[0], style.replace(shown, trained if card == "none" else today)


def agent_steps(paper: Paper) -> Pairs:
    slip = value(found(r"(\d+%)", paper.task)[0])
    for steps, clean, _ in paper.tables[0][1:]:
        yield clean, (1 - slip) ** int(steps)
        yield paper.printed(rf"{steps} steps.*? = #")[0], 1 - value(clean)


def filter_month(paper: Paper) -> Pairs:
    cost, asked, stopped = map(value, numbers(paper.task)[:3])
    dearer, refused = (value(share) for share in re.findall(r"[\d.]+%", paper.task))
    yield paper.printed(r"% = #")[0], cost * dearer
    yield paper.printed(r"\n.*?% = #")[0], asked * refused
    yield paper.printed(r"/ \d+ = #")[0], cost * dearer / stopped


def be_assistant(paper: Paper) -> Pairs:
    shelf = re.findall(r"(?m)^([A-Z][^.\n]+)\. (.+)$", paper.task.split("The library")[1])
    small = set(re.findall(r"“(\w+)”", found(r"Not counted: (.*)\.", paper.task)[0]))
    verdicts = []
    for question, *_ in paper.tables[0][1:]:
        asked = set(re.findall(r"[a-z]+", question.lower())) - small
        scores = [len(asked & set(re.findall(r"[a-z]+", " ".join(card).lower()))) for card in shelf]
        best = shelf[scores.index(max(scores))][0] if max(scores) else "none"
        handed, points, verdict = found(rf"{re.escape(question)}: (.*), (\d+), (.*)", paper.key)
        yield handed, best
        yield points, max(scores)
        verdicts.append(verdict)
    yield from zip(
        paper.printed(r"Right card #, wrong card #, missed #"),
        (float(verdicts.count(v)) for v in ("right card", "wrong card", "missed")),
        strict=True,
    )


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
    lists = [row.split(", ") for row in re.findall(r"[A-Z](?:, [A-Z])+", paper.task)]
    constant = paper.given(r"1 / \(# \+ its place")[0]
    total = {
        card: sum(1 / (constant + row.index(card) + 1) for row in lists if card in row) for row in lists for card in row
    }
    for card, score in total.items():
        yield paper.printed(rf"{card}: 1/.*? = #")[0], score
    yield paper.printed(r"\n[Cc]ard (\w)\.")[0], max(total, key=lambda card: total[card])


def rank_scores(paper: Paper) -> Pairs:
    places = [math.inf if cell == "none" else float(cell) for cell in paper.tables[0][1][1:]]
    for most, line in zip((1, 3), paper.key.split("\n"), strict=False):
        yield numbers(line)[-1], sum(place <= most for place in places) / len(places)
    yield paper.printed(r"/ 5 = #")[0], float(np.mean(1 / np.array(places)))


def source_checks(paper: Paper) -> Pairs:
    sent, right, minutes, sample = (value(text) for text in re.findall(r"\d+%?", paper.task)[:4])
    wanted = (sent * (1 - right), sent * minutes / 60, sample * (1 - right))
    yield from ((found(r"= #", line)[0], number) for line, number in zip(paper.key.split("\n"), wanted, strict=False))


def false_shares(paper: Paper) -> Pairs:
    behind = [int(n) for n in re.findall(r"[a-z]: (\d)(?:\n|$)", paper.task)]
    kinds, luck = len(behind), *paper.given(r"time in #")
    assert len(behind) == kinds
    for view, *_ in paper.tables[0][1:]:
        sure = sum(words <= int(view) for words in behind)
        true = Fraction(sure, len(behind)) + Fraction(len(behind) - sure, len(behind)) * Fraction(1, int(luck))
        printed = paper.printed(rf"{view} words.*?# of .*?true ([\d/]+), false ([\d/]+)")
        yield from zip(printed, (float(sure), str(true), str(1 - true)), strict=True)


def never_zero_sum(paper: Paper) -> Pairs:
    one_in, asked = map(value, numbers(paper.task)[:2])
    failures = stats.binom(int(asked), 1 / one_in)
    yield paper.printed(r"^#")[0], failures.pmf(0)
    yield paper.printed(r"− 0\.\d+ = #")[0], failures.sf(0)
    yield paper.printed(r"\n#$")[0], failures.mean()


def reliability(paper: Paper) -> Pairs:
    asked = paper.given(r"# guesses")[0]
    gaps = [abs(value(said) - value(right) / asked) for said, right, _ in paper.tables[0][1:]]
    yield from zip(numbers(paper.key.split("\n")[0].replace(",", " ")), gaps, strict=True)
    yield paper.printed(r"(\d+%)")[0], float(np.mean(gaps))


def guess_or_pass(paper: Paper) -> Pairs:
    sure = value(found(r"(\d+%)", paper.task)[0])
    lines = paper.key.split("\n")
    for (cost, *_), line in zip(paper.tables[0][1:], lines, strict=False):
        earned = sure - (1 - sure) * value(cost)
        printed, verdict = found(r"= #, (guess|pass)", line)
        yield printed, earned
        yield verdict, "guess" if earned > 0 else "pass"
        if "c + 1" in paper.key:
            limits = paper.printed(r"c \+ 1.*?#, # and #")
            yield limits[lines.index(line)], value(cost) / (value(cost) + 1)


def sharpen(paper: Paper) -> Pairs:
    shares = np.array([value(cell) for cell in paper.tables[0][1][1:-1]])
    squares = shares ** (1 / paper.given(r"temperature #")[0])
    yield paper.printed(r"= #")[0], squares.sum()
    yield from zip(
        numbers(paper.key.split("\n")[0].split(": ")[-1].replace(",", " ")), squares / squares.sum(), strict=True
    )
    before, then = paper.printed(r"([\d.]+%).*?([\d.]+%)")
    yield before, shares.min()
    yield then, (squares / squares.sum()).min()


def softmax(paper: Paper) -> Pairs:
    fine, harmful = map(value, numbers(paper.task.replace(",", " "))[:2])
    lowered = paper.given(r"score by #")[0]
    share = np.exp([fine, harmful]) / np.exp([fine, harmful]).sum()
    yield from zip(paper.printed(r"#, harmful #"), share, strict=True)
    yield paper.printed(r"about #")[0], 1e6 * float(stats.logistic.cdf(harmful - lowered - fine))
