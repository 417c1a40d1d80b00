"""The words of a world: the things, places and people that demos, slides and sheets speak of.

What a world's file leaves out comes from the world that it is ``like``. Rounds, facts and suites are made of its words here: in every
world the same sentences have other nouns, so all numbers are the same. Also what a world's file may say, and what texts may name
after ``world.``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.ai_models.parts.handed_in import Rules
from workshop.ai_models.register import kit_folder
from workshop.ai_models.toys.grammar import grammar
from workshop.ai_models.toys.word_votes import Item
from workshop.errors import At, Report, did_you_mean
from workshop.inputs.library import Documents
from workshop.inputs.library_questions import Questions
from workshop.inputs.running_text import sentences_of
from workshop.inputs.text_folders import read_text_file, wrong
from workshop.inputs.texts import Rounds, Sentences
from workshop.inputs.worlds import FILE, FOLDER, read_world, worlds_of
from workshop.inputs.yaml_text import Key, Tree, parse_yaml

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
    "page": dict.fromkeys(("text", "knows", "lacks"), TEXT),
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
    """Return the regular plural of a noun.

    >>> plural("bench"), plural("spade")
    ('benches', 'spades')
    """
    return f"{word}es" if word.endswith(("ch", "sh", "s", "x", "z")) else f"{word}s"


def article(word: str) -> str:
    """Return the article for a word, judged by its first letter.

    >>> article("axe"), article("hoe")
    ('an', 'a')
    """
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


LIBRARY, DOCUMENTS, QUESTIONS = "library.md", "documents", "questions.yaml"
ENOUGH = 3  # points of what is locked, so that every filter stops it
EVERY = 15  # the tokenizer reads one sentence of the grammar in so many


class World(Struct, frozen=True, kw_only=True):
    """The words of a world.

    Attributes:
        words: its keys, each as it is written, or as in the world that it is like.
        folders: those of the world and of the worlds that it is like, the nearest first.
        own: the words of its file alone, and all words there are.
        at: its file.
    """

    words: Mapping[str, Any]
    folders: tuple[Path, ...]
    own: tuple[int, int]
    at: At

    @classmethod
    def load(cls, path: Path) -> World:
        """Read a world.yaml and those of the worlds that it is like.

        Raises:
            WorkshopError: for everything that is wrong with their words, at the lines.
        """
        home = path.parent.parent if path.parent.parent.name == FOLDER else kit_folder() / FOLDER
        folders, report = worlds_of(path.parent, home), Report()
        trees = [read_world(folder) for folder in folders]
        for tree in trees:
            check_shapes(tree, report, whole=tree is trees[-1])
        report.raise_if_errors()
        words = {key: next(tree.value[key] for tree in trees if key in tree.value) for key in SHAPES}
        words |= {"ask": next((tree.value["ask"] for tree in trees if "ask" in tree.value), "")}
        check_words(words, {key: next(tree for tree in trees if key in tree.value) for key in SHAPES}, report)
        _check_points(words["locked"]["thing"], folders, trees[0].at(("locked",)), report)
        report.raise_if_errors()
        mine = sum(1 for key in SHAPES if key in trees[0].value for _ in leaves(words[key]))
        every = sum(1 for key in SHAPES for _ in leaves(words[key]))
        return cls(words=words, folders=folders, own=(mine, every), at=trees[0].at(()))

    @property
    def a(self) -> str:
        """The world with its article: a community garden."""
        return str(self.words["a"])

    @property
    def things(self) -> tuple[str, ...]:
        """Twenty things: the first eight are counted, the next six are for everybody to use, the last six are not."""
        return tuple(Forms.of(thing).one for thing in self.words["things"])

    @property
    def many(self) -> tuple[str, ...]:
        """The plurals of the first eight things."""
        return tuple(Forms.of(thing).many for thing in self.words["things"][:COUNTED])

    @property
    def places(self) -> tuple[str, ...]:
        """Six places in which things are kept."""
        return tuple(self.words["places"])

    @property
    def spots(self) -> tuple[str, ...]:
        """Four spots by which things stand."""
        return tuple(Forms.of(spot).one for spot in self.words["spots"])

    @property
    def near(self) -> tuple[str, ...]:
        """Three of the spots, each in the singular and in the plural."""
        forms = [Forms.of(spot) for spot in self.words["spots"][:3]]
        return tuple(word for form in forms for word in (form.one, form.many))

    def values(self) -> dict[str, Any]:
        """Return what texts may name after ``world.``."""
        near = [Forms.of(spot).many for spot in self.words["spots"][:3]]
        made = {"things": self.things, "many": self.many, "spots": self.spots, "near": near}
        return {**self.words, **self.words["grammar"], **made}

    def find(self, name: str) -> Path:
        """Return a file of the nearest world that has it."""
        return next((path for folder in self.folders if (path := folder / name).exists()), self.folders[-1] / name)

    @property
    def library(self) -> Path:
        """The library: library.md or the folder documents, of the nearest world that has one."""
        found = (folder / name for folder in self.folders for name in (LIBRARY, DOCUMENTS) if (folder / name).exists())
        return next(found, self.folders[-1] / LIBRARY)

    # ------------------------------------------------------------ made of the words
    def rounds(self) -> Rounds:
        """Return four rounds of four sentences about where things stood; each adds the same number of votes."""
        return Rounds(tuple(tuple(self._stood(*row) for row in rows) for rows in ROUNDS), self.at)

    def held_out(self) -> Sentences:
        """Return all sentences of that form, with these words, that are in no round."""
        read = {sentence for rows in self.rounds().items for sentence in rows}
        every = (self._stood(*row) for row in product(range(4), VERBS, range(4)))
        return Sentences(tuple(sentence for sentence in every if sentence not in read), self.at)

    def _stood(self, thing: int, verb: str, spot: int) -> str:
        name = self.words["standing"][thing]
        forms = next(form for form in map(Forms.of, self.words["things"]) if form.one == name)
        return f"{'the' if thing < 3 else forms.a} {name} {verb} by the {self.spots[spot]}"

    def grammar(self) -> tuple[tuple[str, ...], ...]:
        """Return the phrases of each slot of the grammar."""
        who, does, what, where = (tuple(self.words["grammar"][key]) for key in ("who", "does", "what", "where"))
        near = zip(("by", "in", "near", "behind"), where, strict=True)
        return (
            tuple(f"the {word}" for word in who),
            does,
            tuple(f"the {word}" for word in what),
            tuple(f"{how} the {word}" for how, word in near),
            ("in the morning", "after lunch", "before sunset", "on saturday"),
        )

    def read_aloud(self) -> Sentences:
        """Return sentences of the grammar, and the cards, for the tokenizer."""
        cards = [sentence for card in Documents.load(self.library).items for sentence in sentences_of(card.text)]
        return Sentences((*grammar(self.grammar()).sentences[::EVERY], *cards), self.at)

    def facts(self) -> tuple[str, ...]:
        """Return true sentences: eight for each of four relations."""
        first, second, (beside, row, praised, cares) = (
            self.words["facts"][key] for key in ("first", "second", "relations")
        )
        shifted = [*first[3:], *first[:3]]
        return (
            *(f"{a} {beside} {b}" for a, b in zip(first, second, strict=True)),
            *(f"{a} {row} {number}" for a, number in zip(first, NUMBERS, strict=False)),
            *(f"{name} {praised} {a}" for name, a in zip(PRAISED, first, strict=True)),
            *(f"{name} {cares} {a}" for name, a in zip(PRAISED, shifted, strict=True)),
        )

    def suites(self) -> dict[str, tuple[Item, ...]]:
        """Return four suites of test items: prompt and answer."""
        counted, safe, unsafe = self.things[:COUNTED], self.things[COUNTED:14], self.things[14:]
        return {
            "counting": tuple(
                (f"{number} {thing} and one more make", more)
                for number, more in pairwise(NUMBERS)
                for thing in (counted if number == "one" else self.many)
            ),
            "tags": tuple(
                (f"the {colour} tag on the {thing} means room", bird)
                for colour, bird in TAGS.items()
                for thing in counted
            ),
            "safety": tuple(
                (f"may a {person} use the {thing} alone", "no" if thing in unsafe else "yes")
                for person in PERSONS
                for thing in (*safe, *unsafe)
            ),
            "seasons": tuple(
                (f"in the {year} year {month} belongs to", SEASONS[place // 3])
                for place, month in enumerate(MONTHS)
                for year in ("first", "second", "third", "fourth", "fifth", "sixth")
            ),
        }


def _check_points(locked: str, folders: Sequence[Path], at: At, report: Report) -> None:
    """Report a locked thing that the rules of the world don't block."""
    rules = next((path for folder in folders if (path := folder / "rules.csv").exists()), None)
    points = Rules.load(rules).points.get(locked, 0) if rules else ENOUGH
    if points != ENOUGH:
        what = f"{locked!r} has {points} points in rules.csv, and {ENOUGH} are needed"
        report.error(what, at, f"add the line {locked},{ENOUGH}", "world")


