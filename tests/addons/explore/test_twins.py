"""The toys that run in the page give the numbers of their Python twins: called in a browser, in the bytes that the page holds."""

import json
import re
from itertools import product, zip_longest

import numpy as np
import pytest

from workshop.ai_models.parts.asking import answered
from workshop.ai_models.toys.embedding import Embedding
from workshop.ai_models.toys.retrieval import Search
from workshop.ai_models.toys.tokenizer import Merge, cut
from workshop.ai_models.toys.trigram import END, START, Trigram
from workshop.ai_models.toys.votes import pulled, scores, with_phantoms
from workshop.inputs.library import Documents

pytestmark = [pytest.mark.long, pytest.mark.broad]
NEAR = {"retrieval": 1e-4}  # its words weigh there as many digits as keep all answers; the rest is within 1e-12
SEEDS, DRAWN, WRITTEN = (0, 1, 7, 123_456_789, 4_294_967_295), 200, 20
OWN = (
    [],
    ["my cat slept by the fire"],
    ["It's 10:30 — the Spade's gone!", "Ärger mit dem Spaten, naïve 42"],
    ["the the the the"],
    ["the spade stood by the fence"] * 30,
)
CROWDS = (1, 12)
QUESTIONS = 200
TOYS = {
    "seeded": "return arguments[0].map(seed => { const draw = seeded(seed); return Array.from({ length: arguments[1] }, draw); });",
    "trigram": """
const part = parts.trigram[0];
return arguments[0].map(own => {
  const model = new Trigram([...part.sentences, ...part.held, ...own]), found = [model.vocabulary];
  for (const sentence of ['', ...part.sentences, ...own]) {
    if (sentence) model.read(sentence);
    found.push([model.surprise(part.held), ...model.vocabulary.map(word => model.probability('by the', word))], Array.from({ length: arguments[1] }, (_, seed) => model.write(seeded(seed))));
  }
  return found;
});""",
    "votes": "return arguments[0].map(totals => fitted(parts.votes[0], totals));",
    "tokenizer": """
const part = parts.tokenizer.find(part => part.pairs);
return arguments[0].map(([word, joined]) => pieces(part, word, joined));""",
    "retrieval": """
const search = library(parts.retrieval.find(part => part.library));
return arguments[0].map(text => { const found = search.answer(text); return [found.order, [...found.near, ...found.shared]]; });""",
}
# a constant of each, as it stands in the page -> another
CHANGED = {
    "seeded": ("0x6D2B79F5", "0x6D2B79F4"),
    "trigram": ("1 / this.vocabulary.length) / (this.total(pair) + 1)", "1 / this.vocabulary.length) / (this.total(pair) + 1.0001)"),
    "votes": ("? 0 : 0.5", "? 0 : 0.5001"),
    "tokenizer": (".slice(0, joined)", ".slice(1, joined)"),
    "retrieval": ("1.5 * (1 - 0.75", "1.5 * (1 - 0.76"),
}  # fmt: skip


