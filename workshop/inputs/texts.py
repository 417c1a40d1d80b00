r"""Texts to learn from: one sentence per line, rounds under headings, or any running text, which is cut automatically.

Sentences from running text: paragraphs of a book, notes in Markdown, pages of a PDF.

>>> sentences_of("Mr. Webb dug. “Frost!” he said. Was it?")
['Mr. Webb dug.', '“Frost!” he said.', 'Was it?']
>>> prose_sentences("Opening hours\nThe gate opens at 09:05. It is shut by ten.")
['The gate opens at 09:05.', 'It is shut by ten.']
>>> is_prose("one sentence per line\nanother one\n")
False
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from workshop.errors import At
from workshop.inputs.running_text import is_prose, prose_sentences
from workshop.inputs.spelling import words
from workshop.inputs.text_folders import lines_of, read_all, shown, wrong
from workshop.inputs.text_folders import read_text_file as read_text

ROUNDS = 4  # made from running text
ASIDE = 6  # every sixth sentence of running text is held out
FEWEST, MOST = 24, 480  # sentences of running text that are used
SHORTEST, LONGEST = 3, 16  # words in such a sentence


class Sentences(Struct, frozen=True):
    """A text file with one sentence per line; or running text, or a folder of it, which is cut into sentences.

    Attributes:
        items: the sentences as written.
        at: the file, for problems that only a demo can see.
    """

    items: tuple[str, ...]
    at: At

    @classmethod
    def load(cls, path: Path) -> Sentences:
        """Read the file, which needs at least three sentences."""
        if path.is_dir():
            name = shown(path)
            items = tuple(s for _, text, _ in read_all(path) for s in _sentences(text))
        else:
            text, name = read_text(path)
            items = tuple(_sentences(text))
        if len(items) < 3:
            raise wrong(f"only {len(items)} sentences", At(name), "write at least 3, one per line")
        return cls(items, At(name))

    def at_least(self, least: int, why: str) -> None:
        """Refuse a text that is too small for a demo's effect to show.

        Raises:
            WorkshopError: with the number that would be enough.
        """
        if len(self.items) < least:
            message = f"{len(self.items)} sentences are too few {why}"
            raise wrong(message, self.at, f"{least} would be enough")


def _sentences(text: str) -> list[str]:
    if is_prose(text):
        return prose_sentences(text)
    return [line for _, line in lines_of(text) if words(line)]


class Rounds(Struct, frozen=True):
    """A text file with rounds of sentences, separated by ``# headings`` or by blank lines; or running text.

    Running text is cut into four rounds of equal size, and every sixth sentence is held out.

    Attributes:
        items: one tuple of sentences per round.
        at: the file.
        held_out: sentences of the same text that are in no round; empty if the file has its own rounds.
    """

    items: tuple[tuple[str, ...], ...]
    at: At
    held_out: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Rounds:
        """Read the file, which needs at least two rounds and eight sentences in all."""
        text, name = read_text(path)
        if is_prose(text):
            return cls.made(prose_sentences(text), At(name))
        headed = any(line.startswith("#") for _, line in lines_of(text))
        rounds: list[list[str]] = [[]]
        for _, line in lines_of(text):
            if line.startswith("#") or (not line and not headed):
                rounds.append([])
            elif words(line):
                rounds[-1].append(line)
        items = tuple(tuple(sentences) for sentences in rounds if sentences)
        if len(items) == 1 and len(items[0]) >= FEWEST:
            return cls.made(list(items[0]), At(name))
        if len(items) < 2:
            hint = f"write '# Round 1', '# Round 2' … above the sentences, or give {FEWEST} sentences or more"
            raise wrong("there is only one round, so nothing can be compared", At(name), hint)
        if (count := sum(map(len, items))) < 8:
            hint = "8 in all show the effect if their words repeat"
            raise wrong(f"{count} sentences are too few to learn from", At(name), hint)
        return cls(items, At(name))

    @classmethod
    def made(cls, sentences: list[str], at: At) -> Rounds:
        """Divide sentences into rounds and hold some out; none is used twice.

        Raises:
            WorkshopError: if too few of them have a length that fits a slide.
        """
        unique = list({words(s): s for s in sentences if SHORTEST <= len(words(s)) <= LONGEST}.values())[:MOST]
        if len(unique) < FEWEST:
            length = f"of {SHORTEST} to {LONGEST} words"
            message = f"the text has {len(unique)} different sentences {length}, too few to make rounds"
            raise wrong(message, at, f"{FEWEST} would be enough: about two pages")
        held_out = tuple(unique[ASIDE - 1 :: ASIDE])
        kept = [sentence for place, sentence in enumerate(unique) if place % ASIDE != ASIDE - 1]
        size = len(kept) // ROUNDS
        items = tuple(tuple(kept[start * size : (start + 1) * size]) for start in range(ROUNDS))
        return cls(items, at, held_out)

    def parted(self) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
        """Return rounds and held-out sentences of this text alone; if none are held out, the last one of each round is."""
        if self.held_out:
            return self.items, self.held_out
        rounds = tuple(sentences[:-1] if len(sentences) > 2 else sentences for sentences in self.items)
        seen = {words(sentence) for sentences in rounds for sentence in sentences}
        left = [sentences[-1] for sentences in self.items if len(sentences) > 2]
        held_out = tuple(s for s in left if words(s) not in seen)
        if not held_out:
            raise wrong(
                "no sentence is left to hold out", self.at, "write rounds of three sentences or more, all different"
            )
        return rounds, held_out
