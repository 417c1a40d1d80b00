"""What a world's file may say: its keys, how many words each has, and which words can't be among them.

>>> plural("bench"), plural("spade"), article("axe"), article("hoe")
('benches', 'spades', 'an', 'a')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from msgspec import Struct

from workshop.errors import At, Report, did_you_mean
from workshop.inputs.structured import Key, Tree

# Key -> its shape: one word, a text, a list of so many words or of phrases of so many words each, or keys with shapes of their own
WORD, TEXT = "word", "text"
SENTENCES = ("stem", "advert", "short", "asks", "injected", "own_text")
SHAPES: dict[str, Any] = {
    "name": TEXT,
    "a": TEXT,
    "our": TEXT,
    "people": {"one": WORD, "many": WORD},
    "things": 20,
    "places": 6,
    "spots": 4,
    "standing": 4,
    "moved": {"thing": WORD, "was": WORD, "now": WORD},
    "locked": {"thing": WORD, "place": WORD},
    "forbidden": {"word": WORD, "why": TEXT, "says": TEXT},
    "grammar": {"who": 6, "does": 5, "what": 6, "where": 4},
    "facts": {"first": 8, "second": 8, "relations": (4, 4, 3, 2)},
    "sentences": dict.fromkeys(SENTENCES, TEXT),
}
MAY = ("like", "ask")
LETTERS, LONGEST = 14, 90  # of a word, and characters of a text
_WORD = re.compile(rf"[a-z]{{2,{LETTERS}}}")
COUNTED = 8  # things that are counted, so they have a plural
PLURALS = {"things": COUNTED, "spots": 3}
DIGITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
NUMBERS = tuple(DIGITS.split())
PRAISED = ("ana", "ben", "cleo", "dan", "eva", "finn", "gina", "hugo")
PERSONS = ("child", "visitor", "beginner", "pupil", "trainee", "tourist", "guest", "toddler")
TAGS = {"red": "wren", "blue": "robin", "green": "finch", "white": "linnet", "black": "swift", "yellow": "heron", "pink": "dove", "grey": "owl"}  # fmt: skip
MONTHS = "march april may june july august september october november december january february".split()  # noqa: SIM905
SEASONS = ("spring", "summer", "autumn", "winter")
VERBS = ("stood", "lay", "leaned", "hung")
TAKEN = frozenset(
    f"""anna tom mia paul {" ".join(PRAISED)} {" ".join(PERSONS)} {DIGITS} {" ".join(TAGS)} {" ".join(TAGS.values())} {" ".join(MONTHS)}
    {" ".join(SEASONS)} {" ".join(VERBS)} took found wants cleaned where is the in an by near behind under on after before today again
    stands rests lies leans stand rest lie lean polite short brief friend remove card very make makes alone use means room year belongs
    was bought kept when what does service cost door its due and costs euros tag first second third fourth fifth sixth""".split()
)


def plural(word: str) -> str:
    """Return the regular plural of a noun."""
    return f"{word}es" if word.endswith(("ch", "sh", "s", "x", "z")) else f"{word}s"


def article(word: str) -> str:
    """Return the article for a word, judged by its first letter."""
    return "an" if word[0] in "aeiou" else "a"


class Forms(Struct, frozen=True):
    """A noun: in the singular, in the plural, and its article."""

    one: str
    many: str
    a: str

    @classmethod
    def of(cls, given: Any) -> Forms:
        """Return the forms of a word, or of ``{one: …, many: …, a: …}``."""
        said = given if isinstance(given, dict) else {"one": given}
        return cls(said["one"], said.get("many", plural(said["one"])), said.get("a", article(said["one"])))


def check_shapes(tree: Tree, report: Report, *, whole: bool) -> None:
    """Report unknown and missing keys, and values of another shape; only the last world must be ``whole``."""
    for key in tree.value:
        if key not in (*SHAPES, *MAY):
            report.error(f"a world has no key {key!r}", tree.at((key,)), did_you_mean(key, (*SHAPES, *MAY)), "world")
    for key, shape in SHAPES.items():
        if key in tree.value:
            _check_shape((key,), shape, tree, report)
        elif whole:
            report.error(f"{key}: is missing", tree.at(()), "write it, or like: and the name of a ready world", "world")


def _check_shape(key: Key, shape: Any, tree: Tree, report: Report) -> None:
    value, at, name = tree.get(key), tree.at(key), ".".join(map(str, key))
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            report.error(f"{name}: has no keys", at, f"write {', '.join(shape)}", "world")
            return
        for extra in set(value) - set(shape):
            report.error(f"{name}: has no key {extra!r}", tree.at((*key, extra)), did_you_mean(extra, shape), "world")
        for part, inner in shape.items():
            if part in value:
                _check_shape((*key, part), inner, tree, report)
            else:
                report.error(f"{name}: {part}: is missing", at, "a group is written as a whole, or left out", "world")
    elif isinstance(shape, int | tuple):
        wanted = shape if isinstance(shape, int) else len(shape)
        if not isinstance(value, list) or len(value) != wanted:
            found = len(value) if isinstance(value, list) else "no list"
            report.error(f"{name}: has {found}, and {wanted} are needed", at, "write them as [one, two, …]", "world")
            return
        for place, given in enumerate(value):
            if isinstance(shape, tuple):
                _check_phrase(given, shape[place], tree.at((*key, place)), report)
            elif isinstance(given, dict) and key[0] in PLURALS and {"one"} <= set(given) <= {"one", "many", "a"}:
                for word in given.values():
                    _check_word(word, tree.at((*key, place)), report)
            else:
                _check_word(given, tree.at((*key, place)), report)
    elif shape == WORD:
        _check_word(value, at, report)
    elif not isinstance(value, str) or not 0 < len(value) <= LONGEST:
        report.error(f"{name}: isn't a text of at most {LONGEST} characters", at, "shorten it", "world")


def _check_word(word: Any, at: At, report: Report) -> None:
    if not isinstance(word, str) or not (_WORD.fullmatch(word) or word == "a"):
        hint = f"write one word of 2 to {LETTERS} small letters, a to z"
        report.error(f"{word!r} can't be a word of a world", at, hint, "world")


def _check_phrase(phrase: Any, length: int, at: At, report: Report) -> None:
    if not isinstance(phrase, str) or len(phrase.split()) != length:
        report.error(
            f"{phrase!r} doesn't have {length} words",
            at,
            "write as many as the garden's: all numbers depend on it",
            "world",
        )


def leaves(value: Any) -> Iterator[str]:
    """Yield every word and text."""
    if isinstance(value, str):
        yield value
    elif value:
        for part in value.values() if isinstance(value, dict) else value:
            yield from leaves(part)


def _singles(words: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    """Yield the words that may occur only once, each with its key."""
    for group in ("things", "places", "spots"):
        for place, given in enumerate(words[group]):
            yield (group, place), Forms.of(given).one
    for group, key in (("moved", "thing"), ("locked", "thing"), ("forbidden", "word")):
        yield (group, key), words[group][key]
    for key in ("first", "second"):
        for place, word in enumerate(words["facts"][key]):
            yield ("facts", key, place), word


def check_words(words: Mapping[str, Any], trees: Mapping[str, Tree], report: Report) -> None:
    """Report words that occur twice, that demos use themselves, and words that must be among others and aren't."""

    def at(key: Key) -> At:
        return trees[str(key[0])].at(key)

    seen: dict[str, Key] = {}
    grammar = [
        (("grammar", k, i), word)
        for k in ("who", "does", "what", "where")
        for i, word in enumerate(words["grammar"][k])
    ]
    for group, taken in ((list(_singles(words)), TAKEN), (grammar, TAKEN.difference(PERSONS))):
        seen.clear()
        for key, word in group:
            if word in seen:
                report.error(
                    f"{word!r} is given twice, first at {at(seen[word])}", at(key), "take another word", "world"
                )
            if word in taken:
                report.error(f"{word!r} is a word that the demos use themselves", at(key), "take another word", "world")
            seen.setdefault(word, key)
    things = [Forms.of(thing).one for thing in words["things"]]
    among: list[tuple[Key, str, str, list[str]]] = [
        (("standing", i), word, "the first eight things", things[:COUNTED]) for i, word in enumerate(words["standing"])
    ]
    among += [(("moved", k), words["moved"][k], "places", words["places"]) for k in ("was", "now")]
    among += [(("locked", "place"), words["locked"]["place"], "places", words["places"])]
    for key, word, what, known in among:
        if word not in known:
            report.error(f"{word!r} isn't one of {what}", at(key), did_you_mean(word, known), "world")
    if words["moved"]["was"] == words["moved"]["now"]:
        report.error("moved: was and now are the same place", at(("moved",)), "take another of places", "world")
    pairs: dict[tuple[str, str], str] = {}
    for place, relation in enumerate(words["facts"]["relations"]):
        for pair in pairwise(relation.split()):
            if pairs.setdefault(pair, relation) != relation:
                told = f"{' '.join(pair)!r} is in {relation!r} and in {pairs[pair]!r}"
                report.error(told, at(("facts", "relations", place)), "say one of them in other words", "world")
    if not any(words["forbidden"]["word"] in word for _, word in grammar):
        told = f"no sentence of the grammar has {words['forbidden']['word']!r} in it"
        report.error(told, at(("forbidden", "word")), "take a word that is part of a verb or an object", "world")
