"""Words, values, claims and marked text of a case, mostly right and partly wrong."""

from collections.abc import Sequence
from functools import cached_property
from random import Random

from workshop.content.vocabulary import CLASSES, KEYS

WORDS = [
    "the",
    "a",
    "of",
    "and",
    "bread",
    "water",
    "flour",
    "oven",
    "warm",
    "cold",
    "dough",
    "rises",
    "crumb",
    "crust",
    "baker",
    "salt",
    "yeast",
    "hour",
    "kitchen",
    "slowly",
    "guess",
    "counts",
    "model",
    "page",
    "reads",
    "next",
    "word",
    "never",
    "often",
    "half",
    "what",
    "why",
    "does",
    "it",
    "we",
    "they",
    "loaf",
    "share",
    "time",
    "heat",
    "steam",
    "bakes",
    "best",
]
ODD = (
    "مرحبا", "日本語", "👩‍👩‍👧", "e\u0301\u0323", "a\u200bb", "\u202eabc", "\u00a0", "ﬀ", "ß", "İ", "𝕏", "\ufffd", "\ufeff", "\u2028",
    '#read("/etc/passwd")', "$x^2$", "$\\frac{a}{b}$", "$$\\sum_i$$", "$\\foo$", "<b>", "</a>", "&amp;", "&", "\\", "`", "*", "_", "[", "]", "{", "}", "{{", "}}", ":::", "|", "~~",
    "^[", "@baker", "'", '"', "%", "%s", "{0}", "=1+1", "//", "/*", "<!--", "-->", "- ", "1.", "> ", "\t", "x" * 70, "0", "-1", "1e999", "NaN",
)  # fmt: skip
# facts of fast demos, by type
NUMBERS = (
    "never_zero.at_least_one",
    "never_zero.p",
    "emergence.power",
    "emergence.token[0]",
    "agent.slip",
    "saturation.scores.1",
)
COUNTS = ("never_zero.n", "emergence.length", "agent.runs", "agent.first.budget", "saturation.separate[2]")
FILTERS = ("ratio", "percent", "bits", "number", "count", "points", "fraction", "ratio(1)", "percent(2)", "number(0)")
ADDRESSES = ("https://example.org/a?b=c&d=e", "http://example.org", "mailto:a@example.org", "https://пример.example/ü")
BAD_ADDRESSES = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "http://[::1",
    "//x",
    "data:text/html,x",
    "",
    "#nowhere",
    "http://a b",
)


