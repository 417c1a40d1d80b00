"""Tests which files a run takes if the user supplies some."""

from dataclasses import dataclass
from pathlib import Path

from workshop.model.exhibits import Findings, demo
from workshop.model.frozen import Frozen
from workshop.runs.arguments import companions


@dataclass(frozen=True, slots=True)
class Text:
    words: str

    @classmethod
    def load(cls, path: Path) -> "Text":
        return cls(path.read_text())


@demo("toy", title="Toy")
def toy(*, library: Text, notes: Text | None = None, questions: Text | None = None) -> Findings:
    return Findings(Frozen({"words": library.words, "notes": notes is None, "questions": questions is None}))


KIT = {name: Path(f"{name}.txt") for name in ("library", "notes", "questions")}


def test_the_kits_own_data_stay_together():
    assert companions(toy, KIT, frozenset()) == KIT


def test_a_users_library_leaves_out_the_kits_questions():
    assert list(companions(toy, KIT, frozenset({"library"}))) == ["library"]


def test_a_users_questions_to_the_kits_library_keep_the_library_and_what_belongs_to_it():
    assert companions(toy, KIT, frozenset({"questions"})) == KIT
