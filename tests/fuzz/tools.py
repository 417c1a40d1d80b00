"""Talks for Slidev, remark and Deckset from a grammar: each seed writes one, with files that it shows, mostly right and partly wrong."""

from random import Random

from tests.fuzz.case import Case
from tests.fuzz.grammar import Grammar
from tests.fuzz.mutate import mutated

TOOLS = ("slidev", "remark", "deckset")
ENDS = ("\n", "\n", "\n", "\r\n", " \n", "\t\n")


class Talks(Grammar):
    """Writes the slides of a talk for one tool."""

    def file(self) -> str:
        if self.slip:
            return self.one(
                ("../secret.md", "../../secret.md", "/etc/passwd", "talk.md", "none.md", "", ".", "a" * 300)
            )
        return self.one(("part.md", "p.png", "t.csv", "/p.png", "part.md#1-2"))

    def key(self) -> str:
        keys = (
            "layout",
            "class",
            "name",
            "src",
            "image",
            "background",
            "hide",
            "exclude",
            "template",
            "count",
            "clicks",
        )
        value = self.one(
            ("center", "two-cols", "section", "image-left", "true", "false", "middle", self.file(), self.words(1, 2))
        )
        return f"{self.plain() if self.slip else self.one(keys)}:{self.one((' ', ' ', '', '  '))}{value}"

    def rule(self, tool: str) -> str:
        rule = self.one(("---", "---", "---", "--", "----", "***", "- - -")) if tool != "slidev" else "---"
        keys = self.some(self.key, 1, 3) + "\n" if self.may(0.5) else ""
        closing = "---\n" if keys and tool == "slidev" and not self.slip else ""
        return f"{rule}\n{self.one(('', '', chr(10)))}{keys}{closing}"

    def private(self, tool: str) -> str:
        words = self.some(self.sentence, 1, 3)
        wrong = self.one(("???", "^", "<!--", "^^^ a\n^ b", "-->", "???\n???"))
        return (
            wrong
            if self.slip
            else {"slidev": f"<!--\n{words}\n-->", "remark": f"???\n{words}", "deckset": f"^ {words}"}[tool]
        )

    def marked(self, tool: str) -> str:
        inner = self.one(
            (self.sentence, self.bullets, self.table, lambda: "```r\n---\nx[1]\n```", lambda: self.private(tool))
        )()
        slot, tag = (
            self.one(("left", "right", "bottom", self.word())),
            self.one(("v-click", "v-clicks", "div", "Foo", "template #right")),
        )
        choices = {
            "slidev": (f"::{slot}::", f"<{tag}>\n\n{inner}\n\n</{tag.split()[0]}>", f"<<< @/{self.file()} {{2|3}}", '<A :b="1 > 0"\n/>', f"```ts {{1|2}}\n{inner}\n```"),
            "remark": (f".{slot}[\n{inner}\n]", f".left-column[{inner}]", f".a.b[.c[{inner}]", f"![:scale 20%]({self.file()})", "--"),
            "deckset": (f"[.{slot}: true]", "[.column]", f"# [fit] {inner}", f"![{self.one(('fit', 'inline 30%', 'left', ''))}]({self.file()})", "> a\n-- b"),
        }  # fmt: skip
        made = self.one(choices[tool])
        return made[: self.rng.randint(0, len(made))] if self.slip else made

    def slides(self, tool: str) -> str:
        parts = []
        for _ in range(self.rng.randint(1, 6)):
            parts.append(self.one(("#", "##", "###")) + " " + self.words(1, 5))
            kinds = (self.sentence, self.bullets, lambda: self.marked(tool), lambda: self.private(tool))
            parts += [self.one(kinds)() for _ in range(self.rng.randint(0, 4))]
            parts.append(self.rule(tool))
        return self.one(("\n\n", "\n\n", "\n")).join(parts) + "\n"

    def talk_for(self, tool: str) -> None:
        self.assets("")
        self.files["part.md"] = self.slides(tool)
        front = self.one(("", f"---\ntheme: a\n{self.key()}\n---\n", f"{self.key()}\n", "autoscale: true\n"))
        text = front + self.slides(tool)
        end = self.one(ENDS)
        self.files["talk.md"] = ("\ufeff" if self.may(0.1) else "") + text.replace("\n", end)


def tool_case(seed: int) -> Case:
    """Return the case of a seed: a talk for one of the tools, named or to be recognised."""
    grammar, tool = Talks(Random(seed)), TOOLS[seed % len(TOOLS)]
    grammar.talk_for(tool)
    named = ("--from", tool) if grammar.may(0.8) else ()
    files = {name: data.encode() if isinstance(data, str) else data for name, data in grammar.files.items()}
    if grammar.may(0.2):
        files = mutated(files, grammar.rng)
    return Case(files=files, arguments=("build", "talk.md", *named, "--only", "deck"))