class Words:
    """Writes words, and makes choices.

    Attributes:
        rng: where every choice comes from.
        slips: chance that a production is written wrong on purpose.
        odd: chance that a word is one of other scripts, of markup, or of other languages.
    """

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.slips = rng.choice((0, 0, 0, 0.01, 0.05))
        self.odd = rng.choice((0, 0, 0, 0.005, 0.03))
        self.ids: list[str] = []
        self.files: dict[str, bytes | str] = {}
        self.exercises: list[str] = []
        self.client = False

    # ------------------------------------------------------------ choices
    def may(self, chance: float) -> bool:
        return self.rng.random() < chance

    @property
    def slip(self) -> bool:
        return self.may(self.slips)

    def one(self, options: Sequence):
        """Return one of some options in a fixed order: that of a set is another one in each process."""
        return self.rng.choice(options)

    def some(self, make, least: int, most: int, between: str = "\n") -> str:
        return between.join(make() for _ in range(self.rng.randint(least, most)))

    # ------------------------------------------------------------ text
    def word(self) -> str:
        return self.one(ODD) if self.may(self.odd) else self.one(WORDS)

    def plain(self) -> str:
        return self.one(WORDS)

    def words(self, least: int = 2, most: int = 8) -> str:
        text = self.some(self.word, least, most, " ")
        return text[:1].upper() + text[1:]

    def number(self) -> str:
        if self.slip:
            return self.one(("-5", "1e308", "nan", "inf", "9" * 400, "x", "", "0x10", "１２", "1,5", "1_0", "⅔"))
        return self.one(("0", "1", "2", "3.5", "10", "0.25", "-1", "1234567", "12"))

    def expression(self, depth: int = 2) -> str:
        if self.slip:
            return self.one(
                (
                    "nothing.here",
                    "never_zero.nope",
                    "1 / 0",
                    "never_zero",
                    "''",
                    "1 +",
                    "a b",
                    "[1]",
                    "x | y",
                    "1 if 2",
                    "-'a'",
                    "emergence.token",
                    "round(1, 999)",
                    "never_zero.p < 'a'",
                    "task.x.answer",
                    "min()",
                    "sqrt(-1)",
                    "log2(0)",
                    "10 ** 9",
                    "emergence.sizes[99]",
                    "1e308 * 10",
                )
            )
        if depth and self.may(0.3):
            return f"({self.expression(depth - 1)} {self.one('+-*')} {self.expression(depth - 1)})"
        if depth and self.may(0.1):
            return f"{self.one(('min', 'max'))}({self.expression(depth - 1)}, {self.expression(depth - 1)})"
        return self.one((*NUMBERS, *COUNTS, "2", "0.5", "100"))

    def value(self) -> str:
        if self.client and self.may(0.1):
            return "{{ var.client }}"
        if self.may(0.3):
            return "{{ " + self.one(COUNTS) + self.one(("", " | count", " | number")) + " }}"
        return "{{ (" + self.expression() + ") | " + (self.word() if self.slip else self.one(FILTERS)) + " }}"

    def claim(self) -> str:
        if self.slip:
            return self.one((self.expression(), "1 < 0", "true", "never_zero.p <", "near(1)", "not", "1 == '1'"))
        return self.one(
            (
                "never_zero.p < 1",
                "agent.runs > 0 and 1 < 2",
                "near(never_zero.p, 0.001, 1)",
                "not (2 < 1)",
                "emergence.length >= 1",
            )
        )

    def address(self) -> str:
        if self.slip:
            return self.one(BAD_ADDRESSES)
        return f"#{self.one(self.ids)}" if self.ids and self.may(0.4) else self.one(ADDRESSES)

    def inline(self) -> str:
        words = self.words(1, 4)
        return self.rng.choices(
            (
                lambda: f"**{words}**",
                lambda: f"*{words}*",
                lambda: f"`{words}`",
                lambda: f"~~{words}~~",
                lambda: f"[{words}]{{{self.span()}}}",
                lambda: f"[{words}]({self.address()})",
                self.value,
                lambda: f"{words}^[{self.words()}]",
                lambda: f"{words} [@{self.key()}]",
                lambda: f'[{words}]{{claim="{self.claim()}" else="{self.words()}"}}',
                lambda: "\\" + self.one("*_{[`#"),
                lambda: "<!-- " + words + " -->",
            ),
            (4, 3, 3, 1, 4, 3, 6, 1, 2, 1, 1, 1),
        )[0]()  # fmt: skip

    def span(self) -> str:
        return (
            f".{self.word()}"
            if self.slip
            else self.one((".mark", ".accent", ".fixed", f".{self.one(CLASSES['span'])}"))
        )

    def key(self) -> str:
        return "nobody" if self.slip else "baker-2020"

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of files beside the sections."""
        there = ["t.csv", "p.png", "p.svg", "glossary.yaml", "long.csv", "p.gif"]
        return frozenset(name for name in there if self.may(0.7)) | (
            {"t.csv", "p.png", "sources.yaml"} if not self.slip else set()
        )

    def sentence(self) -> str:
        return self.some(lambda: self.inline() if self.may(0.2) else self.words(1, 5), 1, 5, " ")

    def bullets(self, marker: str = "- ", depth: int = 1) -> str:
        lines = []
        for _ in range(self.rng.randint(1, 5)):
            lines.append(marker + self.sentence())
            if depth and self.may(0.2):
                lines += ["  " * (1 + marker.count(".")) + line for line in self.bullets("- ", depth - 1).split("\n")]
        return "\n".join(lines)

    def attributes(self, kind: str) -> str:
        """Return attributes that an element of a kind may have, with values of any sort."""
        found = []
        for _ in range(self.rng.randint(0, 2)):
            key = self.one(KEYS[kind]) if KEYS[kind] else self.word()
            found.append(f'{key}="{self.one((self.number(), self.words(1, 3), self.claim(), "general", "-general"))}"')
        if CLASSES[kind] and self.may(0.3):
            found.append(f".{self.one(CLASSES[kind])}")
        return " ".join(found)