@pytest.fixture(scope="module")
def parts(page):
    found = re.search(r'id="pokes">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    return {poke["id"]: poke["parts"] for poke in json.loads(found[1])["pokes"]}


def seeded(seed):
    """Return a source of numbers in [0, 1): Mulberry32, as on the page."""
    m = 0xFFFFFFFF

    def draw():
        nonlocal seed
        seed = (seed + 0x6D2B79F5) & m
        t = (seed ^ (seed >> 15)) * (1 | seed) & m
        t = ((t + ((t ^ (t >> 7)) * (61 | t) & m)) & m) ^ t
        return ((t ^ (t >> 14)) & m) / 4294967296

    return draw


def written(model, draw, most=10):
    row = [START, START]
    while len(row) < most + 2:
        left, following = draw(), END
        for word in model.vocabulary:
            left -= model.probability((row[-2], row[-1]), word)
            if left < 0:
                following = word
                break
        if following == END:
            break
        row.append(following)
    return " ".join(row[2:])


def of_trigram(part):
    found = []
    for own in OWN:
        model = Trigram.untrained([*part["sentences"], *part["held"], *own])
        rows = [list(model.vocabulary)]
        for sentence in ["", *part["sentences"], *own]:
            if sentence:
                model.read(sentence)
            chances = [model.probability(("by", "the"), word) for word in model.vocabulary]
            rows += [
                [model.surprise(*part["held"]), *chances],
                [written(model, seeded(k)) for k in range(WRITTEN)],
            ]
        found.append(rows)
    return [OWN, WRITTEN], found


def of_votes(part):
    kinds, rooms, found = part["kinds"], [], []
    for crowd, many in product(CROWDS, range(len(part["rounds"]) + 1)):
        for picks in product("AB", repeat=many):
            room = [(1 + crowd * (pick == "A"), 1 + crowd * (pick == "B")) for pick in picks]
            rooms.append(room + [(1, 1)] * (len(part["rounds"]) - many))
    rooms.append([(24, 0)] * len(part["rounds"]))
    for room in rooms:
        wins = np.zeros((len(kinds), len(kinds)))
        for (a, b), round_ in zip(room, part["rounds"], strict=True):
            first, second = kinds.index(round_["ka"]), kinds.index(round_["kb"])
            wins[first, second] += a
            wins[second, first] += b
        rewards = scores(with_phantoms(wins)[0])
        found.append([*rewards.tolist(), *pulled(part["start"], rewards, part["beta"]).tolist()])
    return [rooms], found


def of_tokenizer(part):
    """Every word that the page shows or proves, a few that nobody wrote, after none, some and all of the pairs."""
    pairs = [tuple(pair.split(" ")) for pair in part["pairs"].split(",")]
    words = sorted({proof["in"][0] for proof in part["proof"]["cuts"]} | {"behind", "dniheb", "donaudampfschiff", "a"})
    asked = [(word, joined) for word in words for joined in (0, 1, 10, 50, len(pairs))]
    return [asked], [list(cut(word, [Merge(pair, 1, 1) for pair in pairs[:joined]])) for word, joined in asked]


def of_retrieval(part, kit_path):
    documents = Documents.load(kit_path / "worlds" / "garden" / "library.md")
    cards = tuple(f"{card.title}. {card.text}" for card in documents.items)
    search, rng = Search.over(cards, Embedding.read()), np.random.default_rng(11)
    known = [word for word in re.findall(r"[a-z]+", " ".join(cards).lower()) if len(word) > 3]
    texts = [" ".join(rng.choice(known, rng.integers(1, 6))) for _ in range(QUESTIONS - 1)] + ["zzz"]
    answers = [answered(search, text, documents, part["threshold"]) for text in texts]
    return [texts], [[[int(card) for card in a.order], [*map(float, a.near), *map(float, a.shared)]] for a in answers]


@pytest.fixture(scope="module")
def expected(parts, kit_path):
    """For each toy: what it is asked, and what its twin answers."""
    cuts = next(part for part in parts["tokenizer"] if "pairs" in part)
    asks = next(part for part in parts["retrieval"] if "library" in part)
    draws = [seeded(seed) for seed in SEEDS]
    return {
        "seeded": ([SEEDS, DRAWN], [[draw() for _ in range(DRAWN)] for draw in draws]),
        "trigram": of_trigram(parts["trigram"][0]),
        "votes": of_votes(parts["votes"][0]),
        "tokenizer": of_tokenizer(cuts),
        "retrieval": of_retrieval(asks, kit_path),
    }


def flat(value):
    """Yield the numbers and texts in nested lists."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from flat(one)
    else:
        yield value


def differing(browser, source, parts, expected, toy):
    """Return how many numbers and texts were compared, and how many differ."""
    asked, wanted = expected[toy]
    told = {name: parts[name] for name in ("trigram", "votes", "tokenizer", "retrieval")}
    begun = f"const parts = arguments[arguments.length - 1];\n{source}\n"
    pairs = list(
        zip_longest(flat(browser.execute_script(begun + TOYS[toy], *asked, told)), flat(wanted), fillvalue=None)
    )
    far = [(a, b) for a, b in pairs if not (a == b or (type(b) is float and abs(a - b) <= NEAR.get(toy, 1e-12)))]
    return len(pairs), len(far)


@pytest.fixture(scope="module")
def source(page):
    """The toys as the page holds them: what its script begins with."""
    (script,) = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    toys, rest, _ = script.partition("const D = ")
    assert rest
    return toys.removeprefix("'use strict';\n(() => {\n")


@pytest.mark.parametrize("toy", TOYS)
def test_a_toy_in_the_page_and_its_twin_give_the_same(browser, source, parts, expected, toy):
    compared, far = differing(browser, source, parts, expected, toy)
    assert far == 0
    assert compared >= {"seeded": 1000, "trigram": 2285, "votes": 2 * 127 * 8, "tokenizer": 100, "retrieval": QUESTIONS * 20}[toy]  # fmt: skip


@pytest.mark.parametrize("toy", TOYS)
def test_one_changed_constant_is_noticed(browser, source, parts, expected, toy):
    constant, other = CHANGED[toy]
    assert source.count(constant) == 1
    assert differing(browser, source.replace(constant, other), parts, expected, toy)[1] > 0