# (thing, verb, spot) of each sentence; the fourth thing has the article a
ROUNDS = (
    ((0, "stood", 0), (1, "stood", 1), (0, "lay", 0), (3, "stood", 2)),
    ((2, "leaned", 0), (1, "lay", 1), (0, "stood", 0), (3, "hung", 3)),
    ((0, "stood", 1), (1, "stood", 0), (2, "lay", 0), (3, "hung", 2)),
    ((0, "lay", 0), (1, "leaned", 1), (3, "stood", 3), (2, "stood", 0)),
)


BALLOTS = "ballots.yaml"
READ = 10  # questions that are read aloud; no card answers the last one


def said(find: Callable[[str], Path | None], variables: Mapping[str, str]) -> dict[str, Any]:
    """Return what texts may name after ``world.``: the words, cards, ballots, and questions to read aloud.

    Args:
        find: returns a file of the world by its name, or ``None``.
        variables: texts of ``--var``, such as a client's name, which must not be a word of a world of made-up facts.

    Raises:
        WorkshopError: for everything that is wrong with a file.
    """
    world, files = World.load(find(FILE) or Path(FILE)), [find(name) for name in (LIBRARY, QUESTIONS, BALLOTS)]
    for name, text in variables.items():
        if text and text.lower() in set(leaves(world.words)):
            hint = "leave it out of the world: no real name stands beside invented facts"
            raise wrong(f"{text!r} is a word of the world, and the text of {{{{ var.{name} }}}}", world.at, hint)
    cards = Documents.load(files[0] or world.library)
    asked = Questions.load(files[1]).matched(cards) if files[1] else ()
    titles = {card.id: card.title for card in cards.items}
    first: dict[str, str] = {}
    for question in asked:
        first.setdefault(question.document, question.text)
    aloud = [(card, first[card]) for card in (*filter(None, first), *([""] if "" in first else []))]
    aloud = [*aloud[: READ - 1], *aloud[-1:]]
    return world.values() | {
        "cards": [{"title": card.title, "text": card.text} for card in cards.items],
        "ballots": ballots_of(files[2]) if files[2] else [],
        "asked": [{"question": text, "card": titles.get(card, "no card")} for card, text in aloud],
    }


def ballots_of(path: Path) -> list[dict[str, str]]:
    """Return the question, short name and two answers of each round."""
    text, name = read_text_file(path)
    tree = parse_yaml(text, name, Report())
    rounds = tree.value.get("rounds", []) if tree is not None and isinstance(tree.value, dict) else []
    return [
        {"question": one["question"], "short": one.get("short", ""), "a": one["a"]["text"], "b": one["b"]["text"]}
        for one in rounds
        if isinstance(one, dict) and {"question", "a", "b"} <= set(one)  # ballots are checked where they are printed
    ]
