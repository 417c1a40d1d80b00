"""Writes a case's quiz, cards and ballots, and a room's votes."""

import json

import yaml

from tests.fuzz.slides import Slides
from workshop.model.check_letters import checked

TALLY = "round,first,second,first_votes,second_votes"
VOTED = ("scores", "policy")


class Printed(Slides):
    """Writes the files for printed matter and votes."""

    def as_yaml(self, data) -> str:
        if self.slip:
            return self.one(
                (
                    json.dumps(data),
                    f"{data}",
                    "- a: [",
                    "&a [*a]",
                    "!!python/object:os.system {}",
                    "",
                    "null",
                    "3",
                    "\t- x",
                    "a: 1\na: 2",
                )
            )
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)

    def printed(self) -> dict[str, object]:
        """Write the files for printed matter, and return their keys for kit.yaml."""
        keys: dict[str, object] = {}
        if self.may(0.15):
            options = [
                {"text": self.words(), "right": True},
                {"text": self.words(), "misconception": "a-b"},
                {"text": self.words(), "misconception": "c-d"},
            ]
            self.files["kit/quiz.yaml"] = self.as_yaml(
                [
                    {
                        "id": f"q{k}",
                        "stage": "one",
                        "closing": self.words(),
                        "question": self.words(),
                        "options": [dict(option) for option in options],
                    }
                    for k in range(self.rng.randint(1, 3))
                ]
            )
            keys["quiz"] = "quiz.yaml"
        if self.may(0.15):
            rounds = [
                {
                    "round": k,
                    "short": self.plain(),
                    "question": self.words(),
                    "a": {"kind": f"kind {k}", "text": self.words()},
                    "b": {"kind": "other", "text": self.words()},
                }
                for k in range(1, 4)
            ]
            self.files["kit/rounds.yaml"] = self.as_yaml({"stage": "one", "title": self.words(), "rounds": rounds})
            keys["ballots"] = "rounds.yaml"
            if self.may(0.8):
                self.files["kit/ballots.csv"] = f"{TALLY}\n" + "".join(
                    f"{k},kind {k},other,5,{k}\n" for k in range(1, 4)
                )
                self.files["kit/01-one.md"] += f"\n## {self.words()} {{#voted}}\n\n![](chart:votes.{self.one(VOTED)})\n"
                keys |= {
                    "votes": "votes.ballots",
                    "data": {"votes": {"ballots": "ballots.csv", "rounds": "rounds.yaml"}},
                }
        if self.may(0.15):
            cards = [{"front": self.sentence(), "verdict": self.words(1, 2), "back": self.sentence()} for _ in range(2)]
            self.files["kit/cards.yaml"] = self.as_yaml(
                {
                    "title": self.words(1, 3),
                    "stage": "one",
                    "task": self.words(),
                    "per": self.one(("group", "person", "room")),
                    "cards": cards,
                }
            )
            keys["cards"] = ["cards.yaml"]
        return keys

    def ballots(self) -> str:
        """Return the votes of a room, in one of the forms in which they can be typed."""
        kind = self.rng.randrange(4)
        if kind == 0:
            return self.some(lambda: f"{self.code()} {self.ticks()}", 1, 6)
        if kind == 1:
            return "participant,1,2,3\n" + self.some(lambda: f"{self.word()},{','.join(self.ticks())}", 1, 6)
        votes = [
            (k, self.number() if self.slip else self.rng.randint(0, 12), self.rng.randint(0, 12)) for k in range(1, 4)
        ]
        if kind == 2:
            return "round,a,b\n" + "".join(f"{k},{a},{b}\n" for k, a, b in votes)
        return f"{TALLY}\n" + "".join(f"{k},kind {k},other,{a},{b}\n" for k, a, b in votes)

    def code(self) -> str:
        number = self.rng.randint(1, 40)
        return f"{number:02d}Q" if self.slip else checked(1, number)

    def ticks(self) -> str:
        return "".join(self.rng.choices("AB-", k=3 if not self.slip else self.rng.randint(0, 5)))
