"""Blocks, slides and exercises of a case."""

from tests.fuzz.words import Words
from workshop.content.vocabulary import CLASSES
from workshop.layouts import names

CHARTS = ("never_zero.many", "emergence.scores", "agent.budget", "saturation.needed")
TABLES = ("emergence.table", "agent.gate", "saturation.table")
PROBLEMS = ("softmax_two", "cosine", "low_rank", "rule_of_three", "never_zero", "agent_steps", "bucket")
STEPS = ("content", "statement", "big-number", "activity", "predict")


class Slides(Words):
    """Writes headings and the text between them."""

    # ------------------------------------------------------------ blocks
    def table(self) -> str:
        wide = self.rng.randint(1, 5)
        rows = [
            [self.one((self.words(1, 3), self.number(), self.inline())) for _ in range(wide)]
            for _ in range(self.rng.randint(1, 6))
        ]
        rule = "|".join(self.one(("---", ":--", "--:", ":-:")) for _ in range(wide))
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, f"|{rule}|")
        if self.slip:
            lines.insert(2, "| a " * (wide + 2) + "|")
        return "\n".join(lines) + self.one(("", "", f"\n\n: {self.words()}"))

    def chart(self) -> str:
        text = self.one(("", self.words()))
        if self.may(0.5):
            what = (
                f"{self.one(('chart', 'table'))}:{self.word()}.x"
                if self.slip
                else self.one((f"chart:{self.one(CHARTS)}", f"table:{self.one(TABLES)}"))
            )
            return f"![{text}]({what})" + self.one(("", f'{{measure="{self.words()}"}}'))
        name = (
            self.one(("../secret.csv", "../../secret.csv", "no.csv", "p.png", "/etc/passwd", ".", "a/../t.csv"))
            if self.slip
            else self.one(sorted(self.names & {"t.csv", "long.csv"}) or ["t.csv"])
        )
        if self.may(0.4):
            return f"![{text}](table:{name})"
        kind = f" kind={self.word() if self.slip else self.one(('line', 'column', 'bar'))}" if self.may(0.7) else ""
        unit = (
            f" unit={self.word() if self.slip else self.one(('count', 'percent', 'number', 'ratio', 'bits', 'points'))}"
            if self.may(0.4)
            else ""
        )
        y = f" y={self.one(('two', 'two,three', 'three')) if not self.slip else self.word()}" if self.may(0.3) else ""
        return f"![{text}](chart:{name}){{x=one{kind}{unit}{y}}}" if kind or unit or y else f"![{text}](chart:{name})"

    def picture(self) -> str:
        name = (
            self.one(
                (
                    "../secret.csv",
                    "../../secret.png",
                    "no.png",
                    "t.csv",
                    "http://example.org/p.png",
                    "/dev/zero",
                    "p.png#a",
                    "%2e%2e/p.png",
                )
            )
            if self.slip
            else self.one(sorted(self.names & {"p.png", "p.svg", "p.gif"}) or ["p.png"])
        )
        return (
            f'![{self.words()}]({name}){{fig-alt="{self.words()}"}}'
            if self.may(0.8)
            else f"![{self.words()}]({name}){{{self.attributes('picture')}}}"
        )

    def exhibit(self) -> str:
        return self.rng.choices((self.table, self.chart, self.picture, self.code), (3, 4, 2, 2))[0]()

    def code(self) -> str:
        fence = self.one(("```", "~~~~", "```python", '```python {alt="code"}', "```json"))
        return f"{fence}\n{self.some(self.words, 1, 6)}\n{fence[:3] if fence[0] == '`' else '~~~~'}"

    def div(self, depth: int = 1) -> str:
        name = self.one(
            (
                "misconception",
                "hint",
                "materials",
                "offline",
                "given",
                "toy",
                "exit-ticket",
                "incremental",
                "nonincremental",
                "columns",
                "diagram",
            )
        )
        if self.slip:
            name = self.one((self.word(), *CLASSES["div"]))
        if name == "columns":
            kind = self.one(("::: column", "::: column", "::: {.column .page}", "::: {.column .chat}"))
            inside = self.some(lambda: f"{kind}\n{self.block(0)}\n:::", 2, 2, "\n\n")
        elif name == "diagram":
            inside = self.some(self.box, 2, 5)
        elif name == "misconception":
            inside = f"> {self.words()}\n\n{self.sentence()}"
        else:
            inside = self.some(lambda: self.block(depth - 1), 1, 2, "\n\n")
        title = f' title="{self.words()}"' if name in ("hint", "given", "toy") and self.may(0.4) else ""
        return f"::: {{.{name}{title}}}\n{inside}\n{':::' if not self.slip else ''}"

    def box(self) -> str:
        """Return an item of a diagram, perhaps with something to see under it."""
        under = (
            "",
            "",
            f"\n  - [{self.words()}]{{.tile}} [?]{{.open}}",
            f"\n  - [{self.words()}]{{.tile}} [{self.plain()}]{{.tile .blank{' draw=nothing' * self.slip}}}",
            f"\n  - **{self.value()}** {self.words()}",
            f"\n  - {self.chart()}",
        )
        return f"- **{self.plain()}**: {self.words()}{self.one(('', ' {.open}', ' {.accent}'))}{self.one(under)}"

    def block(self, depth: int = 1) -> str:
        makes = [
            self.sentence,
            self.bullets,
            lambda: f"> {self.sentence()}",
            lambda: self.bullets("1. ", 0),
            lambda: f"### {self.words()}\n\n{self.sentence()}",
        ]
        weights = [4, 5, 1, 1, 0.2]
        if depth > 0:
            makes += [lambda: self.div(depth), lambda: ". . ."]
            weights += [3, 0.3]
        return self.rng.choices(makes, weights)[0]()

    # ------------------------------------------------------------ slides
    def notes(self) -> str:
        labels = ("Say", "Do", "Ask", "Expect", "Wrong", "Reply", "Skip", "Next")
        return "::: notes\n" + self.some(lambda: f"**{self.one(labels)}** {self.sentence()}", 1, 4, "\n\n") + "\n:::"

    def body(self) -> tuple[str, str]:
        """Return a layout, or nothing, and the content of the slide."""
        makes = {
            "": lambda: self.some(self.block, 1, 2, "\n\n") + ("\n\n" + self.exhibit() if self.may(0.5) else ""),
            "statement": self.sentence,
            "big-number": lambda: (
                f"{self.one((self.value(), '[9]{.fixed}', '16%', '1 in 7'))}\n\n{self.words()}\n\n{self.sentence()}"
            ),
            "predict": lambda: "\n".join(f"- {self.words()}" for _ in range(self.rng.randint(2, 4))),
            "activity": lambda: (
                self.bullets("1. ", 0)
                + self.one(("", "\n\n::: materials\nPencils\n:::", "\n\n::: offline\nLook on\n:::"))
            ),
            "toy-stops": lambda: (
                "| What | Ours | Large |\n|---|---|---|\n"
                + self.some(lambda: f"| {self.words(1, 3)} | {self.words(1, 3)} | {self.words(1, 3)} |", 1, 4)
            ),
            "source": lambda: f"{self.words()} [@{self.key()}]",
            "map": lambda: "",
            "closing": lambda: self.one(("", "::: exit-ticket\nWrite\n:::")),
            "exhibit": self.exhibit,
            "exercise": lambda: f"![](exercise:{self.one(self.exercises or ['nothing'])})",
            "content": lambda: self.block(0),
        }
        plain = [name for name in makes if name != "exercise" or self.exercises]
        name = self.rng.choices(
            plain, [12 if not name else 0.4 if name in ("map", "closing", "source") else 2 for name in plain]
        )[0]
        layout = (
            self.one(names())
            if self.slip
            else name
            if name in ("map", "closing", *STEPS, "toy-stops", "source")
            else ""
        )
        return layout, makes[name]()

    def slide(self, name: str, level: str = "##", *, full: bool = True) -> str:
        layout, body = self.body()
        marks = [f"#{name}"] if full or self.may(0.5) else []
        marks += [f"layout={layout}"] if layout else []
        marks += [f"minutes={self.number() if self.slip else self.one((1, 2, 3, 5, 10))}"] if self.may(0.5) else []
        marks += [self.one((".core", ".optional", ".deep", ".unnumbered"))] if self.may(0.3) else []
        marks += [f'claim="{self.claim()}" else="{self.words()}"'] if self.may(0.1) else []
        others = [other for other in self.ids if other != name]
        marks += [f"needs={self.one(others)}"] if others and self.may(0.1) else []
        marks += [self.attributes("slide")] if self.may(self.slips * 2) else []
        title = self.one((self.words(3, 9), self.sentence())) if self.may(0.2) else self.words(3, 9)
        notes = f"\n\n{self.notes()}" if self.may(0.4) else ""
        return f"{level} {title}{' {' + ' '.join(marks) + '}' if marks else ''}\n\n{body}{notes}\n"

    def exercise(self, name: str) -> str:
        problem = f" problem={self.one(PROBLEMS) if not self.slip else self.word()}" if self.may(0.5) else ""
        task = [self.sentence()]
        if self.may(0.4):
            task.append("| a | b |\n|---|---|\n| c | [ ]{.blank} |")
        if self.may(0.4):
            task.append(f"::: {{.lines count={self.number() if self.slip else 2}}}\n:::")
        if self.may(0.3):
            task.append("- [ ] one\n- [ ] two")
        if self.may(0.2):
            task.append(
                self.one(
                    (
                        ":::ruler\n:::",
                        '::: {.lookup title="Logs"}\n:::',
                        "::: toy\nToy\n:::",
                        '::: {.given title="G"}\ntext\n:::',
                    )
                )
            )
        answer = "{{ working.0 }}" if problem and self.may(0.5) else self.sentence()
        wrong = '\n\n::: {.wrong see="31" because="forgot"}\nLook again.\n:::' if self.may(0.3) else ""
        hint = f"\n\n::: hint\n{self.sentence()}\n:::" if self.may(0.5) else ""
        parts = "\n\n".join(task)
        return (
            f"## {self.words(2, 4)} {{#{name} minutes={self.rng.randint(1, 9)}{self.one(('', ' level=1', ' calculator=yes'))}{problem}}}\n\n"
            f"::: task\n{parts}\n:::{hint}\n\n::: solution\n{answer}, so [{self.words(1, 2)}]{{.answer}}.{wrong}\n:::\n"
        )
