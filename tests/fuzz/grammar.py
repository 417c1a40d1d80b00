"""A grammar of kits and talks: each seed writes one case, files and a command, mostly right and partly wrong."""

import zlib
from functools import cache
from random import Random

from tests.fuzz.case import Case
from tests.fuzz.mutate import mutated
from tests.fuzz.printed import Printed
from tests.png import GREY, RGB, RGBA, png_of
from tests.templates.maker import MADE

KNOBS = ("never_zero.p=0.01", "never_zero.n=500", "agent.slip=0", "agent.runs=100", "saturation.slips=0.2")


@cache
def template(name: str) -> bytes:
    """Return a user's template, made only once."""
    return MADE[name]()


class Grammar(Printed):
    """Writes whole kits and talks, with all their files, and the options of a build."""

    # ------------------------------------------------------------ files
    def csv(self, rows: int) -> str:
        lines = ["one,two,three"] if self.may(0.9) else ["one,two,three", "// simulated"]
        for k in range(rows):
            cells = [f"{self.plain()} {k}", self.number() or "1", self.number() or "1"]
            lines.append((self.one((",", ";", "\t", ",,,,")) if self.slip else ",").join(cells))
        return "\n".join(lines) + "\n"

    def assets(self, folder: str) -> None:
        made = {
            "t.csv": lambda: self.csv(self.rng.randint(1, 8)),
            "long.csv": lambda: self.csv(self.rng.randint(20, 60)),
            "p.png": self.png,
            "p.gif": lambda: b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
            "p.svg": self.svg,
            "sources.yaml": lambda: self.as_yaml([{"key": "baker-2020", "who": self.words(1, 3), "work": self.words(), "version": "v1", "scope": self.words()}]),
            "glossary.yaml": lambda: self.as_yaml([{"id": f"g{k}", "term": self.words(1, 2), "definition": self.words(4, 9), **({"everyday": True} if self.may(0.3) else {})} for k in range(self.rng.randint(0, 4))]),
        }  # fmt: skip
        for name in sorted(self.names):
            self.files[folder + name] = made[name]()

    def png(self) -> bytes:
        wide, high = self.rng.randint(1, 300), self.rng.randint(1, 300)
        pixels = self.one((RGB, GREY, RGBA))
        size = {GREY: 1, RGB: 3, RGBA: 4}[pixels]
        rows = bytes(1 + wide * size) * high
        return png_of(wide, high, zlib.compress(rows), pixels)

    def svg(self) -> str:
        shapes = (
            '<rect width="10" height="10" fill="red"/>',
            f'<path d="M0 0 L{self.number()} 5 C1 2 3 4 5 6 Z"/>',
            f"<text>{self.plain()}</text>",
            '<circle r="3"/>',
            '<g transform="rotate(45)"><use href="#a"/></g>',
            '<image href="../secret.png"/>' if self.slip else '<line x1="0" x2="9" stroke="#123"/>',
            "<script>alert(1)</script>" if self.slip else "<title>t</title>",
        )
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{self.some(lambda: self.one(shapes), 1, 5, "")}</svg>'

    def front(self, keys: dict[str, object]) -> dict[str, object]:
        """Return some of these keys; now and then one has another type."""
        kept = {key: make for key, make in keys.items() if self.may(0.4)}
        wrong = (None, [], {}, 3, -1, True, "", ["a", {"b": 1}], {"a": {"b": []}}, 1e400, "x" * 50)
        return {key: self.one(wrong) if self.slip else make() for key, make in kept.items()}

    def whole(self) -> dict[str, object]:
        return self.front(
            {
                "subtitle": self.words,
                "author": self.words,
                "licence": self.words,
                "occasion": self.words,
                "date": lambda: "2026-11-05",
                "language": lambda: self.one(("en-GB", "de", "fr-FR", "en-US", "ar", "xx")),
                "start": lambda: self.one(("09:30", "9.15", "23:59")),
                "people": lambda: self.rng.randint(1, 60),
            }
        )

    def section(self, number: int) -> str:
        stage = {"stage": self.section_name(number)[3:]} if self.may(0.5) else {}
        ids = [f"s{number}-{k}" for k in range(self.rng.randint(1, 4))]
        self.ids += ids
        keys = self.front(
            {
                "short": self.plain,
                "question": self.words,
                "map": lambda: self.words(1, 4),
                "objectives": lambda: [self.words() for _ in range(2)],
                "aim": self.words,
                "material": lambda: [self.words(1, 2)],
                "room": self.words,
                "remember": lambda: [self.words() for _ in range(3)],
                "learnt": self.words,
                "toy": self.words,
                "weight": lambda: self.rng.randint(0, 4),
            }
        )
        if self.may(0.2):
            keys["moments"] = [
                {
                    "id": f"m{number}",
                    "slides": ids,
                    **({"spine": True} if self.may(0.5) else {}),
                    **({"from": 45} if self.may(0.3) else {}),
                }
            ]
        number_of = {"number": number} if self.may(0.9) else {}
        head = self.as_yaml({**stage, **number_of, "title": self.words(1, 3), **keys})
        return f"---\n{head}---\n\n" + "\n".join(self.slide(name) for name in ids)

    @staticmethod
    def section_name(number: int) -> str:
        return f"0{number}-{('one', 'two', 'three')[number - 1]}"

    def kit(self) -> str:
        count = self.rng.randint(1, 3)
        self.client = self.may(0.3)
        if self.may(0.4):
            self.exercises = [f"e{k}" for k in range(self.rng.randint(1, 3))]
            head = self.as_yaml(
                {
                    "stage": "s1" if self.slip else "one",
                    "title": self.words(1, 3),
                    **self.front({"aim": self.words, "toy": self.words}),
                }
            )
            self.files["kit/exercises/01-one.md"] = f"---\n{head}---\n\n" + "\n".join(
                map(self.exercise, self.exercises)
            )
        for k in range(1, count + 1):
            self.files[f"kit/{self.section_name(k)}.md"] = self.section(k)
        printed = self.printed()
        keys = self.whole()
        keys |= self.front(
            {
                "paper": lambda: self.one(("a4", "letter")),
                "theme": lambda: self.one(("light", "dark", "contrast", "plain")),
                "minutes": lambda: self.one((20, 45, 90, 180)),
            }
        )
        keys |= {"vars": {"client": self.words()}} if self.client else {}
        if self.may(0.2):
            keys["phases"] = [{"title": self.words(1, 3), "stages": list(range(1, count + 1))}]
        if self.may(0.2):
            keys["blocks"] = [
                {
                    "title": self.words(1, 2),
                    "minutes": self.one((5, 30)),
                    **({"after": "one"} if self.may(0.3) else {}),
                    **({"fill": True} if self.may(0.3) else {}),
                }
            ]
        keys |= printed
        if self.may(0.3):
            self.files["kit/audiences/general.yaml"] = self.as_yaml(
                {
                    "title": self.words(1, 2),
                    **self.front(
                        {
                            "reading_grade": lambda: 8,
                            "people": lambda: 9,
                            "subtitle": self.words,
                            "weights": lambda: {"one": 2},
                        }
                    ),
                }
            )
        sections = [self.section_name(k) for k in range(1, count + 1)] + (["../secret", "nothing"] if self.slip else [])
        self.files["kit/kit.yaml"] = self.as_yaml({"title": self.words(1, 4), **keys, "sections": sections})
        self.assets("kit/")
        if self.may(0.15):
            slide = self.slide("new-one")
            self.files["over/more.md"] = (
                f"---\n{self.as_yaml({self.one(('after', 'before', 'replaces')): self.one(self.ids)})}---\n\n{slide}"
            )
        return "kit"

    def talk(self) -> str:
        level = self.one(("#", "##", "##"))
        head = {**({"title": self.words(1, 5)} if self.may(0.8) else {}), **self.whole()}
        names = [f"a{k}" for k in range(self.rng.randint(1, 5))]
        self.ids += names
        slides = "\n".join(self.slide(name, level, full=True) for name in names)
        self.files["talk.md"] = (
            (f"---\n{self.as_yaml(head)}---\n\n" if head else "")
            + self.one(("", "", f"{self.sentence()}\n\n"))
            + slides
        )
        self.assets("")
        return "talk.md"

    # ------------------------------------------------------------ the command
    def options(self, what: str) -> tuple[str, ...]:
        """Return options of a build."""
        found: list[str] = []
        takes = {
            "--minutes": lambda: self.one(("20", "45", "90", "all", "0.5")),
            "--theme": lambda: self.one(("light", "dark", "contrast", "plain")),
            "--stage": lambda: self.one(("1", "one")),
            "--people": lambda: self.one(("1", "30")),
            "--var": lambda: f"client={self.words(1, 3)}",
            "--set": lambda: self.one(KNOBS),
            "--start": lambda: self.one(("10:00", "8:05")),
            "--paper": lambda: self.one(("a4", "letter")),
            "--audience": lambda: "general",
            "--seed": lambda: self.one(("0", "7")),
        }
        if what != "kit" and not self.slip:
            del takes["--stage"]
        if (
            not any(
                b"{{ var.client" in text if isinstance(text, bytes) else "{{ var.client" in text
                for text in self.files.values()
            )
            and not self.slip
        ):
            del takes["--var"]
        for name, make in takes.items():
            if self.may(0.08):
                found += [name, self.one(("", "x", "-1", "../a", "1e9", "ä=", "a.b.c=1")) if self.slip else make()]
        if self.may(0.1):
            self.files["logo.png"] = self.png()
            found += ["--logo", "logo.png"]
        if self.may(0.06):
            name = self.one(tuple(MADE))
            self.files["corp.pptx"] = template(name)
            found += ["--template", "corp.pptx"]
        if self.may(0.08) and self.ids:
            self.files["took.csv"] = "slide,minutes\n" + self.some(
                lambda: f"{self.one(self.ids)},{self.number()}", 1, 3
            )
            found += ["--actual", "took.csv"]
        if what == "kit" and "kit/ballots.csv" in self.files and self.may(0.7):
            self.files["room.csv"] = self.ballots()
            found += ["--votes", "room.csv"]
        if "over/more.md" in self.files:
            found += ["--overlay", "over"]
        if what == "kit" and self.may(0.03):
            found += ["--dry-run"]
        return tuple(found)


def case_of(seed: int, *, paper: bool = False) -> Case:
    """Return the case of a seed.

    Args:
        seed: any whole number; the same one always gives the same case.
        paper: whether all that a default build writes is written, PDFs included; else only the deck.
    """
    grammar = Grammar(Random(seed))
    what = grammar.kit() if grammar.may(0.55) else grammar.talk()
    arguments = ("build", what, *grammar.options(what), *(() if paper else ("--only", "deck")))
    files = {name: data.encode() if isinstance(data, str) else data for name, data in grammar.files.items()}
    if grammar.may(0.3):
        files = mutated(files, grammar.rng)
    return Case(files=files, arguments=arguments)
